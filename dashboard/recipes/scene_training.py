"""What the networks of the drawn world minimise, and from what."""

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from dashboard.datasets.scenes.facts import OPEN, SIZES_OF_ANSWERS
from dashboard.models.scene_autoencoder import SceneAutoencoder, likeness
from dashboard.models.scene_describer import SceneDescriber
from dashboard.models.scene_drawer import SceneDrawer
from dashboard.models.scene_reader import SceneReader
from dashboard.recipes.scene_learner import SceneObjective
from dashboard.recipes.scene_pool import Resident

LENGTHS = (
    15,
    31,
    63,
    199,
)  # words of a text: a batch has texts up to one of these; kernels like eights, and one place is for no word
PIECE_LENGTHS = (24, 64, 130, 260)
LEFT_OPEN = 0.1  # how often the drawer is told nothing
ASKED = 0.02  # how much what its words tell counts
LATE, EASED = 0.02, 0.06  # when it begins to learn from what is told, and how long until it does in full
FADED = 0.7  # when it learns no longer from what is seen
SHRUNK = 64  # numbers of what is seen in a cell
EARLY = 0.4  # how far the moments that it learns at lean toward noise
TELLING, SEEN = 2, 0.5  # the block whose cells tell what is seen, and how much that counts


def as_input(images: Tensor) -> Tensor:
    """Images (n, 64, 64, 3) uint8 as the networks take them, (n, 3, 64, 64) in [-1, 1]."""
    return images.permute(0, 3, 1, 2).float() / 127.5 - 1


def _chosen(count: int, batch: int, where: torch.device) -> Tensor:
    return torch.randint(count, (batch,), device=where)


def rebuilding(held: Resident) -> SceneObjective:
    """Of an autoencoder: what it gets wrong of its images."""

    def batch(size: int) -> tuple[Tensor, ...]:
        return (as_input(held["images"][_chosen(held.count, size, held.device)]),)

    def loss(model: nn.Module, images: Tensor) -> Tensor:
        return likeness(model(images).float(), images)

    return SceneObjective(batch, loss)


def seeing(held: Resident, autoencoder: SceneAutoencoder) -> SceneObjective:
    """Of the eye: wrong answers, on images half of which are decoded from codes a little off."""

    def batch(size: int) -> tuple[Tensor, ...]:
        chosen = _chosen(held.count, size, held.device)
        return as_input(held["images"][chosen]), held["rows"][chosen].long()

    def loss(model: nn.Module, images: Tensor, rows: Tensor) -> Tensor:
        with torch.no_grad():
            first, rest = images.chunk(2)
            codes = autoencoder.encode(first)
            off = 0.3 * torch.rand(len(codes), 1, 1, 1, device=codes.device) * torch.randn_like(codes)
            images = torch.cat([autoencoder.decode(codes + off).float(), rest])
        return telling(model(images), rows)

    return SceneObjective(batch, loss)


def telling(logits: Tensor, rows: Tensor) -> Tensor:
    """Cross-entropy of the answers (n, answers), summed over the questions that have one."""
    total = torch.zeros((), device=logits.device)
    for question, part in enumerate(logits.float().split(SIZES_OF_ANSWERS, dim=1)):
        total = total + F.cross_entropy(part, rows[:, question], ignore_index=OPEN, reduction="sum")
    return total / len(rows)


class Sorted:
    """Rows of numbers by their length, so that a batch is no longer than it must be."""

    def __init__(self, held: Resident, name: str, bounds: tuple[int, ...], seed: int) -> None:
        self.held, self.name, self.bounds = held, name, bounds
        self.random = np.random.default_rng(seed)
        self.known, self.groups = 0, [torch.empty(0, dtype=torch.long, device=held.device) for _ in bounds]

    def batch(self, size: int) -> tuple[Tensor, Tensor]:
        """Which rows of the flattened field, and the rows up to the longest of their group."""
        flat = self.held[self.name].flatten(0, -2)
        if len(flat) > self.known:
            lengths = (flat[self.known :] != 0).sum(-1)
            lower = -1
            for i, upper in enumerate(self.bounds):
                found = ((lengths > lower) & (lengths <= upper)).nonzero()[:, 0] + self.known
                self.groups[i], lower = torch.cat([self.groups[i], found]), upper
            self.known = len(flat)
        counts: NDArray[np.float64] = np.array([len(group) for group in self.groups], float)
        which = int(self.random.choice(len(counts), p=counts / counts.sum()))
        group = self.groups[which]
        rows = group[torch.randint(len(group), (size,), device=group.device)]
        return rows, flat[rows, : self.bounds[which]].long()


def matching(held: Resident, width: int, answers: tuple[int, ...]) -> SceneObjective:
    """Of the drawer: squared error of the velocity between a noise and a code.

    Its words also learn to tell the facts of the text, asked of them as `SceneReader` asks: which colour is
    whose is learnt sooner. And the cells of an early block learn to tell what a network that
    recognises sees in each cell of the image (Yu et al., 2024, arXiv:2410.06940), until they know.

    Args:
        held: "images" are codes, "seen" features (n, 64, `SHRUNK`) of the same images, "answers" what the
            texts tell.
        width: of the drawer; answers: how many each question has.
    """
    ordered = Sorted(held, "texts", LENGTHS, 1)
    tell = nn.Sequential(nn.Linear(width, 2 * width), nn.SiLU(), nn.Linear(2 * width, SHRUNK))
    asked = SceneReader(1, answers, width, dilations=())
    learns, sees = torch.zeros((), device=held.device), torch.zeros((), device=held.device)

    def batch(size: int) -> tuple[Tensor, ...]:
        rows, texts = ordered.batch(size)
        images = rows // held["texts"].shape[1]
        return texts, held["images"][images], held["seen"][images], held["answers"].flatten(0, 1)[rows]

    def loss(model: nn.Module, texts: Tensor, points: Tensor, seen: Tensor, said: Tensor) -> Tensor:
        assert isinstance(model, SceneDrawer)
        told = torch.rand(len(texts), 1, device=texts.device) >= LEFT_OPEN
        points, noise = points.float(), torch.randn_like(points, dtype=torch.float32)
        times = (torch.randn(len(points), device=points.device) - EARLY).sigmoid()
        share = times[:, None, None, None]
        words: list[Tensor] = []
        cells: list[Tensor] = []
        text = model.read(texts * told, words)
        velocity = model(noise + share * (points - noise), times, text, cells=cells)
        read, painted = (one * learns + one.detach() * (1 - learns) for one in (words[0], cells[TELLING]))
        alike = F.cosine_similarity(tell(painted).float(), seen.float(), dim=-1).mean()
        found, _ = asked.find(read, text[1][:, 0, 0])
        wrong = _unlike(found, said.long().masked_fill(~told, OPEN), asked.unsaid)
        return F.mse_loss(velocity.float(), points - noise) - sees * alike + ASKED * wrong

    def progress(share: float) -> None:
        learns.fill_(min(1.0, max(0.0, (share - LATE) / EASED)))  # those who teach learn first
        sees.fill_(SEEN * max(0.0, 1 - share / FADED))

    return SceneObjective(batch, loss, nn.ModuleList([tell, asked]), progress)


def _unlike(logits: Tensor, answers: Tensor, unsaid: int) -> Tensor:
    """Cross-entropy of answers (n, questions), "not said" one of them, summed over the questions."""
    wanted = torch.where(answers == OPEN, unsaid, answers)
    return F.cross_entropy(logits.flatten(0, 1), wanted.flatten()) * wanted.shape[1]


def reading(held: Resident) -> SceneObjective:
    """Of the reader: cross-entropy of the answers to every question, "not said" one of them."""
    ordered = Sorted(held, "texts", LENGTHS, 3)

    def batch(size: int) -> tuple[Tensor, ...]:
        rows, texts = ordered.batch(size)
        return texts, held["answers"].flatten(0, 1)[rows].long()

    def loss(model: nn.Module, texts: Tensor, answers: Tensor) -> Tensor:
        assert isinstance(model, SceneReader)
        logits, _ = model(texts)
        return _unlike(logits, answers, model.unsaid)

    return SceneObjective(batch, loss)


def describing(held: Resident) -> SceneObjective:
    """Of the describer: cross-entropy of each next piece, the end included."""
    ordered = Sorted(held, "told", PIECE_LENGTHS, 2)

    def batch(size: int) -> tuple[Tensor, ...]:
        rows, pieces = ordered.batch(size)
        return as_input(held["images"][rows]), pieces, held["limits"][rows, None].long()

    def loss(model: nn.Module, images: Tensor, pieces: Tensor, limits: Tensor) -> Tensor:
        assert isinstance(model, SceneDescriber)
        left = (limits - model.lengths[pieces].cumsum(1)).clamp(min=0)
        logits = model(model.look(images), pieces, left)
        wanted = F.pad(pieces[:, 1:], (0, 1)).masked_fill(pieces == 0, -100)
        return F.cross_entropy(logits.float().flatten(0, 1), wanted.flatten())

    return SceneObjective(batch, loss)


def codes(autoencoder: SceneAutoencoder) -> Callable[[Tensor], Tensor]:
    """What turns images (n, 64, 64, 3) uint8 into codes of half precision."""

    def encode(images: Tensor) -> Tensor:
        with torch.inference_mode():
            return torch.cat([autoencoder.encode(as_input(part)).half() for part in images.split(1024)])

    return encode


def features(describer: SceneDescriber) -> Callable[[Tensor], Tensor]:
    """What turns images (n, 64, 64, 3) uint8 into what a describer sees in each cell, in half precision.

    (n, 64, `SHRUNK`): projected at random, which keeps angles.
    """
    lots = torch.Generator().manual_seed(1)
    wide = torch.linalg.qr(torch.randn(describer.cell.shape[1], SHRUNK, generator=lots))[0]
    wide = wide.to(describer.cell.device)

    def see(images: Tensor) -> Tensor:
        with torch.inference_mode():
            parts = [describer.see(as_input(part)).flatten(2).transpose(1, 2) for part in images.split(1024)]
            return torch.cat([((part - part.mean((0, 1))) @ wide).half() for part in parts])

    return see
