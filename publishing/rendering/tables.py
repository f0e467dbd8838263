"""Tables: header cells with their scope, cells that continue the one above, caption and credit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import shorten
from typing import TYPE_CHECKING

from markdown_it.token import Token

from manuscript.languages import language_of
from publishing.rendering.figures import inline_caption
from publishing.rendering.inline import caption_label, write_inline
from publishing.rendering.page import passage_anchor
from publishing.rendering.wording import word

if TYPE_CHECKING:
    from publishing.rendering.page import Page

_CAPTION = re.compile(
    r"(?:(?:Table|Tableau|Tab\.)\s+(?P<number>[\w.-]*\w)\s*[.:]?\s*)?(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_CREDIT = re.compile(r"(?:^|\s)Sources?\s?:\s*(?P<credit>.*)$", re.IGNORECASE | re.DOTALL)
_NUMERIC = re.compile(r"[\s\d.,+\-–−%€$£×/()]*")
CONTINUED = "^^"
LEAST = 5
"""Common words of a language that tell it."""
LEAST_WORDS = 20
"""Words of a table below which its language is that of the text."""


@dataclass(slots=True)
class Cell:
    html: str
    text: str
    align: str = ""
    rows: int = 1
    continued: bool = False


def write_table(page: Page, tokens: Sequence[Token], caption: str, language: str) -> str:
    """A whole table, from `table_open` to `table_close`, as one passage."""
    match = _CAPTION.match(caption)
    number, rest = (match["number"] or "", match["rest"]) if match else ("", caption)
    credit_text = ""
    if credit := _CREDIT.search(rest):
        rest, credit_text = rest[: credit.start()], credit["credit"]
    page.tables += 1
    first_cells = " ".join(t.content for t in tokens[:12] if t.type == "inline")
    wanted = f"table-{number}" if number else passage_anchor(page.section, rest or first_cells)
    anchor = page.anchor(wanted, "table")
    page.passage = anchor
    tongue = language_of_cells(tokens) or language
    head, body = read_rows(page, tokens, tongue)
    if not any(cell.text.strip() for cell in head):
        head = []
    spread(body)
    foreign = f' lang="{tongue}"' if tongue not in ("", language or page.language) else ""
    html = [f"<table{foreign}>{_header(head)}<tbody>"]
    row_headers = has_row_headers(head, body)
    for row in body:
        html.append("<tr>")
        for column, cell in enumerate(row):
            if not cell.continued:
                html.append(_cell(cell, "th" if row_headers and column == 0 else "td"))
        html.append("</tr>")
    html.append("</tbody></table>")
    rest_html, rest_text = inline_caption(page, rest, language)
    credit_html, credit_plain = inline_caption(page, credit_text, language)
    if credit_html:
        credit_html = f' <span class="credit">{word("source", page.language)} {credit_html}</span>'
    label = caption_label(page, "table", number)
    legend = f"{label}{rest_html}{credit_html}"
    legend = f"<figcaption>{legend}</figcaption>" if legend else ""
    rows = [head, *body] if head else body
    name = f"{word('table', page.language)} {number}" if number else rest_text.strip() or unnamed(page, rows)
    credit_line = f"{word('source', page.language)} {credit_plain}" if credit_plain else ""
    lines = [f"{name}. {rest_text} {credit_line}".strip() if caption else ""]
    lines += [" | ".join(" ".join(cell.text.split()) for cell in row if not cell.continued) for row in rows]
    page.add_passage(anchor, "table", language, "\n".join(line for line in lines if line.strip(" |")))
    # A landmark needs a name of its own; tables without a number would all have the same one.
    role = "region" if number else "group"
    return (
        f'<figure id="{anchor}" class="table">'
        f'<div class="scroll" role="{role}" tabindex="0" aria-label="{escape(name)}">{"".join(html)}</div>'
        f"{legend}</figure>"
    )


def language_of_cells(tokens: Sequence[Token]) -> str:
    """The language of the cells, where they have words enough to tell: tables are often taken from other works."""
    text = " ".join(token.content for token in tokens if token.type == "inline")
    return language_of(text[:4000], least=LEAST) if len(text.split()) >= LEAST_WORDS else ""


def unnamed(page: Page, rows: list[list[Cell]]) -> str:
    """What to call a table that has neither number nor caption: a page may have several, and each needs its name."""
    first = ", ".join(text for cell in (rows[0] if rows else []) if (text := " ".join(cell.text.split())))
    return (
        f"{word('table', page.language)} ({shorten(first, 80, placeholder='…')})"
        if first
        else word("table", page.language)
    )


def read_rows(page: Page, tokens: Sequence[Token], language: str) -> tuple[list[Cell], list[list[Cell]]]:
    head: list[Cell] = []
    rows: list[list[Cell]] = []
    row: list[Cell] = []
    align = ""
    in_head = False
    for token in tokens:
        if token.type in {"thead_open", "thead_close"}:
            in_head = token.nesting == 1
        elif token.type == "tr_open":
            row = []
        elif token.type in {"th_open", "td_open"}:
            align = str(token.attrs.get("style", "")).removeprefix("text-align:")
        elif token.type == "inline":
            html, text = write_inline(page, token.children or [], language, in_cell=True)
            row.append(Cell(html, text, align))
        elif token.type == "tr_close":
            if in_head:
                head = row
            else:
                rows.append(row)
    return head, rows


def spread(rows: list[list[Cell]]) -> None:
    """Each `^^` lengthens the cell above it by one row; in the first row it is empty."""
    owners: dict[int, Cell] = {}
    for row in rows:
        for column, cell in enumerate(row):
            if cell.text.strip() == CONTINUED:
                if column in owners:
                    cell.continued = True
                    owners[column].rows += 1
                    continue
                cell.html = cell.text = ""
            owners[column] = cell


def has_row_headers(head: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first column names its rows: under an empty corner, or distinct short words beside other columns."""
    first = [row[0] for row in rows if row]
    if not first or len(rows[0]) < 2:
        return False
    texts = [" ".join(cell.text.split()) for cell in first if not cell.continued]
    if not all(texts):
        return False
    if head and not head[0].text.strip():
        return True
    if len(texts) < 2 or len(set(texts)) < len(texts):
        return False
    return all(len(text) <= 80 and not _NUMERIC.fullmatch(text) for text in texts)


def _header(head: Sequence[Cell]) -> str:
    if not head:
        return ""
    # An empty corner is no header: a screen reader would announce a header without a name.
    cells = (_cell(cell, "th", "col") if cell.text.strip() else "<td></td>" for cell in head)
    return f"<thead><tr>{''.join(cells)}</tr></thead>"


def _cell(cell: Cell, tag: str, scope: str = "row") -> str:
    attributes = f' scope="{scope}"' if tag == "th" else ""
    if cell.rows > 1:
        attributes += f' rowspan="{cell.rows}"'
    if cell.align in {"right", "center"}:
        attributes += f' class="align-{cell.align}"'
    return f"<{tag}{attributes}>{cell.html}</{tag}>"
