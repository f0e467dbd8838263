"""Block tokens to HTML: paragraphs, lists, quotations, code, headings of the body, passages in another language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING

from markdown_it.token import Token

from publishing.rendering.figures import pictures_alone, write_picture
from publishing.rendering.headings import write_heading
from publishing.rendering.inline import PLAIN_MESSAGES, write_inline
from publishing.rendering.page import passage_anchor
from publishing.rendering.parsing import language_of
from publishing.rendering.safety import as_it_stands
from publishing.rendering.tables import write_table

if TYPE_CHECKING:
    from publishing.rendering.page import Page

_ATTRIBUTION = re.compile(r"[—–]\s*\S")
_CLASS_NAME = re.compile(r"[\w+#.-]{1,30}")


def write_blocks(page: Page, tokens: Sequence[Token], language: str, depth: int, *, passages: bool = True) -> str:
    """The HTML of a run of blocks.

    `language` is empty where it is the page's; `depth` is that of the heading above. Without `passages`, as in a note,
    which is one passage as a whole, paragraphs get no anchor of their own.
    """
    return _Blocks(page, language, depth, passages).write(tokens)


class _Blocks:
    def __init__(self, page: Page, language: str, depth: int, passages: bool) -> None:
        self.page = page
        self.languages = [language]
        self.depth = depth
        self.passages = passages
        self.out: list[str] = []
        self.nesting = 0
        """Quotations, lists and language blocks that are open."""

    @property
    def language(self) -> str:
        return self.languages[-1]

    def write(self, tokens: Sequence[Token]) -> str:
        attributions = _attributions(tokens)
        index = 0
        while index < len(tokens):
            token = tokens[index]
            kind = token.type
            if kind == "paragraph_open":
                self.paragraph(token, tokens[index + 1], index in attributions)
                index += 2
            elif kind == "heading_open":
                self.heading(token, tokens[index + 1])
                index += 2
            elif kind == "list_item_open":
                index += self.item(tokens, index)
            elif kind == "table_open":
                index = self.table(tokens, index)
            elif kind == "footnote_reference_open":
                index = closing_index(tokens, index)
            elif kind in {"fence", "code_block"}:
                self.code(token)
            elif kind in {"plain", "table_caption"}:
                self.plain(token)
            elif kind == "container_language_open":
                self.open_language(token)
            elif kind == "container_language_close":
                self.languages.pop()
                self.nesting -= 1
                self.out.append("</div>")
            elif kind == "hr":
                self.out.append("<hr>")
            elif kind in _CONTAINERS:
                self.nesting += token.nesting
                start = token.attrs.get("start")
                attributes = f' start="{int(start)}"' if kind == "ordered_list_open" and start is not None else ""
                self.out.append(f"<{'' if token.nesting == 1 else '/'}{token.tag}{attributes}>")
            index += 1
        return "".join(self.out)

    def text_anchor(self, text: str) -> str:
        """The anchor of the passage to be written; its problems and citations are told under it."""
        anchor = self.page.anchor(passage_anchor(self.page.section, text), "p")
        anchor = self.page.targets.anchors.get(anchor, anchor)
        self.page.passage = anchor
        return anchor

    def inline(self, inline: Token) -> tuple[str, str]:
        return write_inline(self.page, inline.children or [], self.language or self.page.language)

    def paragraph(self, token: Token, inline: Token, attribution: bool) -> None:
        pictures = pictures_alone(inline.children or [])
        if pictures and not token.hidden and self.passages:
            self.out += [write_picture(self.page, picture, self.language or self.page.language) for picture in pictures]
        elif token.hidden or not self.passages or attribution:
            html, text = self.inline(inline)
            tag = "footer" if attribution else "p"
            self.out.append(html if token.hidden else f"<{tag}>{html}</{tag}>")
            if attribution and self.passages and self.page.passages:
                self.continue_passage(text)
        else:
            anchor = self.text_anchor(inline.content)
            html, text = self.inline(inline)
            self.page.add_passage(anchor, "text", self.language, text)
            self.out.append(f'<p id="{anchor}">{html}</p>')

    def continue_passage(self, text: str) -> None:
        """The name under a quotation is found with the quotation."""
        last = self.page.passages.pop()
        self.page.add_passage(last.anchor, last.kind, last.language, f"{last.text} {text}")

    def item(self, tokens: Sequence[Token], index: int) -> int:
        """Opens a list item, which is the passage where its text stands in it without a paragraph.

        Gives the count of tokens that it wrote beside the first.
        """
        self.nesting += 1
        following = tokens[index + 1]
        if not (following.type == "paragraph_open" and following.hidden and self.passages):
            self.out.append("<li>")
            return 0
        inline = tokens[index + 2]
        anchor = self.text_anchor(inline.content)
        html, text = self.inline(inline)
        self.page.add_passage(anchor, "text", self.language, text)
        self.out.append(f'<li id="{anchor}">{html}')
        return 3

    def heading(self, token: Token, inline: Token) -> None:
        if self.nesting or not self.passages:
            # A heading inside a quotation or a list does not belong to the outline of the page.
            anchor = self.text_anchor(inline.content) if self.passages else ""
            html, text = self.inline(inline)
            if self.passages:
                self.page.add_passage(anchor, "text", self.language, text)
            attribute = f' id="{anchor}"' if anchor else ""
            self.out.append(f"<p{attribute}><strong>{html}</strong></p>")
            return
        self.out.append(
            write_heading(
                self.page, inline.children or [], depth=self.depth + int(token.tag[1:]), language=self.language
            )
        )

    def table(self, tokens: Sequence[Token], index: int) -> int:
        end = next(i for i in range(index, len(tokens)) if tokens[i].type == "table_close")
        caption = ""
        last = end
        if end + 1 < len(tokens) and tokens[end + 1].type == "table_caption":
            caption, last = tokens[end + 1].content, end + 1
        elif (
            end + 2 < len(tokens)
            and tokens[end + 1].type == "paragraph_open"
            and tokens[end + 2].content.startswith(": ")
        ):
            # The same line below an empty one.
            caption, last = tokens[end + 2].content[2:].strip(), end + 3
        self.out.append(write_table(self.page, tokens[index : end + 1], caption, self.language or self.page.language))
        return last

    def code(self, token: Token) -> None:
        text = token.content.rstrip("\n")
        info = token.info.split()
        attributes = ""
        if info and _CLASS_NAME.fullmatch(info[0]):
            attributes = f' class="language-{escape(info[0])}"'
        anchor = f' id="{self.text_anchor(text)}"' if self.passages else ""
        if self.passages:
            self.page.add_passage(self.page.passage, "text", self.language, text)
        self.out.append(f'<pre{anchor} tabindex="0"><code{attributes}>{escape(text, quote=False)}\n</code></pre>')

    def plain(self, token: Token) -> None:
        problem = token.meta.get("problem")
        anchor = f' id="{self.text_anchor(token.content)}"' if self.passages else ""
        if self.passages:
            self.page.add_passage(self.page.passage, "text", self.language, token.content)
        if problem:
            self.page.problem(problem, PLAIN_MESSAGES[problem])
        self.out.append(f"<p{anchor}>{as_it_stands(token.content.strip())}</p>")

    def open_language(self, token: Token) -> None:
        language = language_of(token.info)
        self.languages.append(language or self.language)
        self.nesting += 1
        self.out.append(f'<div lang="{escape(language)}">' if language else "<div>")


_CONTAINERS = {
    *("blockquote_open", "blockquote_close", "bullet_list_open", "bullet_list_close"),
    *("ordered_list_open", "ordered_list_close", "list_item_close"),
}


def closing_index(tokens: Sequence[Token], index: int) -> int:
    """Index of the token that closes the note that the token at `index` opens."""
    depth = 0
    for position in range(index, len(tokens)):
        if tokens[position].type == "footnote_reference_open":
            depth += 1
        elif tokens[position].type == "footnote_reference_close":
            depth -= 1
            if not depth:
                return position
    return len(tokens) - 1


def _attributions(tokens: Sequence[Token]) -> set[int]:
    """The paragraphs that end a quotation and name whom it quotes, by index."""
    found: set[int] = set()
    opened: list[list[int]] = []
    """For each open quotation: its level, and the index of its last child if that is a paragraph, or else -1."""
    for index, token in enumerate(tokens):
        if token.type == "blockquote_open":
            if opened and token.level == opened[-1][0] + 1:
                opened[-1][1] = -1
            opened.append([token.level, -1])
        elif token.type == "blockquote_close" and opened:
            level, last = opened.pop()
            if last > -1 and tokens[last].level == level + 1 and _ATTRIBUTION.match(tokens[last + 1].content):
                found.add(last)
        elif opened and token.level == opened[-1][0] + 1 and token.nesting >= 0 and token.type != "inline":
            opened[-1][1] = index if token.type == "paragraph_open" else -1
    return found
