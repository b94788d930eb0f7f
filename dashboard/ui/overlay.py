"""Signed maps over an image, and the two sliders that move all of them in the browser."""

import base64
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dashboard import palette
from dashboard.ui.component import component
from dashboard.ui.language import current

Pixels = NDArray[np.uint8]
FULL = 0.99
"""Share of a map's cells that are left below the full colour."""
_HTML = '<div class="overlay"></div>'


@dataclass(frozen=True)
class Removal:
    """What the panel can take away, and what becomes of the answer.

    Attributes:
        faded: the image once all is gone, of the same shape.
        ranks: (n, n) in which order the squares of the image go, from 0.
        shares, probabilities: of the image gone, and the probability that is left.
    """

    faded: Pixels
    ranks: NDArray[np.intp]
    shares: Sequence[float]
    probabilities: Sequence[float]


def overlay_controls(key: str, text: Mapping[str, str]) -> None:
    """The sliders of all panels on the page.

    Args:
        text: labels of "opacity" and of "share", the share that is taken away.
    """
    component("overlay", _HTML)(key=key, data={"lang": current(), "text": dict(text)})


def overlay(
    key: str, image: Pixels, values: NDArray[np.floating], removal: Removal, text: Mapping[str, str]
) -> None:
    """A map over an image: blue where positive, orange where negative, clear at zero.

    Args:
        image: (h, w) grey or (h, w, 3) colours, square.
        values: (n, n) of any size; the values farthest from zero get the full colour.
        text: "title"; "note" below; "alt"; "left", a template of {share} and {p} as one slider moves.
    """
    component("overlay", _HTML)(
        key=key,
        data={
            "lang": current(),
            "text": dict(text),
            "image": _address(Image.fromarray(image)),
            "map": _address(_coloured(values)),
            "pixels": len(image) < 100,
            "faded": _address(Image.fromarray(removal.faded)),
            "ranks": base64.b64encode(removal.ranks.astype("<u2").tobytes()).decode(),
            "curve": {"shares": list(removal.shares), "probabilities": list(removal.probabilities)},
        },
    )


def _coloured(values: NDArray[np.floating]) -> Image.Image:
    """Opaque orange or blue at the strongest values, ever clearer towards zero."""
    size = np.abs(values)
    # A few odd cells must not leave all others without colour.
    strength = np.minimum(size / (np.quantile(size, FULL) or size.max() or 1.0), 1.0)
    inks = np.array([[int(ink[i : i + 2], 16) for i in (1, 3, 5)] for ink in (palette.ORANGE, palette.BLUE)])
    return Image.fromarray(
        np.dstack([inks[(values > 0).astype(int)], np.rint(255 * strength)]).astype(np.uint8), mode="RGBA"
    )


def _address(image: Image.Image) -> str:
    """The image as a data address: small ones exactly, photographs as JPEG, a tenth of the bytes."""
    kind = "jpeg" if image.mode == "RGB" else "png"
    file = io.BytesIO()
    image.save(file, kind, **({"quality": 88} if kind == "jpeg" else {}))
    return f"data:image/{kind};base64,{base64.b64encode(file.getvalue()).decode()}"
