"""Birds, butterflies, balls, trees and houses."""

import math
from random import Random

from dashboard.datasets.scenes.pen import Pen, Rgb, mix, tint
from dashboard.datasets.scenes.world import Colour, Subject

PAINT: dict[Colour, Rgb] = {
    "black": (48, 46, 54),
    "white": (246, 243, 238),
    "brown": (136, 90, 56),
    "orange": (238, 136, 40),
    "red": (212, 50, 48),
    "blue": (56, 106, 208),
    "yellow": (248, 208, 62),
    "green": (72, 152, 70),
    "spotted": (240, 134, 36),
}
INK: Rgb = (32, 28, 30)
WHITE: Rgb = (252, 252, 252)
BEAK: Rgb = (242, 160, 40)
WOOD: Rgb = (114, 76, 46)


def paint(pen: Pen, subject: Subject, random: Random) -> None:
    """Draw what is no pet; the pen stands where it touches the ground, or at its middle when it flies."""
    base = PAINT[subject.colour]
    outline: Rgb = (104, 102, 114) if sum(base) < 200 else tint(base, 0.6)
    _PAINTERS[subject.kind](pen, subject, base, outline, random)


def _butterfly(pen: Pen, subject: Subject, base: Rgb, outline: Rgb, random: Random) -> None:
    spotted = subject.colour == "spotted"
    spread, edge = random.uniform(0.8, 1.0), INK if spotted else outline
    for side in (-1, 1):
        pen.ellipse(side * 0.3 * spread, -0.2, 0.34 * spread, 0.3, base, edge, side * -0.5)
        pen.ellipse(side * 0.24 * spread, 0.22, 0.24 * spread, 0.24, mix(base, WHITE, 0.12), edge, side * 0.5)
        if spotted:
            for x, y, size, colour in (
                (0.42, -0.3, 0.09, INK),
                (0.22, -0.1, 0.08, INK),
                (0.26, 0.24, 0.09, INK),
            ):
                pen.ellipse(side * x * spread, y, size, size, colour)
            for x, y in ((0.5, -0.1), (0.38, 0.34), (0.3, -0.36)):
                pen.ellipse(side * x * spread, y, 0.06, 0.06, WHITE)
    pen.limb([(0, -0.3), (0, 0.32)], 0.09, (52, 40, 40))
    for side in (-1, 1):
        pen.line([(0, -0.3), (side * 0.16, -0.56)], 4, (52, 40, 40))


def _bird(pen: Pen, subject: Subject, base: Rgb, outline: Rgb, random: Random) -> None:
    wing, lift = tint(base, 0.84) if sum(base) > 200 else (74, 72, 82), random.uniform(-0.06, 0.06)
    low = 0.0 if subject.aloft else -0.4  # the body's middle
    pen.polygon([(-0.32, low), (-0.8, low + 0.16 + lift), (-0.74, low - 0.1)], wing, outline)
    if not subject.aloft:
        for x in (-0.04, 0.12):
            pen.line([(x, -0.2), (x, 0)], 5, BEAK)
    pen.polygon([(0.54, low - 0.28), (0.84, low - 0.15), (0.54, low - 0.08)], BEAK, tint(BEAK, 0.7))
    pen.ellipse(0, low, 0.42, 0.29, base, outline, -0.2)
    pen.ellipse(0.36, low - 0.22, 0.25, 0.24, base, outline)
    pen.ellipse(0.1, low + 0.1, 0.22, 0.13, mix(base, (255, 250, 240), 0.55), None, -0.2)
    if subject.aloft:
        pen.polygon(
            [(0.16, low - 0.06), (-0.3, low - 0.04), (-0.4, low - 0.68 + lift), (-0.06, low - 0.5)],
            wing,
            outline,
        )
    else:
        pen.ellipse(-0.12, low - 0.02, 0.26, 0.15, wing, outline, 0.25)
    pen.ellipse(0.43, low - 0.26, 0.075, 0.085, WHITE)
    pen.ellipse(0.45, low - 0.26, 0.045, 0.055, INK)


def _ball(pen: Pen, subject: Subject, base: Rgb, outline: Rgb, random: Random) -> None:
    pen.ellipse(0, -0.34, 0.34, 0.34, base, outline)
    if subject.colour == "spotted":
        for x, y in ((-0.14, -0.46), (0.1, -0.5), (0, -0.26), (-0.2, -0.22), (0.2, -0.3)):
            pen.ellipse(x, y, 0.07, 0.07, INK)
    else:
        pen.ellipse(0, -0.34, 0.32, 0.1, mix(base, WHITE, 0.8), None, random.uniform(-0.5, 0.5))
    pen.ellipse(-0.12, -0.5, 0.08, 0.06, mix(base, WHITE, 0.75))


def _tree(pen: Pen, subject: Subject, base: Rgb, outline: Rgb, random: Random) -> None:
    pen.polygon([(-0.09, 0), (-0.06, -0.6), (0.06, -0.6), (0.09, 0)], WOOD, tint(WOOD, 0.65))
    turn = random.uniform(0, 1)
    for step in range(5):
        angle = math.tau * (step + turn) / 5
        pen.ellipse(0.22 * math.cos(angle), -0.86 + 0.19 * math.sin(angle), 0.24, 0.22, base, outline)
    pen.ellipse(0, -0.86, 0.31, 0.28, base)
    pen.ellipse(-0.1, -0.97, 0.14, 0.1, mix(base, (255, 255, 230), 0.28))


def _house(pen: Pen, subject: Subject, base: Rgb, outline: Rgb, random: Random) -> None:
    roof: Rgb = (110, 76, 84) if subject.colour in ("red", "brown") else (158, 66, 52)
    wall = 0.58
    pen.polygon([(-0.45, 0), (-0.45, -wall), (0.45, -wall), (0.45, 0)], base, outline)
    pen.polygon([(0.2, -wall), (0.2, -wall - 0.42), (0.33, -wall - 0.42), (0.33, -wall)], tint(roof, 0.8))
    pen.polygon([(-0.56, -wall), (0, -wall - 0.46), (0.56, -wall)], roof, tint(roof, 0.6))
    pen.polygon([(-0.1, 0), (-0.1, -0.34), (0.1, -0.34), (0.1, 0)], (104, 66, 42), (64, 40, 26))
    for x in (-0.28, 0.28):
        pane = [(x - 0.1, -0.26), (x - 0.1, -0.46), (x + 0.1, -0.46), (x + 0.1, -0.26)]
        pen.polygon(pane, (255, 230, 140), tint(roof, 0.6))


_PAINTERS = {"butterfly": _butterfly, "bird": _bird, "ball": _ball, "tree": _tree, "house": _house}
