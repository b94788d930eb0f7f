"""The text of a message: 64 characters that survive links and messengers, and checks that find a slip.

A text of known length is cut into stretches of at most 64 characters, each ending with a check of its own.
A check is a weighted sum in the field of 64 elements: one wrong character of a stretch, or two swapped, never
pass; any other damage passes once in 64 times.
"""

import re
import string

import numpy as np
from numpy.typing import NDArray

ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"
LONGEST = 2048
STRETCH = 64
BITS = 6
VALUES = {character: value for value, character in enumerate(ALPHABET)}
# What messengers and word processors make of two hyphens.
UNDONE = str.maketrans({"—": "--", "–": "-", "‑": "-", "−": "-"})


def ends(length: int) -> list[int]:
    """Where the stretches of a text of this many characters end: the check is the character before."""
    count = -(-length // STRETCH)
    return [round(k * length / count) for k in range(1, count + 1)]


def payload(length: int) -> int:
    """How many characters of a text of this length carry the image."""
    return length - len(ends(length))


def written(bits: NDArray[np.uint8], length: int) -> str:
    """The text of `length` characters that carries the first bits; missing ones are 0."""
    room = payload(length)
    padded = np.zeros(room * BITS, np.uint8)
    padded[: min(len(bits), len(padded))] = bits[: len(padded)]
    values = list(padded.reshape(-1, BITS) @ (1 << np.arange(BITS)[::-1]))
    text, start = [], 0
    for number, end in enumerate(ends(length)):
        stretch, values = values[: end - start - 1], values[end - start - 1 :]
        text += [*stretch, check(stretch, number)]
        start = end
    return "".join(ALPHABET[value] for value in text)


def check(values: list[int], number: int) -> int:
    """The check of a stretch of values (0 to 63), the `number`-th of its text."""
    total = number % 64
    for position, value in enumerate(values):
        total ^= _PRODUCTS[position % 63][value]
    return total


def read(text: str, length: int) -> tuple[NDArray[np.uint8], int]:
    """The bits that a text carries, checks left out, and how many of its characters are sound.

    `length` is what the text should have; a text cut short is sound as far as it goes, though what follows
    its last check has not been checked.
    """
    values = [VALUES[character] for character in text[:length]]
    carried: list[int] = []
    start = 0
    for number, end in enumerate(ends(length)):
        stretch = values[start:end]
        if len(stretch) < end - start:
            carried += stretch
            start = len(values)
            break
        if check(stretch[:-1], number) != stretch[-1]:
            break
        carried += stretch[:-1]
        start = end
    return bits_of(carried), start


def bits_of(values: list[int]) -> NDArray[np.uint8]:
    """Values of 0 to 63 as bits, the highest first."""
    numbers = np.array(values, np.uint8).reshape(-1, 1)
    return np.unpackbits(numbers, axis=1)[:, 8 - BITS :].ravel()


def candidates(pasted: str, most: int = 40) -> list[str]:
    """What may be the message in a pasted text: everything, or all that follows one of its first words.

    A messenger puts a name, a date or a link before a message; spaces, line breaks and quotes may stand
    anywhere within it: whatever is not of the alphabet is left out.
    """
    cleaned = pasted[: 16 * LONGEST].translate(UNDONE)
    pieces = [piece for piece in re.split(r"[^A-Za-z0-9_\-]+", cleaned) if piece]
    return ["".join(pieces[k:])[: LONGEST + STRETCH] for k in range(min(len(pieces), most))]


def _products() -> list[list[int]]:
    """Row i: every value times the i-th power of the generator of the field (x^6 + x + 1)."""
    rows = [list(range(64))]
    for _ in range(62):
        rows.append([(value << 1) ^ (0b1000011 if value & 32 else 0) for value in rows[-1]])
    return rows


_PRODUCTS = _products()
