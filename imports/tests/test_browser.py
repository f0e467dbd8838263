"""The screens in a browser: dropped files, the sending that is shown, keyboard, both themes, axe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User

from articles.models import Article
from imports import staging
from imports.actions.import_source import import_source
from imports.tests.conftest import ARTICLE, REPORT

if TYPE_CHECKING:
    from playwright.sync_api import Page

UPLOAD = "/admin/imports/sourcefile/add/"

DROP = """([name, text]) => {
  const files = new DataTransfer();
  files.items.add(new File([text], name, { type: "text/markdown" }));
  for (const type of ["dragenter", "dragover", "drop"]) {
    document.querySelector(".drop").dispatchEvent(
      new DragEvent(type, { dataTransfer: files, bubbles: true, cancelable: true }),
    );
  }
}"""


def test_a_dropped_file_is_named_sent_and_reviewed(page: Page, sign_in: Any, editor: User) -> None:
    sign_in(page, editor)
    page.goto(UPLOAD)
    page.evaluate(DROP, ["fil.md", ARTICLE])
    assert "fil.md" in page.locator(".chosen").inner_text()
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Lire ces fichiers").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/a-relire/**")
    assert page.locator("#id_title").input_value() == "Le fil et la trame"
    page.get_by_role("button", name="Importer en brouillon").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/change/")
    assert Article.objects.get().title == "Le fil et la trame"


def test_a_refused_file_is_said_without_leaving_the_page(
    new_page: Callable[..., Page], sign_in: Any, editor: User, watch: Any
) -> None:
    page = new_page()
    sign_in(page, editor)
    page.goto(UPLOAD)
    page.evaluate(DROP, ["vide.md", ""])
    page.get_by_role("button", name="Lire ces fichiers").click()
    page.get_by_text("Ce fichier est vide.").wait_for()
    assert page.locator(".problems").is_visible()
    assert page.get_by_role("button", name="Lire ces fichiers").is_enabled()
    # The browser reports the refusal itself, which is meant.
    watch.forgive("status of 400")


def test_a_file_too_large_is_said_before_it_is_sent(page: Page, sign_in: Any, editor: User, settings: Any) -> None:
    settings.SOURCE_MAX_SIZE = 10
    sign_in(page, editor)
    page.goto(UPLOAD)
    page.evaluate(DROP, ["long.md", ARTICLE])
    assert "trop grand" in page.locator(".chosen .bad").inner_text()


@pytest.mark.parametrize("colour", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_the_screens_are_accessible_and_fit(
    new_page: Callable[..., Page],
    sign_in: Any,
    axe: Callable[[Page], None],
    watch: Any,
    editor: User,
    tmp_path: Path,
    colour: str,
    width: int,
) -> None:
    page = new_page(width=width, colour=colour)
    sign_in(page, editor)
    source = import_source(data=ARTICLE.encode(), name="fil.md", user=editor).source
    long = REPORT.replace("Nous avons visité trois ateliers.", "Figure 1. Un atelier\n\n" + "x" * 500)
    staged = staging.stage(editor, name="rapport-au-nom-tres-long-" + "a" * 60 + ".md", data=long.encode())
    base = "/admin/imports/sourcefile/"
    review = f"{base}a-relire/{staged.token}/"
    for path in (UPLOAD, review, review + "source/?ligne=5", f"{base}{source.pk}/change/", base):
        page.goto(path)
        for summary in page.locator("details summary").all():
            summary.click()
        axe(page)
        if path != base:
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    # axe itself tries inline styles, which the policy refuses; `test_screens` looks for ours.
    watch.forgive("Applying inline style")


@pytest.mark.parametrize(("width", "colour"), [(1440, "light"), (390, "dark")])
def test_lines_are_ruled_and_a_new_version_is_merged_by_keyboard(
    new_page: Callable[..., Page],
    sign_in: Any,
    axe: Callable[[Page], None],
    watch: Any,
    editor: User,
    width: int,
    colour: str,
) -> None:
    page = new_page(width=width, colour=colour)
    sign_in(page, editor)
    work = import_source(data=REPORT.encode(), name="rapport.md", user=editor).work
    work.sections.filter(title="Le second").update(body="Il donne sur la cour pavée.")
    corrected = REPORT.replace("la cour.", "la grande cour.").replace("trois ateliers.", "trois vieux ateliers.")
    staged = staging.stage(editor, name="rapport-2.md", data=corrected.encode())
    page.goto(f"/admin/imports/sourcefile/a-relire/{staged.token}/")
    page.get_by_role("checkbox", name="3 Conclusion").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Ce ne sont pas des titres").focus()
    page.keyboard.press("Enter")
    page.get_by_text("C’est noté").wait_for()
    axe(page)
    page.get_by_role("button", name="Retirer").click()
    page.get_by_text("plus rien n’est décidé").wait_for()
    page.get_by_role("button", name="Comparer et fusionner").click()
    page.wait_for_url("**/fusion/")
    page.locator(".by-hand summary").click()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_label("Prendre la source").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Valider ces choix").focus()
    page.keyboard.press("Enter")
    page.get_by_text("Conflits décidés").wait_for()
    axe(page)
    page.get_by_role("button", name="Fusionner dans le brouillon").click()
    page.wait_for_url("**/change/")
    assert work.sections.get(title="Le second").body == "Il donne sur la grande cour."
    watch.forgive("Applying inline style")
