"""A game: which of these images are real? Guessed, checked and scored in the browser."""

import base64
import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dashboard.ui.component import component
from dashboard.ui.guard import callback
from dashboard.ui.language import current


def real_or_not(
    key: str,
    images: NDArray[np.floating] | NDArray[np.uint8],
    sources: Sequence[str],
    real: Sequence[bool],
    text: Mapping[str, Any],
    another: Callable[[], None],
) -> None:
    """Draw the game.

    Args:
        images: (n, h, w) grey in [0, 1], or (n, h, w, 3) sRGB uint8.
        sources: where each image comes from, told after the guess.
        real: which are real.
        text: "image" (with {n}), "check", "again", "pick" (with {real}, {marked}), "score" (with {right},
            {real}, {chance}), "total" (with {right}, {real}).
        another: called for another round.
    """
    if images.ndim == 3:
        images = np.rint(images.clip(0.0, 1.0) * 255).astype(np.uint8)
    pixels = np.ascontiguousarray(images).tobytes()
    component("real_or_not")(
        key=key,
        data={
            "lang": current(),
            "text": {name: text[name] for name in ("image", "check", "again", "score", "total", "pick")},
            "size": [images.shape[2], images.shape[1]],
            "colours": images.shape[3] if images.ndim == 4 else 1,
            "pixels": base64.b64encode(pixels).decode(),
            "sources": list(sources),
            "real": list(real),
            "round": hashlib.sha256(pixels).hexdigest(),
        },
        on_again_change=callback(another),
    )
