"""Why this class? Four ways to say how much each place of an image speaks for a class or against it.

All give a signed map: positive where the image speaks for the class, negative where it speaks against it,
zero where it changes nothing. What replaces a place is a blank (mid-grey in a photograph, no ink in a
drawing) or what is left of the image once it has faded.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.polynomial.legendre import leggauss
from numpy.typing import NDArray
from scipy import ndimage
from skimage.segmentation import slic
from torch import Tensor, nn
from torch.nn import functional as F

from dashboard import zoo

Array = NDArray[np.float64]
Progress = Callable[[float], None]

GREY = 127 / 255
"""A photograph's blank: what the photo network turns into zero."""
BLUR = 1 / 14
"""Deviation of the blur that takes away a photograph's content, as a share of its side."""


@dataclass(frozen=True)
class Effort:
    """How much work the methods do for images of one kind.

    Attributes:
        batch: images a pass; photographs fill a processor's cache sooner than small images.
        steps: points on the path of the integrated gradients.
        window, stride: side of the occluding square, and how far it moves, in pixels.
        pieces: about how many regions the image is cut into.
    """

    batch: int
    steps: int
    window: int
    stride: int
    pieces: int


# Each within three seconds on one thread, at some 30 ms a photograph and 1 ms a small image.
PHOTO = Effort(batch=4, steps=24, window=56, stride=28, pieces=60)
SMALL = Effort(batch=48, steps=128, window=6, stride=2, pieces=60)


def effort(image: Tensor) -> Effort:
    """What fits an image (1, channels, height, width): colours are photographs, grey ones small images."""
    return PHOTO if image.shape[1] == 3 else SMALL


def blank(image: Tensor) -> Tensor:
    """An image of the same shape with nothing on it."""
    return torch.full_like(image, GREY if image.shape[1] == 3 else 0.0)


def attribute(
    method: str, module: nn.Module, image: Tensor, target: int, progress: Progress = lambda share: None
) -> Array:
    """How much each pixel speaks for a class.

    Args:
        method: one of `METHODS`.
        module: classifier with named `stages` of which the one before `global_pool` gives the last maps.
        image: (1, channels, height, width) in [0, 1].
        target: the class.
        progress: called with the share of the work done, 0 to 1.

    Returns:
        (height, width), in logits for all methods but Grad-CAM; the channels are summed.
    """
    zoo.one_thread()
    # A tensor of the caller's may come out of inference mode, which gradients do not accept.
    image = image.detach().clone()
    return METHODS[method](module, image, target, progress)


def grad_cam(module: nn.Module, image: Tensor, target: int, progress: Progress) -> Array:
    """The last feature maps, each weighted by how much its mean raises the class.

    Selvaraju et al. (2017), arXiv:1610.02391; their final ReLU is left out, so that what speaks against the
    class is seen too. Coarse: the maps have one cell for some 1/7 of the image's side.
    """
    own, maps = _private(module), list[Tensor]()
    last = own.get_submodule("stages")[_before_pool(own)]  # type: ignore[index]
    last.register_forward_hook(lambda stage, given, found: maps.append(found))
    logit = own(image.requires_grad_())[0, target]
    (slopes,) = torch.autograd.grad(logit, maps)
    weighted = (slopes.mean((2, 3), keepdim=True) * maps[0]).sum(1, keepdim=True)
    progress(1.0)
    return _array(F.interpolate(weighted, image.shape[2:], mode="bilinear"))


def integrated_gradients(module: nn.Module, image: Tensor, target: int, progress: Progress) -> Array:
    """Gradients along the way from a blank to the image, times what changes on that way.

    Sundararajan, Taly and Yan (2017), arXiv:1703.01365, the integral by Gauss and Legendre. The map adds up
    to the image's logit less the blank's, but for the rounding of a sum of a few steps.
    """
    work, start = effort(image), blank(image)
    forward = _counted(module, work.steps, progress)
    nodes, weights = (torch.from_numpy(of).to(image)[:, None, None, None] for of in leggauss(work.steps))
    mean = torch.zeros_like(image)
    for places, shares in zip(nodes.split(work.batch), weights.split(work.batch), strict=True):
        images = (start + (image - start) * (1 + places) / 2).requires_grad_()
        (slopes,) = torch.autograd.grad(forward(images)[:, target].sum(), images)
        mean += (shares / 2 * slopes).sum(0, keepdim=True)
    return _array((image - start) * mean)


def occlusion(module: nn.Module, image: Tensor, target: int, progress: Progress) -> Array:
    """How much the logit falls when a square hides a place, averaged over the squares that cover it.

    Zeiler and Fergus (2014), arXiv:1311.2901.
    """
    work = effort(image)
    tops, lefts = (range(0, side - work.window + work.stride, work.stride) for side in image.shape[2:])
    squares = torch.zeros(len(tops), len(lefts), *image.shape[2:], dtype=torch.bool)
    for row, top in enumerate(tops):
        for column, left in enumerate(lefts):
            squares[row, column, top : top + work.window, left : left + work.window] = True
    squares = squares.flatten(0, 1)
    falls = _falls(module, image, target, squares, blank(image), progress)
    return (falls[:, None, None] * squares).sum(0).numpy() / squares.sum(0).numpy()


def regions(module: nn.Module, image: Tensor, target: int, progress: Progress) -> Array:
    """How much the logit falls when one region, cut out along the image's own contours, fades away.

    Feature ablation on superpixels (SLIC). Unlike the squares of `occlusion`, regions follow things, and what
    replaces one has no edges of its own. Fair shares among regions (Kernel SHAP) were tried: on photographs
    the few line-ups that three seconds allow give shares that are mostly chance.
    """
    parts = torch.from_numpy(superpixels(image, effort(image).pieces))
    each = parts == torch.arange(int(parts.max()) + 1)[:, None, None]
    return _falls(module, image, target, each, faded(image), progress)[parts].numpy()


METHODS: dict[str, Callable[[nn.Module, Tensor, int, Progress], Array]] = {
    "gradcam": grad_cam,
    "integrated": integrated_gradients,
    "occlusion": occlusion,
    "regions": regions,
}
"""The methods, the quickest first."""


def faded(image: Tensor) -> Tensor:
    """What is left of an image (1, channels, height, width) once taken away: of a photograph a blur, of a
    drawing the empty ground."""
    if image.shape[1] == 1:
        return blank(image)
    sigma = BLUR * image.shape[2]
    return torch.from_numpy(ndimage.gaussian_filter(image.numpy(), (0, 0, sigma, sigma), mode="nearest"))


def superpixels(image: Tensor, pieces: int) -> NDArray[np.int64]:
    """About this many connected regions, each of one colour: (height, width), numbered from 0.

    Achanta et al. (2012), SLIC. An image too restless for that is cut into squares.
    """
    pixels = image[0].permute(1, 2, 0).double().numpy()
    found = slic(pixels, n_segments=pieces, compactness=20.0 if pixels.shape[2] == 3 else 0.3, start_label=0)
    if len(np.unique(found)) < pieces / 3:
        side = round(pieces**0.5)
        rows, columns = (np.arange(n) * side // n for n in found.shape)
        found = side * rows[:, None] + columns
    return np.unique(found, return_inverse=True)[1].reshape(found.shape)


def cells(values: Array, side: int) -> Array:
    """A map's means over `side` x `side` equal squares; the map's sides are multiples of `side`."""
    height, width = values.shape
    return values.reshape(side, height // side, side, width // side).mean(axis=(1, 3))


def _before_pool(module: nn.Module) -> int:
    names = [name for name, _ in module.get_submodule("stages").named_children()]
    return names.index("global_pool") - 1


def _private(module: nn.Module) -> nn.Module:
    """A copy with the same weights in memory: a hook on it sees no other visitor's images."""
    return copy.deepcopy(module, {id(t): t for t in (*module.parameters(), *module.buffers())})


def _counted(module: nn.Module, expected: int, progress: Progress) -> Callable[[Tensor], Tensor]:
    """The module, reporting how many of the expected images have been through it."""
    done = 0

    def forward(images: Tensor) -> Tensor:
        nonlocal done
        logits = module(images)
        done += len(images)
        progress(min(done / expected, 1.0))
        return logits

    return forward


def _falls(
    module: nn.Module, image: Tensor, target: int, places: Tensor, instead: Tensor, progress: Progress
) -> Tensor:
    """How much the logit falls when the image shows something else in each of the places, (n, height, width)
    of bool: (n,) in float64."""
    forward = _counted(module, len(places) + 1, progress)
    with torch.no_grad():
        whole = forward(image)[0, target]
        found = [
            whole - forward(torch.where(hidden[:, None], instead, image))[:, target]
            for hidden in places.split(effort(image).batch)
        ]
    return torch.cat(found).double()


def _array(found: Tensor) -> Array:
    """(1, channels, height, width) -> (height, width), the channels summed."""
    return found.detach()[0].sum(dim=0).numpy().astype(np.float64)
