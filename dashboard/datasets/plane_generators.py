"""The generators behind `plane`: each needs nothing but numpy, so that its source can be quoted alone."""

import numpy as np


def circle(rng: np.random.Generator, size: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """A disc of class 1 inside a ring of class 0."""
    label = np.arange(size) % 2
    radius = np.where(label == 1, rng.uniform(0.0, 2.5, size), rng.uniform(3.5, 5.0, size))
    angle = rng.uniform(0.0, 2 * np.pi, size)
    points = radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return points + rng.normal(0.0, 3.0 * noise, (size, 2)), label.astype(float)


def xor(rng: np.random.Generator, size: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Four quarters, opposite ones of the same class, with a gap along the axes."""
    points = rng.uniform(-4.7, 4.7, (size, 2))
    points += 0.3 * np.sign(points)
    label = (points[:, 0] * points[:, 1] > 0).astype(float)
    return points + rng.normal(0.0, 5.0 * noise, (size, 2)), label


def clouds(rng: np.random.Generator, size: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Two Gaussian clouds, wider with more noise."""
    label = np.arange(size) % 2
    centre = np.where(label == 1, 2.0, -2.0)[:, None]
    return centre + rng.normal(0.0, 0.7 + 4.0 * noise, (size, 2)), label.astype(float)


def spiral(rng: np.random.Generator, size: int, noise: float, arms: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Arms wound around each other, 1.75 turns each, one class per arm."""
    label = np.arange(size) % arms
    along = np.arange(size) // arms / -(-size // arms)
    angle = 1.75 * along * 2 * np.pi + 2 * np.pi * label / arms
    points = 5.0 * along[:, None] * np.stack([np.sin(angle), np.cos(angle)], axis=1)
    return points + rng.uniform(-2.0 * noise, 2.0 * noise, (size, 2)), label.astype(float)


def spiral3(rng: np.random.Generator, size: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Three arms."""
    return spiral(rng, size, noise, arms=3)


def moons(rng: np.random.Generator, size: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Two half rings, each with a tip inside the other."""
    label = np.arange(size) % 2
    angle = rng.uniform(0.0, np.pi, size)
    upper = np.stack([np.cos(angle) - 0.5, np.sin(angle) - 0.25], axis=1)
    points = 2.8 * np.where(label[:, None] == 1, -upper, upper)
    return points + rng.normal(0.0, 0.3 + 3.0 * noise, (size, 2)), label.astype(float)


def checkerboard(rng: np.random.Generator, size: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Four by four squares, the colours taking turns."""
    points = rng.uniform(-5.0, 5.0, (size, 2))
    label = np.floor(points / 2.5).sum(axis=1) % 2
    return points + rng.normal(0.0, 2.5 * noise, (size, 2)), label


def ring_of_clouds(
    rng: np.random.Generator, size: int, noise: float, classes: int
) -> tuple[np.ndarray, np.ndarray]:
    """Gaussian clouds evenly around the origin, one class each."""
    label = np.arange(size) % classes
    angle = 2 * np.pi * label / classes + np.pi / 2
    centre = 3.5 * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return centre + rng.normal(0.0, 0.7 + 3.0 * noise, (size, 2)), label.astype(float)


def classes3(rng: np.random.Generator, size: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Three clouds."""
    return ring_of_clouds(rng, size, noise, classes=3)


def classes4(rng: np.random.Generator, size: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Four clouds."""
    return ring_of_clouds(rng, size, noise, classes=4)


def classes5(rng: np.random.Generator, size: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Five clouds."""
    return ring_of_clouds(rng, size, noise, classes=5)


def plane(rng: np.random.Generator, size: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """A slope: the target rises from -1 to 1 along the diagonal."""
    points = rng.uniform(-5.0, 5.0, (size, 2))
    return points, points.sum(axis=1) / 10.0 + rng.normal(0.0, noise, size)


def hills(rng: np.random.Generator, size: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """Three Gaussian hills (+1) and three hollows (-1), taking turns."""
    points = rng.uniform(-5.0, 5.0, (size, 2))
    target = np.zeros(size)
    for number in range(6):
        top = np.array([4.0 * (number % 3) - 4.0, 2.5 if number < 3 else -2.5])
        target += (-1) ** number * np.exp(-((points - top) ** 2).sum(axis=1) / 2.0)
    return points, target + rng.normal(0.0, noise, size)


def curve(rng: np.random.Generator, size: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    """A function of x1 alone: a wave that grows; x2 is 0 for every point."""
    x1 = rng.uniform(-5.0, 5.0, size)
    target = 0.8 * np.sin(1.2 * x1) * (x1 + 7.0) / 12.0 + 0.06 * x1
    return np.stack([x1, np.zeros(size)], axis=1), target + rng.normal(0.0, noise, size)
