"""From an image to a message of at most so many characters."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dashboard.codec import header, tables
from dashboard.codec.arithmetic import Array
from dashboard.codec.header import Header
from dashboard.codec.network import BLOCK, STEPS, Network, Slot, network, step_size
from dashboard.codec.picture import Shape, canonical, finished, run, samples, targets
from dashboard.codec.quality import psnr
from dashboard.codec.receiver import receive
from dashboard.codec.stream import Writer
from dashboard.codec.text import BITS, LONGEST, payload, written

SHORTEST = 8
THRIFT = 0.15  # price of a bit, in squared quantisation steps
THRIFTS = (0.08, 0.3)
# How much fewer bits, in octaves, a coarser step and a higher price make.
OCTAVES_PER_STEP = 0.09
OCTAVES_PER_THRIFT = 0.2
HEADER_BITS = 16
# A block is best given so many bits, which is mostly at about this step; an image that they code more finely
# than the second step says little in a block, and is coded in so many times more. Found on photographs.
BLOCK_BITS, USUAL_INDEX, FINE_INDEX, FINER = 27.0, 45, 36, 1.5

# Blocks and characters in which images of one colour or of a gradient are tried first, and from what PSNR in
# dB on nobody sees a difference: more characters would say nothing.
PLAIN = ((1, 24), (3, 60), (6, 150), (10, 400))
UNSEEN = 45.0


@dataclass
class Choice:
    """The whole numbers that stand for an image at one quantisation step, and what they should cost."""

    index: int
    slots: list[tuple[Slot, NDArray[np.int64]]]
    bits: float
    coefficients: Array


def choose(
    wanted: list[Array],
    shape: tuple[int, int],
    index: int,
    thrift: float = THRIFT,
    shared: Network | None = None,
) -> Choice:
    """Numbers for these coefficients (see `picture.targets`): near, but thrifty.

    The nearest whole number gives way to its neighbour towards 0 where that saves more bits than it costs in
    squared error (Sullivan and Wiegand, 1998, doi 10.1109/79.733497).
    """
    shared, step = shared or network(), step_size(index)
    costs = shared.costs
    chosen: list[tuple[Slot, NDArray[np.int64]]] = []
    total = 0.0

    def pick(slot: Slot) -> NDArray[np.int64]:
        nonlocal total
        size = slot.mean.shape[1]
        residual = (wanted[slot.level][slot.places, slot.first : slot.first + size] - slot.mean) / step
        nearest = np.floor(residual + 0.5)
        reached = np.clip(nearest, -tables.REACH, tables.REACH).astype(np.int64)
        nearer = reached - np.sign(reached)
        price = costs[slot.rows, reached + tables.REACH]
        cheaper = costs[slot.rows, nearer + tables.REACH]
        away = np.abs(residual - nearer)
        saves = away * away - (residual - reached) ** 2 < thrift * (price - cheaper)
        saves &= (slot.digits == 0) & (np.abs(nearest) <= tables.REACH)
        symbols = np.where(saves, nearer, nearest).astype(np.int64)
        if slot.fixed is not None:
            symbols[slot.fixed] = 0
        cost = np.where(saves, cheaper, price)
        if slot.digits.any():
            high, _ = tables.split(symbols, slot.digits)
            high = np.clip(high, -tables.REACH, tables.REACH)
            cost = np.where(slot.digits > 0, costs[slot.rows, high + tables.REACH] + slot.digits, cost)
        total += float(cost.sum() if slot.fixed is None else cost[~slot.fixed].sum())
        chosen.append((slot, symbols))
        return symbols

    coefficients, _ = run(shared, shape, index, pick, finish=False)
    return Choice(index, chosen, total, coefficients)


def fitted(wanted: list[Array], shape: tuple[int, int], room: float, start: int) -> Choice:
    """The choice that best fills this many bits: the nearest quantisation step, then the price of a bit."""
    tried: dict[int, Choice] = {}

    def attempt(index: int) -> float:
        """By how many octaves the step `index` asks for more bits than there are."""
        if index not in tried:
            tried[index] = choose(wanted, shape, index)
        return float(np.log2(max(tried[index].bits, 1) / room))

    index, low, high = start, -1, STEPS - 1  # at low there are too many bits
    for _ in range(8):
        over = attempt(index)
        low, high = (index, high) if over > 0 else (low, index)
        if abs(over) < OCTAVES_PER_STEP / 2:
            break
        index += round(over / OCTAVES_PER_STEP)
        if not low < index < high:
            index = (low + high + 1) // 2
        if index in tried:
            break
    nearest = min(tried, key=lambda index: (abs(attempt(index)), index))
    choice, over = tried[nearest], attempt(nearest)
    if abs(over) < 0.3 and abs(over) > 0.005:
        thrift = float(np.clip(THRIFT * 2 ** (over / OCTAVES_PER_THRIFT), *THRIFTS))
        choice = choose(wanted, shape, nearest, thrift)
    return choice


def text_of(choice: Choice, shape: Shape, characters: int) -> str:
    """The message of a choice, cut where it is full, no longer than it has something to say."""
    text = _written(choice, Header(characters, shape, choice.index), characters)
    needed = int(np.ceil((_last_bits(choice) + HEADER_BITS) / BITS))
    length = needed + needed // 60 + 1
    while length < characters:
        length = max(SHORTEST, length)
        shorter = _written(choice, Header(length, shape, choice.index), length)
        if np.array_equal(receive(shorter).coefficients, choice.coefficients):
            return shorter
        length += 2 + length // 16
    return text


def _written(choice: Choice, head: Header, characters: int) -> str:
    writer = Writer(network().frequencies)
    header.write(head, writer)
    for slot, symbols in choice.slots:
        writer.slot(slot, symbols)
    return written(writer.bits(), characters)


def _last_bits(choice: Choice) -> float:
    """About how many bits there are up to the last number that is not 0."""
    costs, total, last = network().costs, 0.0, 0.0
    for slot, symbols in choice.slots:
        order = slot.order()
        high, _ = tables.split(symbols.ravel()[order], slot.digits.ravel()[order])
        high = np.clip(high, -tables.REACH, tables.REACH)
        spent = np.cumsum(costs[slot.rows.ravel()[order], high + tables.REACH]) + slot.digits.sum()
        some = np.flatnonzero(high)
        if len(some):
            last = total + float(spent[some[-1]])
        total += float(spent[-1]) if len(spent) else 0.0
    return last


def encode(image: Image.Image, characters: int = 1000) -> str:
    """An image as a text of at most this many characters of `text.ALPHABET`.

    The image may have any mode and size; it comes back at most 512 pixels long, on white where it was
    transparent.

    Args:
        characters: 8 to 2048.

    Raises:
        ValueError: `characters` is out of range.
    """
    if not SHORTEST <= characters <= LONGEST:
        raise ValueError(f"characters is {characters}, must be {SHORTEST} to {LONGEST}")
    image = canonical(image)
    for blocks, enough in PLAIN:
        if enough < characters and _alike(image, _reduced(image, blocks)):
            shape = Shape(*image.size, blocks)
            text = text_of(_coded(image, shape, enough), shape, enough)
            if _alike(image, receive(text).image):
                return text
    shape = shape_for(image.size, characters)
    choice = _coded(image, shape, characters)
    if shape.blocks and choice.index < FINE_INDEX:
        shape = shape_for(image.size, characters, FINER)
        choice = _coded(image, shape, characters)
    return text_of(choice, shape, characters)


def _coded(image: Image.Image, shape: Shape, characters: int) -> Choice:
    wanted = targets(samples(image, shape), network())
    return fitted(wanted, shape.grid, room_for(characters), USUAL_INDEX)


def _reduced(image: Image.Image, blocks: int) -> Image.Image:
    """The image as it would be if a grid of so many blocks on its longer side lost nothing more."""
    shape = Shape(*image.size, blocks)
    return finished(samples(image, shape).astype(np.uint8), shape)


def _alike(image: Image.Image, redrawn: Image.Image) -> bool:
    return psnr(image, redrawn) >= UNSEEN


def room_for(characters: int) -> float:
    """About how many bits a text has for its image."""
    return payload(characters) * BITS - HEADER_BITS


def shape_for(size: tuple[int, int], characters: int, finer: float = 1.0) -> Shape:
    """Size in which an image of this width and height is best coded: every pixel, or as many as pay.

    Args:
        finer: how many times more blocks than usual.
    """
    blocks = finer * room_for(characters) / BLOCK_BITS
    whole_shape = Shape(*size)
    if 1.25 * blocks >= whole_shape.grid[0] * whole_shape.grid[1]:
        return whole_shape
    longest = round(np.sqrt(blocks * max(size) / min(size)))
    return Shape(*size, int(np.clip(longest, 1, -(-max(size) // BLOCK))))
