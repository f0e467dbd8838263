"""Drawings as bitmaps, for the pictures that other sites show beside a link, since none of those takes SVG."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise

from PIL import Image, ImageColor, ImageDraw

from publishing.drawing import LANDSCAPE, Palette, Shape

WIDTH, HEIGHT = 1200, 630
"""What Open Graph readers ask for, in pixels."""
FINE = 2
"""Drawn this much larger, then reduced: Pillow draws without smoothing."""
STEPS = 24
"""Straight pieces of a curve."""

Point = tuple[float, float]

_COMMAND = re.compile(r"([MhvzaCL])([^MhvzaCL]*)")


def bitmap(palette: Palette, shapes: list[Shape]) -> Image.Image:
    """A drawing on its ground, 1200 by 630 pixels."""
    scale = WIDTH * FINE / LANDSCAPE[0]
    image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), palette.ground)
    canvas = ImageDraw.Draw(image)
    for shape in shapes:
        colour = _mixed(shape.colour, palette.ground, shape.opacity)
        for line in _lines(shape):
            points = [(x * scale, y * scale) for x, y in line]
            if shape.line:
                canvas.line(points, fill=colour, width=round(shape.line * scale), joint="curve")
            else:
                canvas.polygon(points, fill=colour)
    return image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _mixed(colour: str, ground: str, opacity: float) -> tuple[int, ...]:
    return tuple(
        round(one * opacity + other * (1 - opacity))
        for one, other in zip(ImageColor.getrgb(colour), ImageColor.getrgb(ground), strict=True)
    )


def _lines(shape: Shape) -> Iterator[list[Point]]:
    """The pieces of a path as points. Only what `publishing.drawing` writes is read: M L C h v z and half discs."""
    line: list[Point] = []
    for command, rest in _COMMAND.findall(shape.path):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", rest)]
        if command == "M":
            if line:
                yield line
            line = [(numbers[0], numbers[1])]
            continue
        x, y = line[-1]
        if command == "h":
            line.append((x + numbers[0], y))
        elif command == "v":
            line.append((x, y + numbers[0]))
        elif command == "z":
            line.append(line[0])
        elif command == "L":
            line += zip(numbers[::2], numbers[1::2], strict=True)
        elif command == "C":
            line += [_bezier((x, y), numbers, step / STEPS) for step in range(1, STEPS + 1)]
        else:
            line += _half_disc(x, y, numbers[5])
    if line:
        yield line


def _bezier(begin: Point, numbers: list[float], share: float) -> Point:
    points = [begin, *zip(numbers[::2], numbers[1::2], strict=True)]
    while len(points) > 1:
        points = [(a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share) for a, b in pairwise(points)]
    return points[0]


def _half_disc(x: float, y: float, across: float) -> list[Point]:
    """From (x, y) to (x + across, y), by way of the half circle that SVG draws with both flags 1 and 0."""
    radius = across / 2
    angles = [math.pi * step / 12 for step in range(1, 13)]
    return [(x + radius - radius * math.cos(angle), y + radius * math.sin(angle)) for angle in angles]
