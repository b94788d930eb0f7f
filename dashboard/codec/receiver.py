"""From a text, whole, cut short or damaged, to an image."""

from dataclasses import dataclass
from functools import cached_property

from PIL import Image

from dashboard.codec import header
from dashboard.codec.arithmetic import Array
from dashboard.codec.header import Header
from dashboard.codec.network import network
from dashboard.codec.picture import finished, run
from dashboard.codec.stream import Reader, Trace
from dashboard.codec.text import VALUES, bits_of, candidates, read

START = 12  # characters that hold any header
MOST_PLACES = 1024  # blocks: no sender codes more


class NotAMessage(ValueError):
    """A text that holds no message.

    `reason` is "foreign" (no character of a message), "damaged" (already its first check fails) or
    "impossible" (it speaks of an image that no sender makes).
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"no message in this text: {reason}")
        self.reason = reason


@dataclass(frozen=True)
class Received:
    """What a text gives.

    Attributes:
        text: the message as it was found, without anything else.
        header: what it says of itself.
        sound: how many of its characters are sound; the image comes from these alone.
        traces: where in the stream its numbers stand, in order.
        coefficients, state: for the image.
    """

    text: str
    header: Header
    sound: int
    traces: tuple[Trace, ...]
    coefficients: Array
    state: Array

    @property
    def damaged(self) -> bool:
        """Whether a check has failed: what follows the `sound` characters is not drawn."""
        return self.sound < len(self.text)

    @property
    def missing(self) -> int:
        """How many characters are missing at its end."""
        return max(0, self.header.length - len(self.text))

    @cached_property
    def image(self) -> Image.Image:
        """The image, RGB."""
        head = self.header
        pixels = network().redraw.run(self.coefficients, self.state, head.index, head.shape.blocks > 0)
        return finished(pixels, head.shape)


def receive(text: str) -> Received:
    """What a pasted text gives: the message may stand among spaces, line breaks, quotes, after a prefix.

    Raises:
        NotAMessage: there is nothing to draw. Nothing at all, as the beginning of any message, is no error.
    """
    possible = candidates(text)
    if not possible and text.strip():
        raise NotAMessage("foreign")
    found = [(message, *_sound(message)) for message in possible] or [("", Header.length, 0)]
    message, length, sound = max(found, key=lambda item: item[2])
    if message and not sound:
        raise NotAMessage("damaged")
    bits, sound = read(message, length)
    shared = network()
    reader = Reader(shared.frequencies, bits)
    head = header.read(reader)
    height, width = head.shape.grid
    if height * width > MOST_PLACES:
        raise NotAMessage("impossible")
    values, state = run(shared, head.shape.grid, head.index, reader.slot)
    return Received(message[:length], head, sound, tuple(reader.traces), values, state)


def decode(text: str) -> Image.Image:
    """The image of a text: coarser where its end is missing, from what precedes any damage.

    Raises:
        NotAMessage: (a ValueError) there is nothing to draw.
    """
    return receive(text).image


def _sound(message: str) -> tuple[int, int]:
    """The length that a message says it has, and how many of its characters are sound."""
    start = bits_of([VALUES[character] for character in message[:START]])
    length = header.read(Reader(network().frequencies, start)).length
    return length, read(message, length)[1]
