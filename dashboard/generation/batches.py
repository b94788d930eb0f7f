"""One screenful of images: several requests drawn with the same settings, as one film."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dashboard.classifiers import by_weights
from dashboard.datasets.images import DatasetName
from dashboard.generation.attributes import ATTRIBUTES
from dashboard.generation.sampling import Request, Sampler, Settings, Trajectory, sample, sketch
from dashboard.verdict import Answer


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
        requests, answers: of each image, what was asked and what the classifier answers.
    """

    films: tuple[Trajectory, ...]
    times: NDArray[np.float32]
    frames: NDArray[np.float32]
    predicted: NDArray[np.float32]
    requests: tuple[Request, ...]
    answers: tuple[Answer, ...]

    @property
    def images(self) -> NDArray[np.float32]:
        return self.frames[-1]

    @property
    def hits(self) -> int | None:
        """How many images are read as what was asked for, none that the classifier finds strange; None if no
        class was asked for."""
        pairs = zip(self.requests, self.answers, strict=True)
        asked = [(r.label, answer) for r, answer in pairs if r.label is not None]
        read = [a.verdict != "strange" and int(a.ranking[0]) == label for label, a in asked]
        return sum(read) if asked else None


def make(batch: Batch) -> Generated:
    """Draw everything. Two requests start from the same noise, image by image.

    Raises:
        ZooError: a model is missing or damaged.
    """
    films = tuple(_film(batch, request, count) for request, count in batch.parts)
    frames = np.concatenate([film.frames for film in films], axis=1)
    predicted = np.concatenate([film.predicted for film in films], axis=1)
    return Generated(
        films,
        films[0].times,
        frames,
        np.concatenate([predicted, frames[-1:]]),
        tuple(request for request, count in batch.parts for _ in range(count)),
        tuple(answer for film in films for answer in _answers(film)),
    )


def _answers(film: Trajectory) -> list[Answer]:
    model = by_weights(f"{film.request.dataset}-cnn")
    return [model.answered(scores) for scores in model.scores(film.images[:, None])]


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
