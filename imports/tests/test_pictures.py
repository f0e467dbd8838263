"""Pictures beside a source: found by their name, believed by their content, never outside the folder."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from articles.models import Article
from imports.actions.import_source import import_source
from imports.pictures import PicturesBeside, read_picture
from imports.tests.conftest import ARTICLE, png
from publishing.renditions import original
from theses.models import Document


@pytest.fixture
def beside(tmp_path: Path) -> PicturesBeside:
    root = tmp_path / "textes"
    (root / "images").mkdir(parents=True)
    (root / "dossier").mkdir()
    (tmp_path / "secret.png").write_bytes(png())
    return PicturesBeside(root / "dossier" / "these-du-fil.md", root)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_has_the_ending_of_its_content(tmp_path: Path, form: str) -> None:
    path = tmp_path / "Été à l’atelier.txt"
    path.write_bytes(png(form=form))
    picture = read_picture(path)
    assert picture is not None
    assert picture.name == "ete-a-latelier" + {"JPEG": ".jpg"}.get(form, "." + form.lower())
    with Image.open(BytesIO(picture.data)) as image:
        assert image.format == form


@pytest.mark.parametrize(
    "data",
    [b"", b"<svg onload='alert(1)'/>", b"\x89PNG\r\n\x1a\n" + bytes(40), png()[:40], b"<html>" + png()],
    ids=["empty", "svg", "damaged", "cut", "html"],
)
def test_what_is_no_picture_is_left(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(data)
    assert read_picture(path) is None


def test_a_picture_too_large_is_left(tmp_path: Path, settings: Any) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(png(40, 40))
    assert read_picture(path) is not None
    settings.IMAGE_MAX_SIZE = 10
    assert read_picture(path) is None


@pytest.mark.parametrize(
    ("stored", "named"),
    [
        ("dossier/a.png", "a.png"),
        ("dossier/a.png", "/images/blog/a.png"),
        ("dossier/vues/a.png", "vues/a.png"),
        ("dossier/a.png", "./a.png"),
        ("images/a.png", "/images/a.png"),
        ("images/a.png", "a.png"),
        ("a.png", "https/a.png"),
    ],
)
def test_a_named_picture_is_found(beside: PicturesBeside, stored: str, named: str) -> None:
    path = beside.root / stored
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(png())
    assert beside.named(named) is not None


@pytest.mark.parametrize(
    "name",
    [
        "",
        "/",
        "../secret.png",
        "../../secret.png",
        "images/../../secret.png",
        "https://x.fr/a.png",
        "a\x00.png",
        "..\\a.png",
        "x" * 5000,
        "dossier",
        "a.png",
    ],
)
def test_nothing_is_taken_from_elsewhere(beside: PicturesBeside, name: str) -> None:
    (beside.root / "a.png.txt").write_bytes(png())
    assert beside.named(name) is None


def test_a_link_out_of_the_folder_is_not_followed(beside: PicturesBeside, tmp_path: Path) -> None:
    (beside.root / "a.png").symlink_to(tmp_path / "secret.png")
    assert beside.named("a.png") is None


@pytest.mark.parametrize(
    ("stored", "number", "found"),
    [
        ("images/these-figure-3-usages.png", "3", True),
        ("images/these-figure-3.png", "3", True),
        ("dossier/these-du-fil-figure-3.png", "3", True),
        ("images/these-figure-31-usages.png", "3", False),
        ("images/rapport-figure-3-usages.png", "3", False),
        ("images/-figure-3-usages.png", "3", False),
        ("images/these-figure-3-usages.png", "*", False),
        ("images/these-figure-3-usages.png", "", False),
    ],
)
def test_a_figure_is_found_by_its_number(beside: PicturesBeside, stored: str, number: str, found: bool) -> None:
    (beside.root / stored).write_bytes(png())
    assert (beside.figure(number) is not None) is found


@pytest.mark.django_db
def test_an_article_takes_its_pictures(beside: PicturesBeside, stored: Callable[[], list[str]]) -> None:
    (beside.root / "images" / "metier.png").write_bytes(png())
    (beside.root / "dossier" / "geste.png").write_bytes(png(5))
    (beside.root / "dossier" / "le fuseau.png").write_bytes(png(6))
    data = ARTICLE + '\n![Un geste](geste.png "Le geste")\n\n![Un geste](geste.png)\n'
    data += "\n![Fuseau](le%20fuseau.png)\n\n![Autre](absente.png)\n"
    article = import_source(data=data.encode(), name="these-du-fil.md", user=None, pictures=beside).work
    assert isinstance(article, Article)
    assert article.hero_image.name == "articles/metier.png"
    assert article.hero_image_name == ""
    assert article.body.count("/media/bodies/geste.png") == 2
    assert "(absente.png)" in article.body
    assert [name for name in stored() if name.startswith("media/") and original(name) == name] == [
        "media/articles/metier.png",
        "media/bodies/geste.png",
        "media/bodies/le-fuseau.png",
    ]


@pytest.mark.django_db
def test_a_document_takes_its_cover_and_figures(beside: PicturesBeside) -> None:
    from imports.tests.test_import_source import THESIS, imported, read_as
    from manuscript.model import Figure

    for name in ("couverture.png", "nommee.png", "these-figure-2-suite.png"):
        (beside.root / "images" / name).write_bytes(png())
    figures = (
        Figure("figure-1", "1", "Nommée", "", 4, image="nommee.png"),
        Figure("figure-2", "2", "Numérotée", "", 5),
        Figure("figure-3", None, "Absente", "", 6),
    )
    read = read_as(replace(THESIS, hero_image="couverture.png"), figures=figures)
    document = imported(read, pictures=beside)
    assert isinstance(document, Document)
    assert document.cover_image.name == "covers/couverture.png"
    assert [row.image.name for row in document.figures.all()] == [
        "figures/nommee.png",
        "figures/these-figure-2-suite.png",
        "",
    ]


@pytest.mark.django_db
def test_pictures_are_taken_back_on_failure(
    beside: PicturesBeside, stored: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    (beside.root / "images" / "metier.png").write_bytes(png())

    def fail(*args: Any) -> Any:
        assert "media/articles/metier.png" in stored()
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("imports.drafts.article.tags", fail)
    with pytest.raises(RuntimeError, match="disk is full"):
        import_source(data=ARTICLE.encode(), name="these-du-fil.md", user=None, pictures=beside)
    assert stored() == []
