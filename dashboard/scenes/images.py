"""Images of the drawn world as networks take them and give them back."""

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from dashboard import zoo
from dashboard.datasets.scenes.render import SIDE
from dashboard.models.scene_autoencoder import SceneAutoencoder

AUTOENCODER = "scenes-autoencoder"


def autoencoder() -> SceneAutoencoder:
    model = zoo.load(AUTOENCODER)
    assert isinstance(model, SceneAutoencoder)
    return model


def as_pixels(image: Image.Image | NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Any image as (64, 64, 3) sRGB."""
    picture = image if isinstance(image, Image.Image) else Image.fromarray(image)
    picture = picture.convert("RGB")
    if picture.size != (SIDE, SIDE):
        picture = picture.resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(picture)


def as_input(images: NDArray[np.uint8]) -> Tensor:
    """Images (n, 64, 64, 3) as the networks take them, (n, 3, 64, 64) in [-1, 1]."""
    return torch.tensor(images).permute(0, 3, 1, 2).float() / 127.5 - 1


def as_images(outputs: Tensor) -> NDArray[np.uint8]:
    """Network outputs (n, 3, 64, 64) in [-1, 1] as sRGB (n, 64, 64, 3)."""
    pixels = ((outputs.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
    return pixels.permute(0, 2, 3, 1).contiguous().numpy()


def encode(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """Codes (n, channels, 8, 8) of images (n, 64, 64, 3)."""
    with zoo.inference():
        return autoencoder().encode(as_input(images)).numpy()


def decode(codes: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Images (n, 64, 64, 3) of codes (n, channels, 8, 8)."""
    with zoo.inference():
        return as_images(autoencoder().decode(torch.from_numpy(codes)))
