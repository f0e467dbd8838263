"""The screen of figures: files matched by their names, proposed, confirmed together; what figures say, edited."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from PIL import Image

from publishing.renditions import write_renditions
from theses.actions.attach_pictures import Choice, attach_pictures
from theses.actions.publish import publish
from theses.actions.receive_pictures import receive_pictures
from theses.models import Document, Figure, WaitingPicture
from theses.picture_names import proposed_figure
from theses.tests.conftest import user_with

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db


def picture(name: str, colour: str = "teal") -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue(), "image/png")


@pytest.fixture(autouse=True)
def folders(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def illustrator(db: None) -> User:
    return user_with("ines", "change_figure", "view_figure", "view_document", "change_document")


@pytest.fixture
def desk(client: Client, illustrator: User) -> Client:
    client.force_login(illustrator)
    return client


@pytest.fixture
def figures(document: Document) -> dict[str, Figure]:
    """Figures 1, 2, 2.1, 12 and one without number."""
    for position, number in enumerate(["2", "2.1", "12", ""], start=2):
        Figure.objects.create(document=document, position=position, key=f"plate-{position}", number=number)
    Figure.objects.filter(number="").update(key="atelier", image_name="images/L’Atelier.jpg")
    return {figure.number: figure for figure in document.figures.all()}


def address(name: str, document: Document) -> str:
    return reverse(f"admin:theses_figure_{name}", args=[document.pk])


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("figure-2.png", "2"),
        ("Fig. 12 – La chaîne du livre.jpg", "12"),
        ("these-figure-2-usages.png", "2"),
        ("FIGURE_02.PNG", "2"),
        ("fig2.1.png", "2.1"),
        ("figure 2_1.webp", "2.1"),
        ("12.png", "12"),
        ("012 - la chaine.png", "12"),
        ("L’ATELIER.png", ""),
        ("atelier.png", ""),
        ("C:\\images\\figure-2.png", "2"),
        ("figure-3.png", None),
        ("photo.png", None),
        ("configuration 2.png", None),
        ("2024-05-17 capture.png", None),
        ("figure-212.png", None),
        ("", None),
    ],
)
def test_the_name_of_a_file_says_its_figure(figures: dict[str, Figure], name: str, number: str | None) -> None:
    found = proposed_figure(name, figures.values())
    assert (found.number if found else None) == number


def test_a_number_that_two_figures_have_proposes_none(document: Document, figures: dict[str, Figure]) -> None:
    Figure.objects.create(document=document, position=9, key="autre", number="12")
    assert proposed_figure("figure-12.png", document.figures.all()) is None


def test_dropped_together_proposed_confirmed(document: Document, figures: dict[str, Figure], desk: Client) -> None:
    files = [picture("figure-1.png"), picture("Fig. 12 – chaîne.png"), picture("plage.png")]
    broken = SimpleUploadedFile("figure-2.png", b"<script>", "image/png")
    response = desk.post(address("receive", document), {"pictures": [*files, broken]}, follow=True)
    html = response.content.decode()
    assert "« figure-2.png » : Ce fichier n’est pas une image lisible" in html
    assert "Aucune figure reconnue pour «\u202fplage.png\u202f»" in html
    assert not Figure.objects.exclude(image="").exists()
    waiting = list(document.waiting_pictures.all())
    assert [row.figure and row.figure.number for row in waiting] == ["1", "12", None]
    values: dict[str, Any] = {"image": [row.pk for row in waiting]}
    for row in waiting:
        values |= {f"image-{row.pk}-figure": row.figure_id or "", f"image-{row.pk}-alternative": "Une chaîne."}
    assert desk.post(address("attach", document), values).status_code == 302
    held = document.figures.exclude(image="").order_by("position")
    assert [(row.number, row.image.name, row.alt) for row in held] == [
        ("1", "figures/figure-1.png", "Une chaîne."),
        ("12", "figures/fig-12-chaine.png", "Une chaîne."),
    ]
    assert [row.name for row in document.waiting_pictures.all()] == ["plage.png"]
    document.refresh_from_db()
    assert document.text_changed_at is not None


def test_confirmed_together_or_not_at_all(
    document: Document, figures: dict[str, Figure], illustrator: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [picture("figure-1.png"), picture("figure-2.png")]
    one, two = receive_pictures(document=document, user=illustrator, files=files).waiting
    choices = {one.pk: Choice(figures["1"].pk), two.pk: Choice(figures["1"].pk)}
    with pytest.raises(ValidationError, match="Deux images"):
        attach_pictures(document=document, user=illustrator, choices=choices)

    def full(*args: Any, **kwargs: Any) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("theses.actions.changing.record", full)
    with pytest.raises(OSError, match="full"):
        attach_pictures(
            document=document,
            user=illustrator,
            choices={one.pk: Choice(figures["1"].pk), two.pk: Choice(figures["2"].pk)},
        )
    assert not document.figures.exclude(image="").exists()
    assert document.waiting_pictures.count() == 2
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_a_picture_of_another_document_is_not_taken(document: Document, illustrator: User) -> None:
    other = Document.objects.create(title="Autre", slug="autre")
    stranger = receive_pictures(document=other, user=illustrator, files=[picture("figure-1.png")]).waiting[0]
    figure = document.figures.get()
    with pytest.raises(ValidationError, match="plus là"):
        attach_pictures(document=document, user=illustrator, choices={stranger.pk: Choice(figure.pk)})
    own = receive_pictures(document=other, user=illustrator, files=[picture("a.png")]).waiting[0]
    with pytest.raises(ValidationError, match="plus là"):
        attach_pictures(document=other, user=illustrator, choices={own.pk: Choice(figure.pk)})


def test_what_is_discarded_leaves_the_disk(
    document: Document, illustrator: User, django_capture_on_commit_callbacks: Any
) -> None:
    waiting = receive_pictures(document=document, user=illustrator, files=[picture("a.png")]).waiting[0]
    path = str(waiting.file.name)
    assert waiting.file.storage.exists(path)
    with django_capture_on_commit_callbacks(execute=True):
        attach_pictures(document=document, user=illustrator, choices={waiting.pk: Choice(discard=True)})
    assert not WaitingPicture.objects.exists()
    assert not waiting.file.storage.exists(path)


def form_of(html: str) -> dict[str, Any]:
    """What a browser would send back of the list of figures."""
    values: dict[str, Any] = {"figure": re.findall(r'name="figure" value="(\d+)"', html)}
    values |= dict(re.findall(r'name="((?:initial-)?figure-\d+-\w+)" value="([^"]*)"', html))
    areas = re.findall(r'<textarea name="((?:initial-)?figure-\d+-\w+)"[^>]*>\n?([^<]*)</textarea>', html)
    hidden = re.findall(r'name="(figure-\d+-credit)"', html)
    return dict.fromkeys(hidden, "") | values | dict(areas)


def test_captions_are_written_in_the_list(document: Document, figures: dict[str, Figure], desk: Client) -> None:
    page = address("desk", document)
    values = form_of(desk.get(page).content.decode())
    key = figures["2"].pk
    changed = {f"figure-{key}-caption": "Deux", f"figure-{key}-alt": "Un atelier.", f"figure-{key}-credit": "Autrice"}
    assert desk.post(page, values | changed).status_code == 302
    row = Figure.objects.get(pk=key)
    assert (row.caption, row.alt, row.credit) == ("Deux", "Un atelier.", "Autrice")
    assert Figure.objects.get(number="1").caption == "Une chaîne"


def test_only_the_rows_that_one_changes_can_be_in_conflict(
    document: Document, figures: dict[str, Figure], desk: Client
) -> None:
    page = address("desk", document)
    values = form_of(desk.get(page).content.decode())
    for number in ("1", "2"):
        row = Figure.objects.get(pk=figures[number].pk)
        row.caption = f"Sa légende {number}"
        row.save()
    mine = values | {f"figure-{figures['12'].pk}-caption": "Douze"}
    assert desk.post(page, mine).status_code == 302
    assert Figure.objects.get(number="1").caption == "Sa légende 1"
    clash = values | {f"figure-{figures['2'].pk}-caption": "Ma légende"}
    response = desk.post(page, clash)
    assert response.status_code == 200
    assert "Sa légende 2" in strip_tags(response.content.decode())
    assert Figure.objects.get(number="2").caption == "Sa légende 2"


def test_figures_without_image_come_first_a_page_at_a_time(document: Document, desk: Client) -> None:
    Figure.objects.filter(key="figure-1").update(image="figures/a.png", alt="Une chaîne")
    rows = [Figure(document=document, position=n, key=f"f{n}", number=str(n)) for n in range(2, 71)]
    Figure.objects.bulk_create(rows)
    first = desk.get(address("desk", document))
    assert len(first.context["rows"]) == 50
    assert first.context["rows"][0].instance.number == "2"
    last = desk.get(address("desk", document) + "?page=2")
    assert last.context["rows"][-1].instance.number == "1"


@pytest.mark.parametrize("name", ["desk", "receive", "attach"])
@pytest.mark.parametrize(("who", "expected"), [("nobody", 302), ("staff", 403), ("viewer", 403)])
def test_who_may(document: Document, client: Client, name: str, who: str, expected: int) -> None:
    if who != "nobody":
        client.force_login(user_with("x", *(["view_figure", "change_document"] if who == "viewer" else [])))
    assert client.post(address(name, document), {}).status_code == expected


def test_actions_ask_for_the_right_themselves(document: Document) -> None:
    stranger = user_with("x", "view_figure")
    with pytest.raises(PermissionDenied):
        receive_pictures(document=document, user=stranger, files=[picture("a.png")])
    with pytest.raises(PermissionDenied):
        attach_pictures(document=document, user=stranger, choices={})


def test_a_waiting_picture_is_shown_to_those_who_decide(document: Document, client: Client, illustrator: User) -> None:
    waiting = receive_pictures(document=document, user=illustrator, files=[picture("a.png")]).waiting[0]
    shown = reverse("admin:theses_figure_waiting", args=[waiting.pk])
    assert client.get(shown).status_code == 302
    client.force_login(illustrator)
    response = client.get(shown)
    assert response["Content-Type"] == "image/png"
    assert b"".join(response)[:4] == b"\x89PNG"  # type: ignore[arg-type]
    client.force_login(user_with("x", "view_figure"))
    assert client.get(shown).status_code == 403


def photograph(width: int, height: int) -> ContentFile[bytes]:
    noise = Image.frombytes("RGB", (40, 30), random.Random(7).randbytes(3600))
    out = BytesIO()
    noise.resize((width, height), Image.Resampling.BICUBIC).save(out, "PNG")
    return ContentFile(out.getvalue())


def test_the_renditions_of_a_draft_are_for_its_editors(client: Client) -> None:
    document = Document.objects.create(title="Secret", slug="secret")
    name = default_storage.save("figures/a.png", photograph(600, 400))
    write_renditions(name)
    Figure.objects.create(document=document, key="a", image=name)
    for address in ("/media/figures/a.png", "/media/figures/a.png.480.avif", "/media/figures/a.png.600.webp"):
        assert client.get(address).status_code == 404, address
    document.lead = "Texte."
    document.save()
    publish(document=document, user=None)
    response = client.get("/media/figures/a.png.480.avif")
    assert (response.status_code, response["Content-Type"]) == (200, "image/avif")
    response.close()


DROP = """(names) => {
  const files = new DataTransfer();
  const canvas = new OffscreenCanvas(8, 8);
  canvas.getContext("2d");
  return canvas.convertToBlob({ type: "image/png" }).then((blob) => {
    for (const name of names) files.items.add(new File([blob], name, { type: "image/png" }));
    for (const type of ["dragenter", "dragover", "drop"]) {
      document.querySelector(".drop").dispatchEvent(
        new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }),
      );
    }
  });
}"""


@pytest.mark.parametrize(("width", "colour"), [(1440, "light"), (390, "dark")])
def test_in_a_browser(
    new_page: Callable[..., Page],
    sign_in: Any,
    document: Document,
    figures: dict[str, Figure],
    illustrator: User,
    axe: Callable[[Page], None],
    watch: Any,
    width: int,
    colour: str,
) -> None:
    page = new_page(width=width, colour=colour)
    sign_in(page, illustrator)
    page.goto(address("desk", document))
    axe(page)
    page.evaluate(DROP, ["figure-1.png", "plage.png"])
    assert "plage.png" in page.locator(".chosen").inner_text()
    # What is written below would be lost by sending the pictures: the browser asks.
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_label("Légende", exact=True).first.fill("Une autre chaîne")
    page.get_by_role("button", name="Envoyer ces images").click()
    page.locator("#attente").wait_for()
    assert asked == ["beforeunload"]
    axe(page)
    group = page.get_by_role("group", name="figure-1.png")
    group.get_by_label("Texte de remplacement").fill("La chaîne du livre, de l’auteur au lecteur.")
    page.get_by_role("button", name="Confirmer").click()
    page.get_by_text("1 image est à sa place.").wait_for()
    assert Figure.objects.get(number="1").alt.startswith("La chaîne")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    # axe itself tries inline styles, which the policy refuses.
    watch.forgive("Applying inline style")
