"""Hostile Markdown, sorted in folders, and harmless Markdown that looks like it."""

from __future__ import annotations

from pathlib import Path

import pytest

from publishing.rendering import Piece, Targets, render
from publishing.tests.markup import assert_sound, read

FOLDER = Path(__file__).parent / "corpora"
REFUSED: dict[str, set[str]] = {
    # file: what its editor is told; where nothing is, the text is shown as text, and that is all.
    "addresses/data.md": {"link-refused", "picture-missing"},
    "addresses/house-schemes.md": {"figure-unknown", "cite-unknown", "section-unknown", "page-unknown"},
    "addresses/javascript-hidden.md": {"link-refused", "link-unresolved"},
    "addresses/javascript.md": {"link-refused"},
    "addresses/no-scheme.md": {"link-unresolved"},
    "addresses/other-schemes.md": {"link-refused"},
    "addresses/user-and-host.md": {"link-refused"},
    "characters/controls.md": set(),
    "characters/directions.md": set(),
    "characters/line-ends.md": set(),
    "characters/zip-as-text.md": set(),
    "comments/comment.md": set(),
    "comments/conditional.md": set(),
    "scripts/code-fence.md": set(),
    "scripts/event-handlers.md": set(),
    "scripts/forms.md": set(),
    "scripts/frames.md": set(),
    "scripts/in-attributes.md": set(),
    "scripts/in-notes.md": set(),
    "scripts/in-table.md": set(),
    "scripts/noscript.md": set(),
    "scripts/tag-in-svg.md": set(),
    "scripts/tag-split.md": set(),
    "scripts/tag.md": set(),
    "structure/deep.md": {"too-deep"},
    "structure/note-loops.md": set(),
    "structure/table-spans.md": set(),
    "structure/unclosed.md": set(),
    "styles/identifiers.md": set(),
    "styles/injection.md": set(),
    "styles/style.md": set(),
}
ACCEPTED = sorted(path.name for path in (FOLDER / "accepted").iterdir())


def source(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "surrogatepass")


def test_every_file_is_named() -> None:
    found = {str(path.relative_to(FOLDER / "refused")) for path in (FOLDER / "refused").rglob("*.md")}
    assert found == set(REFUSED)


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    rendered = render([Piece(body=source(FOLDER / "refused" / name))], targets=Targets())
    assert_sound(rendered.html)
    assert {problem.code for problem in rendered.problems} == REFUSED[name]
    assert all(problem.message.endswith(".") for problem in rendered.problems)
    assert "\x00" not in rendered.html


@pytest.mark.parametrize("name", ACCEPTED)
def test_accepted(name: str) -> None:
    rendered = render([Piece(body=source(FOLDER / "accepted" / name))], targets=Targets())
    assert_sound(rendered.html)
    assert rendered.problems == []


def test_what_looks_like_a_script_is_read_as_text() -> None:
    html = render([Piece(body=source(FOLDER / "refused" / "scripts" / "tag.md"))]).html
    assert "".join(read(html).text) == "<script>alert(1)</script>Suite."
