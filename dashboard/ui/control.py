"""Controls as data: what each may hold, its default, and how a text of an address says its value.

A control is declared once, with a short language-neutral parameter name. Unknown or out-of-range values count
as the default.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Choice:
    """One of some slugs; ``aliases`` are pairs of what old links call a slug, and the slug."""

    param: str
    options: tuple[str, ...]
    default: str = ""
    aliases: tuple[tuple[str, str], ...] = ()

    def parse(self, text: str | None) -> str:
        slug = dict(self.aliases).get(text or "", text)
        return slug if slug in self.options else self.default

    def format(self, value: str) -> str:
        return value


def _number_in(text: str | None, low: float, high: float, clamped: bool) -> float:
    """The number that a text writes, beyond the limits the limit if ``clamped``; NaN if it writes none."""
    try:
        value = float(text or "")
    except ValueError:
        return math.nan
    return min(max(value, low), high) if clamped and not math.isnan(value) else value


@dataclass(frozen=True)
class Number:
    """A number from ``low`` to ``high`` by ``step``; whole if ``step`` is. Beyond its limits a number counts
    as absent, or as the limit if ``clamped``."""

    param: str
    low: float
    high: float
    step: float
    default: float = 0
    clamped: bool = False

    def parse(self, text: str | None) -> float:
        value = _number_in(text, self.low, self.high, self.clamped)
        if not self.low <= value <= self.high:  # NaN fails too
            return self.default
        value = self.low + round((value - self.low) / self.step) * self.step
        return round(value) if isinstance(self.step, int) else round(value, 6)

    def format(self, value: float) -> str:
        return f"{value:.6g}"


@dataclass(frozen=True)
class Level:
    """One of some rising numbers, such as learning rates on a logarithmic scale. Any other counts as absent,
    or beyond the limits as the limit if ``clamped``."""

    param: str
    options: tuple[float, ...]
    default: float = 0
    clamped: bool = False

    def parse(self, text: str | None) -> float:
        value = _number_in(text, self.options[0], self.options[-1], self.clamped)
        return next((option for option in self.options if option == value), self.default)

    def format(self, value: float) -> str:
        return f"{value:g}"


@dataclass(frozen=True)
class Encoded:
    """A value with a text form of its own; ``decode`` raises ``ValueError`` on what it cannot read."""

    param: str
    decode: Callable[[str], Any]
    encode: Callable[[Any], str]
    default: Any = None

    def parse(self, text: str | None) -> Any:
        if not text:
            return self.default
        try:
            return self.decode(text)
        except ValueError:
            return self.default

    def format(self, value: Any) -> str:
        return self.encode(value)


Control = Choice | Number | Level | Encoded


def of_settings(defaults: Any, controls: Mapping[str, Control], clamped: bool = False) -> dict[str, Any]:
    """Controls by the field that each sets, their defaults those of the settings.

    Args:
        defaults: an instance of the settings: the one place where a default is written.
        clamped: whether numbers beyond their limits in a link count as the limit; else they count as absent.

    Raises:
        ValueError: a default is none of the values that its control offers.
    """
    made: dict[str, Any] = {
        field: replace(control, default=getattr(defaults, field)) for field, control in controls.items()
    }
    for field, control in made.items():
        if isinstance(control, Number):
            offered = control.low <= control.default <= control.high
        else:
            offered = isinstance(control, Encoded) or control.default in control.options
        if not offered:
            raise ValueError(f"{field} = {control.default!r} is none of what its control offers")
    if clamped:
        numbers = {f: c for f, c in made.items() if isinstance(c, Number | Level)}
        made |= {field: replace(control, clamped=True) for field, control in numbers.items()}
    return made
