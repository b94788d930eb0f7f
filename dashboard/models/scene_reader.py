"""Words -> facts: dilated convolutions along the text, then a look at the words for every question."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

REACH = 5  # words that one convolution sees


class SceneReader(nn.Module):
    """What a text says of a scene: for every question an answer, or "not said".

    Args:
        words: size of the vocabulary, 0 to fill up a row; answers: how many each question has.
        width: numbers a word; dilations: of the convolutions, one after the other.
    """

    possible: Tensor

    def __init__(
        self, words: int, answers: tuple[int, ...], width: int = 128, dilations: tuple[int, ...] = (1, 2, 4)
    ) -> None:
        super().__init__()
        most = max(answers)
        self.unsaid = most  # the number of the answer "not said", to every question
        self.embed = nn.Embedding(words, width, padding_idx=0)
        self.layers = nn.ModuleList(
            nn.Conv1d(width, width, REACH, padding=step * (REACH // 2), dilation=step) for step in dilations
        )
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in dilations)
        self.ask = nn.Parameter(torch.randn(len(answers), width) * width**-0.5)
        self.nothing = nn.Parameter(torch.zeros(width))
        self.key, self.value = nn.Linear(width, width), nn.Linear(width, width)
        self.judge = nn.Parameter(torch.randn(len(answers), width, most + 1) * width**-0.5)
        numbers = torch.arange(most + 1)
        self.register_buffer(
            "possible", (numbers < torch.tensor(answers)[:, None]) | (numbers == most), persistent=False
        )

    def forward(self, texts: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of each question's answers, and where in the text they were read.

        Args:
            texts: (n, words) numbers of words, 0 to fill up.

        Returns:
            (n, questions, unsaid + 1), minus infinity where a question has fewer answers; (n, questions,
            words + 1), rows that sum to one, the last column for no word at all.
        """
        filled = (texts != 0)[..., None]
        x = self.embed(texts)
        for convolution, norm in zip(self.layers, self.norms, strict=True):
            x = x + F.silu(convolution((norm(x) * filled).transpose(1, 2)).transpose(1, 2))
        x = torch.cat([x, self.nothing.expand(len(x), 1, -1)], dim=1)
        return self.find(x, torch.cat([filled[..., 0], torch.ones_like(filled[:, :1, 0])], dim=1))

    def find(self, x: Tensor, there: Tensor) -> tuple[Tensor, Tensor]:
        """The same of words as a network has read them, (n, places, width), and where there are any."""
        scores = self.ask @ self.key(x).transpose(1, 2)  # (n, questions, words + 1)
        seen = scores.float().masked_fill(~there[:, None], float("-inf")).softmax(-1)
        found = F.silu(seen @ self.value(x).float())  # (n, questions, width)
        logits = torch.einsum("nqw,qwa->nqa", found, self.judge)
        return logits.float().masked_fill(~self.possible, float("-inf")), seen
