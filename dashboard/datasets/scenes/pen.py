"""Outlined shapes on a Pillow image, in the units of one subject."""

import math
from collections.abc import Sequence

from PIL import Image, ImageDraw

Rgb = tuple[int, int, int]
Point = tuple[float, float]

EDGES = 24  # of the polygon that stands for an ellipse
OUTLINE = 5  # thickness in pixels of the large drawing


def tint(colour: Rgb, factor: float) -> Rgb:
    """A colour made lighter (factor above 1) or darker."""
    red, green, blue = (max(0, min(255, int(value * factor))) for value in colour)
    return red, green, blue


def mix(first: Rgb, second: Rgb, share: float) -> Rgb:
    """The colour that lies `share` of the way from the first to the second."""
    red, green, blue = (int(a + (b - a) * share) for a, b in zip(first, second, strict=True))
    return red, green, blue


class Pen:
    """Draws around one point: x to where the subject faces, y downward, in multiples of its scale.

    Args:
        origin: where (0, 0) lies, in pixels; scale: pixels a unit; facing: -1 mirrors.
        light: what red, green and blue are multiplied by.
    """

    def __init__(
        self,
        image: Image.Image,
        origin: Point,
        scale: float,
        facing: int = 1,
        light: Sequence[float] = (1, 1, 1),
    ) -> None:
        self.draw = ImageDraw.Draw(image)
        self.origin, self.scale, self.facing, self.light = origin, scale, facing, light

    def colour(self, colour: Rgb) -> Rgb:
        red, green, blue = (min(255, int(v * k)) for v, k in zip(colour, self.light, strict=True))
        return red, green, blue

    def place(self, points: Sequence[Point]) -> list[Point]:
        """Points of the subject's units as pixels."""
        x, y = self.origin
        return [(x + self.facing * a * self.scale, y + b * self.scale) for a, b in points]

    def polygon(self, points: Sequence[Point], fill: Rgb, outline: Rgb | None = None) -> None:
        pixels = self.place(points)
        self.draw.polygon(pixels, fill=self.colour(fill))
        if outline is not None:
            self.draw.line([*pixels, *pixels[:2]], fill=self.colour(outline), width=OUTLINE, joint="curve")

    def ellipse(
        self,
        x: float,
        y: float,
        rx: float,
        ry: float,
        fill: Rgb,
        outline: Rgb | None = None,
        angle: float = 0,
    ) -> None:
        """An ellipse of these radii about (x, y), turned by `angle` radians."""
        cos, sin = math.cos(angle), math.sin(angle)
        around = [(rx * math.cos(t), ry * math.sin(t)) for t in _TURN]
        self.polygon([(x + u * cos - v * sin, y + u * sin + v * cos) for u, v in around], fill, outline)

    def limb(self, points: Sequence[Point], width: float, fill: Rgb, outline: Rgb | None = None) -> None:
        """A rounded stroke of this width along a smooth curve through the points."""
        pixels = self.place(_smooth(points))
        layers = [(width * self.scale + 2 * OUTLINE - 2, outline), (width * self.scale, fill)]
        for thick, colour in layers:
            if colour is None:
                continue
            shade, half = self.colour(colour), thick / 2
            self.draw.line(pixels, fill=shade, width=max(1, round(thick)), joint="curve")
            for x, y in (pixels[0], pixels[-1]):
                self.draw.ellipse([x - half, y - half, x + half, y + half], fill=shade)

    def line(self, points: Sequence[Point], width: int, fill: Rgb) -> None:
        """A thin line, `width` in pixels."""
        self.draw.line(self.place(points), fill=self.colour(fill), width=width, joint="curve")


_TURN = [math.tau * step / EDGES for step in range(EDGES)]


def _smooth(points: Sequence[Point]) -> list[Point]:
    """Catmull-Rom spline through the points, four steps between neighbours."""
    curve: list[Point] = []
    for i in range(len(points) - 1):
        before, after = points[max(i - 1, 0)], points[min(i + 2, len(points) - 1)]
        for t in (0.0, 0.25, 0.5, 0.75):
            x, y = (
                0.5
                * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
                for a, b, c, d in zip(before, points[i], points[i + 1], after, strict=True)
            )
            curve.append((x, y))
    return [*curve, points[-1]]
