"""Cats and dogs in four poses, a paw stretched if need be."""

import math
from random import Random

from dashboard.datasets.scenes.pen import Pen, Point, Rgb, mix, tint
from dashboard.datasets.scenes.world import Colour, Subject

COATS: dict[Colour, Rgb] = {
    "black": (46, 44, 52),
    "white": (248, 245, 240),
    "black-white": (46, 44, 52),
    "grey": (148, 152, 162),
    "orange": (240, 138, 42),
    "brown": (128, 82, 50),
}
PALE: Rgb = (250, 247, 242)
PINK: Rgb = (238, 150, 152)
DARK: Rgb = (24, 22, 26)


class Pet:
    """One pet under a pen: its coat, and the parts that every pose shares."""

    def __init__(self, pen: Pen, subject: Subject, random: Random, target: Point | None) -> None:
        self.pen, self.dog, self.target = pen, subject.kind == "dog", target
        self.coat = COATS[subject.colour]
        two = subject.colour == "black-white"
        dark = sum(self.coat) < 200
        self.outline: Rgb = (104, 102, 116) if dark else tint(self.coat, 0.58)
        if subject.colour == "white":
            self.outline = (150, 146, 152)
        self.belly = PALE if two else mix(self.coat, (255, 244, 228), 0.3)
        self.sock = PALE if two else self.coat
        self.shade = (66, 64, 74) if dark else tint(self.coat, 0.78)
        self.sway = random.uniform(-0.03, 0.03)
        getattr(self, f"_{subject.pose}")()

    def _sitting(self) -> None:
        pen, sway = self.pen, self.sway
        tail = [(-0.2, -0.1), (-0.5, -0.08), (-0.6, -0.32 + sway), (-0.48, -0.48)]
        self._tail([(-0.2, -0.12), (-0.44, -0.26), (-0.5, -0.46 + sway)] if self.dog else tail)
        pen.ellipse(-0.03, -0.34, 0.29, 0.37, self.coat, self.outline)
        pen.ellipse(0.09, -0.34, 0.15, 0.25, self.belly)
        pen.ellipse(-0.16, -0.11, 0.21, 0.13, self.coat, self.outline)
        if self.target is None:
            self._leg([(0.17, -0.4), (0.2, -0.05)])
        else:
            self._leg([(0.14, -0.42), (0.36, -0.46), self.target])
        self._leg([(0.03, -0.4), (0.05, -0.05)])
        self._head(0.1, -0.85, 0.28)

    def _walking(self) -> None:
        pen, sway = self.pen, self.sway
        tail = [(-0.4, -0.5), (-0.62, -0.66), (-0.58 + sway, -1.0)]
        self._tail([(-0.4, -0.5), (-0.62, -0.74 + sway)] if self.dog else tail)
        for x, step in ((-0.28, 0.1), (0.26, 0.12)):
            pen.limb([(x, -0.35), (x + step, -0.05)], 0.1, self.shade, self.outline)
        pen.ellipse(-0.02, -0.45, 0.44, 0.21, self.coat, self.outline)
        pen.ellipse(0.02, -0.34, 0.3, 0.1, self.belly)
        for x, step in ((-0.32, -0.08), (0.28, -0.06)):
            self._leg([(x, -0.38), (x + step, -0.04)])
        self._head(0.46, -0.74 + sway, 0.27)

    def _asleep(self) -> None:
        pen = self.pen
        pen.ellipse(-0.04, -0.24, 0.5, 0.26, self.coat, self.outline)
        pen.ellipse(-0.14, -0.14, 0.28, 0.11, self.shade)
        pen.limb([(0.16, -0.05), (0.44, -0.05)], 0.1, self.sock, self.outline)
        self._head(0.36, -0.25, 0.25, angle=0.25, asleep=True)
        self._tail([(-0.48, -0.16), (-0.36, -0.03), (-0.02, -0.02), (0.1, -0.06)])

    def _back(self) -> None:
        pen, sway = self.pen, self.sway
        self._tail([(-0.42, -0.12), (-0.66, -0.06), (-0.82, -0.2 + sway)])
        pen.ellipse(0, -0.21, 0.48, 0.21, self.coat, self.outline)
        pen.ellipse(0, -0.28, 0.35, 0.12, self.belly)
        for x, lean in ((-0.32, -0.1), (-0.15, 0.03)):
            self._leg([(x, -0.28), (x + lean, -0.62 + sway)])
        self._leg([(0.13, -0.28), (0.09, -0.5), (0.16, -0.58)])
        self._head(0.54, -0.23, 0.25, angle=math.pi * 0.82)
        self._leg([(0.29, -0.28), *([(0.3, -0.5), (0.22, -0.6)] if self.target is None else [self.target])])

    def _leg(self, points: list[Point]) -> None:
        self.pen.limb(points, 0.115, self.sock, self.outline)

    def _tail(self, points: list[Point]) -> None:
        self.pen.limb(points, 0.1, self.coat, self.outline)

    def _head(self, x: float, y: float, size: float, angle: float = 0.0, asleep: bool = False) -> None:
        pen, cos, sin = self.pen, math.cos(angle), math.sin(angle)

        def at(u: float, v: float) -> Point:
            return x + (u * cos - v * sin) * size, y + (u * sin + v * cos) * size

        if self.dog:
            pen.ellipse(x, y, size, size * 0.95, self.coat, self.outline)
            pen.ellipse(*at(0.4, 0.35), size * 0.6, size * 0.44, self.belly, self.outline, angle)
            for ear in (-0.88, 0.8):
                pen.ellipse(
                    *at(ear, 0.05), size * 0.3, size * 0.72, self.shade, self.outline, angle - ear * 0.25
                )
            pen.ellipse(*at(0.7, 0.2), size * 0.22, size * 0.17, DARK)
        else:
            for ear in (-1, 1):
                pen.polygon(
                    [at(ear * 0.98, -0.2), at(ear * 0.88, -1.4), at(ear * 0.15, -0.85)],
                    self.coat,
                    self.outline,
                )
                pen.polygon([at(ear * 0.78, -0.55), at(ear * 0.78, -1.08), at(ear * 0.4, -0.8)], PINK)
            pen.ellipse(x, y, size * 1.08, size * 0.92, self.coat, self.outline)
            pen.ellipse(*at(0.08, 0.42), size * 0.58, size * 0.4, self.belly, None, angle)
            pen.polygon([at(-0.08, 0.18), at(0.24, 0.18), at(0.08, 0.38)], PINK)
        iris = (250, 250, 250) if self.dog else (206, 224, 104)
        for eye in (-0.3, 0.42):
            if asleep:
                lid = [at(eye - 0.22, -0.04), at(eye, 0.1), at(eye + 0.22, -0.04)]
                pen.line(lid, 4, DARK if sum(self.coat) > 250 else (222, 222, 222))
            else:
                pen.ellipse(*at(eye, -0.08), size * 0.23, size * 0.26, iris)
                pen.ellipse(*at(eye + 0.03, -0.06), size * 0.13, size * 0.2, DARK)
