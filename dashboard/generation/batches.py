"""One screenful of images: several requests drawn with the same settings, as one film."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.images import DatasetName
from dashboard.generation.attributes import ATTRIBUTES
from dashboard.generation.measures import read
from dashboard.generation.sampling import Request, Sampler, Settings, Trajectory, sample, sketch


@dataclass(frozen=True)
class Batch:
    """What to draw and how.

    Attributes:
        parts: requests and how many images of each, in order.
        drawn: pixels (28, 28) float32 of a sketch to start from, as bytes; empty to start from noise.
        strength: how much noise the sketch gets, 0 to 1.
        asked: whether somebody asked for this; else it stands in for a request that was not understood.
    """

    parts: tuple[tuple[Request, int], ...]
    steps: int = 8
    sampler: Sampler = "heun"
    guidance: float = 1.5
    seed: int = 0
    drawn: bytes = b""
    strength: float = 0.0
    asked: bool = True

    @property
    def count(self) -> int:
        return sum(count for _, count in self.parts)

    def settings(self, count: int) -> Settings:
        """The settings of `count` images."""
        return Settings(count, self.steps, self.sampler, self.guidance, self.seed)


@dataclass(frozen=True, eq=False)
class Generated:
    """What became of a batch: n images, all requests side by side.

    Attributes:
        films: one for each part.
        times: (steps + 1,), 0 for noise.
        frames: (steps + 1, n, 28, 28); predicted: as many, its last frame that of `frames`.
        requests: of each image; read, sure: (n,) the class that the classifier reads, and how sure it is.
    """

    films: tuple[Trajectory, ...]
    times: NDArray[np.float32]
    frames: NDArray[np.float32]
    predicted: NDArray[np.float32]
    requests: tuple[Request, ...]
    read: NDArray[np.int64]
    sure: NDArray[np.float32]

    @property
    def images(self) -> NDArray[np.float32]:
        return self.frames[-1]

    @property
    def hits(self) -> int | None:
        """How many images are read as what was asked for; None if no class was."""
        asked = [(r.label, k) for r, k in zip(self.requests, self.read, strict=True) if r.label is not None]
        return sum(label == found for label, found in asked) if asked else None


def make(batch: Batch) -> Generated:
    """Draw everything. Two requests start from the same noise, image by image.

    Raises:
        ZooError: a model is missing or damaged.
    """
    films = tuple(_film(batch, request, count) for request, count in batch.parts)
    readings = [read(film.request.dataset, film.images) for film in films]
    frames = np.concatenate([film.frames for film in films], axis=1)
    predicted = np.concatenate([film.predicted for film in films], axis=1)
    return Generated(
        films,
        films[0].times,
        frames,
        np.concatenate([predicted, frames[-1:]]),
        tuple(request for request, count in batch.parts for _ in range(count)),
        np.concatenate([reading.labels for reading in readings]),
        np.concatenate([reading.probabilities.max(axis=1) for reading in readings]),
    )


def code(batch: Batch) -> str:
    """Python that draws the same images, part after part."""
    lines = ["from dashboard.generation import generate", ""]
    for request, count in batch.parts:
        asked: dict[str, float | None] = {"label": request.label, "count": count}
        asked |= {
            name: value
            for name, value in zip(ATTRIBUTES, request.attributes, strict=True)
            if value is not None
        }
        how = {"steps": batch.steps, "sampler": batch.sampler, "guidance": batch.guidance, "seed": batch.seed}
        arguments = ", ".join(f"{name}={value!r}" for name, value in {**asked, **how}.items())
        lines.append(f"images = generate({request.dataset!r}, {arguments})  # ({count}, 28, 28), 0 to 1")
    return "\n".join(lines)


def dataset_of(batch: Batch) -> DatasetName:
    """The data set of the first request."""
    return batch.parts[0][0].dataset


def _film(batch: Batch, request: Request, count: int) -> Trajectory:
    settings = batch.settings(count)
    if not batch.drawn:
        return sample(request, settings)
    drawn = np.frombuffer(batch.drawn, np.float32).reshape(28, 28).copy()  # torch wants it writable
    return sketch(drawn, batch.strength, request, settings)
