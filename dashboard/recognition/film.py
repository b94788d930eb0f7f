"""The film on this page's card."""

import numpy as np
import torch
from PIL import Image, ImageColor

from dashboard.classifiers import classifier, seen
from dashboard.datasets.photographs import photograph
from dashboard.miniature import SIZE, Bytes
from dashboard.palette import BLUE
from dashboard.recognition.attributions import attribute

PAGE = "image_recognition"


def frames() -> list[Bytes]:
    """Photographs, each with and without what speaks for its class (Grad-CAM)."""
    network = classifier("photos")
    frames = []
    for slug in ("chelsea", "coffee", "motorcycle", "flower"):
        photo = photograph(slug)
        square = photo.resize(SIZE, Image.Resampling.LANCZOS, seen(photo.size))
        image = torch.from_numpy(network.prepare(photo))[None]
        target = int(network.module(image)[0].argmax())
        map_ = np.clip(attribute("gradcam", network.module, image, target), 0, None)
        lit = np.asarray(Image.fromarray((map_ / map_.max()).astype(np.float32)).resize(SIZE))
        plain = np.asarray(square)
        dim = plain * 0.35 + 0.65 * plain * lit[..., None]
        shown = np.clip(
            dim + lit[..., None] * 0.45 * (np.array(ImageColor.getrgb(BLUE)) - 60), 0, 255
        ).astype(np.uint8)
        frames += [plain, shown, shown]
    return frames
