"""Every stage of an autoencoder for one image, from pixels to code to pixels."""

from dataclasses import dataclass
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray

from dashboard import zoo
from dashboard.datasets.images import DatasetName
from dashboard.latent.coders import coder
from dashboard.models.autoencoder import Autoencoder, Conv, Enlarge
from dashboard.models.stages import Dense, Residual

Array = NDArray[np.float64]

_UNSEEN = ("encoder.flatten", "encoder.head", "decoder.unflatten")
"""Stages that only lay numbers out otherwise, or stand in another (the head, in the code)."""


@dataclass(frozen=True)
class Stage:
    """What one stage gives for an image.

    Attributes:
        slug: its name in the network, dots turned to dashes.
        kind: input, convolution, residual, dense, residual_dense, code, enlarge or reconstruction.
        side: "encoder", "code" or "decoder".
        values: (units, height, width); height and width are 1 for a stage of single neurons.
    """

    slug: str
    kind: str
    side: str
    values: Array

    @property
    def spatial(self) -> bool:
        return self.values[0].size > 1


def stages(dataset: DatasetName, size: int, image: Array) -> list[Stage]:
    """All stages of an autoencoder with codes of `size` numbers, for an image (28, 28) in [0, 1].

    Raises:
        ValueError: there is no such autoencoder.
    """
    model = cast(Autoencoder, coder(dataset, size).module)
    with zoo.inference():
        found = model.activations(torch.from_numpy(image.astype(np.float32))[None, None])
    made = [Stage("input", "input", "encoder", image[None])]
    for name, output in found.items():
        if name in _UNSEEN:
            continue
        values = output[0].double().numpy()
        values = values if values.ndim == 3 else values[:, None, None]
        side = "code" if name == "code" else "encoder" if name.startswith("encoder") else "decoder"
        made.append(Stage(name.replace(".", "-"), _kind(model, name), side, values))
    return made


def _kind(model: Autoencoder, name: str) -> str:
    if name in ("code", "reconstruction"):
        return name
    stage = model.get_submodule(name)
    if isinstance(stage, Residual):
        return "residual_dense" if isinstance(stage.block, Dense) else "residual"
    if isinstance(stage, Dense):
        return "dense"
    if isinstance(stage, Conv):
        return "convolution"
    assert any(isinstance(part, Enlarge) for part in stage.modules())
    return "enlarge"
