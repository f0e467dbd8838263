"""Covers for works without a picture: drawn from title and kind, the same for a work every time, as inline SVG.

Only presentation attributes are written, since the site's content security policy allows no inline style.
"""

from __future__ import annotations

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from publishing.drawing import LANDSCAPE, Box, landscape, motif, start

register = template.Library()


def _set_title(title: str, width: float, rows: int) -> tuple[int, list[str]]:
    """The largest size at which the title fits, and its lines; a title too long for the smallest is cut."""
    size, lines = 17, [""]
    for size in (36, 32, 28, 25, 22, 19, 17):
        room = int(width / (size * 0.5))
        lines = [""]
        for word in title.split(" "):
            joined = f"{lines[-1]} {word}".strip()
            if len(joined) <= room or not lines[-1]:
                lines[-1] = joined
            else:
                lines.append(word)
        if len(lines) * size <= rows and max(len(line) for line in lines) <= room:
            return size, lines
    most = max(int(rows / size), 1)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip(" ,:;") + "…"]
    return size, [line if len(line) <= 34 else line[:33] + "…" for line in lines]


@register.simple_tag
def cover(title: str, kind: str = "", label: str = "", byline: str = "", shape: str = "portrait") -> SafeString:
    """The drawn cover of a work: `portrait` (3:4) carries the title, `landscape` (40:21) the motif alone.

    The drawing repeats what stands beside it in words, so it is hidden from assistive technology.
    """
    dice, palette = start(title, kind)
    width, height = (300, 400) if shape == "portrait" else LANDSCAPE
    parts = [
        f'<svg class="cover {shape}" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'aria-hidden="true" focusable="false"><rect width="{width}" height="{height}" fill="{palette.ground}"/>'
    ]
    if shape != "portrait":
        parts += [drawn.svg() for drawn in landscape(title, kind)[1]]
    else:
        size, lines = _set_title(title, 252, 150)
        leading = size * 1.16
        tall = leading * len(lines)
        # A thesis opens with its title; the other kinds put the drawing first.
        above = kind in {"thesis", "book"}
        top = 66.0 if above else 350 - tall
        parts.append(f'<path d="M24 30h252" stroke="{palette.ink}" stroke-width="1"/>')
        if label:
            parts.append(
                f'<text x="24" y="22" fill="{palette.ink}" font-family="Avenir Next,Segoe UI,Roboto,Arial,sans-serif" '
                f'font-size="9.5" letter-spacing="1.1">{escape(label.upper())}</text>'
            )
        for index, line in enumerate(lines):
            parts.append(
                f'<text x="24" y="{top + size * 0.8 - 8 + index * leading:.1f}" fill="{palette.ink}" '
                'font-family="Charter,Bitstream Charter,Sitka Text,Cambria,Georgia,Liberation Serif,serif" '
                f'font-size="{size}">{escape(line)}</text>'
            )
        place = Box(24, top + tall + 14, 252, 352 - top - tall - 30) if above else Box(24, 54, 252, top - 84)
        parts += [drawn.svg() for drawn in motif(place, dice, palette)]
        if byline:
            parts.append(
                f'<text x="24" y="380" fill="{palette.ink}" font-family="Avenir Next,Segoe UI,Roboto,Arial,sans-serif" '
                f'font-size="10.5">{escape(byline if len(byline) < 44 else byline[:42] + "…")}</text>'
            )
    parts.append("</svg>")
    # Every text that went in was escaped above.
    return mark_safe("".join(parts))  # noqa: S308
