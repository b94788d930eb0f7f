"""Labelled examples from the templates: as many as asked for, the same for the same seed."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from dashboard.datasets.images import ImageSet
from dashboard.datasets.strokes.canvas import prepared
from dashboard.datasets.strokes.digits import FORMS
from dashboard.datasets.strokes.hand import Drawing, Hand, styled

STRANGE = 10
"""The label of what is no digit."""


def digits(
    count: int, seed: int, *, forms: Sequence[str] = tuple(FORMS), first: int = 0
) -> tuple[ImageSet, list[str]]:
    """`count` drawn digits from place `first` on, every form in turn, and the form of each."""
    templates = {form: FORMS[form][1] for form in forms}
    images, named = _drawn(templates, range(first, first + count), seed, looseness=0.8)
    return ImageSet(images, np.array([FORMS[form][0] for form in named])), named


def strange(
    kinds: Mapping[str, Callable[[Hand], Drawing]], count: int, seed: int, *, first: int = 0
) -> tuple[ImageSet, list[str]]:
    """`count` drawings that are no digits from place `first` on, every kind in turn, and the kind of each.

    Their label is STRANGE.
    """
    images, names = _drawn(kinds, range(first, first + count), seed, looseness=1.1)
    return ImageSet(images, np.full(count, STRANGE)), names


def _drawn(
    templates: Mapping[str, Callable[[Hand], Drawing]], places: range, seed: int, looseness: float
) -> tuple[np.ndarray, list[str]]:
    names = [list(templates)[place % len(templates)] for place in places]
    images = np.empty((len(places), 28, 28), np.uint8)
    for row, (place, name) in enumerate(zip(places, names, strict=True)):
        # Its own seed each: any part of a long list can be made by itself.
        hand = Hand(np.random.default_rng((seed, place)))
        hand.loose = float(np.exp(hand.between(0.0, looseness)))
        images[row] = prepared(styled(templates[name](hand), hand), hand)
    return images, names
