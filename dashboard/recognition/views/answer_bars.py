"""An answer as bars, classes under their families; HTML, so that the page waits for no chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Row:
    """One bar: what it stands for, its probability (0 to 1) as a number and in writing.

    `family`: it stands for a whole family, whose classes come below it; None where there are no families.
    """

    name: str
    share: float
    written: str
    family: bool | None = None


_KINDS = {True: "family", False: "member", None: "class"}


def bars(title: str, rows: Sequence[Row]) -> str:
    """The rows from top to bottom, as a list whose bars are drawn by `frame.css`."""
    items = "".join(
        f'<li class="{_KINDS[row.family]}">{escape(row.name)} · {escape(row.written)}'
        f'<i style="width: {100 * row.share:.1f}%"></i></li>'
        for row in rows
    )
    return f'<ul class="shares" aria-label="{escape(title)}">{items}</ul>'
