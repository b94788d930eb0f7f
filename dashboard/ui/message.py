"""A photo through a text, drawn and lit in the browser: one limit, or several as a film with a bet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image

from dashboard.palette import MUTED, RUNS
from dashboard.ui.component import component
from dashboard.ui.language import current
from dashboard.ui.thumbnails import webp

# What the characters speak of: the message itself, then from the largest areas to the finest details.
# None is the colour of a sign.
COLOURS = (MUTED["light"], *RUNS)

OWN = "message.own"  # session key: what the visitor wrote in the game, on the front page or on the message's

Part = tuple[float, float, float, float]


@dataclass(frozen=True)
class Shown:
    """One text and its image.

    Attributes:
        limit: characters allowed; scales: for each character the index of its colour and name.
        parts: for each character parts of the image, x, y, width, height in [0, 1]; empty: none to light.
        sound: how many characters are sound.
        figures: PSNR in dB and SSIM; None without an original.
    """

    limit: int
    text: str
    image: Image.Image
    scales: str
    parts: Sequence[Sequence[Part]]
    sound: int
    figures: tuple[float, float] | None = None


def message(
    key: str,
    frames: Sequence[Shown],
    text: Mapping[str, Any],
    link: Mapping[str, str],
    original: Image.Image | None = None,
    bet: bool = False,
) -> None:
    """Draw texts and images.

    Args:
        text: the words of `locales/*/message.toml`, [shown]; without "copy" there is no copying.
        link: parameters of the shared address, to which the text is added.
        bet: whether a bet comes before the film.
    """
    component("message")(
        key=key,
        data={
            "lang": current(),
            "text": dict(text),
            "original": webp(original) if original else "",
            "originalAlt": text["before_alt"],
            "frames": [_payload(frame) for frame in frames],
            "film": key,
            "bet": bet,
            "colours": list(COLOURS),
            "link": {"lang": current(), **link},
        },
    )


def _payload(frame: Shown) -> dict[str, Any]:
    flat = [[round(1000 * side) for part in parts for side in part] for parts in frame.parts]
    figures = {} if frame.figures is None else dict(zip(("psnr", "ssim"), frame.figures, strict=True))
    return {
        "limit": frame.limit,
        "text": frame.text,
        "image": webp(frame.image),
        "scales": frame.scales,
        "parts": flat or [[] for _ in frame.text],
        "sound": frame.sound,
        **figures,
    }
