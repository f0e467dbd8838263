"""Drawings for covers: lines of text on their way to becoming points, in several motifs of one family.

Each motif fills a box with shapes, drawn from dice that always fall the same for the same seed.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    ground: str
    ink: str
    accent: str


PALETTES = (
    Palette("#f1ece0", "#22303c", "#b5472f"),
    Palette("#22303c", "#f1ece0", "#e2886c"),
    Palette("#a03a24", "#f8eee2", "#f2b79b"),
    Palette("#2c4740", "#f1ece0", "#e3b566"),
    Palette("#2b5677", "#f4efe4", "#f0b49c"),
    Palette("#dfae52", "#22303c", "#8f2f1a"),
    Palette("#473250", "#f3ebe0", "#e8a184"),
    Palette("#cbd3c3", "#24322e", "#a53c25"),
)


class Dice:
    """Numbers between 0 and 1 drawn from a seed; unlike `random`, the same in every version of Python."""

    def __init__(self, seed: str) -> None:
        self._bytes: Iterator[int] = iter(hashlib.shake_256(seed.encode("utf-8", "replace")).digest(4096))

    def roll(self) -> float:
        return next(self._bytes, 128) / 255

    def between(self, low: float, high: float) -> float:
        return low + (high - low) * self.roll()

    def below(self, count: int) -> int:
        return min(int(self.roll() * count), count - 1)


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float


def _dot(x: float, y: float, radius: float) -> str:
    """A disc as a piece of path, so that a whole motif is a few elements."""
    half = f"a{radius:.1f} {radius:.1f} 0 1 0"
    return f"M{x - radius:.1f} {y:.1f}{half} {2 * radius:.1f} 0{half} {-2 * radius:.1f} 0"


def _bar(x: float, y: float, width: float, height: float) -> str:
    return f"M{x:.1f} {y:.1f}h{width:.1f}v{height:.1f}h{-width:.1f}z"


def _words(dice: Dice, width: float, unit: float) -> list[tuple[float, float]]:
    """Words of one line: where each begins and how long it is."""
    words: list[tuple[float, float]] = []
    x = 0.0
    while width - x > unit:
        length = min(unit * (1 + 3.2 * dice.roll()), width - x)
        words.append((x, length))
        x += length + unit * 0.7
    return words


def _dissolving(box: Box, dice: Dice) -> tuple[str, str, str]:
    """Lines of text whose last ones come apart."""
    bars: list[str] = []
    points: list[str] = []
    marks: list[str] = []
    step = dice.between(12, 17)
    thick = step * 0.34
    count = max(int(box.height / step), 3)
    marked = dice.below(max(count // 3, 1))
    for row in range(count):
        gone = max(0.0, (row / max(count - 1, 1) - 0.35) / 0.65)
        y = box.y + row * step
        for start, length in _words(dice, box.width, step * 1.1):
            if dice.roll() < gone**1.2:
                for _ in range(max(int(length / 9), 1)):
                    spot = _dot(
                        box.x + start + dice.between(0, length),
                        y + thick / 2 + dice.between(-0.3, 0.3) * step * (0.4 + gone),
                        thick * dice.between(0.26, 0.42),
                    )
                    (marks if dice.roll() < 0.34 else points).append(spot)
            elif row == marked:
                marks.append(_bar(box.x + start, y, length, thick))
            else:
                bars.append(_bar(box.x + start, y, length, thick))
    return "".join(bars + points), "".join(marks), ""


def _attention(box: Box, dice: Dice) -> tuple[str, str, str]:
    """One line of words, and arcs from each word to those it looks at."""
    base = box.y + box.height * 0.78
    words = _words(dice, box.width, box.width / 16)
    middles = [box.x + start + length / 2 for start, length in words]
    bars = [_bar(box.x + start, base, length, 6) for start, length in words]
    chosen = dice.below(len(words))
    arcs: list[str] = []
    marked: list[str] = []
    for index, middle in enumerate(middles):
        for other in range(index):
            if chosen not in (index, other) and dice.roll() > 0.42:
                continue
            reach = min(abs(middle - middles[other]) * 0.62, box.height * 0.74)
            arc = (
                f"M{middles[other]:.1f} {base - 5:.1f}C{middles[other]:.1f} {base - 5 - reach:.1f} "
                f"{middle:.1f} {base - 5 - reach:.1f} {middle:.1f} {base - 5:.1f}"
            )
            (marked if chosen in (index, other) else arcs).append(arc)
    foot = [_dot(middle, base + 18, 1.6 + 2.6 * dice.roll()) for middle in middles]
    return "".join(bars + foot), "", "".join(arcs) + "|" + "".join(marked)


def _halftone(box: Box, dice: Dice) -> tuple[str, str, str]:
    """A field of points whose size follows two waves."""
    step = dice.between(11, 15)
    columns, rows = int(box.width / step), int(box.height / step)
    dx, dy = (box.width - (columns - 1) * step) / 2, (box.height - (rows - 1) * step) / 2
    across, down = dice.between(0.18, 0.62), dice.between(0.12, 0.5)
    begin, rise = dice.between(0, math.tau), dice.between(0, math.tau)
    slope = dice.between(-0.4, 0.4)
    points: list[str] = []
    marks: list[str] = []
    for row in range(rows):
        for column in range(columns):
            wave = math.sin(column * across + row * slope + begin) + math.cos(row * down + rise)
            radius = step * 0.44 * max(0.0, (wave + 2) / 4) ** 1.25
            if radius < 0.8:
                continue
            spot = _dot(box.x + dx + column * step, box.y + dy + row * step, radius)
            (marks if wave > 1.62 else points).append(spot)
    return "".join(points), "".join(marks), ""


def _branches(box: Box, dice: Dice) -> tuple[str, str, str]:
    """What could follow: a tree that grows from one word to many, and the one way that was taken."""
    levels = 4
    lines: list[str] = []
    marked: list[str] = []
    width = box.width / levels
    nodes = [(box.x + 4, box.y + box.height * dice.between(0.35, 0.65), True)]
    for level in range(levels):
        following: list[tuple[float, float, bool]] = []
        slots = len(nodes) * (3 if level < 2 else 2)
        taken = dice.below(slots // max(len(nodes), 1))
        for index, (x, y, on_way) in enumerate(nodes):
            share = slots // len(nodes)
            for child in range(share):
                place = (index * share + child + 0.5) / slots
                end = (box.x + 4 + (level + 1) * (width - 3), box.y + box.height * place, on_way and child == taken)
                half = (x + end[0]) / 2
                curve = f"M{x:.1f} {y:.1f}C{half:.1f} {y:.1f} {half:.1f} {end[1]:.1f} {end[0]:.1f} {end[1]:.1f}"
                (marked if end[2] else lines).append(curve)
                following.append(end)
        nodes = following
    ends = [_dot(x, y, 1.7) for x, y, on_way in nodes if not on_way]
    last = [_dot(x, y, 4.5) for x, y, on_way in nodes if on_way]
    return "".join(ends), "".join(last), "".join(lines) + "|" + "".join(marked)


def _strata(box: Box, dice: Dice) -> tuple[str, str, str]:
    """Lines that drift away from the first one, as readings of one text do."""
    # The first and last lines swing out of their place: the box leaves them room.
    box = Box(box.x, box.y + 18, box.width, box.height - 36)
    count = max(int(box.height / 8), 5)
    step = box.height / count
    phase, turns, marked_row = dice.between(0, math.tau), dice.between(0.6, 2.4), dice.below(count)
    calm = dice.roll()
    lines, marked = [], ""
    for row in range(count):
        drift = abs(row / count - calm) ** 1.3 / max(calm, 1 - calm)
        points = []
        for position in range(19):
            share = position / 18
            swing = math.sin(share * math.tau * turns + phase + row * 0.16) * drift * step * 2.6
            points.append(f"{box.x + share * box.width:.1f} {box.y + row * step + swing:.1f}")
        line = f"M{points[0]}L" + " ".join(points[1:])
        if row == marked_row:
            marked = line
        else:
            lines.append(line)
    return "", "", "".join(lines) + "|" + marked


def _window(box: Box, dice: Dice) -> tuple[str, str, str]:
    """Lines of text of which a window shows some; the rest is faint, as points."""
    step = dice.between(12, 15)
    count = max(int(box.height / step), 3)
    first = dice.below(max(count - 3, 1))
    last = min(first + 2 + dice.below(max(count // 3, 1)), count - 1)
    bars: list[str] = []
    points: list[str] = []
    for row in range(count):
        y = box.y + row * step + step * 0.3
        for start, length in _words(dice, box.width - 16, step * 1.1):
            x = box.x + 8 + start
            if first <= row <= last:
                bars.append(_bar(x, y, length, step * 0.36))
            else:
                points += [
                    _dot(x + step * 0.36 * spot, y + step * 0.18, 1.1) for spot in range(int(length / (step * 0.36)))
                ]
    frame = _bar(box.x, box.y + first * step - step * 0.1, box.width, (last - first + 1) * step + step * 0.16)
    return "".join(bars + points), "", "|" + frame


def _likelihoods(box: Box, dice: Dice) -> tuple[str, str, str]:
    """What could come next and how likely each is: columns that fall, of which one was drawn."""
    count = 18 + dice.below(14)
    step = box.width / count
    drawn = 1 + dice.below(count // 2)
    steep = dice.between(0.07, 0.17)
    columns: list[str] = []
    marked = ""
    feet: list[str] = []
    for index in range(count):
        tall = max(box.height * 0.86 * math.exp(-steep * index) * dice.between(0.72, 1), 3)
        column = _bar(box.x + index * step, box.y + box.height * 0.9 - tall, step * 0.62, tall)
        if index == drawn:
            marked = column
        else:
            columns.append(column)
        feet.append(_dot(box.x + index * step + step * 0.31, box.y + box.height * 0.96, 1.5))
    return "".join(columns + feet), marked, ""


MOTIFS: tuple[Callable[[Box, Dice], tuple[str, str, str]], ...] = (
    _dissolving,
    _attention,
    _halftone,
    _branches,
    _strata,
    _window,
    _likelihoods,
)


@dataclass(frozen=True, slots=True)
class Shape:
    """A path of the drawing, in the words of SVG: filled, or drawn with a line of that width."""

    path: str
    colour: str
    line: float = 0
    opacity: float = 1

    def svg(self) -> str:
        if not self.line:
            return f'<path d="{self.path}" fill="{self.colour}"/>'
        faint = f' stroke-opacity="{self.opacity}"' if self.opacity < 1 else ""
        return f'<path d="{self.path}" fill="none" stroke="{self.colour}" stroke-width="{self.line}"{faint}/>'


def motif(box: Box, dice: Dice, palette: Palette) -> list[Shape]:
    """One motif in the box, as a few paths."""
    inked, marked, strokes = MOTIFS[dice.below(len(MOTIFS))](box, dice)
    quiet, _, loud = strokes.partition("|")
    shapes = [
        Shape(quiet, palette.ink, line=1.2, opacity=0.6),
        Shape(loud, palette.accent, line=2.4),
        Shape(inked, palette.ink),
        Shape(marked, palette.accent),
    ]
    return [shape for shape in shapes if shape.path]


LANDSCAPE = (480, 252)
"""Width and height of a drawing without words, in its own units: 40:21, as pictures shared on networks are."""


def start(title: str, kind: str) -> tuple[Dice, Palette]:
    """The dice of a work and its palette: the same title and kind always give the same drawing."""
    dice = Dice(f"{kind}\n{title}")
    return dice, PALETTES[dice.below(len(PALETTES))]


def landscape(title: str, kind: str) -> tuple[Palette, list[Shape]]:
    dice, palette = start(title, kind)
    return palette, motif(Box(44, 42, 392, 168), dice, palette)
