"""Recipe of what the view on luck opens with: the starts of one network, trained beforehand."""

from __future__ import annotations

from dashboard.datasets import plane
from dashboard.network.luck import EXHIBIT, try_luck, write_exhibit


def make() -> None:
    """Train the exhibit's starts (half a minute) and keep what became of them."""
    shown = EXHIBIT
    split = plane.make(shown.data, shown.size, shown.noise, shown.train_share, shown.data_seed)
    write_exhibit(try_luck(shown, split))
