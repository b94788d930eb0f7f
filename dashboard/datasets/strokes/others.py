"""What visitors draw on the sheet of digits that is no digit: letters, hearts, faces, scribbles, two digits.

Letters that are drawn as a digit is (O, I, l, S, Z, b, g, q and their like) are left out: of those, a digit
is a fair reading. Some kinds are kept from training, to measure how kinds never seen are refused.
"""

import tomllib
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from dashboard.datasets.shipped import shipped_path
from dashboard.datasets.strokes.digits import FORMS
from dashboard.datasets.strokes.hand import Drawing, Hand, joined, placed, styled

Template = Callable[[Hand], Drawing]
_SHAPES: dict[str, dict[str, str]] = tomllib.loads(shipped_path("shapes.toml").read_text(encoding="utf-8"))


def _shape(text: str, h: Hand) -> Drawing:
    drawing = []
    for stroke in text.split():
        pairs = (
            np.array([int(digit) for digit in stroke[1 : 1 + len(stroke[1:]) // 2 * 2]]).reshape(-1, 2) / 9
        )
        if stroke[0] == "o":
            (x, y), (across, down) = pairs
            drawing.append(h.arc((x, y), (across, down), h.between(-180, 180), -360 - h.between(-15, 15)))
        else:
            drawing.append((h.line if stroke[0] == "-" else h.curve)(pairs, 0.025))
    return drawing


def _digit(h: Hand) -> Drawing:
    _, template = list(FORMS.values())[h.random.integers(len(FORMS))]
    return styled(template(h), h)


def digits_beside(h: Hand) -> Drawing:
    """Two or three digits side by side, seldom touching."""
    count = 2 if h.chance(0.8) else 3
    drawing, left = [], 0.0
    for _ in range(count):
        digit = _digit(h)
        width = float(np.ptp(np.concatenate(digit)[:, 0]))
        size = h.between(0.8, 1.1)
        drawing += placed(digit, left + width * size / 2, h.between(-0.1, 0.1), size, size)
        left += width * size + h.between(0.05, 0.5)
    return drawing


def digits_one_above_the_other(h: Hand) -> Drawing:
    return placed(_digit(h), 0, 0, 1, 1) + placed(_digit(h), h.between(-0.1, 0.1), h.between(1.05, 1.3), 1, 1)


def digit_struck_out(h: Hand) -> Drawing:
    count = int(h.random.integers(3, 9))
    ends = h.near(np.stack([np.tile([-0.5, 0.5], count), np.linspace(-0.5, 0.5, 2 * count)], axis=1), 0.08)
    return [*_digit(h), h.line(ends, 0.02)]


def scribble(h: Hand) -> Drawing:
    """A curve through many random points."""
    return [h.curve(h.random.uniform(0, 1, (int(h.random.integers(9, 24)), 2)), 0.0)]


def hatching(h: Hand) -> Drawing:
    """To and fro, until a patch is nearly full."""
    count = int(h.random.integers(6, 16))
    turn = h.near(np.stack([np.tile([0.0, 1.0], count), np.linspace(0, 1, 2 * count)], axis=1), 0.06)
    return [h.line(turn, 0.0) if h.chance(0.5) else h.curve(turn, 0.0)]


def strokes_at_random(h: Hand) -> Drawing:
    """Three to six strokes anywhere, straight or curved."""
    made = []
    for _ in range(int(h.random.integers(3, 7))):
        points = h.random.uniform(0, 1, (int(h.random.integers(2, 6)), 2))
        made.append(h.curve(points, 0.0) if h.chance(0.6) else h.line(points, 0.0))
    return made


def polygon(h: Hand) -> Drawing:
    """Closed, of three to nine corners, some of them inward."""
    count = int(h.random.integers(3, 10))
    angles = np.sort(h.random.uniform(0, 2 * np.pi, count))
    corners = np.stack([np.cos(angles), np.sin(angles)], axis=1) * h.random.uniform(0.35, 1, (count, 1))
    return [h.line([*corners, corners[0]], 0.0)]


def shapes_beside(h: Hand) -> Drawing:
    """A short word: two to four letters or shapes."""
    drawing = []
    for place in range(int(h.random.integers(2, 5))):
        drawing += placed(
            _shape(h.random.choice([*_SHAPES["taught"].values()]), h), place * h.between(1.1, 1.3), 0, 1, 1
        )
    return drawing


def dot(h: Hand) -> Drawing:
    """A tap of the finger or a blot: a patch of ink."""
    angle = np.linspace(0, 10 * 2 * np.pi, 400)
    radius = angle / angle[-1] / 2
    return [np.stack([np.cos(angle) * radius, np.sin(angle) * radius * h.between(0.6, 1)], axis=1)]


def heart(h: Hand) -> Drawing:
    """Pointed below, in one stroke from the notch or in two from the notch and from the point."""
    t = np.linspace(0, 2 * np.pi, 60)
    notch, belly = h.between(2.5, 5.5), h.between(0.75, 1.2)
    x = 16 * np.sin(t) ** 3 * belly
    y = -(13 * np.cos(t) - notch * np.cos(2 * t) - 2 * np.cos(3 * t) - np.cos(4 * t))
    outline = np.stack([x, y], axis=1) / 32
    overlap = h.between(-0.04, 0.06)
    halves = [outline[:31] - np.array([overlap, 0]), outline[30:] + np.array([overlap, 0])]
    return [outline] if h.chance(0.5) else halves


def spiral(h: Hand) -> Drawing:
    turns = h.between(2.2, 4.5) * (1 if h.chance(0.5) else -1)
    angle = np.linspace(0, 2 * np.pi * turns, 150) + h.between(0, 6.3)
    radius = np.linspace(0.02, 0.5, 150)[:, None]
    return [np.stack([np.cos(angle), np.sin(angle)], axis=1) * radius]


def line(h: Hand) -> Drawing:
    """Lying, so that it is no one."""
    return [h.curve([(0, 0), (0.5, h.between(-0.1, 0.1)), (1, h.between(-0.25, 0.25))], 0.02)]


def ring_and_more(h: Hand) -> Drawing:
    """A ring with strokes in it or about it: a face, a clock, a wheel, an eye."""
    made = [h.arc((0.5, 0.5), (h.between(0.35, 0.5), h.between(0.35, 0.5)), h.between(-180, 180), -360)]
    for _ in range(int(h.random.integers(2, 6))):
        start = h.random.uniform(0.15, 0.85, 2)
        made.append(
            h.curve(
                np.stack([start, start + h.random.normal(0, 0.15, 2), start + h.random.normal(0, 0.2, 2)])
            )
        )
    return made


def _stem_and_bowls(h: Hand, bounds: Sequence[float], width: float) -> Drawing:
    """A straight stem and, right of it, a bowl from each bound to the next: half an ellipse, or flatter."""
    bowls = []
    for top, bottom in pairwise(bounds):
        middle, half, reach = (top + bottom) / 2, (bottom - top) / 2, width * h.between(0.85, 1.15)
        flat = reach * h.between(0, 0.6)
        bowls.append(
            joined(
                h.line([(0, top), (flat, top)], 0.005), h.arc((flat, middle), (reach - flat, half), -90, 180)
            )
        )
        bowls.append(h.line([(flat, bottom), (h.between(-0.05, 0.04), bottom)], 0.005))
    over = h.between(0, 0.1) if h.chance(0.5) else 0.0
    stem = h.line([(0, -over), (0, 1 + over)], 0.015)
    bowl = joined(*bowls)
    return [joined(stem[::-1], bowl)] if h.chance(0.3) else [stem, bowl]


def letter_b(h: Hand) -> Drawing:
    """Its straight stem parts it from an 8."""
    return _stem_and_bowls(h, (0, h.between(0.4, 0.55), 1), h.between(0.35, 0.85))


def letter_d(h: Hand) -> Drawing:
    """Its straight stem parts it from a 0."""
    return _stem_and_bowls(h, (0, 1), h.between(0.5, 0.95))


def sign_made_up(h: Hand) -> Drawing:
    """As letters are made: four to six lines and curves, each begun where another passes."""
    corners = np.stack(np.meshgrid([0, 0.5, 1], [0, 0.5, 1]), axis=-1).reshape(-1, 2)
    reached = [corners[h.random.integers(9)]]
    made = []
    for _ in range(int(h.random.integers(4, 7))):
        start = reached[h.random.integers(len(reached))]
        ends = corners[h.random.choice(9, int(h.random.integers(1, 3)), replace=False)]
        points = [start, *(end for end in ends if np.abs(end - start).max() > 0)]
        if len(points) > 1:
            made.append(h.curve(points, 0.04) if h.chance(0.3) else h.line(points, 0.04))
            reached += points[1:]
    return made


def mirrored_strokes(h: Hand) -> Drawing:
    """Two to four strokes, each drawn a second time on the other side of an upright or a lying axis."""
    made, axis = [], int(h.random.integers(4) == 0)
    for _ in range(int(h.random.integers(2, 5))):
        points = h.random.uniform(0, 1, (int(h.random.integers(2, 5)), 2))
        points[0, axis] *= h.random.integers(2)  # half of them begin on the axis
        stroke = h.curve(points, 0.0) if h.chance(0.5) else h.line(points, 0.0)
        other = stroke.copy()
        other[:, axis] *= -1
        made += [stroke, other]
    return made


def shape_and_more(h: Hand) -> Drawing:
    """A closed shape with strokes that begin on it: a flag, a kite, a jug."""
    outline = polygon(h)[0]
    made = [outline]
    for _ in range(int(h.random.integers(2, 5))):
        start = outline[h.random.integers(len(outline))]
        points = [start, *(start + h.random.normal(0, 0.6, (int(h.random.integers(1, 4)), 2)))]
        made.append(h.curve(points, 0.0) if h.chance(0.4) else h.line(points, 0.0))
    return made


def shape_on_its_side(h: Hand) -> Drawing:
    """A shape turned over its diagonal."""
    shape = _shape(h.random.choice([*_SHAPES["taught"].values()]), h)
    return [stroke[:, ::-1] for stroke in shape]


def _named(shape: str) -> Template:
    return lambda h: _shape(shape, h)


MADE: dict[str, Template] = {
    template.__name__.replace("_", " "): template
    for template in (
        *(digits_beside, digits_one_above_the_other, digit_struck_out, scribble, hatching, strokes_at_random),
        *(polygon, shapes_beside, dot, heart, spiral, line, ring_and_more, shape_on_its_side),
        *(letter_b, letter_d, sign_made_up, mirrored_strokes, shape_and_more),
    )
}
"""Kinds whose drawings are made up afresh each time."""
TAUGHT: dict[str, Template] = {name: _named(shape) for name, shape in _SHAPES["taught"].items()} | MADE
"""Kinds that the networks learn to refuse."""
UNSEEN: dict[str, Template] = {name: _named(shape) for name, shape in _SHAPES["kept"].items()}
"""Kinds that they are only tested on."""
