"""Images of scenes -> facts, by convolutions."""

from torch import Tensor, nn

from dashboard.models.scene_coder import CELLS, unit


class SceneEye(nn.Module):
    """Logits of every answer to every question about a scene, (n, answers), from images (n, 3, 64, 64).

    Args:
        answers: of all questions together, in the order of the questions.
        width: channels of the last convolutions; hidden: neurons of the dense layer after them.
    """

    def __init__(self, answers: int, width: int = 128, hidden: int = 384) -> None:
        super().__init__()
        narrow = 3 * width // 8
        self.look = nn.Sequential(
            nn.PixelUnshuffle(2),
            unit(12, width // 4),
            unit(width // 4, width // 2, 2),
            unit(width // 2, 3 * width // 4),
            unit(3 * width // 4, width, 2),
            unit(width, width),
            nn.Conv2d(width, narrow, 1),
        )
        cells = narrow * CELLS * CELLS
        self.tell = nn.Sequential(
            nn.Flatten(), nn.LayerNorm(cells), nn.Linear(cells, hidden), nn.SiLU(), nn.Linear(hidden, answers)
        )

    def forward(self, images: Tensor) -> Tensor:
        return self.tell(self.look(images))
