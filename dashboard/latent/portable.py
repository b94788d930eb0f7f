"""A decoder as a program that the browser runs by itself: from a code to the 784 pixels of an image."""

from collections.abc import Iterator

from torch import nn

from dashboard.latent.coders import Coder
from dashboard.models.autoencoder import Autoencoder
from dashboard.models.linear import Components
from dashboard.models.vae import VAE
from dashboard.portable import Program, Step, packed, steps_of

__all__ = ["Program", "program"]


def program(coder: Coder) -> Program:
    """The decoder of a coder; of one of the visitor's own: `module.decoder`, then a cut at 0 and 1.

    Raises:
        TypeError: it has a layer that the browser does not know.
    """
    return packed(coder.size, _decoder(coder.module))


def _decoder(module: object) -> Iterator[Step]:
    if isinstance(module, Components):
        yield "dense", (module.components.T, module.mean), 1
        yield "clamp", (), 1
        return
    decoder = getattr(module, "decoder", None)
    if not isinstance(decoder, nn.Module):
        raise TypeError(f"{type(module).__name__} has no decoder to take along")
    yield from steps_of(decoder, 1)
    if isinstance(module, Autoencoder):
        yield "straight", (module.decoder_shortcut.weight, module.decoder_shortcut.bias), 1
    yield ("sigmoid" if isinstance(module, VAE) else "clamp"), (), 1
