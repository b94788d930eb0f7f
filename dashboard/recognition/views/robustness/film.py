"""A picture changed more and more, as a film that the browser scrubs through."""

import base64
import hashlib
import io
from collections.abc import Callable, Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from dashboard.images import to_png
from dashboard.recognition.robustness import RobustnessCurve
from dashboard.ui.component import component
from dashboard.ui.guard import callback
from dashboard.ui.language import current, number, percent, t, texts
from dashboard.ui.verdict import probability

KEY = "robustness.film"
_COARSE = 64  # a picture with fewer pixels a side shows each of them


def film(
    found: RobustnessCurve,
    corruption: str,
    classes: Sequence[str],
    level: float,
    commit: Callable[[float], None],
) -> None:
    """Slider, picture, answers and curve along one corruption.

    Args:
        level: where the slider stands first, one of the curve's.
        commit: called with the level that the visitor has chosen.
    """
    text = texts(f"recognition_robustness.corruptions.{corruption}")
    first = classes[found.first]
    sheet = _sheet(found.pictures)
    levels = []
    for k, value in enumerate(found.levels):
        answers = [
            {"name": classes[c], "share": float(p), "written": probability(float(p))}
            for c, p in zip(found.top[k], found.shares[k], strict=True)
        ]
        levels.append(
            {
                "label": written(corruption, value),
                "short": written(corruption, value, short=True),
                "answers": answers,
                "same": int(found.top[k, 0]) == found.first,
                "share": float(found.probability[k]),
            }
        )
    name = hashlib.sha256(f"{sheet}{corruption}{current()}".encode()).hexdigest()

    def chosen() -> None:
        match st.session_state[KEY].get("place"):
            # A choice made in the film before this one comes too late.
            case [str(of), int(place), _] if of == name and 0 <= place < len(found.levels):
                commit(found.levels[place])

    component("shaken")(
        key=KEY,
        data={
            "film": name,
            "sheet": sheet,
            "coarse": found.pictures.shape[1] < _COARSE,
            "levels": levels,
            "identity": found.identity,
            "flips": [(found.levels.index(f.before) + found.levels.index(f.at)) / 2 for f in found.flips],
            "place": found.levels.index(level),
            "name": text["name"],
            "axis": text["axis"],
            "title": t("recognition_robustness.curve.title", first=first),
            "alt": t("recognition_robustness.curve.alt", first=first, axis=text["axis"]),
            "text": texts("recognition_robustness.film"),
        },
        on_place_change=callback(chosen),
    )


def written(corruption: str, level: float, short: bool = False) -> str:
    """A level in the visitor's units."""
    text = texts(f"recognition_robustness.corruptions.{corruption}")
    if corruption == "jpeg":
        value = t("recognition_robustness.film.none") if level == 0 else number(100 - level, 0)
        return value if short or level == 0 else text["level"].format(value=value)
    value = percent(level, 1) if corruption in ("blur", "noise", "square") else number(level, 2)
    return value if short else text["level"].format(value=value)


def _sheet(pictures: NDArray[np.uint8]) -> str:
    """All the pictures side by side, as the address of an image: a JPEG for photographs, else a PNG."""
    image = Image.fromarray(np.concatenate(list(pictures), axis=1))
    kind, content = "png", b""
    if image.mode == "L":
        content = to_png(image)
    else:
        file = io.BytesIO()
        image.save(file, "JPEG", quality=92)
        kind, content = "jpeg", file.getvalue()
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
