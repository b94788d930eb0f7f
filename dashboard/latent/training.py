"""A small autoencoder trained while the visitor watches, on the images that ship with the page."""

import threading
import time
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from torch import nn

from dashboard import zoo
from dashboard.datasets.images import SAMPLE_PER_CLASS, DatasetName, sample
from dashboard.latent.coders import Coder
from dashboard.latent.walks import pixels
from dashboard.models.dense import Activation, DenseAutoencoder

HELD_OUT = 300
"""Sample images kept for the test curve."""
TRAINED_ON = 10 * SAMPLE_PER_CLASS - HELD_OUT
"""The others: what there is to learn from."""
SHOWN = 8
"""Held-out images whose reconstructions are filmed."""
MOMENTS = 50
"""Pictures of the film after the first, evenly spaced."""
LONGEST = 25.0
"""Seconds after which a training ends wherever it is."""
_BATCH = 50
_RATE = 2e-3


@dataclass(frozen=True)
class Settings:
    """What decides a training, but for the speed of the machine: see `LONGEST`.

    Attributes:
        dataset: whose images to learn.
        widths: neurons of the encoder's hidden layers, mirrored by the decoder.
        size: numbers in the code.
        activation: after each hidden layer; "linear" for none.
        epochs: passes over the 1,700 images.
        seed: of the first weights and of the order of the images.
    """

    dataset: DatasetName = "digits"
    widths: tuple[int, ...] = (256, 64)
    size: int = 8
    activation: Activation = "relu"
    epochs: int = 60
    seed: int = 0


class Training:
    """A training that advances a little at a time, so that whoever watches can stop it, also from
    another thread.

    Attributes:
        epochs: (k,) the moments of the film so far, in epochs; the first is 0.
        losses: (k, 2) mean squared error per pixel at those moments, on as many training images as there
            are held-out ones, then on these.
        frames: (k, SHOWN, 28, 28) uint8, the filmed images as rebuilt then.
        seconds: how long it has computed.
        stopped: whether it has ended: by itself, by `stop`, or because its time was up.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.seconds = 0.0
        self.stopped = False
        self._turn = threading.RLock()
        images = torch.from_numpy(pixels(settings.dataset))[:, None]
        self._images, self._held_out = images[:-HELD_OUT], images[-HELD_OUT:]
        self._shown = self._held_out[shown(settings.dataset)]
        self._random = torch.Generator().manual_seed(settings.seed)
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(settings.seed)
            self._network = DenseAutoencoder(settings.size, settings.widths, settings.activation)
        self._network.start_from_mean(self._images.mean(0).flatten())
        self._optimiser = torch.optim.Adam(self._network.parameters(), lr=_RATE, fused=True)
        self._per_epoch = -(-len(self._images) // _BATCH)
        self._steps, self._last = 0, settings.epochs * self._per_epoch
        self._schedule = torch.optim.lr_scheduler.CosineAnnealingLR(self._optimiser, self._last)
        self._due = np.unique(np.linspace(0, self._last, MOMENTS + 1).round().astype(int))
        self._order = torch.empty(0, dtype=torch.long)
        self._coder: Coder | None = None
        self._epochs: list[float] = []
        self._losses: list[tuple[float, float]] = []
        self._frames: list[NDArray[np.uint8]] = []
        self._look()

    @property
    def epochs(self) -> NDArray[np.float64]:
        return np.array(self._epochs)

    @property
    def losses(self) -> NDArray[np.float64]:
        return np.array(self._losses)

    @property
    def parameters(self) -> int:
        """How many weights there are to learn."""
        return sum(weights.numel() for weights in self._network.parameters())

    @property
    def originals(self) -> NDArray[np.uint8]:
        """The filmed images (SHOWN, 28, 28), as they are."""
        return np.rint(255 * self._shown[:, 0].numpy()).astype(np.uint8)

    @property
    def frames(self) -> NDArray[np.uint8]:
        return np.stack(self._frames)

    @property
    def share(self) -> float:
        """How much of the training is done, from 0 to 1: of its epochs, or of its time if that ends first."""
        return 1.0 if self.stopped else max(self._steps / self._last, self.seconds / LONGEST)

    @property
    def out_of_time(self) -> bool:
        """Whether it ended because its time was up."""
        return self.seconds >= LONGEST and self._steps < self._last

    @property
    def coder(self) -> Coder | None:
        """What has been learnt, once the training has ended."""
        if self.stopped and self._coder is None:
            settings = self.settings
            self._coder = Coder.of(self._network, "own", settings.dataset, settings.size)
        return self._coder

    def advance(self, seconds: float) -> None:
        """Go on for about so long, or to the end."""
        zoo.one_thread()
        with self._turn:
            began, before = time.perf_counter(), self.seconds
            while not self.stopped and self.seconds < before + seconds:
                self._step()
                self.seconds = before + time.perf_counter() - began
                if self._steps == self._last or self.seconds >= LONGEST:
                    self.stop()

    def stop(self) -> None:
        """End here; what has been learnt is kept."""
        with self._turn:
            if not self.stopped:
                self.stopped = True
                self._optimiser.state.clear()  # twice the size of the weights, of no more use
                if self._epochs[-1] != self._steps / self._per_epoch:
                    self._look()

    def _step(self) -> None:
        if not len(self._order):
            self._order = torch.randperm(len(self._images), generator=self._random)
        rows, self._order = self._order[:_BATCH], self._order[_BATCH:]
        images = self._images[rows]
        self._optimiser.zero_grad(set_to_none=True)
        nn.functional.mse_loss(self._network(images), images).backward()
        self._optimiser.step()
        self._schedule.step()
        self._steps += 1
        if self._steps in self._due:
            self._look()

    def _look(self) -> None:
        """A picture for the film."""
        self._network.eval()
        with zoo.inference():
            losses = [
                float(nn.functional.mse_loss(self._network(images), images))
                for images in (self._images[:HELD_OUT], self._held_out)
            ]
            rebuilt = self._network(self._shown)[:, 0].numpy()
        self._network.train()
        self._epochs.append(self._steps / self._per_epoch)
        self._losses.append((losses[0], losses[1]))
        self._frames.append(np.rint(255 * rebuilt).astype(np.uint8))


def shown(dataset: DatasetName) -> NDArray[np.intp]:
    """Which held-out images are filmed: the first of each of the classes 0 to 7, as places among them."""
    labels = sample(dataset).labels[-HELD_OUT:]
    return np.array([np.flatnonzero(labels == label)[0] for label in range(SHOWN)])


@lru_cache(maxsize=128)
def pca_error(dataset: DatasetName, size: int) -> float:
    """What principal components of the same 1,700 images leave on the held-out ones: mean squared error per
    pixel, cut to [0, 1] as the network's images are."""
    images = pixels(dataset).reshape(-1, 784)
    pca = PCA(size, random_state=0).fit(images[:-HELD_OUT])
    held_out = images[-HELD_OUT:]
    rebuilt = pca.inverse_transform(pca.transform(held_out)).clip(0, 1)
    return float(np.square(rebuilt - held_out).mean())
