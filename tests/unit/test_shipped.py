"""Whatever ships is missed in one way: the error names the file and the recipe that makes it."""

import pytest

from dashboard.datasets import images, maps, shipped
from dashboard.datasets.shipped import DatasetError
from dashboard.generation import baselines, measures, nearest
from dashboard.home import drawn
from dashboard.latent.coders import coder
from dashboard.latent.reconstruction_errors import known_errors
from dashboard.message import frames
from dashboard.network import luck

READ = {
    "digits.npz": ("digits-sample", images.sample, "digits"),
    "digits-maps.npz": ("digits-maps", maps.load, "digits"),
    "digits-errors.npz": ("digits-errors", known_errors, coder("digits", 2)),
    "digits-classes.npz": ("digits-classes", baselines.classes, "digits"),
    "digits-curves.json": ("digits-curves", measures.curves, "digits"),
    "digits-memory.npz": ("digits-memory", nearest.memory, "digits"),
    "home-digit.npz": ("films", drawn.digit),
    "home-told.json": ("films", drawn.told, "fr"),
    "luck.npz": ("luck", luck.example),
    "message-rocket.zip": ("frames", frames.example, "rocket", 100),
}


@pytest.mark.parametrize("content", [None, b"PK\x03\x04 not an archive", b"nothing"], ids=str)
@pytest.mark.parametrize("file", READ)
def test_a_missing_or_damaged_file_names_its_recipe(file, content, tmp_path, monkeypatch):
    recipe, read, *asked = READ[file]
    monkeypatch.setattr(shipped, "SAMPLES", tmp_path)
    if content is not None:
        (tmp_path / file).write_bytes(content)
    with pytest.raises(DatasetError, match=rf"dashboard\.recipes {recipe}$"):
        getattr(read, "__wrapped__", read)(*asked)


def test_no_file_that_ships_is_read_past_it():
    """`data/` holds all arrays of the app, and no module opens one by itself."""
    package = shipped.SAMPLES.parents[1]
    assert {path.parent for kind in ("npz", "zip") for path in package.rglob(f"*.{kind}")} == {
        shipped.SAMPLES
    }
    reading = {path.name for path in package.rglob("*.py") if "np.load(" in path.read_text("utf-8")}
    assert reading == {"shipped.py"}
