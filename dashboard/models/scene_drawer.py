"""A velocity field that carries noise to the codes of scenes, set by facts: conditional flow matching."""

from torch import Tensor, nn
from torch.nn import functional as F

from dashboard.models.flow import TIME_WAVES, FlowBlock, waves


class SceneDrawer(nn.Module):
    """The velocity with which a point moves from noise (time 0) to the code of a scene (time 1).

    Flow matching with straight paths: Lipman, Chen, Ben-Hamu, Nickel and Le (2023), arXiv:2210.02747.

    Args:
        latent: numbers of a code; answers: how many facts can be asked for.
        width, depth, condition: neurons of a layer, blocks, numbers that set the blocks.
        reading: neurons of the two layers that take in the facts.
        space: name of the pretrained coder whose codes these are.
    """

    def __init__(
        self,
        answers: int,
        latent: int = 320,
        width: int = 512,
        depth: int = 4,
        condition: int = 128,
        reading: int = 512,
        space: str = "",
    ) -> None:
        super().__init__()
        self.answers, self.latent, self.space = answers, latent, space
        self.time = nn.Sequential(
            nn.Linear(2 * TIME_WAVES, condition), nn.SiLU(), nn.Linear(condition, condition)
        )
        self.facts = nn.Sequential(
            nn.Linear(answers, reading), nn.SiLU(), nn.Linear(reading, reading), nn.SiLU()
        )
        self.set = nn.Linear(reading, condition)
        self.enter, self.begin = nn.Linear(latent, width), nn.Linear(reading, width)
        self.blocks = nn.ModuleList(FlowBlock(width, condition) for _ in range(depth))
        self.norm = nn.LayerNorm(width)
        self.leave = nn.Linear(width, latent)
        nn.init.zeros_(self.leave.weight)
        nn.init.zeros_(self.leave.bias)

    def forward(self, points: Tensor, times: Tensor, asked: Tensor) -> Tensor:
        """Velocities (n, latent) of points (n, latent).

        Args:
            times: (n,) in [0, 1], 0 for noise.
            asked: (n, answers) in [0, 1], one for each fact asked for.
        """
        facts = self.facts(asked)
        condition = F.silu(self.time(waves(times)) + self.set(facts))
        x = self.enter(points) + self.begin(facts)
        for block in self.blocks:
            x = block(x, condition)
        return self.leave(self.norm(x))
