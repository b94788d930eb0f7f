"""The measures against formulas written another way and against scikit-image; garments as they were."""

import math

import numpy as np
import pytest
from PIL import Image, ImageDraw
from skimage import metrics

from dashboard import zoo
from dashboard.datasets.fashion import NoGarment, to_fashion
from dashboard.datasets.images import sample
from dashboard.latent import measures
from dashboard.latent.coders import SIZES, coder

RNG = np.random.default_rng(0)
ONE, TWO = RNG.uniform(size=(2, 28, 28))


def test_mse_and_psnr_are_those_of_scikit_image():
    assert measures.mse(ONE, TWO) == pytest.approx(metrics.mean_squared_error(ONE, TWO))
    expected = metrics.peak_signal_noise_ratio(ONE, TWO, data_range=1.0)
    assert measures.psnr(ONE, TWO) == pytest.approx(expected)
    assert measures.psnr(ONE, ONE) == math.inf
    assert measures.psnr(np.zeros((28, 28)), np.full((28, 28), 0.1)) == pytest.approx(20)


def slow_ssim(one: np.ndarray, two: np.ndarray) -> float:
    """The formula of Wang et al. (2004), window by window of 7 x 7, with unbiased variances."""
    c1, c2, found = 0.01**2, 0.03**2, []
    for i in range(one.shape[0] - 6):
        for j in range(one.shape[1] - 6):
            a, b = one[i : i + 7, j : j + 7].ravel(), two[i : i + 7, j : j + 7].ravel()
            (va, cov), (_, vb) = np.cov(a, b)
            likeness = (2 * a.mean() * b.mean() + c1) * (2 * cov + c2)
            found.append(likeness / ((a.mean() ** 2 + b.mean() ** 2 + c1) * (va + vb + c2)))
    return float(np.mean(found))


def test_ssim_is_that_of_the_paper():
    assert measures.ssim(ONE, ONE) == pytest.approx(1)
    near = np.clip(ONE + 0.1 * TWO, 0, 1)
    for other in (TWO, near):
        assert measures.ssim(ONE, other) == pytest.approx(slow_ssim(ONE, other), abs=1e-6)


def test_kept_is_everything_nothing_or_in_between():
    image = sample("digits").images[0] / 255.0
    average = zoo.load("digits-pca").mean.numpy().reshape(28, 28).astype(float)
    assert measures.kept(image, image, "digits") == 1
    assert measures.kept(image, average, "digits") == pytest.approx(0)
    assert measures.kept(image, (image + average) / 2, "digits") == pytest.approx(0.75)
    assert measures.kept(image, 1 - image, "digits") < 0
    assert measures.kept(average, average, "digits") == 0


def test_the_average_image_is_near_that_of_images_never_seen():
    for dataset in ("digits", "fashion"):
        average = zoo.load(f"{dataset}-pca").mean.numpy()
        mean = sample(dataset).images.reshape(2000, -1).mean(0) / 255.0
        assert np.abs(average - mean).mean() < 0.01


def test_compression_counts_two_bytes_a_number():
    assert measures.compression(8) == 784 / 16
    assert measures.compression(64) == pytest.approx(6.125)


def test_half_precision_of_a_code_changes_nothing_to_be_seen():
    image = sample("fashion").images[:50] / 255.0
    by = coder("fashion", 16)
    codes = by.encode(image)
    changed = by.decode(codes.astype(np.float16)) - by.decode(codes)
    assert np.square(changed).mean() < 0.01 * np.square(by.decode(codes) - image).mean()


def test_squeeze_and_ladder():
    image = sample("digits").images[5] / 255.0
    rungs = measures.ladder("digits", image)
    assert set(rungs) == {"autoencoder", "pca"}
    for kind, each in rungs.items():
        assert [rung.size for rung in each] == [len(rung.code) for rung in each] == list(SIZES)
        eight = each[SIZES.index(8)]
        np.testing.assert_allclose(
            eight.rebuilt, coder("digits", 8, kind).reconstruct(image[None])[0], atol=1e-5
        )
        assert eight.mse == pytest.approx(np.mean((image - eight.rebuilt) ** 2))


def test_usual_errors_are_near_those_of_the_shipped_extract():
    for dataset in ("digits", "fashion"):
        usual = measures.usual_errors(dataset)
        for kind in ("autoencoder", "pca"):
            error = np.square(
                coder(dataset, 8, kind).reconstruct(sample(dataset).images / 255.0)
                - sample(dataset).images / 255.0
            ).mean()
            assert usual[kind][SIZES.index(8)] == pytest.approx(error, rel=0.05)
            assert np.all(np.diff(usual[kind]) < 0)


def test_the_classifier_reads_most_originals():
    shown = sample("digits")[:100]
    answers = measures.answers("digits", shown.images / 255.0)
    assert np.mean([answer.ranking[0] for answer in answers] == shown.labels) > 0.97


# ---------------------------------------------------------------- garments


def shop_photograph(garment: np.ndarray, ground: str = "#e8e4dc") -> Image.Image:
    """A garment of Fashion-MNIST as it may have been photographed: positive, large, on a plain ground."""
    mask = Image.fromarray((garment > 12).astype(np.uint8) * 255).resize((224, 224), Image.Resampling.NEAREST)
    positive = Image.fromarray(255 - garment).resize((224, 224), Image.Resampling.BICUBIC).convert("RGB")
    page = Image.new("RGB", (400, 300), ground)
    page.paste(positive, (90, 40), mask)
    return page


def off(seen: np.ndarray, garment: np.ndarray) -> float:
    """Mean squared error, at the best place within a pixel: a side of odd length has no middle pixel."""
    shifts = [(y, x) for y in (-1, 0, 1) for x in (-1, 0, 1)]
    return min(float(np.square(np.roll(seen, shift, (0, 1)) - garment / 255.0).mean()) for shift in shifts)


@pytest.mark.parametrize("ground", ["white", "#e8e4dc"])
def test_a_photograph_becomes_the_image_it_was_made_of(ground):
    errors = []
    for garment in sample("fashion").images[:24]:
        seen = to_fashion(shop_photograph(garment, ground))
        assert seen.shape == (28, 28) and seen.dtype == np.float32
        assert 0 <= seen.min() <= seen.max() <= 1
        errors.append(off(seen, garment))
    # Less than the network makes of them with eight numbers.
    assert np.median(errors) < 0.012


def test_an_image_of_fashion_mnist_itself_stays_as_it_is():
    for garment in sample("fashion").images[:16]:
        large = Image.fromarray(np.pad(garment, 6)).resize((280, 280), Image.Resampling.BICUBIC)
        assert off(to_fashion(large), garment) < 0.02


def test_an_outline_is_filled_but_not_the_loop_of_a_handle():
    sheet = Image.new("RGB", (140, 140), "white")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((30, 60, 110, 120), outline="black", width=5)  # a bag
    pen.arc((52, 30, 88, 92), 180, 360, fill="black", width=5)  # its handle
    seen = to_fashion(sheet)
    assert seen[20, 14] > 0.4
    assert seen[6, 14] < 0.2 and seen[1, 14] > 0.3
    ink = seen > 0.2
    rows, columns = (np.flatnonzero(ink.any(axis=axis)) for axis in (1, 0))
    assert max(np.ptp(rows), np.ptp(columns)) >= 26  # it fills the image
    assert abs(rows.mean() - 13.5) <= 1 and abs(columns.mean() - 13.5) <= 1


@pytest.mark.parametrize("picture", [Image.new("RGB", (100, 80), "teal"), Image.new("L", (3, 3))])
def test_an_empty_picture_holds_no_garment(picture):
    with pytest.raises(NoGarment):
        to_fashion(picture)


@pytest.mark.parametrize("size", [(1, 1), (2, 90), (2000, 40), (1500, 1500)])
def test_any_picture_gives_a_garment_or_none(size):
    pixels = RNG.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    try:
        seen = to_fashion(Image.fromarray(pixels))
    except NoGarment:
        return
    assert seen.shape == (28, 28) and np.isfinite(seen).all() and seen.max() == pytest.approx(1)
