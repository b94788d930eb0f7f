"""Labelled examples from the templates: as many as asked for, the same for the same seed."""

from collections.abc import Callable, Mapping

import numpy as np

from dashboard.datasets.images import ImageSet
from dashboard.datasets.strokes.canvas import prepared
from dashboard.datasets.strokes.digits import FORMS
from dashboard.datasets.strokes.hand import Drawing, Hand, styled

STRANGE = 10
"""The label of what is no digit."""


def digits(count: int, seed: int) -> tuple[ImageSet, list[str]]:
    """`count` drawn digits, every form in turn, and the form of each."""
    templates = {form: template for form, (_, template) in FORMS.items()}
    images, forms = _drawn(templates, count, seed, looseness=0.8)
    return ImageSet(images, np.array([FORMS[form][0] for form in forms])), forms


def strange(
    kinds: Mapping[str, Callable[[Hand], Drawing]], count: int, seed: int
) -> tuple[ImageSet, list[str]]:
    """`count` drawings that are no digits, every kind in turn, labelled STRANGE, and the kind of each."""
    images, names = _drawn(kinds, count, seed, looseness=1.1)
    return ImageSet(images, np.full(count, STRANGE)), names


def _drawn(
    templates: Mapping[str, Callable[[Hand], Drawing]], count: int, seed: int, looseness: float
) -> tuple[np.ndarray, list[str]]:
    names = [list(templates)[place % len(templates)] for place in range(count)]
    images = np.empty((count, 28, 28), np.uint8)
    for place, name in enumerate(names):
        # Its own seed each: any part of a long list can be made by itself.
        hand = Hand(np.random.default_rng((seed, place)))
        hand.loose = float(np.exp(hand.between(0.0, looseness)))
        images[place] = prepared(styled(templates[name](hand), hand), hand)
    return images, names
