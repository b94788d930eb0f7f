"""EfficientNet-Lite0: a photograph classifier small enough for a phone, readable stage by stage.

Tan and Le (2019), arXiv:1905.11946, without squeeze-excitation and with ReLU6 in place of SiLU, as published
in 2020 in the repository tensorflow/tpu.
"""

from collections import OrderedDict
from typing import NamedTuple

from torch import Tensor, nn
from torch.nn import functional as F

from dashboard.models.stages import Normalise, channels_last, trace

# TensorFlow's: its trained running variances count on this epsilon, a hundred times torch's.
EPSILON = 1e-3


class Group(NamedTuple):
    """Blocks of one width: how many, kernel size, stride of the first, widening inside, feature maps."""

    blocks: int
    kernel: int
    stride: int
    expand: int
    width: int


STEM, HEAD = 32, 1280
GROUPS = (
    Group(1, 3, 1, 1, 16),
    Group(2, 3, 2, 6, 24),
    Group(2, 5, 2, 6, 40),
    Group(3, 3, 2, 6, 80),
    Group(3, 5, 1, 6, 112),
    Group(4, 5, 2, 6, 192),
    Group(1, 3, 1, 6, 320),
)


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    """Zeros before and after a side of `size` pixels so that a convolution gives ceil(size / stride).

    TensorFlow's rule "SAME": an odd number of zeros has the larger half *after*, where torch's `padding`
    is symmetric and would look one pixel beside.
    """
    total = max((-(-size // stride) - 1) * stride + kernel - size, 0)
    return total // 2, total - total // 2


class SameConv2d(nn.Conv2d):
    """A convolution without bias, padded by `same_padding`: (n, c, h, w) -> (n, d, h/stride, w/stride)."""

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1) -> None:
        # An odd kernel of stride 1 has as many zeros on either side: torch's own padding does it faster.
        even = kernel // 2 if stride == 1 else 0
        super().__init__(inputs, outputs, kernel, stride, padding=even, groups=groups, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        if self.stride[0] > 1:
            rows, columns = (
                same_padding(side, k, s)
                for side, k, s in zip(x.shape[2:], self.kernel_size, self.stride, strict=True)
            )
            x = F.pad(x, (*columns, *rows))
        return super().forward(x)


class ConvNorm(nn.Module):
    """Convolution, batch normalisation and, if `rectified`, ReLU6, which cuts off below 0 and above 6."""

    def __init__(
        self, inputs: int, outputs: int, kernel: int, stride: int = 1, groups: int = 1, rectified: bool = True
    ) -> None:
        super().__init__()
        self.conv = SameConv2d(inputs, outputs, kernel, stride, groups)
        self.norm = nn.BatchNorm2d(outputs, eps=EPSILON)
        self.rectified = rectified

    def forward(self, x: Tensor) -> Tensor:
        x = self.norm(self.conv(x))
        return F.relu6(x) if self.rectified else x


class Block(nn.Module):
    """Widen (1x1), look around on each map apart (depthwise), narrow (1x1); add the input if it fits.

    Sandler et al. (2018), arXiv:1801.04381: (n, inputs, h, w) -> (n, outputs, h/stride, w/stride).
    """

    def __init__(self, inputs: int, outputs: int, kernel: int, stride: int, expand: int) -> None:
        super().__init__()
        wide = inputs * expand
        self.expand = ConvNorm(inputs, wide, 1) if expand > 1 else nn.Identity()
        self.depthwise = ConvNorm(wide, wide, kernel, stride, groups=wide)
        self.project = ConvNorm(wide, outputs, 1, rectified=False)
        self.skips = stride == 1 and inputs == outputs

    def forward(self, x: Tensor) -> Tensor:
        narrow = self.project(self.depthwise(self.expand(x)))
        return x + narrow if self.skips else narrow


class MeanPool(nn.Module):
    """The mean of every feature map: (n, c, h, w) -> (n, c)."""

    def forward(self, x: Tensor) -> Tensor:
        return x.mean(dim=(2, 3))


class EfficientNetLite0(nn.Module):
    """Classifier of photographs (n, 3, 224, 224), RGB with pixels in [0, 1]: logits (n, classes).

    `stages` is the whole network in order: `normalise`, `stem`, `block1_1` ... `block7_1` (group and place
    in it), `head`, `global_pool`, `logits`. Other sizes than 224 work, less well.
    """

    def __init__(self, classes: int = 1000) -> None:
        super().__init__()
        # (x - 127) / 128 on pixels from 0 to 255.
        stages: OrderedDict[str, nn.Module] = OrderedDict(normalise=Normalise(127 / 255, 128 / 255))
        stages["stem"] = ConvNorm(3, STEM, 3, stride=2)
        width = STEM
        for number, group in enumerate(GROUPS, 1):
            for place in range(1, group.blocks + 1):
                stride = group.stride if place == 1 else 1
                stages[f"block{number}_{place}"] = Block(
                    width, group.width, group.kernel, stride, group.expand
                )
                width = group.width
        stages["head"] = ConvNorm(width, HEAD, 1)
        stages["global_pool"] = MeanPool()
        stages["logits"] = nn.Linear(HEAD, classes)
        self.stages = nn.Sequential(stages)
        channels_last(self)

    def forward(self, images: Tensor) -> Tensor:
        return self.stages(images)

    def features(self, images: Tensor) -> Tensor:
        """What the last layer decides by: (n, 1280), each 0 to 6."""
        return self.stages[:-1](images)

    def activations(self, images: Tensor) -> dict[str, Tensor]:
        """Every stage's output by name, from the normalised image to the logits, in order."""
        return trace(self.stages, images)


def from_published(published: dict[str, Tensor]) -> dict[str, Tensor]:
    """The state of an `EfficientNetLite0` from the names of the published torch weights.

    Raises:
        KeyError: a name that those weights do not have.
    """
    counts = [group.blocks for group in GROUPS]
    blocks = [f"block{g}_{place}" for g, count in enumerate(counts, 1) for place in range(1, count + 1)]
    parts = {
        "_conv_stem": "stem.conv",
        "_bn0": "stem.norm",
        "_conv_head": "head.conv",
        "_bn1": "head.norm",
        "_fc": "logits",
    }
    for number, block in enumerate(blocks):
        for theirs, (conv, norm) in {
            "expand": ("_expand_conv", "_bn0"),
            "depthwise": ("_depthwise_conv", "_bn1"),
            "project": ("_project_conv", "_bn2"),
        }.items():
            parts[f"_blocks.{number}.{conv}"] = f"{block}.{theirs}.conv"
            parts[f"_blocks.{number}.{norm}"] = f"{block}.{theirs}.norm"
    renamed = {}
    for name, tensor in published.items():
        stem, _, last = name.rpartition(".")
        renamed[f"stages.{parts[stem]}.{last}"] = tensor
    return renamed
