"""What the address says about the map: which map, what is picked, what is surrounded."""

import base64
import binascii
import zlib

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard.ui import state

POINTS = 2000
_DATASET = "latent.map.dataset"  # session key: whose images were shown last
_LONGEST = 400  # characters of a group in the address


def encode_group(bits: bytes) -> str:
    """A bit for each point, compressed, in characters that an address may hold."""
    return base64.urlsafe_b64encode(zlib.compress(bits, 9)).decode().rstrip("=")


class Cut(bytes):
    """The group of a link that was cut on its way: of images further down the sample nothing is known."""


def decode_group(text: str) -> bytes:
    """The inverse; of a text that was cut what is left, as `Cut`. ``ValueError`` on anything but a group
    of this sample."""
    kept = text[:_LONGEST]
    kept = kept[: len(kept) - (len(kept) % 4 == 1)]  # a single character more holds no whole byte
    try:
        content = base64.urlsafe_b64decode(kept + "=" * (-len(kept) % 4))
        bits = zlib.decompressobj().decompress(content, POINTS // 8 + 1)
    except (binascii.Error, zlib.error) as error:
        raise ValueError("not a group") from error
    if len(bits) > POINTS // 8 or not any(bits):
        raise ValueError("not a group of this sample")
    return bits if len(bits) == POINTS // 8 else Cut(bits.ljust(POINTS // 8, b"\0"))


COLOUR = state.Choice("colour", ("class", "kept"), "class")
DIMENSIONS = state.Choice("dims", ("2", "3"), "2")
PERPLEXITY = state.Level("perp", (2, 5, 10, 20, 30, 50, 100), 30)
POINT = state.Number("point", 0, POINTS, 1, 0)  # counted from 1; 0 is the visitor's own image
GROUP = state.Encoded("group", decode_group, encode_group, b"")


def method(ready: tuple[str, ...]) -> state.Choice:
    """The choice among maps that are ready, and t-SNE live. What the address asks for and there is not
    gives way to the default."""
    options = (*ready, "live")
    control = state.Choice("map", options, "tsne" if "tsne" in ready else "pca")
    if state.get(control) not in options:
        state.put(control, control.default)
    return control


def follow(dataset: str) -> None:
    """Forget what was picked and surrounded among the images of another data set."""
    if st.session_state.get(_DATASET, dataset) != dataset:
        state.reset(POINT, GROUP)
    st.session_state[_DATASET] = dataset


def picked() -> int | None:
    """Place in the sample of the image that is picked; None for the visitor's own."""
    number = int(state.get(POINT))
    return number - 1 if number else None


def pick(point: int | None) -> None:
    """Pick another image; from a callback."""
    state.put(POINT, 0 if point is None else point + 1)


def surrounded() -> NDArray[np.bool_] | None:
    """Which images (2000,) are surrounded; None if none are."""
    members = np.unpackbits(np.frombuffer(state.get(GROUP), np.uint8)).astype(bool)
    return members if members.any() else None


def is_cut() -> bool:
    """Whether more images were surrounded than the link still tells."""
    return isinstance(state.get(GROUP), Cut)


def surround(members: NDArray[np.bool_] | None) -> None:
    """Surround other images, or none; from a callback."""
    state.put(GROUP, b"" if members is None else np.packbits(members).tobytes())
