"""Probabilities as bars, quick enough to follow a drawing."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import palette
from dashboard.ui.component import component
from dashboard.ui.language import percent


def bars(key: str, names: Sequence[str], shares: Sequence[float], alt: str) -> None:
    """One bar for each name, its height the share (0 to 1), the greatest in full colour.

    Args:
        alt: what the bars say, for who cannot see them.
    """
    component("bars", '<div class="bars" role="img"></div>')(
        key=key,
        data={
            "names": list(names),
            "shares": [float(share) for share in shares],
            "written": [
                percent(share) if share < 0.995 or share == 1 else percent(share, 1) for share in shares
            ],
            "alt": alt,
            "colour": palette.BLUE,
        },
    )
