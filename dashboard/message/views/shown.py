"""A photo through a text, drawn and lit in the browser: one limit, or several as a film with a bet."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from PIL import Image

from dashboard.message.frames import NO_PART, Frame
from dashboard.palette import MUTED, RUNS
from dashboard.ui.component import component
from dashboard.ui.language import current, texts
from dashboard.ui.thumbnails import webp

# What the characters speak of: the message itself, then from the largest areas to the finest details.
# None is the colour of a sign.
COLOURS = (MUTED["light"], *RUNS)


def message(
    key: str,
    frames: Sequence[Frame],
    link: Mapping[str, str] | None = None,
    original: Image.Image | None = None,
    bet: bool = False,
) -> None:
    """Draw texts and images.

    Args:
        link: parameters of the address to share, to which the text is added; without it there is no copying.
        bet: whether a bet comes before the film.
    """
    text = texts("message.shown")
    component("message")(
        key=key,
        data={
            "lang": current(),
            "text": text,
            "original": webp(original) if original else "",
            "frames": [_payload(frame) for frame in frames],
            "film": key,
            "bet": bet,
            "colours": list(COLOURS),
            "no_part": NO_PART,
            "link": None if link is None else {"lang": current(), **link},
        },
    )


def _payload(frame: Frame) -> dict[str, Any]:
    """What is known of a frame: an image that lost nothing has no PSNR, a tiny one no SSIM."""
    return {
        name: value
        for name, value in vars(frame).items()
        if not isinstance(value, float) or math.isfinite(value)
    }
