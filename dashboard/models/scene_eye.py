"""Images of scenes -> facts, by convolutions."""

from torch import Tensor, nn

from dashboard.models.scene_autoencoder import CELLS, shrinking


class SceneEye(nn.Module):
    """Logits of every answer to every question about a scene, (n, answers), from images (n, 3, 64, 64).

    Args:
        answers: of all questions together, in the order of the questions.
        widths: channels of the convolutions from fine to coarse; narrow: channels of a cell that the dense
            layers see; hidden: neurons of the first of these.
    """

    def __init__(
        self,
        answers: int,
        widths: tuple[int, int, int] = (48, 96, 144),
        narrow: int = 40,
        hidden: int = 384,
        dropout: float = 0.1,
    ) -> None:
        super().__init__()
        cells = narrow * CELLS * CELLS
        self.look = nn.Sequential(shrinking(widths, 2), nn.Conv2d(widths[-1], narrow, 1))
        self.tell = nn.Sequential(
            nn.Flatten(),
            nn.LayerNorm(cells),
            nn.Dropout(dropout),
            nn.Linear(cells, hidden),
            nn.SiLU(),
            nn.Dropout(dropout),
            nn.Linear(hidden, answers),
        )

    def forward(self, images: Tensor) -> Tensor:
        facts: Tensor = self.tell(self.look(images))
        return facts
