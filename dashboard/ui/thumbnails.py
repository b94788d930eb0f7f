"""Small pictures to choose from, as a table or as a strip."""

import base64
import hashlib
from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from dashboard import images
from dashboard.ui.component import component
from dashboard.ui.guard import callback
from dashboard.ui.recent import kept

_LARGE = 64  # pixels of a picture that is shown smaller than it is; the pixels of a small one are to be seen


def thumbnails(
    key: str,
    label: str,
    pictures: NDArray[np.uint8],
    names: Sequence[str],
    chosen: int,
    choose: Callable[[int], None],
    *,
    columns: int = 0,
    lines: Sequence[Sequence[str]] | None = None,
) -> None:
    """Draw the pictures, one of them chosen; `choose` is called with the number of another.

    Args:
        pictures: (n, h, w) grey, (n, h, w, 3) colours, or (n, h, w, 4) with how far they cover.
        names: what each shows, for the pointer and for who cannot see it.
        columns: pictures in a row of the table; 0 for a strip that scrolls sideways.
        lines: what is written under each, the first line bold.
    """

    def picked() -> None:
        number = st.session_state[key].get("chosen")
        if isinstance(number, (int, float)) and 0 <= number < len(pictures):
            choose(int(number))

    component("thumbnails", '<div class="list" role="radiogroup"></div>')(
        key=key,
        data={
            "label": label,
            "columns": columns,
            "sprite": sprite(pictures),
            "smooth": pictures.shape[1] >= _LARGE,
            "items": [{"label": name, "lines": lines[i] if lines else []} for i, name in enumerate(names)],
            "chosen": chosen,
        },
        on_chosen_change=callback(picked),
    )


def sprite(pictures: NDArray[np.uint8]) -> str:
    """All the pictures side by side, as the address of a PNG."""
    return _sprite(pictures.tobytes(), pictures.shape)


@lru_cache(maxsize=128)
def _sprite(content: bytes, shape: tuple[int, ...]) -> str:
    pictures = np.frombuffer(content, np.uint8).reshape(shape)
    sheet = Image.fromarray(np.concatenate(list(pictures), axis=1))
    return f"data:image/png;base64,{base64.b64encode(images.to_png(sheet)).decode()}"


def webp(picture: Image.Image, quality: int = 90) -> str:
    """`images.address`, worked out once for all visitors."""
    digest = hashlib.sha256(picture.tobytes()).hexdigest()
    return _webp(f"{digest} {picture.mode} {picture.size}", picture, quality)


@kept(256)
def _webp(digest: str, _picture: Image.Image, quality: int) -> str:
    return images.address(_picture, quality)
