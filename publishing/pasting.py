"""What a word processor puts on the clipboard, as Markdown of the house: structure stays, decoration goes.

before: <p class="MsoNormal">Un <b>mot</b><a href="#_ftn1">[1]</a></p> … <div id="ftn1"><p>… La note.</p></div>
after:  Un **mot**[^1]

        [^1]: La note.

Word, Google Docs and LibreOffice are known. Headings become bold paragraphs, since a section has no headings of its
own; pictures are left out: they are uploaded apart.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from markdownify import MarkdownConverter

LONGEST = 1_000_000
"""Characters of HTML: Word writes about twenty for each of the text."""
MOST_TAGS = 30_000
DEEPEST = 100
"""Elements within each other: the time that reading takes grows with the square of it."""
_NO_TEXT = ["script", "style", "head", "title", "meta", "link", "template", "object", "iframe", "svg", "img", "xml"]
_CALL = re.compile(r"#_?(?:ftn|edn|sdfootnote|sdendnote|ftnt)(\d{1,5})(?:sym)?$")
_BACK = re.compile(r"#_?(?:ftnref|ednref|ftnt_ref|sdfootnote(?=\d+anc)|sdendnote(?=\d+anc))(\d{1,5})(?:anc)?$")
_KEPT_ADDRESS = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_HEADINGS = ["h1", "h2", "h3", "h4", "h5", "h6"]
_NUMBERED = re.compile(r"^\s*(?:\d{1,3}|[a-z])[.)]\s*$", re.IGNORECASE)


def markdown_of(html: str) -> str:
    """Raises ValidationError where the clipboard holds more than a section would."""
    measured = _Measure(html) if len(html) <= LONGEST else None
    if measured is None or measured.tags > MOST_TAGS:
        raise ValidationError(_("Ce texte est trop long pour être collé d’un coup : collez-le en plusieurs fois."))
    if measured.deepest > DEEPEST:
        raise ValidationError(_("Ce texte n’a pas pu être lu : collez-le sans sa mise en forme."))
    soup = BeautifulSoup(html, "html.parser")
    _clean(soup)
    notes = _take_notes(soup)
    text = _written(soup)
    for label, note in notes.items():
        text += f"\n\n[^{label}]: " + _written(note).replace("\n\n", "\n\n    ")
    return text.strip()


class _Measure(HTMLParser):
    """How many elements there are and how deep they stand, before a tree is made of them."""

    VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags = self.depth = self.deepest = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += 1
        if tag not in self.VOID:
            self.depth += 1
            self.deepest = max(self.deepest, self.depth)

    def handle_endtag(self, tag: str) -> None:
        self.depth = max(0, self.depth - 1)


class _Writer(MarkdownConverter):
    """Notes are marks of the house, which nothing escapes."""

    class Options(MarkdownConverter.DefaultOptions):  # type: ignore[name-defined, misc]
        bullets = "-"
        escape_misc = False
        table_infer_header = True

    def convert_note(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        return f"[^{element['label']}]"


def _clean(soup: BeautifulSoup) -> None:
    for text in soup.find_all(string=True):
        if isinstance(text, PreformattedString):
            # Comments, and the conditions that Word writes.
            text.extract()
        elif "\n" in text:
            text.replace_with(re.sub(r"\s*\n\s*", " ", text))
    for tag in soup.find_all(_NO_TEXT):
        tag.decompose()
    for tag in soup.find_all(True):
        if not tag.decomposed:
            _clean_tag(soup, tag)
    _join_lists(soup)


def _clean_tag(soup: BeautifulSoup, tag: Tag) -> None:
    style = re.sub(r"\s", "", str(tag.get("style", ""))).lower()
    if "mso-list:ignore" in style:
        # The bullet or the number that Word draws: the list itself says it.
        tag["data-mark"] = tag.get_text()
    if tag.name in _HEADINGS:
        tag.name = "p"
        _wrap_inside(soup, tag, "strong")
    elif tag.name == "b" and "font-weight:normal" in style:
        # Google Docs puts the whole text into one of these.
        tag.unwrap()
    elif tag.name in ("span", "font"):
        if re.search(r"font-weight:(?:bold|[6-9]00)", style):
            _wrap_inside(soup, tag, "strong")
        if "font-style:italic" in style:
            _wrap_inside(soup, tag, "em")
    elif tag.name == "a":
        _clean_link(soup, tag)
    elif tag.name in ("u", "o:p", "sup", "sub") and not tag.find("a"):
        tag.unwrap()


def _clean_link(soup: BeautifulSoup, tag: Tag) -> None:
    address = str(tag.get("href", "")).strip()
    fragment = address[address.rfind("#") :] if "#" in address else ""
    if call := _CALL.search(fragment):
        note = soup.new_tag("note")
        note["label"] = call[1]
        tag.replace_with(note)
    elif back := _BACK.search(fragment):
        mark = soup.new_tag("back")
        mark["label"] = back[1]
        tag.replace_with(mark)
    elif not _KEPT_ADDRESS.match(address):
        tag.unwrap()


def _wrap_inside(soup: BeautifulSoup, tag: Tag, name: str) -> None:
    if not tag.get_text(strip=True) or tag.find_parent(name) or tag.find(["p", "div", "li", "table"]):
        return
    inner = soup.new_tag(name)
    for child in list(tag.contents):
        inner.append(child.extract())
    tag.append(inner)


def _join_lists(soup: BeautifulSoup) -> None:
    """The paragraphs that Word writes in the place of a list become one."""
    for paragraph in soup.find_all("p", class_=re.compile("^MsoList")):
        mark = paragraph.find(None, {"data-mark": True})
        if mark is None:
            continue
        kind = "ol" if _NUMBERED.match(str(mark["data-mark"])) else "ul"
        mark.decompose()
        before = paragraph.previous_sibling
        while isinstance(before, NavigableString) and not before.strip():
            before = before.previous_sibling
        if not (isinstance(before, Tag) and before.name == kind and before.get("data-joined")):
            before = soup.new_tag(kind)
            before["data-joined"] = "1"
            paragraph.insert_before(before)
        paragraph.name = "li"
        before.append(paragraph.extract())


def _take_notes(soup: BeautifulSoup) -> dict[str, BeautifulSoup]:
    """Label to the text of each note, taken out of the text."""
    notes: dict[str, BeautifulSoup] = {}
    for back in soup.find_all("back"):
        label = str(back["label"])
        holder = back.find_parent(id=re.compile(r"^(?:ftn|edn|sdfootnote|sdendnote)\d+$")) or back.find_parent("p")
        back.decompose()
        if holder is not None and not holder.decomposed:
            notes.setdefault(label, BeautifulSoup(str(holder), "html.parser"))
            holder.decompose()
    for note in soup.find_all("note"):
        if note["label"] not in notes:
            # A part was copied without its notes: the call would lead nowhere.
            note.decompose()
    return notes


def _written(soup: BeautifulSoup) -> str:
    text = re.sub(r"[ \t]+\n", "\n", _Writer().convert_soup(soup))
    # The rule that stood above the notes goes with them.
    return re.sub(r"(?:\n|^)---\s*$", "", re.sub(r"\n{3,}", "\n\n", text).strip()).strip()
