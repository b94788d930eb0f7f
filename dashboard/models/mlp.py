"""The plain multilayer perceptron for 28x28 grey images."""

from collections import OrderedDict
from collections.abc import Sequence
from itertools import pairwise

from torch import Tensor, nn

from dashboard.models.stages import PIXELS, Normalise, trace


class MLP(nn.Module):
    """Classifier of images (n, 1, 28, 28) with pixels in [0, 1]: logits (n, classes).

    Args:
        widths: neurons of each hidden layer.
        classes: number of classes.
        mean, std: statistics of the training pixels, used to normalise inside the network.
        dropout: fraction of each hidden layer silenced during training.
    """

    def __init__(
        self,
        widths: Sequence[int],
        classes: int = 10,
        mean: float = 0.0,
        std: float = 1.0,
        dropout: float = 0.0,
    ) -> None:
        super().__init__()
        stages: OrderedDict[str, nn.Module] = OrderedDict()
        stages["normalise"] = Normalise(mean, std)
        stages["flatten"] = nn.Flatten()
        for layer, (inputs, outputs) in enumerate(pairwise([PIXELS, *widths]), 1):
            stages[f"hidden{layer}"] = nn.Sequential(
                nn.Linear(inputs, outputs), nn.ReLU(), nn.Dropout(dropout)
            )
        stages["logits"] = nn.Linear(widths[-1], classes)
        self.stages = nn.Sequential(stages)

    def forward(self, images: Tensor) -> Tensor:
        return self.stages(images)

    def activations(self, images: Tensor) -> dict[str, Tensor]:
        """Every stage's output by name, from the normalised image to the logits, in order."""
        return trace(self.stages, images)
