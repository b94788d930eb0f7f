"""Learning rules of one neuron, and what decides whether they can succeed.

A neuron with weights w1, w2 and bias b gives a point the score w1·x1 + w2·x2 + b, and the class of the
score's sign. Weights and bias are held together as (w1, w2, b), points as (x1, x2, 1). Every rule visits
the points in order, again and again, and changes the weights a little at a time.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

Array = NDArray[np.float64]

_VISITS = 100_000  # of points, in one run: bounds its time
_BLOWN_UP = 1e6  # a weight beyond this: the run diverges
_STILL = 1e-5  # weights that move less in an epoch are at rest


def _mistake(label: float, score: float) -> float:
    return label if label * score <= 0 else 0


def _logistic_error(label: float, score: float) -> float:
    target = (label + 1) / 2
    if score >= 0:
        return target - 1 / (1 + math.exp(-score))
    odds = math.exp(score)  # never overflows on this side
    return target - odds / (1 + odds)


@dataclass(frozen=True)
class Rule:
    """A learning rule: each visit of a point adds rate · step · (x1, x2, 1) to the weights.

    Attributes:
        step: from the point's label, -1 or 1, and its score to the size of the step.
        activation: what the neuron makes of a score.
        symbol: of the step, in formulas: y for the label itself, e for an error.
        answer: which weights it gives in the end: the last, their average over all visits or the best seen.
        mistakes_only: only misclassified points change the weights. Such a rule is at rest after a pass
            without a change, and Novikoff's theorem bounds its updates; others, when weights hardly move.
    """

    slug: str
    step: Callable[[float, float], float]
    activation: Literal["step", "identity", "sigmoid"]
    symbol: Literal["y", "e"]
    answer: Literal["last", "average", "best"] = "last"
    mistakes_only: bool = False


RULES = {
    rule.slug: rule
    for rule in (
        Rule("rosenblatt", _mistake, "step", "y", mistakes_only=True),  # Rosenblatt 1962
        Rule("averaged", _mistake, "step", "y", "average", mistakes_only=True),  # Freund and Schapire 1999
        Rule("pocket", _mistake, "step", "y", "best", mistakes_only=True),  # with ratchet, Gallant 1990
        Rule("adaline", lambda label, score: label - score, "identity", "e"),  # Widrow and Hoff 1960
        Rule("logistic", _logistic_error, "sigmoid", "e"),  # stochastic gradient of the cross-entropy
    )
}


@dataclass(frozen=True)
class Run:
    """One learning run, frame by frame: frame 0 is the start, frame k the state after update k.

    Attributes:
        index: (frames,) the point that caused the update; -1 for frame 0 and for a closing frame after
            which nothing changes any more.
        epoch: (frames,) completed passes over the data when the update was made.
        step: (frames,) the rule's step at each update, 0 where `index` is -1.
        weights: (frames, 3) the weights that learn.
        answer: (frames, 3) the weights that the rule would give as its result: see `Rule.answer`.
        errors: (epochs,) points misclassified by the answer after each pass.
        converged: the rule came to rest by itself.
        diverged: the weights left all bounds; the run was stopped.
    """

    index: NDArray[np.int64]
    epoch: NDArray[np.int64]
    step: Array
    weights: Array
    answer: Array
    errors: NDArray[np.int64]
    converged: bool
    diverged: bool

    @property
    def updates(self) -> int:
        """Corrections made."""
        return int((self.index >= 0).sum())


def with_bias(points: Array) -> Array:
    """(n, 2) to (n, 3): the constant input 1 that carries the bias."""
    return np.column_stack([points, np.ones(len(points))])


def misclassified(points: Array, labels: NDArray[np.int64], weights: Array) -> NDArray[np.bool_]:
    """Which points get a score of the wrong sign; a score of exactly 0 is no decision, hence wrong."""
    return labels * (with_bias(points) @ weights) <= 0


def learn(
    points: Array,
    labels: NDArray[np.int64],
    rule: str = "rosenblatt",
    rate: float = 1.0,
    initial: tuple[float, float, float] = (0.0, 0.0, 0.0),
    updates: int = 1000,
) -> Run:
    """Run a learning rule until it comes to rest or has made ``updates`` updates.

    Args:
        points: (n, 2), n at least 1.
        labels: (n,) of -1 and +1.
        rule: one of ``RULES``.
        rate: learning rate η.
        initial: w1, w2, b at the start.
        updates: most updates.

    Raises:
        ValueError: for an unknown rule or no points.
    """
    if rule not in RULES:
        raise ValueError(f"unknown rule {rule!r}: one of {', '.join(RULES)}")
    if len(points) == 0:
        raise ValueError("no points")
    how, inputs, targets = RULES[rule], points.tolist(), labels.tolist()
    current = tuple(map(float, initial))
    index, epochs, steps, weights, answer, errors = [-1], [0], [0.0], [current], [current], []
    total, visits = (0.0, 0.0, 0.0), 0  # for the average
    best, fewest = current, int(misclassified(points, labels, np.array(current)).sum())
    converged = diverged = False
    epoch = 0
    while not (converged or diverged) and len(index) <= updates and visits < _VISITS:
        before = current
        changed = False
        for i, ((x1, x2), y) in enumerate(zip(inputs, targets, strict=True)):
            step = how.step(y, current[0] * x1 + current[1] * x2 + current[2])
            visits += 1
            if step:
                by = rate * step
                current = (current[0] + by * x1, current[1] + by * x2, current[2] + by)
                changed = True
            total = (total[0] + current[0], total[1] + current[1], total[2] + current[2])
            if not step:
                continue
            shown = current
            if how.answer == "average":
                shown = (total[0] / visits, total[1] / visits, total[2] / visits)
            elif how.answer == "best":
                count = int(misclassified(points, labels, np.array(current)).sum())
                if count < fewest:
                    best, fewest = current, count
                shown = best
            index.append(i)
            epochs.append(epoch)
            steps.append(step)
            weights.append(current)
            answer.append(shown)
            diverged = max(map(abs, current)) > _BLOWN_UP
            if diverged or len(index) > updates:
                break
        epoch += 1
        averaged = (total[0] / visits, total[1] / visits, total[2] / visits)
        shown = averaged if how.answer == "average" else answer[-1]
        errors.append(int(misclassified(points, labels, np.array(shown)).sum()))
        if how.mistakes_only:
            converged = not changed
        elif not diverged:
            converged = max(abs(a - b) for a, b in zip(current, before, strict=True)) < _STILL
    if converged:  # the last pass changed nothing; its average still counts
        index.append(-1)
        epochs.append(epoch)
        steps.append(0.0)
        weights.append(current)
        answer.append(shown)
    return Run(
        np.array(index),
        np.array(epochs),
        np.array(steps),
        np.array(weights),
        np.array(answer),
        np.array(errors),
        converged,
        diverged,
    )


@dataclass(frozen=True)
class Separability:
    """Whether a line separates the classes, with a proof either way.

    Attributes:
        separator: (3,) weights of unit length, the bias included, with the widest margin; ``None`` if
            no line separates.
        margin: γ, the least y·(w·(x1, x2, 1)) under that separator; 0 if none.
        radius: R, the greatest length of (x1, x2, 1).
        meeting: a point that lies between points of one class and between points of the other, so that
            every line leaves one of them on the wrong side; ``None`` if a line separates.
        around: indices of those points.
    """

    separator: Array | None
    margin: float
    radius: float
    meeting: Array | None = None
    around: tuple[int, ...] = ()

    def bound(self, rate: float = 1.0, initial: tuple[float, float, float] = (0.0, 0.0, 0.0)) -> float:
        """Most updates that Rosenblatt's rule can make: (R/γ)² from zero weights (Novikoff 1962).

        From other weights w0 the same two inequalities, k·η·γ + w0·u ≤ |w| and |w|² ≤ |w0|² + k·η²·R²,
        bound k by the larger root of a quadratic. Infinite without a separator.
        """
        if self.separator is None:
            return math.inf
        start = np.array(initial, dtype=float)
        ahead, length2 = float(start @ self.separator), float(start @ start)
        grow, drift = (rate * self.radius) ** 2, rate * self.margin
        half = grow / 2 - ahead * drift
        return (half + math.sqrt(max(0.0, half * half + drift**2 * (length2 - ahead**2)))) / drift**2


def separability(points: Array, labels: NDArray[np.int64]) -> Separability:
    """Decide linear separability exactly, by least-distance programming (Lawson and Hanson 1974, ch. 23).

    The shortest w with y·(w·x) ≥ 1 for all points comes from one non-negative least-squares problem,
    whose residual vanishes just when there is no such w; its solution then holds the coefficients of a
    point common to both convex hulls.
    """
    inputs = with_bias(points)
    radius = float(np.linalg.norm(inputs, axis=1).max())
    signed = inputs * labels[:, None]
    system = np.vstack([signed.T, np.ones(len(signed))])
    coefficients, distance = nnls(system, np.array([0.0, 0.0, 0.0, 1.0]), maxiter=50 * len(signed) + 100)
    residual = system @ coefficients - np.array([0.0, 0.0, 0.0, 1.0])
    if distance > 1e-7:
        shortest = -residual[:3] / residual[3]
        separator = shortest / np.linalg.norm(shortest)
        margin = float((signed @ separator).min())
        if margin > 0:
            return Separability(separator, margin, radius)
    positive = coefficients * (labels > 0)
    meeting = positive @ points / positive.sum()
    return Separability(None, 0.0, radius, meeting, tuple(np.flatnonzero(coefficients > 1e-9).tolist()))
