"""Walks between codes, sums of codes, a number's weight, the plane: against closed forms and brute force."""

from itertools import pairwise

import numpy as np
import pytest

from dashboard import zoo
from dashboard.datasets.images import sample
from dashboard.latent import planes, portable
from dashboard.latent.coders import coder
from dashboard.latent.views.walk.dials import edits
from dashboard.latent.walks import analogy, angle, importance, path, pixels, sample_codes
from dashboard.ui.plane import started

RANDOM = np.random.default_rng(3)
WAYS = ("line", "arc")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("size", [1, 2, 16])
def test_a_path_hits_both_ends(way, size):
    a, b, centre = RANDOM.normal(size=(3, size))
    codes = path(a, b, 11, way, centre)
    assert codes.shape == (11, size)
    np.testing.assert_array_equal(codes[[0, -1]], [a, b])


def test_a_line_is_straight_and_even():
    a, b = RANDOM.normal(size=(2, 8))
    np.testing.assert_allclose(np.diff(path(a, b, 9, "line"), axis=0), np.tile((b - a) / 8, (8, 1)))


def test_an_arc_keeps_the_distance_and_turns_evenly():
    centre = RANDOM.normal(size=8)
    a, b = RANDOM.normal(size=(2, 8))
    a, b = (centre + 2.5 * v / np.linalg.norm(v) for v in (a, b))
    codes = path(a, b, 9, "arc", centre)
    np.testing.assert_allclose(np.linalg.norm(codes - centre, axis=1), 2.5)
    turns = [angle(p, q, centre) for p, q in pairwise(codes)]
    np.testing.assert_allclose(turns, angle(a, b, centre) / 8)
    # The line between the same ends does not: it passes nearer to the centre.
    assert np.linalg.norm(path(a, b, 9, "line", centre)[4] - centre) < 2.4


def test_an_arc_between_quarter_turns_is_a_circle():
    codes = path(np.array([1.0, 0.0]), np.array([0.0, 1.0]), 5, "arc")
    turn = np.linspace(0, np.pi / 2, 5)
    np.testing.assert_allclose(codes, np.stack([np.cos(turn), np.sin(turn)], axis=1), atol=1e-12)


@pytest.mark.parametrize("b", [[2.0, 0.0], [-1.0, 0.0], [0.0, 0.0], [1.0, 0.0]])
def test_an_arc_without_direction_is_the_line(b):
    a = np.array([1.0, 0.0])
    np.testing.assert_allclose(path(a, np.array(b), 7, "arc"), path(a, np.array(b), 7, "line"))


@pytest.mark.parametrize(
    ("a", "b", "degrees"), [([1, 0], [0, 2], 90), ([1, 1], [2, 2], 0), ([1, 0], [-3, 0], 180)]
)
def test_angle(a, b, degrees):
    assert angle(np.array(a, float), np.array(b, float)) == pytest.approx(degrees, abs=1e-5)


def test_the_sum_of_codes():
    by = coder("digits", 8)
    a, b, c = pixels("digits")[:3].astype(float)
    found = analogy(by, a, b, c)
    codes = by.encode([a, b, c])
    np.testing.assert_allclose(found.code, codes[0] - codes[1] + codes[2], atol=1e-4)
    np.testing.assert_allclose(found.image, by.decode(found.code[None])[0])
    distances = np.linalg.norm(by.encode(pixels("digits")) - found.code, axis=1)
    assert distances[3:].min() == pytest.approx(found.distance, abs=1e-4)
    assert found.nearest == 3 + distances[3:].argmin()
    # What B takes away is given back if C is B: A itself, which is not its own neighbour.
    same = analogy(by, a, b, b)
    np.testing.assert_allclose(same.code, codes[0], atol=1e-4)
    assert same.nearest not in (0, 1)


def test_usual_distance_is_to_the_nearest_other():
    by = coder("digits", 2, "vae")
    codes = sample_codes(by).codes
    nearest = [np.delete(np.linalg.norm(codes - code, axis=1), k).min() for k, code in enumerate(codes)]
    images = pixels("digits")
    assert analogy(by, images[0], images[1], images[2]).usual == pytest.approx(np.median(nearest), rel=1e-3)


def test_importance_against_brute_force():
    by = coder("fashion", 4)
    images, found = pixels("fashion")[:100], importance(by)
    codes, mean = by.encode(images), by.encode(pixels("fashion")).mean(0)
    for number in range(4):
        without = codes.copy()
        without[:, number] = mean[number]
        error = np.mean((by.decode(without) - images) ** 2)
        assert found.added[number] == pytest.approx(error - found.whole, abs=1e-5)
    assert found.whole == pytest.approx(np.mean((by.decode(codes) - images) ** 2), abs=1e-6)
    assert (np.diff(found.added[found.order]) <= 0).all()


def test_importance_of_principal_components():
    """Without a principal component an image loses the square of its coordinate, but for what the cut of
    pixels at 0 and 1 changes."""
    by = coder("digits", 8, "pca")
    squares = np.square(by.encode(pixels("digits")[:100])).mean(0)
    np.testing.assert_allclose(784 * importance(by).added, squares, rtol=0.1)


@pytest.fixture(scope="module")
def plane():
    return planes.plane(coder("digits", 2, "vae"))


def test_the_plane_is_decoded_cell_by_cell(plane):
    by, side = coder("digits", 2, "vae"), planes.SIDE
    for row, column in ((0, 0), (0, side - 1), (7, 12), (side - 1, 3)):
        share = np.array([(column + 0.5) / side, 1 - (row + 0.5) / side])
        image = by.decode((plane.low + share * (plane.high - plane.low))[None])[0]
        assert np.abs(plane.images[row * side + column] - 255 * image).max() <= 0.51


def test_the_plane_counts_known_images(plane):
    inside = ((plane.codes > plane.low) & (plane.codes < plane.high)).all(axis=1)
    assert plane.counts.sum() == inside.sum() > 1950
    side = planes.SIDE
    width = (plane.high - plane.low) / side
    corner = plane.low + width * [4, 9]  # fifth column, tenth line from below
    here = ((plane.codes >= corner) & (plane.codes < corner + width)).all(axis=1)
    assert plane.counts[(side - 1 - 9) * side + 4] == here.sum()


def test_sure_cells_are_those_read_with_confidence(plane):
    sure = planes.sure(coder("digits", 2, "vae"))
    cells = [0, 137, 399]
    read = planes.confidence("digits", plane.images[cells] / 255)
    np.testing.assert_array_equal(sure[cells], read >= planes.SURE)
    assert sure.shape == plane.counts.shape and 0.5 < sure.mean() < 1


def test_a_plane_needs_two_numbers():
    with pytest.raises(ValueError, match="2 numbers, not 8"):
        planes.plane(coder("digits", 8))


def test_drawn_codes_follow_their_law():
    vae = coder("digits", 16, "vae")
    images = planes.drawn(vae, 3, seed=5)
    assert images.shape == (3, 28, 28) and images.min() >= 0 and images.max() <= 1
    np.testing.assert_array_equal(images, planes.drawn(vae, 3, seed=5))
    normal = np.random.default_rng(5).normal(size=(3, 16))
    np.testing.assert_allclose(images, vae.decode(normal))
    # A plain autoencoder's codes: as spread as the known ones, so that its images have as much ink.
    ink = planes.drawn(coder("digits", 16), 300, seed=1).mean()
    assert ink == pytest.approx(pixels("digits").mean(), rel=0.15)


def test_confidence_is_the_greatest_probability():
    sure = planes.confidence("digits", pixels("digits")[:300])
    assert sure.shape == (300,) and ((sure > 0) & (sure <= 1)).all() and np.median(sure) > 0.9
    assert planes.confidence("digits", np.zeros((1, 28, 28)))[0] < 0.9


def test_the_program_counts_every_weight():
    """Folding leaves a weight and a bias where there were more: never fewer numbers than multiplications."""
    made = portable.program(coder("digits", 2, "vae"))
    assert [step["op"] for step in made.steps] == ["dense", "silu"] * 3 + ["dense", "sigmoid"]
    sizes = [(step["inputs"], step["outputs"]) for step in made.steps if "w" in step]
    assert sizes == [(2, 256), (256, 256), (256, 512), (512, 784)]
    assert len(made.weights) == 2 * sum(outputs * (inputs + 1) for inputs, outputs in sizes)


def test_a_classifier_has_no_decoder_to_take_along():
    class Odd:
        dataset, size, module = "digits", 2, zoo.load("digits-cnn")

    with pytest.raises(TypeError, match="ConvNet has no decoder"):
        portable.program(Odd())


def test_the_sample_is_known_whole():
    seen = sample_codes(coder("digits", 4))
    assert seen.codes.shape == (len(sample("digits")), 4)
    np.testing.assert_allclose(seen.mean, seen.codes.mean(0))
    assert ((seen.codes < seen.low).mean(0) < 0.011).all() and (seen.low < seen.high).all()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("1.5_-2", [1.5, -2.0]),
        (None, None),
        ("1_2_3", None),
        ("nan_1", None),
        ("1e999_0", None),
        ("a_b", None),
    ],
)
def test_the_place_that_a_link_opens(text, place):
    assert started(text) == place


@pytest.mark.parametrize(
    ("text", "found"),
    [("3_1.5~1_-2", [(2, 1.5), (0, -2.0)]), (None, []), ("0_1~x_1~2_inf~2_0", [(1, 0.0)])],
)
def test_the_changes_that_a_link_opens(text, found):
    assert edits(text, 4) == found
