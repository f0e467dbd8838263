"""Notes of a page: found in all its pieces, called by label, listed at its end with a way back from each call."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from markdown_it.token import Token

from publishing.rendering.blocks import closing_index, write_blocks
from publishing.rendering.inline import number_of
from publishing.rendering.page import Note, anchor_name
from publishing.rendering.parsing import parse
from publishing.rendering.wording import word

if TYPE_CHECKING:
    from publishing.rendering.page import Page


def collect(page: Page, tokens: Sequence[Token], language: str, section: str) -> None:
    """Keep the notes that a piece defines; the first text of a label is the one that calls lead to."""
    index = 0
    while index < len(tokens):
        if tokens[index].type != "footnote_reference_open":
            index += 1
            continue
        end = closing_index(tokens, index)
        _keep(page, str(tokens[index].meta["label"]), list(tokens[index + 1 : end]), language, section)
        # A note written inside another one, by its indentation, is a note of its own.
        index += 1


def collect_elsewhere(page: Page) -> None:
    """Notes whose text stands on another page of the work, for the labels that no piece of this page defines."""
    for label, body in page.targets.notes.items():
        if label not in page.notes:
            _keep(page, label, parse(body), "", "")


def _keep(page: Page, label: str, tokens: list[Token], language: str, section: str) -> None:
    if label in page.notes:
        page.passage = section
        page.problem(
            "note-twice", f"La note «\u202f{label[:60]}\u202f» a deux textes\u202f: le second est gardé, sans appel."
        )
    key, count = label, 1
    while key in page.notes:
        count += 1
        key = f"{label}-{count}"
    name = free = anchor_name(key, 40) or "n"
    count = 1
    while free in page.note_names:
        count += 1
        free = f"{name}-{count}"
    page.note_names.add(free)
    page.notes[key] = Note(key, free, tokens, language, section)
    page.anchors.add(f"note-{free}")
    if label.isdigit():
        page.numbers.add(int(label))


def write_notes(page: Page) -> str:
    """The list of notes; those that nothing calls end it, so that no text is lost."""
    items: list[str] = []
    for note in _in_order(page):
        page.section, page.passage = note.section, f"note-{note.name}"
        if not note.calls:
            if note.label in page.targets.notes:
                continue
            note.shown = number_of(page, note.label)
            page.problem("note-without-call", f"Rien n’appelle la note «\u202f{note.label[:60]}\u202f».")
        items.append(_item(page, note))
    if not items:
        return ""
    heading = page.anchor("notes")
    return (
        f'<section class="notes" role="doc-endnotes" aria-labelledby="{heading}"><h2 id="{heading}">'
        f"{word('notes', page.language)}</h2><ol>{''.join(items)}</ol></section>"
    )


def _in_order(page: Page):  # type: ignore[no-untyped-def]
    """Called notes in the order of their calls - a note may call another one - then the others."""
    written = 0
    rest = iter(list(page.notes.values()))
    while True:
        if written < len(page.called):
            written += 1
            yield page.called[written - 1]
        elif (note := next(rest, None)) is None:
            return
        elif not note.calls:
            yield note


def _item(page: Page, note: Note) -> str:
    language = note.language or page.language
    body = write_blocks(page, note.tokens, note.language, 2, passages=False)
    text = " ".join(t.content for t in note.tokens if t.type in {"inline", "fence", "code_block", "plain"})
    page.add_passage(f"note-{note.name}", "note", note.language, plain(note.tokens) or text)
    if body.startswith("<p>") and body.endswith("</p>") and body.count("<p>") == 1 and body.count("<p") == 1:
        body = body[3:-4]
    number = f' value="{int(note.shown)}"' if note.shown.isdigit() else ""
    spoken = "" if language == page.language else f' lang="{escape(language)}"'
    return f'<li id="note-{note.name}"{number}{spoken}>{body}{_ways_back(page, note)}</li>'


def plain(tokens: Sequence[Token]) -> str:
    """The text of a note without its marks."""
    words: list[str] = []
    for token in tokens:
        for child in token.children or ():
            words.append(
                " " if child.type in {"softbreak", "hardbreak"} else child.content if child.type != "note_call" else ""
            )
        if token.children is None and token.content:
            words.append(token.content)
        words.append(" " if token.nesting == -1 else "")
    return " ".join("".join(words).split())


def _ways_back(page: Page, note: Note) -> str:
    label = f"{word('back', page.language)} {escape(note.shown)}"
    several = len(note.calls) > 1
    links = []
    for count, call in enumerate(note.calls, start=1):
        name = f"{label} ({count})" if several else label
        sup = f"<sup>{count}</sup>" if several else ""
        links.append(f' <a class="back" href="#{call}" role="doc-backlink" aria-label="{name}">↩{sup}</a>')
    return "".join(links)
