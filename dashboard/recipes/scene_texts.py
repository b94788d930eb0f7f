"""Sentences about scenes, and how the reader learns from them."""

import re
from functools import cache
from random import Random

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from dashboard import zoo
from dashboard.datasets.scenes import sample
from dashboard.datasets.scenes.facts import INDEX, OPEN, QUESTIONS, facts
from dashboard.datasets.scenes.grammar import (
    NAMES,
    RELATION,
    RELATIONS,
    needed,
    order,
    relation,
    say,
)
from dashboard.datasets.scenes.grammar.compose import Composer
from dashboard.datasets.scenes.grammar.pieces import cut, pieces, told
from dashboard.datasets.scenes.grammar.text import split, swaps, vocabulary
from dashboard.datasets.scenes.grammar.words import PARAPHRASES, VARIANTS
from dashboard.datasets.scenes.world import Scene
from dashboard.latent import sentences
from dashboard.models.scene_reader import SceneReader
from dashboard.scenes.reading import sensible

LONGEST = 200  # words of a text
PIECES = 260  # of a text, for the describer
VARIED = 0.45  # how often a text is written in the turns of the variants
CHOSEN, SWAPPED, UNMARKED = (
    0.5,
    0.2,
    0.3,
)  # how often facts are chosen freely, a word swapped, commas left out
_FLYING = (
    "en plein vol|en vol|qui vole|en l'air|dans les airs|qui s'envole"
    "|flying|in flight|in the air|who flies|up in the air"
)
_SPOTTED = (
    "aux ailes orange avec des taches noires et blanches|orange à taches noires"
    "|with orange wings with black and white spots"
)
_TURNS = (  # what becomes of what, and how often
    (re.compile(rf" ({_SPOTTED}) ({_FLYING})"), r" \2, \1", 0.4),
    (re.compile(r"tournée? vers la (gauche|droite)"), r"qui regarde à \1", 0.25),
    (re.compile(r"tournée? vers la (gauche|droite)"), r"qui regarde vers la \1", 0.15),
    (re.compile(r"facing (left|right)"), r"who looks \1", 0.2),
    (re.compile(r"facing (left|right)"), r"who looks to the \1", 0.15),
)


def turned(text: str, random: Random) -> str:
    """A text said as its grammar does not: « en vol, aux ailes orange… », « qui regarde à droite »."""
    for before, after, often in _TURNS:
        if random.random() < often:
            text = before.sub(after, text)
    return text


MEASURED = 2_000
ASKED, FIRST_ASKED = (
    300,
    1_000_000_000,
)  # scenes of which four sentences each are compared, and the first seed


def numbers(words: list[str]) -> list[int]:
    """Words as the reader takes them; those it does not know are left out."""
    known = _numbers()
    return [known[word] for word in words if word in known][:LONGEST]


@cache
def _numbers() -> dict[str, int]:
    return {word: number for number, word in enumerate(vocabulary()) if word}


def telling(random: Random) -> tuple[list[int], NDArray[np.int8]]:
    """A text as numbers of words, and the row of facts that it tells, the relation last."""
    scene = sample(random)
    words, told = written(scene, random)
    return words, row_of(scene, told)


def written(scene: Scene, random: Random) -> tuple[list[int], frozenset[int]]:
    """One of many ways to write about a scene, as numbers of words, and the facts that it tells.

    By the grammars under some limit, or in the turns of their variants; the facts those that matter most, or
    any.
    """
    wanted = order(scene, random.random() < 0.4)
    if random.random() < CHOSEN:
        kept = random.choice((0.3, 0.6, 0.85))
        wanted = wanted[:1] + [fact for fact in wanted[1:] if random.random() < kept]
    language = random.choice(NAMES)
    if random.random() < VARIED:
        needs = needed(scene)
        facts_told = frozenset(fact for fact in wanted if needs(fact) <= set(wanted))
        short = random.random() < 0.5
        text = Composer(scene, facts_told, VARIANTS[language], random.getrandbits(32), short=short).text()
    else:
        limit = int(40 * 25 ** random.random())  # 40 to 1000 characters
        said = say(scene, limit, language, random, wanted)
        text, facts_told = said.text, said.facts
    words, others = split(turned(text, random)), swaps()
    words = [random.choice(others[w]) if w in others and random.random() < SWAPPED else w for w in words]
    if random.random() < UNMARKED:
        words = [word for word in words if word not in ",."]
    return numbers(words), facts_told


def described(scene: Scene, random: Random) -> tuple[list[int], int]:
    """A text of the grammars as numbers of pieces, the one that begins its language first, and its limit."""
    numbered = _pieces()
    while True:
        text, language, limit = told(scene, random)
        parts = cut(text)
        if all(piece in numbered for piece in parts):
            begin = 1 + len(numbered) + NAMES.index(language)
            return [begin, *(numbered[piece] for piece in parts)], limit


@cache
def _pieces() -> dict[str, int]:
    return {piece: number for number, piece in enumerate(pieces(), 1)}


def row_of(scene: Scene, told: frozenset[int]) -> NDArray[np.int8]:
    """The answers that a text about a scene tells, (questions + 1,), the relation last."""
    row, whole = np.full(len(QUESTIONS) + 1, OPEN, np.int8), facts(scene)
    for fact in told:
        row[fact] = RELATIONS.index(relation(scene)) if fact == RELATION else whole[fact]
    return row


def paraphrased(random: Random) -> tuple[list[int], NDArray[np.int8]]:
    """The same in a sentence of the paraphrases, which no training text resembles."""
    scene = sample(random)
    kept, needs = random.choice((0.5, 0.8, 1.0)), needed(scene)
    wanted = order(scene, random.random() < 0.4)
    chosen = wanted[:1] + [fact for fact in wanted[1:] if random.random() < kept]
    told = frozenset(fact for fact in chosen if needs(fact) <= set(chosen))
    assert INDEX[scene.subjects[0].kind, "present"] in told
    language = PARAPHRASES[random.choice(NAMES)]
    return numbers(split(Composer(scene, told, language, random.getrandbits(32)).text())), row_of(scene, told)


def batch(texts: list[tuple[list[int], NDArray[np.int8]]]) -> tuple[Tensor, NDArray[np.int8]]:
    """Texts filled up with zeros, (n, words), and their rows."""
    longest = max(1, *(len(words) for words, _ in texts))
    filled = torch.zeros(len(texts), longest, dtype=torch.long)
    for place, (words, _) in enumerate(texts):
        filled[place, : len(words)] = torch.tensor(words, dtype=torch.long)
    return filled, np.stack([row for _, row in texts])


def read(model: nn.Module) -> dict[str, float]:
    """Of new texts of the grammar and of paraphrases: told facts found, and texts read without any fault; and
    how many paraphrases' nearest sentence is about the same scene, by what is read and by words alone."""
    assert isinstance(model, SceneReader)
    measured: dict[str, float] = {}
    for name, source in (("", telling), ("paraphrases_", paraphrased)):
        lots = Random(1_000_000_000)
        told, kept, whole = 0, 0, 0
        for _ in range(0, MEASURED, 250):
            texts = [source(lots) for _ in range(250)]
            filled, rows = batch(texts)
            with zoo.inference():
                answers = model(filled)[0].argmax(-1).numpy()
            answers = np.where(answers == model.unsaid, OPEN, answers).astype(np.int8)
            for row, (words, _) in zip(answers, texts, strict=True):
                row[:-1] = sensible(row[:-1], frozenset(vocabulary()[word] for word in words))
            told, kept = (
                told + int((rows != OPEN).sum()),
                kept + int(((answers == rows) & (rows != OPEN)).sum()),
            )
            whole += int((answers == rows).all(1).sum())
        measured |= {f"{name}facts": kept / told, f"{name}texts": whole / MEASURED}
    four = sentences.about([sample(Random(FIRST_ASKED + k)) for k in range(ASKED)], 9)
    return measured | {f"nearest_{by}": sentences.alike(four, by) for by in sentences.BY}
