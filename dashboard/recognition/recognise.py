"""What an image shows, from a notebook as on the page."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from PIL import Image

from dashboard.classifiers import classifier
from dashboard.languages import DEFAULT
from dashboard.verdict import Kind


@dataclass(frozen=True)
class Prediction:
    """One possible answer.

    Attributes:
        name: of the class, in the language asked for.
        label: its number: its place among the network's outputs.
        probability: calibrated, 0 to 1.
        verdict: "certain" of the first answer, or only of its "family", or neither: a "strange" image; the
            same for all answers to one image.
    """

    name: str
    label: int
    probability: float
    verdict: Kind


def recognise(
    image: Image.Image | ArrayLike, model: str = "photos", top: int = 5, language: str = DEFAULT
) -> list[Prediction]:
    """What an image shows: the likeliest classes, likeliest first.

    Args:
        image: a PIL image of any mode and size, or an array (h, w), (h, w, 1), (h, w, 3) or (h, w, 4): grey,
            RGB or RGBA, integers from 0 to 255 (uint16: to 65535) or floats from 0 to 1. Transparent parts
            count as white; with `model="digits"`, dark and light strokes are both seen on them.
        model: "photos" (ImageNet's 1000 classes), "digits" or "fashion".
        top: how many answers, at most as many as there are classes.
        language: of the names, one of `dashboard.languages`.

    Raises:
        ValueError: an unknown model or language, `top` below 1, an array of another shape or range.
        EmptyDrawing: (a ValueError) `model="digits"` and there is nothing drawn.
    """
    used = classifier(model)
    names = used.classes(language)
    if top < 1:
        raise ValueError(f"top is {top}, it must be 1 or more")
    found = used.answer(used.prepare(as_image(image)))
    return [
        Prediction(names[label], int(label), float(found.probabilities[label]), found.verdict)
        for label in found.ranking[:top]
    ]


def as_image(image: Image.Image | ArrayLike) -> Image.Image:
    """An image or array as `recognise` takes it, in mode RGB, or RGBA if it may be transparent.

    Raises:
        ValueError: an array of another shape or range, or an image without pixels.
    """
    if isinstance(image, Image.Image):
        if image.mode in ("I", "F") or image.mode.startswith("I;16"):
            return as_image(np.asarray(image))
        if 0 in image.size:
            raise ValueError("the image has no pixels")
        transparent = image.has_transparency_data
        return image.convert("RGBA" if transparent else "RGB")
    pixels = _bytes(np.asarray(image))
    if pixels.ndim == 3 and pixels.shape[2] == 1:
        pixels = pixels[:, :, 0]
    if 0 in pixels.shape or not (pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] in (3, 4))):
        raise ValueError(f"an image is (h, w), (h, w, 1), (h, w, 3) or (h, w, 4), not {pixels.shape}")
    made = Image.fromarray(np.ascontiguousarray(pixels))
    return made if made.mode == "RGBA" else made.convert("RGB")


def _bytes(values: NDArray) -> NDArray[np.uint8]:
    """Numbers of any of the ranges that `recognise` takes, from 0 to 255."""
    if values.dtype == np.uint8:
        return values
    if values.dtype == bool:
        return values.astype(np.uint8) * np.uint8(255)
    if values.dtype == np.uint16:
        return (values >> 8).astype(np.uint8)
    floats = np.issubdtype(values.dtype, np.floating)
    most = 1 if floats else 255
    if not (floats or np.issubdtype(values.dtype, np.integer)):
        raise ValueError(f"an image is made of numbers, not of {values.dtype}")
    if values.size and not (values.min() >= 0 and values.max() <= most):  # NaN fails too
        raise ValueError(f"pixels run from 0 to {most}, not from {values.min()} to {values.max()}")
    return np.rint(values * 255.0).astype(np.uint8) if floats else values.astype(np.uint8)
