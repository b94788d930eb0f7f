"""The first kernel of the network sliding over the visitor's image."""

import base64
from functools import lru_cache

import numpy as np

from dashboard import palette
from dashboard.classifiers import classifier
from dashboard.layers import Convolution, dissection
from dashboard.recognition.views.controls import Given
from dashboard.ui.component import component, opened, packed
from dashboard.ui.language import current, t, texts

_FIRST = {"photos": 21, "digits": 15, "fashion": 19}
"""The unit that a visitor sees first: one whose map shows edges at a glance."""


def sliding(given: Given) -> None:
    """The film of a convolution: nine products for each place and channel, their sum, the map."""
    channels, side, _ = given.input.shape
    layer = _layer(given.model, side)
    units = len(layer.kernels)
    asked = opened("kernel")
    levels = np.rint(255 * given.input)
    exact = np.array_equal(np.float32(levels / 255), given.input)
    component("convolution")(
        key="recognition.sliding",
        data={
            "lang": current(),
            "film": given.digest,
            "channels": channels,
            "side": side,
            "size": layer.kernels.shape[-1],
            "stride": layer.stride,
            "padding": layer.padding,
            "mean": layer.mean,
            "std": layer.std,
            "ceiling": layer.ceiling if np.isfinite(layer.ceiling) else None,
            "kernels": packed(layer.kernels),
            "biases": packed(layer.biases),
            # A photograph has 150,528 numbers: bytes where they say all.
            "pixels": base64.b64encode(levels.astype(np.uint8).tobytes()).decode()
            if exact
            else packed(given.input),
            "bytes": exact,
            "names": [t("recognition_layers.slide.unit", n=unit + 1) for unit in range(units)],
            "unit": asked - 1 if asked and asked <= units else _FIRST.get(given.model, 0),
            "start": opened("slide"),
            "colours": palette.SIGNS,
            "text": texts("recognition_layers.slide"),
            "player": texts("recognition_layers.player"),
        },
    )


@lru_cache(maxsize=8)
def _layer(model: str, side: int) -> Convolution:
    return dissection.first_convolution(classifier(model).module, side)
