"""The card that other sites show beside a link: title, nature and author of a text, and the drawing of its cover."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import astuple, dataclass
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from PIL import ImageDraw, ImageFont

from publishing.drawing import Box, motif, start
from publishing.sharing import HEIGHT, WIDTH, bitmap
from publishing.typography import typeset

VERSION = "1"
"""Changes whenever the same words would give another picture, so that it gets another address."""
MARGIN = 72
COLUMN = 620
"""Width of the words, in pixels; the drawing stands beside them."""
DRAWING = Box(296, 42, 156, 160)
"""In the units of drawings, of which 480 make the width."""
TITLE_SIZES = (68, 60, 52, 46, 40, 36)
TITLE_HEIGHT = 330
LEADING = 1.16
SMALL = 27
AUTHORS = 3
"""Authors that are named; of more, the first one « et al. »."""


@dataclass(frozen=True, slots=True)
class Card:
    title: str
    kicker: str
    """What the text is, or the work that it is a page of."""
    byline: str
    site: str
    work: str
    """Title of the work as its cover has it, so that both have one drawing."""
    kind: str

    @property
    def digest(self) -> str:
        """A name for the picture, which changes with all that it shows."""
        return blake2b("\0".join((VERSION, *astuple(self))).encode(), digest_size=10).hexdigest()

    @property
    def alt(self) -> str:
        return ", ".join(part for part in (self.title, self.byline, self.kicker) if part)


def card_of(facts: dict[str, Any], title: str, page: str = "") -> Card:
    """The card of a work out of what its edition froze, or of one of its pages by its title."""
    language = str(facts.get("language") or "fr")
    work = typeset(title, language)
    names = [str(author["name"]) for author in facts.get("authors", [])]
    byline = ", ".join(names) if len(names) <= AUTHORS else f"{names[0]} et al."
    kicker = work if page else str(facts.get("kind_label") or "")
    shown = typeset(page, language) if page else work
    return Card(shown, kicker[:1].upper() + kicker[1:], byline, settings.SITE_NAME, work, str(facts.get("kind") or ""))


def card_of_site() -> Card:
    kicker = _("Des textes longs, à lire en entier")
    return Card(settings.SITE_NAME, kicker, "", "", settings.SITE_NAME, "site")


def picture(card: Card) -> bytes:
    """A PNG of 1200 by 630 pixels, the same for the same card."""
    dice, palette = start(card.work, card.kind)
    image = bitmap(palette, motif(DRAWING, dice, palette))
    canvas = ImageDraw.Draw(image)

    def write(text: str, place: tuple[float, float], size: int, anchor: str = "ls", weight: str = "Regular") -> None:
        canvas.text(place, _printable(text), fill=palette.ink, font=font(size, weight), anchor=anchor)

    canvas.line([(MARGIN, 66), (WIDTH - MARGIN, 66)], fill=palette.ink, width=2)
    write(_cut(card.kicker, SMALL, COLUMN), (MARGIN, 112), SMALL)
    size, lines = set_title(card.title)
    for index, line in enumerate(lines):
        write(line, (MARGIN, 190 + size * 0.36 + index * size * LEADING), size, weight="Semibold")
    write(_cut(card.byline, SMALL, COLUMN), (MARGIN, HEIGHT - 58), SMALL)
    write(_cut(card.site, SMALL - 4, WIDTH - 2 * MARGIN - COLUMN), (WIDTH - MARGIN, HEIGHT - 58), SMALL - 4, "rs")
    target = BytesIO()
    image.quantize(128).save(target, "PNG", optimize=True)
    return target.getvalue()


def set_title(title: str) -> tuple[int, list[str]]:
    """The largest size at which the title fits, and its lines; what is too long for the smallest is cut."""
    for size in TITLE_SIZES:
        lines = _lines(title, size)
        if len(lines) * size * LEADING <= TITLE_HEIGHT:
            return size, lines
    most = int(TITLE_HEIGHT / (size * LEADING))
    return size, [*lines[: most - 1], _cut(f"{lines[most - 1]}…", size, COLUMN, "Semibold")]


def _lines(text: str, size: int) -> list[str]:
    measure = _measure(size, "Semibold")
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}".strip()
        if measure(joined) <= COLUMN:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        while word and measure(word) > COLUMN:
            # A word wider than the column, such as an address, is broken.
            count = next(count for count in range(len(word), 0, -1) if measure(word[:count]) <= COLUMN or count == 1)
            lines[-1] = word[:count]
            word = word[count:]
            lines.append("")
        lines[-1] = word
    return [line for line in lines if line] or [""]


def _cut(text: str, size: int, width: float, weight: str = "Regular") -> str:
    """The text, or its beginning and an ellipsis where it is wider."""
    measure = _measure(size, weight)
    if measure(text) <= width:
        return text
    text = text.rstrip("…")[:200]
    while text and measure(f"{text}…") > width:
        text = text[:-1].rstrip(" ,;:\u202f")
    return f"{text}…"


def _measure(size: int, weight: str) -> Callable[[str], float]:
    face = font(size, weight)
    return lambda text: face.getlength(_printable(text))


def _printable(text: str) -> str:
    """Without line breaks and the like, of which an image has none."""
    return "".join(character if character.isprintable() or character == "\u202f" else " " for character in text)


@cache
def font(size: int, weight: str) -> ImageFont.FreeTypeFont:
    """Source Serif Pro (SIL Open Font License), out of the package that brings it."""
    package = find_spec("font_source_serif_pro")
    if package is None or not package.submodule_search_locations:
        raise ModuleNotFoundError("font-source-serif-pro is not installed: run script/setup.")
    path = Path(package.submodule_search_locations[0]) / "files" / f"SourceSerifPro-{weight}.ttf"
    return ImageFont.truetype(path, size)
