"""Pictures of data sets show their points where they are and in their colours."""

import numpy as np
import pytest

from dashboard import palette
from dashboard.datasets import plane
from dashboard.datasets import points as datasets
from dashboard.network.views import controls as network
from dashboard.perceptron.views import controls as perceptron
from dashboard.ui.data_choice import dotted


def inks(picture: np.ndarray) -> set[str]:
    """The colours of what is fully covered."""
    return {"#" + bytes(ink[:3]).hex() for ink in picture[picture[..., 3] == 255]}


def test_a_point_is_drawn_at_its_place():
    picture = dotted(np.array([[-1.0, 1.0], [0.5, 0.0]]), [palette.BLUE, palette.ORANGE])
    side = len(picture)
    rows, columns = np.nonzero(picture[:, : side // 2, 3])
    assert rows.max() < 0.1 * side and columns.max() < 0.1 * side  # top left
    rows, columns = np.nonzero(picture[:, side // 2 :, 3])
    assert rows.mean() == pytest.approx(side / 2, abs=1) and columns.mean() == pytest.approx(side / 4, abs=2)
    assert inks(picture) == {palette.BLUE, palette.ORANGE}


@pytest.mark.parametrize(
    "controls, slugs", [(perceptron, datasets.SLUGS), (network, plane.SLUGS)], ids=["perceptron", "network"]
)
def test_every_data_set_of_a_page_has_a_picture_of_its_own(controls, slugs):
    pictures = controls._pictures()
    assert len(pictures) == len(controls.CONTROLS["data"].options)
    assert len({picture.tobytes() for picture in pictures}) == len(pictures)
    for slug, picture in zip(slugs, pictures[:-1], strict=True):
        classes = {"classes3": 3, "classes4": 4, "classes5": 5, "spiral3": 3}.get(slug, 2)
        # Where points touch, colours mix.
        assert len(inks(picture) & set(palette.CLASSES)) == classes, slug
