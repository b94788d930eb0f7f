"""From noise to images: the flow's equation solved step by step, on a visitor's request.

Points move from a normal cloud (time 0) to codes of images (time 1) along the velocity that `Flow` has
learnt; an autoencoder's decoder shows them as images at every step.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dashboard import zoo
from dashboard.datasets.images import DatasetName
from dashboard.models.autoencoder import Autoencoder
from dashboard.models.flow import Flow

Sampler = Literal["euler", "heun"]
SAMPLERS: tuple[Sampler, ...] = ("euler", "heun")
MOST_IMAGES, MOST_STEPS = 10_000, 200
Field = Callable[[Tensor, float], Tensor]


class Decoder(Protocol):
    """Whatever turns codes into images."""

    def decode(self, codes: Tensor) -> Tensor: ...


@dataclass(frozen=True)
class Request:
    """What the images should be; None leaves it to chance.

    Attributes:
        label: class, 0..9 in the order of `datasets.images.SOURCES[dataset].classes`.
        slant, thickness, size, brightness: in standard deviations from the mean of the training images of the
            same class, as `attributes.measure` measures them; beyond -3..3 there was nothing to learn from.
    """

    dataset: DatasetName
    label: int | None = None
    slant: float | None = None
    thickness: float | None = None
    size: float | None = None
    brightness: float | None = None

    def __post_init__(self) -> None:
        if self.dataset not in ("digits", "fashion"):
            raise ValueError(f"no data set {self.dataset!r}; there are: digits, fashion")
        if self.label is not None and self.label not in range(10):
            raise ValueError(f"the class is 0 to 9 or None, not {self.label!r}")

    @property
    def attributes(self) -> tuple[float | None, ...]:
        """In the order of `attributes.ATTRIBUTES`."""
        return (self.slant, self.thickness, self.size, self.brightness)


@dataclass(frozen=True)
class Settings:
    """How the images are made.

    Attributes:
        sampler: "euler" asks the network once a step; "heun" twice, and is exact to second order.
        guidance: 0 ignores the request, 1 follows it as learnt, more overdoes it.
        seed: fixes the noise; image i of a seed starts from the same noise whatever `count` is.
    """

    count: int = 10
    steps: int = 8
    sampler: Sampler = "heun"
    guidance: float = 1.5
    seed: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.count <= MOST_IMAGES:
            raise ValueError(f"count is 1 to {MOST_IMAGES}, not {self.count}")
        if not 1 <= self.steps <= MOST_STEPS:
            raise ValueError(f"steps is 1 to {MOST_STEPS}, not {self.steps}")
        if self.sampler not in SAMPLERS:
            raise ValueError(f"no sampler {self.sampler!r}; there are: {', '.join(SAMPLERS)}")


@dataclass(frozen=True, eq=False)
class Trajectory:
    """n images on their way from noise; pixels are float32 in [0, 1], 1 for ink or cloth.

    Attributes:
        times: (steps + 1,) from where it started (0: pure noise) to 1.
        codes: (steps + 1, n, d) float32, codes of the autoencoder `space`, on the latent map's scale.
        frames: (steps + 1, n, 28, 28), `codes` decoded.
        predicted: (steps, n, 28, 28), the final image that the model expected at the start of each step.
        images: (n, 28, 28), the last frames.
        space: name of the autoencoder.
    """

    request: Request
    settings: Settings
    times: NDArray[np.float32]
    codes: NDArray[np.float32]
    frames: NDArray[np.float32]
    predicted: NDArray[np.float32]
    images: NDArray[np.float32]
    space: str


def sample(request: Request, settings: Settings | None = None) -> Trajectory:
    """Images made from noise, with everything seen on the way.

    Raises:
        ZooError: the model is missing or damaged.
    """
    settings = settings or Settings()
    flow, _ = models(request.dataset)
    return _film(request, settings, noise(settings, flow.latent), 0.0)


def sketch(
    image: NDArray[np.floating], strength: float, request: Request, settings: Settings | None = None
) -> Trajectory:
    """Images that start from a sketch in place of pure noise (Meng et al., 2022, arXiv:2108.01073).

    Args:
        image: (28, 28) in [0, 1], white on black, placed as the data set's images are.
        strength: 0 keeps the sketch as the autoencoder sees it, 1 starts from noise alone. The film covers
            the rest of the way, from time 1 - strength, in `settings.steps` steps.

    Raises:
        ValueError: the image has another shape, or the strength is not within [0, 1].
        ZooError: the model is missing or damaged.
    """
    settings = settings or Settings()
    if np.shape(image) != (28, 28):
        raise ValueError(f"a sketch is (28, 28), not {np.shape(image)}")
    if not 0 <= strength <= 1:
        raise ValueError(f"strength is 0 to 1, not {strength}")
    flow, autoencoder = models(request.dataset)
    with zoo.inference():
        pixels = torch.as_tensor(np.asarray(image, np.float32)).clamp(0, 1)
        target = flow.whiten(autoencoder.encode(pixels[None, None]))
        start = torch.lerp(target, noise(settings, flow.latent), strength)
    return _film(request, settings, start, 1.0 - strength)


def between(
    first: Request, second: Request, shares: NDArray[np.floating], settings: Settings
) -> NDArray[np.float32]:
    """Images between two requests on one data set, from the same noise: (shares, count, 28, 28).

    A share of 0 gives the images of `first`, of 1 those of `second`; in between, the two velocities are mixed
    at every moment.

    Raises:
        ValueError: the requests are on different data sets.
        ZooError: the model is missing or damaged.
    """
    if first.dataset != second.dataset:
        raise ValueError("both requests must be on the same data set")
    flow, autoencoder = models(first.dataset)
    start = noise(settings, flow.latent).repeat(len(shares), 1)
    ahead = torch.as_tensor(np.asarray(shares, np.float32)).repeat_interleave(settings.count)[:, None]
    one, two = (
        guided(flow, *conditions(flow, request, len(start)), settings.guidance) for request in (first, second)
    )
    ends = follow(
        flow,
        autoencoder,
        start,
        lambda x, time: torch.lerp(one(x, time), two(x, time), ahead),
        settings.steps,
        settings.sampler,
    )
    return ends.reshape(len(shares), settings.count, 28, 28)


def morph(
    first: int, second: int, shares: NDArray[np.floating], request: Request, settings: Settings
) -> NDArray[np.float32]:
    """Images (shares, 28, 28) between samples number `first` and `second` of one request.

    Their noises are mixed on a great circle (Shoemake, 1985), so that every mixture is as likely a noise as
    its ends, and each is followed to its image.

    Raises:
        ZooError: the model is missing or damaged.
    """
    flow, autoencoder = models(request.dataset)
    ends = noise(settings, flow.latent)
    start = great_circle(ends[first], ends[second], torch.as_tensor(np.asarray(shares, np.float32)))
    field = guided(flow, *conditions(flow, request, len(start)), settings.guidance)
    return follow(flow, autoencoder, start, field, settings.steps, settings.sampler)


def generate(
    dataset: DatasetName,
    label: int | None = None,
    count: int = 10,
    steps: int = 8,
    guidance: float = 1.5,
    seed: int = 0,
    sampler: Sampler = "heun",
    **attributes: float | None,
) -> NDArray[np.float32]:
    """Images (count, 28, 28) in [0, 1], 1 for ink or cloth.

    Args:
        attributes: slant, thickness, size, brightness and the others as in `Request` and `Settings`.

    Raises:
        ZooError: the model is missing or damaged.
    """
    return images(Request(dataset, label, **attributes), Settings(count, steps, sampler, guidance, seed))


def images(request: Request, settings: Settings) -> NDArray[np.float32]:
    """What `sample` ends with, `Trajectory.images`, without the film, which takes most of the time.

    Raises:
        ZooError: the model is missing or damaged.
    """
    flow, autoencoder = models(request.dataset)
    field = guided(flow, *conditions(flow, request, settings.count), settings.guidance)
    start = noise(settings, flow.latent)
    return follow(flow, autoencoder, start, field, settings.steps, settings.sampler)


def models(dataset: DatasetName) -> tuple[Flow, Autoencoder]:
    """The flow of a data set and the autoencoder whose codes it makes.

    Raises:
        ZooError: one of them is missing or damaged.
    """
    name = f"{dataset}-flow"
    try:
        flow = zoo.load(name)
    except ValueError as error:
        raise zoo.ZooError(str(error)) from error
    assert isinstance(flow, Flow)
    autoencoder = zoo.load(flow.space)
    assert isinstance(autoencoder, Autoencoder)
    return flow, autoencoder


def noise(settings: Settings, latent: int) -> Tensor:
    """Where the samples start: (count, latent) standard normal numbers of the seed."""
    drawn = np.random.default_rng(settings.seed).standard_normal((settings.count, latent), np.float32)
    return torch.from_numpy(drawn)


def great_circle(first: Tensor, second: Tensor, shares: Tensor) -> Tensor:
    """Points (n, d) from `first` (d,) at share 0 to `second` (d,) at share 1, turning at an even pace."""
    cosine = torch.dot(first, second) / (first.norm() * second.norm())
    angle = torch.arccos(cosine.clamp(-1 + 1e-6, 1 - 1e-6))
    ahead = shares[:, None]
    return (torch.sin((1 - ahead) * angle) * first + torch.sin(ahead * angle) * second) / torch.sin(angle)


def conditions(flow: Flow, request: Request, count: int) -> tuple[Tensor, Tensor]:
    """A request as the network takes it: labels (count,) and attributes (count, attributes)."""
    label = flow.classes if request.label is None else request.label
    asked = torch.tensor([float("nan") if value is None else value for value in request.attributes])
    return torch.full((count,), label), asked.to(torch.float32).expand(count, -1)


def guided(flow: Flow, labels: Tensor, attributes: Tensor, guidance: float) -> Field:
    """The velocity of n points under their conditions: the open one, and `guidance` times what they change.

    Args: as of `Flow.forward`.
    """
    anything = torch.full_like(labels, flow.classes), torch.full_like(attributes, float("nan"))
    nothing_asked = bool((labels == flow.classes).all() and attributes.isnan().all())

    def velocity(points: Tensor, time: float, labels: Tensor, attributes: Tensor) -> Tensor:
        return flow(points, torch.full((len(points),), time), labels, attributes)

    def field(points: Tensor, time: float) -> Tensor:
        if guidance == 0 or nothing_asked:
            return velocity(points, time, *anything)
        if guidance == 1:
            return velocity(points, time, labels, attributes)
        # One pass for both: a small batch costs hardly more than half of one twice its size.
        both = torch.cat([anything[0], labels]), torch.cat([anything[1], attributes])
        nothing, asked = velocity(points.repeat(2, 1), time, *both).chunk(2)
        return torch.lerp(nothing, asked, guidance)

    return field


def follow(
    flow: Flow, autoencoder: Autoencoder, start: Tensor, field: Field, steps: int, sampler: Sampler
) -> NDArray[np.float32]:
    """The images (n, 28, 28) at the end of the way from noise (n, latent)."""
    with zoo.inference():
        states, _ = integrate(field, start, np.linspace(0.0, 1.0, steps + 1), sampler)
        return decode(autoencoder, flow.unwhiten(states[-1]))


def integrate(
    field: Field, start: Tensor, times: NDArray[np.floating], sampler: Sampler
) -> tuple[Tensor, Tensor]:
    """Solve dx/dt = field(x, t) from `start` at times[0] to times[-1].

    Returns: the states (steps + 1, *start.shape), and where each step would end at time 1 if the velocity at
    its beginning held, (steps, *start.shape). Euler's error falls with the step, that of Heun (1900) with
    its square.
    """
    x, states, predicted = start, [start], []
    for now, then in zip(times[:-1].tolist(), times[1:].tolist(), strict=True):
        velocity = field(x, now)
        predicted.append(x + (1.0 - now) * velocity)
        ahead = x + (then - now) * velocity
        x = ahead if sampler == "euler" else x + (then - now) / 2 * (velocity + field(ahead, then))
        states.append(x)
    return torch.stack(states), torch.stack(predicted)


def decode(decoder: Decoder, codes: Tensor) -> NDArray[np.float32]:
    """Codes (..., d) as images (..., 28, 28) in [0, 1]."""
    flat = codes.reshape(-1, codes.shape[-1])
    parts = [decoder.decode(flat[i : i + 500]) for i in range(0, len(flat), 500)]
    return torch.cat(parts).reshape(*codes.shape[:-1], 28, 28).numpy()


def _film(request: Request, settings: Settings, start: Tensor, time: float) -> Trajectory:
    flow, autoencoder = models(request.dataset)
    times = np.linspace(time, 1.0, settings.steps + 1)
    with zoo.inference():
        field = guided(flow, *conditions(flow, request, len(start)), settings.guidance)
        states, predicted = integrate(field, start, times, settings.sampler)
        codes = flow.unwhiten(states)
        frames = decode(autoencoder, codes)
        expected = decode(autoencoder, flow.unwhiten(predicted))
    return Trajectory(
        request, settings, times.astype(np.float32), codes.numpy(), frames, expected, frames[-1], flow.space
    )
