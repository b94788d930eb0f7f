"""Image to a few numbers and back: a convolutional hourglass with a linear shortcut."""

from collections import OrderedDict

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from dashboard.models.stages import PIXELS, Dense, Residual, channels_last, trace_hourglass


class Conv(nn.Module):
    """3x3 convolution, batch normalisation, SiLU: (n, inputs, h, w) -> (n, outputs, h/stride, w/stride)."""

    def __init__(self, inputs: int, outputs: int, stride: int = 1) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(outputs)

    def forward(self, x: Tensor) -> Tensor:
        return F.silu(self.norm(self.conv(x)))


class Enlarge(nn.Module):
    """Twice the height and width: (n, inputs, h, w) -> (n, outputs, 2h, 2w).

    A convolution makes the four pixels of each cell, which are then laid out side by side (Shi et al.,
    2016, arXiv:1609.05158); that costs a quarter of a convolution at the larger size.
    """

    def __init__(self, inputs: int, outputs: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, 4 * outputs, 3, padding=1)

    def forward(self, x: Tensor) -> Tensor:
        return F.pixel_shuffle(self.conv(x), 2)


def encoder_stages(outputs: int, channels: int, hidden: int) -> nn.Sequential:
    """(n, 1, 28, 28) -> (n, outputs), named stages."""
    return nn.Sequential(
        OrderedDict(
            conv1=Conv(1, channels // 2, stride=2),
            conv2=Residual(Conv(channels // 2, channels // 2)),
            conv3=Conv(channels // 2, channels, stride=2),
            conv4=Residual(Conv(channels, channels)),
            flatten=nn.Flatten(),
            dense1=Dense(49 * channels, hidden),
            dense2=Residual(Dense(hidden, hidden)),
            head=nn.Linear(hidden, outputs),
        )
    )


def decoder_stages(latent: int, channels: int, hidden: int) -> nn.Sequential:
    """(n, latent) -> (n, 1, 28, 28), named stages."""
    return nn.Sequential(
        OrderedDict(
            dense1=Dense(latent, hidden),
            dense2=Residual(Dense(hidden, hidden)),
            dense3=Residual(Dense(hidden, hidden)),
            dense4=Dense(hidden, 49 * channels),
            unflatten=nn.Unflatten(1, (channels, 7, 7)),
            conv1=Residual(Conv(channels, channels)),
            enlarge1=nn.Sequential(Enlarge(channels, channels // 2), nn.SiLU()),
            conv2=Residual(Conv(channels // 2, channels // 2)),
            enlarge2=Enlarge(channels // 2, 1),
        )
    )


class Autoencoder(nn.Module):
    """Images (n, 1, 28, 28) in [0, 1] to codes (n, latent) and back.

    A linear map runs beside the encoder and another beside the decoder. Started from the principal
    components of the training images (`start_from_components`), the network begins as good as PCA and
    learns what PCA cannot do.

    Args:
        latent: how many numbers an image is squeezed into.
        channels: feature maps at 7x7 (half as many at 14x14).
        hidden: neurons of the dense layers on either side of the code.
    """

    def __init__(self, latent: int, channels: int = 32, hidden: int = 256) -> None:
        super().__init__()
        self.latent = latent
        self.encoder = encoder_stages(latent, channels, hidden)
        self.decoder = decoder_stages(latent, channels, hidden)
        self.encoder_shortcut = nn.Linear(PIXELS, latent)
        self.decoder_shortcut = nn.Linear(latent, PIXELS)
        channels_last(self)

    def encode(self, images: Tensor) -> Tensor:
        """Codes (n, latent), unbounded."""
        return self.encoder(images) + self.encoder_shortcut(images.flatten(1))

    def decode(self, codes: Tensor) -> Tensor:
        """Images (n, 1, 28, 28); in eval mode within [0, 1]."""
        images = self.decoder(codes) + self.decoder_shortcut(codes).view(-1, 1, 28, 28)
        return images if self.training else images.clamp(0, 1)

    def forward(self, images: Tensor) -> Tensor:
        return self.decode(self.encode(images))

    def activations(self, images: Tensor) -> dict[str, Tensor]:
        """Every stage's output in order: `encoder.*`, `code`, `decoder.*`, `reconstruction`.

        The shortcuts have no stage of their own: they enter in `code` and in `reconstruction`.
        """
        return trace_hourglass(self, images)

    @torch.no_grad()
    def start_from_components(self, mean: Tensor, components: Tensor) -> None:
        """Make the network the linear projection on `components` (latent, 784) around `mean` (784,)."""
        self.encoder_shortcut.weight.copy_(components)
        self.encoder_shortcut.bias.copy_(-components @ mean)
        self.decoder_shortcut.weight.copy_(components.T)
        self.decoder_shortcut.bias.copy_(mean)
        for stages in (self.encoder, self.decoder):
            *_, weight, bias = stages.parameters()
            nn.init.zeros_(weight)
            nn.init.zeros_(bias)

    def start_from_larger(self, larger: "Autoencoder", mean: Tensor, components: Tensor) -> None:
        """Make the network `larger` with its codes projected on `components` around `mean`.

        So a small autoencoder starts from all that a larger one has learnt, in place of from nothing.

        Args:
            larger: a network of the same channels and hidden neurons.
            mean: (larger.latent,), the mean of its codes; components: (latent, larger.latent), orthonormal.
        """
        own, theirs = self.state_dict(), larger.state_dict()
        new = {name: theirs[name] if theirs[name].shape == own[name].shape else own[name] for name in own}
        for stage in ("encoder.head", "encoder_shortcut"):
            new[f"{stage}.weight"] = components @ theirs[f"{stage}.weight"]
            new[f"{stage}.bias"] = components @ theirs[f"{stage}.bias"]
        new["encoder_shortcut.bias"] = new["encoder_shortcut.bias"] - components @ mean
        first, straight = theirs["decoder.dense1.linear.weight"], theirs["decoder_shortcut.weight"]
        new["decoder.dense1.linear.weight"] = first @ components.T
        # That layer has no bias of its own: the mean code enters through the normalisation that follows it.
        average = theirs["decoder.dense1.norm.running_mean"]
        new["decoder.dense1.norm.running_mean"] = average - first @ mean
        new["decoder_shortcut.weight"] = straight @ components.T
        new["decoder_shortcut.bias"] = theirs["decoder_shortcut.bias"] + straight @ mean
        self.load_state_dict(new)
