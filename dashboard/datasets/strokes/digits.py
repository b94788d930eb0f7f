"""Every digit in the forms that Europeans and Americans give it, as templates with random parameters."""

from collections.abc import Callable

import numpy as np

from dashboard.datasets.strokes.hand import Drawing, Hand, Stroke, joined

Template = Callable[[Hand], Drawing]


def _oval(h: Hand, gap: float) -> Stroke:
    way = -1 if h.chance(0.8) else 1
    return h.arc((0.35, 0.5), (h.between(0.2, 0.4), 0.5), h.between(-130, -50), way * (360 - gap), 0.025)


def zero(h: Hand) -> Drawing:
    return [_oval(h, h.between(-40, 12))]


def zero_open(h: Hand) -> Drawing:
    return [_oval(h, h.between(12, 45))]


def zero_curl(h: Hand) -> Drawing:
    """Begun or ended with a small loop at the top, as in school writing."""
    oval = h.arc((0.35, 0.52), (h.between(0.22, 0.36), 0.48), -75, -350)
    curl = h.curve([oval[-1], (0.5, 0.1), (0.62, 0.06 + h.between(-0.06, 0.08))], 0.02)
    return [joined(oval, curl)]


def zero_slashed(h: Hand) -> Drawing:
    reach = h.between(0.0, 0.12)
    slash = h.line([(0.6 + reach, 0.12 - reach), (0.1 - reach, 0.88 + reach)], 0.03)
    return [_oval(h, h.between(-30, 10)), slash]


def one(h: Hand) -> Drawing:
    return [h.curve([(0.1, 0), (0.1 + h.between(-0.06, 0.06), 0.5), (0.1, 1)], 0.015)]


def one_flag(h: Hand) -> Drawing:
    """The American one: a short flag."""
    length, angle = h.between(0.12, 0.28), h.between(0.5, 1.2)
    return [h.line([(0.4 - length, length * angle), (0.4, 0), (0.4 + h.between(-0.05, 0.05), 1)], 0.015)]


def _upstroke(h: Hand) -> Stroke:
    """Up from the left, then down: 35 to 75 degrees from the horizontal, a third to all of the height."""
    drop = h.between(0.3, 0.62) if h.chance(0.8) else h.between(0.6, 0.95)
    reach = drop * h.between(0.35, 1.25) if drop < 0.6 else drop * h.between(0.25, 0.6)
    bend = h.between(-0.05, 0.06)
    up = h.curve([(0.5 - reach, drop), (0.5 - reach / 2 + bend, drop / 2 + bend), (0.5, 0)], 0.012)
    down = h.curve([(0.5, 0), (0.5 + h.between(-0.05, 0.05), 0.5), (0.5 + h.between(-0.08, 0.05), 1)], 0.012)
    return joined(up, down)


def one_upstroke(h: Hand) -> Drawing:
    """The European one: a long upstroke."""
    return [_upstroke(h)]


def one_foot(h: Hand) -> Drawing:
    stem = _upstroke(h) if h.chance(0.4) else one_flag(h)[0]
    foot = stem[-1]
    left, right = h.between(0.12, 0.35), h.between(0.12, 0.35)
    return [stem, h.line(foot + np.array([(-left, 0), (right, 0)]), 0.015)]


def one_foot_plain(h: Hand) -> Drawing:
    foot = h.between(0.12, 0.3)
    return [h.line([(0.4, 0), (0.4, 1)], 0.02), h.line([(0.4 - foot, 1), (0.4 + foot, 1)], 0.015)]


def _neck(h: Hand, low: float = 0.9) -> list[tuple[float, float]]:
    return [
        (0.05 + h.between(-0.04, 0.08), 0.25 + h.between(-0.08, 0.1)),
        (0.15, 0.07),
        (0.35, 0),
        (0.58, 0.1),
        (0.6, 0.3),
        (0.42, 0.58),
        (0.2, low - 0.14),
    ]


def two(h: Hand) -> Drawing:
    neck = h.curve([*_neck(h), (0.03, 0.97)])
    bend = h.between(-0.05, 0.06)
    return [
        joined(neck, h.curve([neck[-1], (0.35, 0.97 - bend), (0.7 + h.between(-0.1, 0.12), 0.97)], 0.015))
    ]


def two_loop(h: Hand) -> Drawing:
    """A loop at the lower left, one movement."""
    size = h.between(0.06, 0.14)
    loop = [(0.08, 0.98), (0.0, 0.93), (0.05, 0.93 - size), (0.2, 0.9 - size / 2), (0.45, 0.98)]
    return [h.curve([*_neck(h, 0.95), *loop, (0.72, 0.95 + h.between(-0.06, 0.06))], 0.018)]


def two_angular(h: Hand) -> Drawing:
    """Like a Z with a round shoulder."""
    top = h.curve([(0.05, 0.12 + h.between(-0.06, 0.1)), (0.3, 0.0), (0.56, 0.06), (0.55, 0.25)], 0.02)
    return [joined(top, h.line([top[-1], (0.02, 1.0), (0.66, 1.0 + h.between(-0.05, 0.05))], 0.02))]


def two_swan(h: Hand) -> Drawing:
    """The base begins with a wave."""
    base = [(0.02, 0.98), (0.2, 0.86), (0.42, 0.96), (0.7, h.between(0.8, 0.95))]
    neck = h.curve([*_neck(h)[:-1], (0.02, 0.98)], 0.02)
    return [joined(neck, h.curve([neck[-1], *base[1:]], 0.015))]


def _belly(h: Hand, left: float = 0.02) -> list[tuple[float, float]]:
    return [(0.5, 0.53), (0.62, 0.72), (0.5, 0.94), (0.25, 1.0), (left, 0.86 + h.between(-0.04, 0.06))]


def three(h: Hand) -> Drawing:
    waist = h.between(0.18, 0.4)
    upper = h.curve([(0.05, 0.14), (0.25, 0), (0.5, 0.06), (0.52, 0.26), (0.35, 0.42), (waist, 0.46)], 0.02)
    return [joined(upper, h.curve([upper[-1], *_belly(h)], 0.02))]


def three_flat(h: Hand) -> Drawing:
    """A flat top and a slanted stroke."""
    top = h.line([(0.05, 0.02), (0.55 + h.between(-0.08, 0.08), 0.0), (0.25, 0.4 + h.between(-0.05, 0.05))])
    return [joined(top, h.curve([top[-1], *_belly(h)], 0.02))]


def three_loop(h: Hand) -> Drawing:
    """A small loop at the waist."""
    size = h.between(0.05, 0.1)
    waist = [(0.3, 0.46), (0.24 - size, 0.44), (0.24 - size, 0.46 + size), (0.34, 0.48)]
    upper = [(0.05, 0.14), (0.25, 0), (0.5, 0.06), (0.5, 0.28)]
    return [h.curve([*upper, *waist, *_belly(h)], 0.014)]


def three_narrow(h: Hand) -> Drawing:
    """Two arcs, seldom closed to the left."""
    x = h.between(0.1, 0.25)
    upper = h.arc((x, 0.24), (h.between(0.2, 0.36), 0.24), -140, 225)
    lower = h.arc((x, 0.74), (h.between(0.25, 0.42), 0.27), -85, 235)
    return [joined(upper, lower)]


def four_closed(h: Hand) -> Drawing:
    """The printed four: a triangle and a stem, in one stroke or two."""
    beam, left = h.between(0.58, 0.75), h.between(-0.02, 0.1)
    stem = h.between(0.4, 0.52)
    start = h.between(0.0, 0.06)
    tip = (stem + h.between(-0.03, 0.03), start)
    angle = h.line([tip, (left, beam), (0.68 + h.between(-0.12, 0.14), beam)], 0.02)
    if h.chance(0.5):
        return [angle, h.line([tip, (stem, 1)], 0.015)]
    return [
        angle,
        h.line([(stem, start + h.between(-0.02, 0.12)), (stem + h.between(-0.05, 0.05), 1)], 0.015),
    ]


def four_open(h: Hand) -> Drawing:
    """An open top: down, across, and a separate stem that starts lower or higher."""
    beam, stem = h.between(0.45, 0.66), h.between(0.38, 0.58)
    start = h.between(-0.02, 0.35) if h.chance(0.7) else h.between(0.3, beam - 0.08)
    left = h.between(0.0, 0.26)
    angle = h.line(
        [(left + h.between(0.0, 0.16), 0.0), (left, beam), (stem + h.between(0.06, 0.26), beam)], 0.02
    )
    return [angle, h.line([(stem + h.between(-0.03, 0.06), start), (stem, 1)], 0.02)]


def four_round(h: Hand) -> Drawing:
    """Open, its corner rounded like a u."""
    beam, stem = h.between(0.42, 0.6), h.between(0.45, 0.58)
    bowl = h.curve(
        [
            (h.between(0.0, 0.1), 0.0),
            (0.04, beam * 0.6),
            (0.14, beam),
            (stem * 0.65, beam + 0.02),
            (stem, beam - 0.04),
        ],
        0.02,
    )
    return [
        bowl,
        h.line([(stem + h.between(-0.02, 0.06), h.between(-0.05, 0.12)), (stem + h.between(-0.08, 0.03), 1)]),
    ]


def four_lightning(h: Hand) -> Drawing:
    """In one stroke like lightning: down, across, and back up to a stem, or down from the crossing."""
    beam = h.between(0.52, 0.68)
    stem = h.between(0.38, 0.5)
    corner = (h.between(0.0, 0.1), beam)
    angle = h.line(
        [(stem - h.between(0.0, 0.12), 0), corner, (stem + h.between(0.1, 0.22), beam - 0.02)], 0.015
    )
    if h.chance(0.5):
        back = h.line(
            [angle[-1], (stem + h.between(0.02, 0.1), h.between(0.15, 0.35)), (stem - 0.04, 1)], 0.012
        )
        return [joined(angle, back)]
    return [angle, h.line([(stem, beam - h.between(0.1, 0.3)), (stem, 1)], 0.015)]


def four_nine(h: Hand) -> Drawing:
    """One stroke: up from the crossing's left along the slope to a tip, then straight down."""
    beam = h.between(0.55, 0.68)
    path = [(0.62, beam), (h.between(0.0, 0.08), beam), (0.45, 0.0), (0.45 + h.between(-0.04, 0.04), 1)]
    return [h.line(path, 0.018)]


def _five_bowl(h: Hand, top: float) -> list[tuple[float, float]]:
    return [
        (0.25, top - 0.03),
        (0.5, top + 0.08),
        (0.58, 0.68),
        (0.42, 0.95),
        (0.18, 1.0),
        (0.0, h.between(0.82, 0.96)),
    ]


def five(h: Hand) -> Drawing:
    """Down and round, then the bar apart."""
    top = h.between(0.38, 0.48)
    stem = h.line([(h.between(0.08, 0.16), 0.02), (0.05, top)], 0.015)
    body = joined(stem, h.curve([stem[-1], *_five_bowl(h, top)], 0.02))
    lift, start = h.between(-0.03, 0.03), h.between(0.08, 0.24)
    return [body, h.line([(start, lift), (h.between(0.45, 0.72), lift + h.between(-0.06, 0.03))], 0.012)]


def five_one_stroke(h: Hand) -> Drawing:
    """From the right end of the bar, without lifting the pen."""
    top = h.between(0.36, 0.48)
    bar = h.line([(h.between(0.45, 0.68), h.between(-0.04, 0.04)), (0.12, 0.02), (0.06, top)], 0.015)
    return [joined(bar, h.curve([bar[-1], *_five_bowl(h, top)], 0.02))]


def five_round(h: Hand) -> Drawing:
    """Like an s with a straight shoulder."""
    path = [(0.55, 0.02), (0.28, 0.0), (0.13, 0.08), (0.1, 0.3), (0.15, 0.42), (0.4, 0.48), (0.55, 0.68)]
    return [h.curve([*path, (0.4, 0.95), (0.15, 1.0), (0.0, 0.9)], 0.018)]


def six(h: Hand) -> Drawing:
    """A curved back, the loop closed."""
    back = [(h.between(0.38, 0.6), h.between(0.0, 0.06)), (0.2, 0.25), (0.05, 0.6), (0.08, 0.85)]
    top = h.between(0.45, 0.62)
    return [h.curve([*back, (0.28, 1.0), (0.5, 0.85), (0.48, top + 0.08), (0.28, top), (0.08, 0.76)], 0.02)]


def six_straight(h: Hand) -> Drawing:
    lean = h.between(0.05, 0.35)
    top, wide = h.between(0.45, 0.65), h.between(0.42, 0.58)
    stem = h.curve([(lean, 0), (0.05 + lean * 0.4, 0.4), (0.03, 0.75)], 0.012)
    loop = [(0.12, 0.96), (0.3, 1.0), (wide, 0.82), (wide * 0.8, top), (0.22, top + 0.04), (0.05, 0.78)]
    return [joined(stem, h.curve([stem[-1], *loop], 0.018))]


def six_curl(h: Hand) -> Drawing:
    """A hook at the top, the loop ends inside."""
    back = [(0.55, 0.12), (0.42, 0.0), (0.2, 0.16), (0.03, 0.55), (0.12, 0.92), (0.35, 1.0), (0.52, 0.8)]
    return [h.curve([*back, (0.42, 0.6), (0.24, 0.62), (0.17, h.between(0.74, 0.82))], 0.02)]


def seven(h: Hand) -> Drawing:
    """A bar and a slanted stem, straight or bent."""
    return [_seven(h)]


def _seven(h: Hand, left: float = 0.0) -> Stroke:
    right = h.between(0.48, 0.68)
    foot = h.between(0.08, 0.4)
    tilt = h.between(-0.06, 0.09)
    bend = h.between(-0.08, 0.04)
    bar = h.curve([(left, tilt), (right / 2, tilt / 2 + h.between(-0.04, 0.04)), (right, 0)], 0.012)
    middle = ((right + foot) / 2 + bend, 0.48)
    return joined(bar, h.curve([(right, 0), middle, (foot, 1)], 0.015))


def _crossing(h: Hand, seven: Stroke) -> Stroke:
    """A bar across the stem, about half way down."""
    height = h.between(0.36, 0.62)
    stem = seven[len(seven) // 2 :]
    x = float(stem[abs(stem[:, 1] - height).argmin(), 0])
    left, right = h.between(0.12, 0.34), h.between(0.1, 0.32)
    tilt = h.between(-0.09, 0.05)
    return h.line([(x - left, height - tilt), (x + right, height + tilt)], 0.012)


def _hooked(h: Hand) -> Stroke:
    """A serif hangs from the left end of the bar."""
    body = _seven(h)
    drop = h.between(0.08, 0.25)
    return joined(h.line([body[0] + (h.between(-0.06, 0.05), drop), body[0]], 0.01), body)


def seven_barred(h: Hand) -> Drawing:
    body = _seven(h)
    return [body, _crossing(h, body)]


def seven_hooked(h: Hand) -> Drawing:
    return [_hooked(h)]


def seven_hooked_barred(h: Hand) -> Drawing:
    body = _hooked(h)
    return [body, _crossing(h, body)]


def seven_wave(h: Hand) -> Drawing:
    """The bar is a wave, the stem a bow; with a crossing or without."""
    top = h.curve([(0, 0.12), (0.1, 0.02), (0.3, 0.06), (0.48, 0.06), (0.6, 0)], 0.015)
    stem = h.curve([top[-1], (0.38, 0.35), (0.28, 0.65), (0.25 + h.between(-0.08, 0.04), 1)], 0.015)
    body = joined(top, stem)
    return [body, _crossing(h, body)] if h.chance(0.5) else [body]


def eight(h: Hand) -> Drawing:
    """One stroke, crossing itself at the waist."""
    w, v, waist = h.between(0.2, 0.3), h.between(0.24, 0.36), h.between(0.42, 0.52)
    end = [(0.3 + w * 0.7, waist * 0.6), (0.3 + w * h.between(0.3, 0.9), waist * h.between(0.05, 0.3))]
    path = [
        (0.3 + w * 0.6, 0.06),
        (0.3, 0),
        (0.3 - w, waist * 0.45),
        (0.3, waist),
        (0.3 + v, 0.76),
        (0.3, 1.0),
    ]
    return [h.curve([*path, (0.3 - v, 0.78), (0.3, waist), *end], 0.018)]


def eight_circles(h: Hand) -> Drawing:
    """Two circles, one upon the other, each drawn by itself."""
    waist = h.between(0.42, 0.52)
    upper, lower = h.between(0.16, 0.27), h.between(0.22, 0.34)
    touch = h.between(-0.02, 0.05)
    return [
        h.arc((0.3, waist / 2), (upper, waist / 2), h.between(-120, -60), -360 - h.between(-15, 30)),
        h.arc((0.3, (1 + waist - touch) / 2), (lower, (1 - waist + touch) / 2), h.between(-120, -60), -370),
    ]


def eight_open(h: Hand) -> Drawing:
    """Begun and ended at the top right, not quite closed."""
    path = [(0.58, 0.14), (0.35, 0), (0.1, 0.15), (0.22, 0.4), (0.5, 0.62), (0.52, 0.88), (0.28, 1.0)]
    return [
        h.curve(
            [
                *path,
                (0.03, 0.85),
                (0.14, 0.62),
                (0.42, 0.38),
                (0.52 + h.between(0, 0.1), h.between(0.18, 0.26)),
            ],
            0.018,
        )
    ]


def eight_mirrored(h: Hand) -> Drawing:
    """Begun at the waist or with the stroke to the right first."""
    w, v = h.between(0.2, 0.3), h.between(0.24, 0.36)
    path = [(0.3, 0.46), (0.3 + w, 0.22), (0.3, 0), (0.3 - w, 0.22), (0.3, 0.47), (0.3 + v, 0.75), (0.3, 1.0)]
    return [h.curve([*path, (0.3 - v, 0.75), (0.28, 0.45)], 0.02)]


def _nine_loop(h: Hand, close: float = 0.05) -> list[tuple[float, float]]:
    """From the top right round to the left and back up to the right: the loop of a nine."""
    low, wide = h.between(0.38, 0.52), h.between(0.0, 0.08)
    return [
        (0.5, 0.1 + close),
        (0.3, 0.0),
        (0.08 + wide, 0.12),
        (0.04 + wide, low * 0.7),
        (0.22, low),
        (0.42, low * 0.75),
        (0.52, 0.12),
    ]


def nine(h: Hand) -> Drawing:
    """A loop and a straight stem, in one stroke."""
    loop = h.curve(_nine_loop(h, h.between(0.0, 0.1)), 0.018)
    foot = (0.5 + h.between(-0.22, 0.06), 1)
    middle = ((loop[-1][0] + foot[0]) / 2 + h.between(-0.02, 0.03), 0.55)
    return [joined(loop, h.curve([loop[-1], middle, foot], 0.012))]


def nine_curved(h: Hand) -> Drawing:
    """The tail bows to the left, one movement."""
    tail = [(0.54, 0.4), (0.48, 0.75), (0.3, 0.97), (h.between(0.08, 0.24), h.between(0.95, 1.04))]
    return [h.curve([*_nine_loop(h), *tail], 0.018)]


def nine_hook(h: Hand) -> Drawing:
    """Closed in one stroke, the tail hooked to the left like a g's."""
    side = h.between(-0.02, 0.1)
    tail = [(0.53, 0.5), (0.5, 0.84), (0.32, 1.0), (0.1, 0.98), (side, h.between(0.78, 0.92))]
    loop = _nine_loop(h, h.between(-0.03, 0.1))
    if h.chance(0.5):
        return [h.curve([*loop, *tail], 0.018)]
    first = h.curve(loop, 0.015)
    return [joined(first, h.curve([first[-1], *tail], 0.015))]


def nine_two_strokes(h: Hand) -> Drawing:
    """A closed ring, then a stem apart, straight or hooked."""
    low = h.between(0.4, 0.55)
    ring = h.arc(
        (0.28, low / 2), (h.between(0.2, 0.28), low / 2), h.between(-60, 0), -360 - h.between(-15, 25)
    )
    x = float(ring[:, 0].max())
    if h.chance(0.5):
        return [ring, h.line([(x, h.between(-0.04, 0.15)), (x + h.between(-0.15, 0.04), 1)], 0.012)]
    return [
        ring,
        h.curve([(x, 0.08), (x, 0.6), (x - 0.08, 0.92), (x - 0.25, 1), (x - 0.42, h.between(0.84, 0.96))]),
    ]


def nine_open(h: Hand) -> Drawing:
    """The loop stays open at the top right."""
    gap = h.between(0.04, 0.1)
    loop = h.curve([(0.42, 0.06), (0.26, 0.0), (0.06, 0.16), (0.1, 0.4), (0.3, 0.44), (0.5, 0.25)], 0.018)
    return [
        loop,
        h.curve([(0.5 + gap, 0.02), (0.5 + gap * 0.7, 0.5), (0.48 + h.between(-0.2, 0.04), 1)], 0.012),
    ]


FORMS: dict[str, tuple[int, Template]] = {
    "0": (0, zero),
    "0 open": (0, zero_open),
    "0 with a curl": (0, zero_curl),
    "0 slashed": (0, zero_slashed),
    "1 bar": (1, one),
    "1 with a flag": (1, one_flag),
    "1 with an upstroke": (1, one_upstroke),
    "1 with a foot": (1, one_foot),
    "1 bar with a foot": (1, one_foot_plain),
    "2": (2, two),
    "2 with a loop": (2, two_loop),
    "2 angular": (2, two_angular),
    "2 with a wave": (2, two_swan),
    "3": (3, three),
    "3 with a flat top": (3, three_flat),
    "3 with a loop": (3, three_loop),
    "3 of two arcs": (3, three_narrow),
    "4 closed": (4, four_closed),
    "4 open": (4, four_open),
    "4 round": (4, four_round),
    "4 like lightning": (4, four_lightning),
    "4 in one stroke": (4, four_nine),
    "5": (5, five),
    "5 in one stroke": (5, five_one_stroke),
    "5 round": (5, five_round),
    "6": (6, six),
    "6 straight": (6, six_straight),
    "6 with a curl": (6, six_curl),
    "7": (7, seven),
    "7 barred": (7, seven_barred),
    "7 hooked": (7, seven_hooked),
    "7 hooked and barred": (7, seven_hooked_barred),
    "7 with a wave": (7, seven_wave),
    "8": (8, eight),
    "8 of two circles": (8, eight_circles),
    "8 open": (8, eight_open),
    "8 from the waist": (8, eight_mirrored),
    "9": (9, nine),
    "9 with a curved tail": (9, nine_curved),
    "9 hooked to the left": (9, nine_hook),
    "9 in two strokes": (9, nine_two_strokes),
    "9 open": (9, nine_open),
}
"""Each form by its name: the digit that it means and how it is drawn."""
