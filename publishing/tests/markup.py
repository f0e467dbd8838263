"""What a page must never hold, found by reading its HTML as a browser does, not by looking for words in it."""

from __future__ import annotations

from html.parser import HTMLParser

TAGS = {
    *(
        "a",
        "blockquote",
        "br",
        "code",
        "div",
        "em",
        "figcaption",
        "figure",
        "footer",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
    ),
    *(
        "img",
        "li",
        "ol",
        "p",
        "pre",
        "section",
        "span",
        "strong",
        "sup",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ),
}
ATTRIBUTES = {
    *("id", "class", "lang", "role", "aria-label", "aria-labelledby", "href", "title", "rel", "src", "alt", "width"),
    *("height", "loading", "rowspan", "colspan", "scope", "value", "start", "tabindex"),
}


class Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.unsafe: list[str] = []
        self.links = 0
        """Links that are open."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "a":
            self.links += 1
            if self.links > 1:
                self.unsafe.append("a link in a link")
        if tag not in TAGS:
            self.unsafe.append(f"<{tag}>")
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self.unsafe.append(f"{tag} {name}")
            if name in {"href", "src"} and not allowed(value or ""):
                self.unsafe.append(f"{tag} {name}={value}")

    def handle_endtag(self, tag: str) -> None:
        self.links -= tag == "a"

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def handle_comment(self, data: str) -> None:
        self.unsafe.append("comment")

    def handle_decl(self, decl: str) -> None:
        self.unsafe.append("declaration")

    def unknown_decl(self, data: str) -> None:
        self.unsafe.append("declaration")

    def handle_pi(self, data: str) -> None:
        self.unsafe.append("instruction")


def allowed(address: str) -> bool:
    """As a browser reads it: without the blanks and controls that it drops."""
    bare = "".join(c for c in address if c > " ").lower()
    outside = bare.startswith(("http://", "https://", "mailto:"))
    return outside or bare.startswith(("#", "../")) or (bare.startswith("/") and not bare.startswith(("//", "/\\")))


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def assert_safe(html: str) -> None:
    assert read(html).unsafe == []


def assert_sound(html: str) -> None:
    """Safe, without an anchor twice, every link within the page led somewhere, and headings without gaps."""
    reader = read(html)
    assert reader.unsafe == []
    anchors = [attrs["id"] for _tag, attrs in reader.elements if "id" in attrs]
    assert len(anchors) == len(set(anchors))
    level = 1
    for tag, _attrs in reader.elements:
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            assert int(tag[1]) <= level + 1
            level = int(tag[1])
