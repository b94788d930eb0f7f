"""What a message says before its image: its length, the image's size, how coarsely it is coded."""

from dataclasses import dataclass

import numpy as np

from dashboard.codec.network import STEPS
from dashboard.codec.picture import LONGEST_SIDE, Shape
from dashboard.codec.stream import Reader, Writer
from dashboard.codec.text import LONGEST

# Lengths and sizes that are met more often cost less.
USUAL_LENGTHS = (100, 250, 500, 1000, 2000)
LENGTHS = np.array([1, 2, 2, 3, 2, 2], np.float32)  # the last: another length
THUMBNAIL = 64
THUMBNAIL_SIZE, LONGEST_SIZE, OTHER_SIZE = range(3)
SIZES = np.array([2, 2, 1], np.float32)
MOST_BLOCKS = 64
SMALL = 128  # up to this longest side every pixel is mostly coded


UNKNOWN = Shape(THUMBNAIL, THUMBNAIL)


@dataclass(frozen=True)
class Header:
    """`length` in characters, checks included; `index` of the quantisation step."""

    length: int = 1000
    shape: Shape = UNKNOWN
    index: int = STEPS - 1


def write(header: Header, writer: Writer) -> None:
    usual = header.length in USUAL_LENGTHS
    writer.number(USUAL_LENGTHS.index(header.length) if usual else len(USUAL_LENGTHS), LENGTHS)
    if not usual:
        writer.number(header.length - 1, LONGEST)
    shape = header.shape
    long, short = max(shape.width, shape.height), min(shape.width, shape.height)
    if shape.width == shape.height == THUMBNAIL:
        writer.number(THUMBNAIL_SIZE, SIZES)
    else:
        largest = long == LONGEST_SIDE
        writer.number(LONGEST_SIZE if largest else OTHER_SIZE, SIZES)
        if not largest:
            writer.number(long - 1, LONGEST_SIDE)
        writer.number(short - 1, long)
        writer.number(int(shape.height > shape.width), 2)
    writer.number(int(shape.blocks > 0), _reduced(long))
    if shape.blocks:
        writer.number(shape.blocks - 1, MOST_BLOCKS)
    writer.number(header.index, STEPS)


def read(reader: Reader) -> Header:
    """What can be read of a header; the usual where its end is missing."""
    kind = reader.number(LENGTHS, USUAL_LENGTHS.index(Header.length))
    length = USUAL_LENGTHS[kind] if kind < len(USUAL_LENGTHS) else reader.number(LONGEST, LONGEST - 1) + 1
    width = height = THUMBNAIL
    if (size := reader.number(SIZES, THUMBNAIL_SIZE)) != THUMBNAIL_SIZE:
        long = LONGEST_SIDE if size == LONGEST_SIZE else reader.number(LONGEST_SIDE, THUMBNAIL - 1) + 1
        short = reader.number(long, long - 1) + 1
        width, height = (short, long) if reader.number(2, 0) else (long, short)
    reduced = reader.number(_reduced(max(width, height)), 0)
    blocks = reader.number(MOST_BLOCKS, 7) + 1 if reduced else 0
    return Header(length, Shape(width, height, blocks), reader.number(STEPS, STEPS - 1))


def _reduced(longest: int) -> np.ndarray:
    return np.array([7, 1] if longest <= SMALL else [1, 7], np.float32)
