"""Free text -> the facts that it tells of a scene, and the words that no scene has."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.utils.rnn import pad_sequence

from dashboard import zoo
from dashboard.datasets.scenes.facts import ASPECTS, INDEX, OPEN, QUESTIONS
from dashboard.datasets.scenes.grammar import RELATIONS
from dashboard.datasets.scenes.grammar.evidence import evidence, of_subjects
from dashboard.datasets.scenes.grammar.text import (
    as_written,
    plain,
    read_as,
    silent,
    spellings,
    strange,
    turns,
    vocabulary,
)
from dashboard.datasets.scenes.world import COLOURS, COLOURS_OF, KINDS, POSES, POSES_OF, Kind
from dashboard.models.scene_reader import SceneReader

READER = "scenes-reader"
LONGEST = 1_000  # characters read; what follows is left out
NAMED = 30  # letters of an unknown word
SHORT = 4  # letters: shorter words are neither slips of the pen nor meant by one
ALIKE, ALIKE_SHORT = 0.8, 0.75  # how alike (0 to 1) a word must be to a known one to pass for a slip of it


@dataclass(frozen=True)
class Understood:
    """What a text was taken to say.

    Attributes:
        words: those that were read, after spelling, as the reader knows them: without accents; where no
            subject is named, without those that only tell of one (the « une grande » of an unknown giraffe).
        written: the same as they are written.
        kinds: the subjects named, in the order of the text.
        row: (questions,) answers by number, `OPEN` where the text does not say.
        relation: where the second subject is from the first, one of `RELATIONS`, or empty.
        sure: (questions,) probability of each answer (or of its being left open).
        seen: (questions, words + 1) where in the text each was read; rows sum to one, the last is "nowhere".
        corrected: slips of the pen and what they were taken for; unknown: words that no scene has.
        cut: the text was longer than is read.
    """

    words: tuple[str, ...]
    written: tuple[str, ...]
    kinds: tuple[Kind, ...]
    row: NDArray[np.int8]
    relation: str
    sure: NDArray[np.float32]
    seen: NDArray[np.float32]
    corrected: tuple[tuple[str, str], ...] = ()
    unknown: tuple[str, ...] = ()
    cut: bool = False

    @property
    def empty(self) -> bool:
        """Nothing in the text concerns a scene."""
        return bool((self.row == OPEN).all())


def read(text: str) -> Understood:
    """Understand a text in French, English or both, of any length; nothing in it is refused."""
    spelt = spell(_begun(text))
    model = zoo.load(READER)
    assert isinstance(model, SceneReader)
    tokens = torch.tensor([numbers(spelt.words) or [0]])
    with zoo.inference():
        logits, seen = model(tokens)
    chances = logits[0].softmax(-1).numpy()
    answers = chances.argmax(1)
    row = np.where(answers == model.unsaid, OPEN, answers).astype(np.int8)
    relation = RELATIONS[row[-1]] if row[-1] != OPEN else ""
    whole = sensible(row[:-1], frozenset(spelt.words))
    kinds = _named(whole, seen[0].numpy())
    kept = [
        k for k, word in enumerate(spelt.words) if kinds or word not in of_subjects() or _says(word, whole)
    ]
    return Understood(
        tuple(spelt.words[k] for k in kept),
        tuple(spelt.written[k] for k in kept),
        kinds,
        whole,
        relation,
        chances.max(1)[:-1],
        seen[0, :-1][:, [*kept, -1]].numpy(),
        spelt.corrected,
        spelt.unknown,
        len(text) > LONGEST,
    )


def meanings(texts: Sequence[str]) -> NDArray[np.float32]:
    """Of texts the reader's probability of each answer to every question, "not said" too: (n, answers)."""
    model = zoo.load(READER)
    assert isinstance(model, SceneReader)
    read_as = [torch.tensor(numbers(spell(_begun(text)).words) or [0]) for text in texts]
    with zoo.inference():
        chances = model(pad_sequence(read_as, batch_first=True))[0].softmax(-1)
    return chances[:, model.possible].numpy()


def _begun(text: str) -> str:
    """What is read of a text: no word that the limit cuts, unless it is the only one."""
    begun = text[:LONGEST]
    return begun.rpartition(" ")[0] or begun if text[LONGEST - 1 : LONGEST + 1].isalpha() else begun


def numbers(words: Sequence[str]) -> list[int]:
    """Words that the reader knows as numbers of the vocabulary."""
    known = _numbers()
    return [known[word] for word in words]


@dataclass(frozen=True)
class Spelt:
    """The words of a text that the reader knows, and how they are written; slips of the pen and what they
    were taken for; and the words that it does not know."""

    words: tuple[str, ...]
    written: tuple[str, ...]
    corrected: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]


def spell(text: str) -> Spelt:
    """Look up every word of a text, slips of the pen put right; words that tell nothing are left out."""
    listed, quiet = spellings(), silent()
    known: list[tuple[str, str]] = []
    corrected: list[tuple[str, str]] = []
    unknown: list[str] = []
    for met, written in as_written(text.lower()):
        word = read_as().get(met, met)
        if word in listed:
            known.append((word, written))
        elif word in quiet or not word.strip("'").isalpha():
            continue
        elif meant := _meant(word):
            known.append((meant, listed[meant]))
            if (written, listed[meant]) not in corrected:
                corrected.append((written, listed[meant]))
        elif (named := written if len(written) <= NAMED else f"{written[:NAMED]}…") not in unknown:
            unknown.append(named)
    known = _turned(known)
    words, spellings_of = zip(*known, strict=True) if known else ((), ())
    return Spelt(words, spellings_of, tuple(corrected), tuple(unknown))


def _turned(known: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Words and how they are written, with turns that are learnt in the place of others."""
    read: list[tuple[str, str]] = []
    for one in known:
        read.append(one)
        for met, learnt in turns().items():
            if tuple(word for word, _ in read[-len(met) :]) == tuple(map(plain, met)):
                read[-len(met) :] = [(plain(word), word) for word in learnt]
    return read


def _named(row: NDArray[np.int8], seen: NDArray[np.float32]) -> tuple[Kind, ...]:
    """The kinds that a row tells of, by where in the text each was read."""
    places = {kind: int(seen[INDEX[kind, "present"]].argmax()) for kind in KINDS}
    return tuple(
        sorted((kind for kind in KINDS if row[INDEX[kind, "present"]] == 1), key=lambda kind: places[kind])
    )


@cache
def _numbers() -> dict[str, int]:
    return {word: number for number, word in enumerate(vocabulary()) if word}


def _meant(word: str) -> str:
    """The known word that a misspelt one stands for, empty when none is near enough."""
    if len(word) < SHORT or {word, word.removesuffix("s")} & strange():
        return ""
    if word[-1] in "sx" and (one := read_as().get(word[:-1], word[:-1])) in spellings():
        return one
    near = [one for one in spellings() if len(one) >= SHORT and _comparable(one, word)]
    found = get_close_matches(word, near, 1, ALIKE if len(word) > SHORT else ALIKE_SHORT)
    return found[0] if found else ""


def _comparable(one: str, other: str) -> bool:
    return one[0] == other[0] and abs(len(one) - len(other)) <= 1


def sensible(row: NDArray[np.int8], words: frozenset[str]) -> NDArray[np.int8]:
    """A row (questions,) read from these words, without what no word of them can have said, what no scene can
    show, and aspects of what is not named."""
    row = row.copy()
    for question, answers in enumerate(evidence()):
        if row[question] != OPEN and not words & answers[row[question]]:
            row[question] = OPEN
    for kind in KINDS:
        first = INDEX[kind, "present"]
        if row[first] != 1:
            row[first : first + len(ASPECTS)] = OPEN
        colour, pose = INDEX[kind, "colour"], INDEX[kind, "pose"]
        if row[colour] != OPEN and COLOURS[row[colour]] not in COLOURS_OF[kind]:
            row[colour] = OPEN
        if row[pose] != OPEN and POSES[row[pose]] not in POSES_OF[kind]:
            row[pose] = OPEN
    return row


def _says(word: str, row: NDArray[np.int8]) -> bool:
    """Whether a word can have said one of the answers of a row."""
    return any(word in evidence()[question][row[question]] for question in np.flatnonzero(row != OPEN))


def told(row: NDArray[np.int8]) -> list[tuple[int, str]]:
    """Which questions a row answers, with the answer."""
    return [(i, QUESTIONS[i].answers[row[i]]) for i in range(len(QUESTIONS)) if row[i] != OPEN]
