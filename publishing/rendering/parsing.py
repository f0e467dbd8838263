"""The parser of the house Markdown: CommonMark, tables, and the marks that `docs/markdown.md` adds.

Nothing is lost beyond a bound: what is nested too deeply, or is too long to be read for marks, becomes a `plain` token
whose text is shown as it stands.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.footnote.index import footnote_def

MAX_DEPTH = 24
"""Levels of nested quotations and lists (a list counts twice); what is deeper is shown as plain text."""
MAX_PARAGRAPH = 60_000
"""Characters of one paragraph that are searched for marks."""
MAX_BRACKETS = 1_500
"""Opening brackets in one paragraph: looking for the end of each takes quadratic time."""

_NOTE_CALL = re.compile(r"\[\^([^\]\s]{1,100})\]")
_BREAK = re.compile(r"<br[ \t]{0,9}/?>", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"\{[ \t]{0,9}(?:lang|xml:lang)=[\"']?([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3})[\"']?[ \t]{0,9}\}"
)
_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
_ATTRIBUTES = re.compile(r"[ \t]*\{[^{}]{0,200}\}[ \t]*")


@cache
def parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_DEPTH + 16}).enable("table")
    # Addresses are judged when the page is written, where a refusal can be told to the editor.
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    md.block.ruler.before("table", "too_deep", too_deep)
    md.block.ruler.before("table", "caption", caption, {"alt": ["blockquote"]})
    md.block.ruler.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    container_plugin(md, "language", validate=lambda params, marker: bool(_ATTRIBUTES.fullmatch(params)))
    md.inline.ruler.before("link", "note_call", note_call)
    md.inline.ruler.after("link", "span", span)
    md.inline.ruler.before("autolink", "break_tag", break_tag)
    md.core.ruler.before("inline", "surplus_cells", surplus_cells)
    md.core.ruler.before("inline", "too_long", too_long)
    return md


def language_tag(text: str) -> bool:
    """Whether this can be the value of a `lang` attribute."""
    return bool(_TAG.fullmatch(text))


def language_of(attributes: str) -> str:
    """The language that `{lang=en}` names, or nothing."""
    match = _LANGUAGE.search(attributes)
    return match[1] if match else ""


def too_deep(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.level < MAX_DEPTH or silent:
        return False
    line = start
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        line += 1
    token = state.push("plain", "", 0)
    token.content = state.getLines(start, line, state.blkIndent, False)
    token.meta = {"problem": "too-deep"}
    state.line = line
    return True


def caption(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`: Table 1. Caption. Source : credit` right below a table."""
    first = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(": ", first) or not state.tokens:
        return False
    last = state.tokens[-1].type
    if silent:
        return last in {"tr_close", "thead_close"}
    if last != "table_close":
        return False
    token = state.push("table_caption", "", 0)
    token.content = state.src[first + 2 : state.eMarks[start]].strip()
    state.line = start + 1
    return True


def note_call(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[^", state.pos):
        return False
    match = _NOTE_CALL.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("note_call", "", 0).content = match[1]
    state.pos = match.end()
    return True


def span(state: StateInline, silent: bool) -> bool:
    """`[words]{lang=en}`."""
    if state.src[state.pos] != "[":
        return False
    label_end = state.md.helpers.parseLinkLabel(state, state.pos)
    if label_end < 0:
        return False
    match = _LANGUAGE.match(state.src, label_end + 1, state.posMax)
    if match is None:
        return False
    if not silent:
        after = state.posMax
        state.pos, state.posMax = state.pos + 1, label_end
        state.push("span_open", "span", 1).attrs = {"lang": match[1]}
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
        state.posMax = after
    state.pos = match.end()
    return True


def break_tag(state: StateInline, silent: bool) -> bool:
    """`<br>`, which the page writer honours in the cells of a table and shows as text elsewhere."""
    if not state.src.startswith("<", state.pos):
        return False
    match = _BREAK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        state.push("break_tag", "", 0).content = match[0]
    state.pos = match.end()
    return True


def surplus_cells(state: StateCore) -> None:
    """The parser drops the cells that a row has beyond the header's: they join the last one."""
    lines: list[str] | None = None
    last_cell: Token | None = None
    columns = 0
    for token in state.tokens:
        if token.type == "tr_open":
            columns, row = 0, token
        elif token.type in {"th_open", "td_open"}:
            columns += 1
        elif token.type == "inline" and columns:
            last_cell = token
        elif token.type == "tr_close":
            if row.map and last_cell is not None:
                lines = lines if lines is not None else state.src.split("\n")
                cells = escapedSplit(lines[row.map[0]].strip())
                cells = cells[1:] if cells and not cells[0] else cells
                cells = cells[:-1] if cells and not cells[-1] else cells
                if len(cells) > columns:
                    last_cell.content = " | ".join(cell.strip() for cell in cells[columns - 1 :])
            columns, last_cell = 0, None


def too_long(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and (len(token.content) > MAX_PARAGRAPH or token.content.count("[") > MAX_BRACKETS):
            plain = Token("plain_inline", "", 0, content=token.content, meta={"problem": "too-long"})
            token.content, token.children = "", [plain]


def parse(body: str) -> list[Token]:
    return parser().parse(body)
