"""Sentences about a few scenes as points: by the words that they use, and by what a network reads in them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.scenes.grammar import LANGUAGES, LanguageName, order
from dashboard.datasets.scenes.grammar.compose import Composer
from dashboard.datasets.scenes.grammar.text import split, vocabulary
from dashboard.datasets.scenes.grammar.words import PARAPHRASES
from dashboard.datasets.scenes.sampling import shown
from dashboard.datasets.scenes.world import Scene
from dashboard.scenes.reading import meanings

By = Literal["meaning", "words"]
BY: tuple[By, ...] = get_args(By)
SHOWN = (0, 1, 5, 9, 10, 16, 21, 25)  # the numbers of the scenes
_FACTS = 6  # that a sentence tells at most, most important first

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Sentence:
    """One sentence: what it says, which of the scenes it is about, and its language.

    Attributes:
        paraphrase: it is of the grammar that no network learnt from.
    """

    text: str
    scene: int
    language: LanguageName
    paraphrase: bool


def about(scenes: Sequence[Scene], facts: int = _FACTS) -> list[Sentence]:
    """Four sentences about each scene, which tell the same facts: two in each language, one a paraphrase."""
    found = []
    for number, scene in enumerate(scenes):
        told = frozenset(order(scene)[:facts])
        for language in LANGUAGES:
            for paraphrase, grammars in enumerate((LANGUAGES, PARAPHRASES)):
                seed = Random(f"{paraphrase} {language} {number}").getrandbits(32)
                text = Composer(scene, told, grammars[language], seed).text()
                found.append(Sentence(text, number, language, bool(paraphrase)))
    return found


@cache
def sentences() -> tuple[Sentence, ...]:
    """Those that the page shows."""
    return tuple(about([shown(number) for number in SHOWN]))


def vectors(texts: Sequence[str], by: By) -> Vectors:
    """Texts as vectors of length one, (n, d): what the reader answers to every question about a scene, or how
    often each word of its vocabulary stands in them."""
    if by == "meaning":
        found = meanings(texts)
    else:
        counts = [Counter(split(text)) for text in texts]
        words = [word for word in vocabulary() if word.strip(",.")]
        found = np.array([[count[word] for word in words] for count in counts], np.float32)
    lengths = np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)
    return (found / lengths).astype(np.float32)


@dataclass(frozen=True, eq=False)
class Space:
    """Where vectors lie on their first two principal axes.

    Attributes:
        vectors: (n, d); places: (n, 2); middle: (d,); axes: (2, d).
        explained: the share of the variance along the two axes.
    """

    vectors: Vectors
    places: Vectors
    middle: Vectors
    axes: Vectors
    explained: float

    def place(self, vector: Vectors) -> Vectors:
        """Where another vector (d,) lies: (2,)."""
        return np.asarray((vector - self.middle) @ self.axes.T, np.float32)


@cache
def space(by: By) -> Space:
    """That of the sentences that the page shows."""
    found = vectors([one.text for one in sentences()], by)
    middle = found.mean(0)
    _, values, axes = np.linalg.svd(found - middle, full_matrices=False)
    shares = np.square(values) / np.square(values).sum()
    return Space(found, (found - middle) @ axes[:2].T, middle, axes[:2], float(shares[:2].sum()))


def alike(told: Sequence[Sentence], by: By, abroad: bool = False) -> float:
    """The share of the paraphrases among sentences whose nearest other one is about the same scene.

    Args:
        abroad: count only neighbours in the other language.
    """
    found = vectors([one.text for one in told], by)
    scenes, languages = np.array([one.scene for one in told]), np.array([one.language for one in told])
    likeness = found @ found.T
    np.fill_diagonal(likeness, -np.inf)
    if abroad:
        likeness[languages[:, None] == languages] = -np.inf
    asked = np.array([one.paraphrase for one in told])
    return float((scenes[likeness[asked].argmax(1)] == scenes[asked]).mean())
