"""Of several drawings of a text, those of which the describer finds the text likeliest."""

import torch
from torch import Tensor

from dashboard import zoo
from dashboard.datasets.scenes.grammar import NAMES
from dashboard.datasets.scenes.grammar.pieces import cut
from dashboard.models.scene_describer import SceneDescriber
from dashboard.scenes.describing import DESCRIBER
from dashboard.scenes.retelling import Meant


def fittest(images: Tensor, meant: Meant, count: int) -> Tensor:
    """Which `count` of images (n, 3, 64, 64) in [-1, 1] fit a text best, by number, in their order.

    By the probability that the describer gives the facts, said in either language (as Ramesh et al., 2021,
    arXiv:2102.12092, choose with a network that compares images and texts).
    """
    return likelihoods(images, meant).topk(count).indices.sort().values


def likelihoods(images: Tensor, meant: Meant) -> Tensor:
    """Natural logarithm of the probability of the facts about each image, mean over the languages: (n,)."""
    describer = zoo.load(DESCRIBER)
    assert isinstance(describer, SceneDescriber)
    told = []
    for language, name in enumerate(NAMES):
        pieces = [describer.begin(language), *describer.numbers(cut(meant.text(name)))]
        told.append(describer.log_likelihood(images, torch.tensor([pieces]).expand(len(images), -1)))
    return torch.stack(told).mean(0)
