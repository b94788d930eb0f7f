"""A small residual convolutional classifier for 28x28 grey images, readable stage by stage."""

from collections import OrderedDict
from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dashboard.models.stages import Normalise, channels_last, trace


class ConvBlock(nn.Module):
    """3x3 convolution, batch normalisation, ReLU: (n, inputs, h, w) -> (n, outputs, h, w)."""

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(self.norm(self.conv(x)))


class ResidualBlock(nn.Module):
    """Two `ConvBlock`s whose result is added to their input (He et al., 2016, arXiv:1512.03385)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = ConvBlock(width, width)
        self.second = ConvBlock(width, width)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(self.first(x))


class GlobalPool(nn.Module):
    """The largest and the mean value of every feature map: (n, c, h, w) -> (n, 2c).

    The maximum says whether a feature is present, the mean how much of the image it covers.
    """

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([x.amax(dim=(2, 3)), x.mean(dim=(2, 3))], dim=1)


class ConvNet(nn.Module):
    """Classifier of images (n, 1, 28, 28) with pixels in [0, 1]: logits (n, classes).

    `stages` is the whole network in order, each stage named, so that a caller can run it step by step
    (`activations`). Every width after the first halves height and width.

    Args:
        widths: number of feature maps of the stem and of each group, such as (32, 64, 128).
        blocks: residual blocks in each group after the stem (as many as `widths`, less one).
        classes: number of classes.
        mean, std: statistics of the training pixels, used to normalise inside the network.
        dropout: fraction of pooled features silenced during training.
    """

    def __init__(
        self,
        widths: Sequence[int],
        blocks: Sequence[int],
        classes: int = 10,
        mean: float = 0.0,
        std: float = 1.0,
        dropout: float = 0.0,
    ) -> None:
        super().__init__()
        if len(blocks) != len(widths) - 1:
            raise ValueError(f"{len(widths)} widths need {len(widths) - 1} block counts, not {len(blocks)}")
        stages: OrderedDict[str, nn.Module] = OrderedDict()
        stages["normalise"] = Normalise(mean, std)
        stages["stem"] = ConvBlock(1, widths[0])
        for group, (inputs, outputs, count) in enumerate(
            zip(widths[:-1], widths[1:], blocks, strict=True), 1
        ):
            stages[f"pool{group}"] = nn.MaxPool2d(2)
            stages[f"conv{group}"] = ConvBlock(inputs, outputs)
            for index in range(1, count + 1):
                stages[f"residual{group}_{index}"] = ResidualBlock(outputs)
        stages["global_pool"] = GlobalPool()
        stages["dropout"] = nn.Dropout(dropout)
        stages["logits"] = nn.Linear(2 * widths[-1], classes)
        self.stages = nn.Sequential(stages)
        channels_last(self)

    def forward(self, images: Tensor) -> Tensor:
        return self.stages(images)

    def activations(self, images: Tensor) -> dict[str, Tensor]:
        """Every stage's output by name, from the normalised image to the logits, in order."""
        return trace(self.stages, images)
