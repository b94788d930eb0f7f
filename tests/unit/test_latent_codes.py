"""Images to codes and back: shapes, ranges, errors that list what there is, PCA against scikit-learn."""

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA

from dashboard import zoo
from dashboard.datasets.images import DATASETS, sample
from dashboard.latent import decode, encode, reconstruct
from dashboard.latent.coders import KIND_SIZES, Coder, coder
from dashboard.latent.reconstruction_errors import known_errors, sample_errors, share_below, strangers
from dashboard.latent.stages import stages
from dashboard.latent.views.hourglass import STAGE
from dashboard.models.linear import Components

EVERY = [(dataset, kind, size) for dataset in DATASETS for kind in KIND_SIZES for size in KIND_SIZES[kind]]


def images(dataset: str, count: int = 20) -> np.ndarray:
    return sample(dataset).images[:count] / 255.0


@pytest.mark.parametrize(("dataset", "kind", "size"), EVERY)
def test_there_and_back(dataset, kind, size):
    originals = images(dataset, 3)
    codes = encode(dataset, originals, size, kind)
    assert codes.shape == (3, size) and codes.dtype == np.float32
    rebuilt = decode(dataset, codes, kind)
    assert rebuilt.shape == (3, 28, 28) and rebuilt.dtype == np.float32
    assert rebuilt.min() >= 0 and rebuilt.max() <= 1
    np.testing.assert_allclose(reconstruct(dataset, originals, size, kind), rebuilt, atol=1e-6)


@pytest.mark.parametrize("dataset", DATASETS)
def test_what_the_module_gives_is_what_the_zoo_gives(dataset):
    originals = images(dataset)
    model = zoo.load(f"{dataset}-autoencoder-8")
    with torch.inference_mode():
        expected = model(torch.tensor(originals, dtype=torch.float32)[:, None])[:, 0].numpy()
    np.testing.assert_allclose(reconstruct(dataset, originals), expected, atol=1e-5)


def test_batches_change_nothing_and_none_is_none():
    originals = images("digits", 600)
    codes = encode("digits", originals, 4)
    np.testing.assert_allclose(codes[-7:], encode("digits", originals[-7:], 4), atol=1e-4)
    assert encode("digits", originals[:0]).shape == (0, 8)
    assert decode("digits", np.zeros((0, 8))).shape == (0, 28, 28)


def test_larger_codes_rebuild_better():
    for kind in ("autoencoder", "pca"):
        errors = [sample_errors(coder("digits", size, kind), 200).mean() for size in KIND_SIZES[kind]]
        assert np.all(np.diff(errors) < 0)
    small = sample_errors(coder("fashion", 8), 200).mean()
    assert small < 0.6 * sample_errors(coder("fashion", 8, "pca"), 200).mean()


@pytest.mark.parametrize(
    ("call", "names"),
    [
        (lambda: encode("letters", np.zeros((1, 28, 28))), "digits, fashion"),
        (lambda: encode("digits", np.zeros((1, 28, 28)), kind="ica"), "autoencoder, pca, vae"),
        (lambda: encode("digits", np.zeros((1, 28, 28)), size=3), "1, 2, 4, 8, 16, 32, 64"),
        (lambda: encode("digits", np.zeros((1, 28, 28)), size=8, kind="vae"), "2, 16"),
        (lambda: decode("digits", np.zeros((1, 5))), "1, 2, 4, 8, 16, 32, 64"),
        (lambda: decode("digits", np.zeros(8)), r"\(n, size\)"),
        (lambda: encode("digits", np.zeros((28, 28))), r"\(n, 28, 28\)"),
        (lambda: encode("digits", np.zeros((1, 32, 32))), r"\(n, 28, 28\)"),
        (lambda: encode("digits", np.full((1, 28, 28), 255)), "divide bytes by 255"),
        (lambda: encode("digits", np.full((1, 28, 28), np.nan)), r"\[0, 1\]"),
        (lambda: coder("digits", 8).decode(np.zeros((1, 4))), r"\(n, 8\)"),
        (lambda: coder("digits", 8).decode(np.full((1, 8), np.inf)), "finite"),
    ],
)
def test_wrong_calls_say_what_is_right(call, names):
    with pytest.raises(ValueError, match=names):
        call()


def test_a_coder_of_ones_own_module():
    made = Coder.of(Components(3), "mine", "digits", 3)
    assert made.kind == "own" and made.encode(images("digits")).shape == (20, 3)
    assert not any(weight.requires_grad for weight in made.module.parameters())
    assert len({made, made, coder("digits", 2)}) == 2
    assert known_errors(made).shape == (2000,)


@pytest.mark.parametrize("dataset", DATASETS)
def test_components_are_orthonormal_and_the_first_of_more(dataset):
    model = zoo.load(f"{dataset}-pca")
    gram = (model.components @ model.components.T).numpy()
    np.testing.assert_allclose(gram, np.eye(64), atol=2e-3)  # half precision
    originals = images(dataset)
    codes = encode(dataset, originals, 64, "pca")
    np.testing.assert_allclose(encode(dataset, originals, 8, "pca"), codes[:, :8], atol=1e-5)


@pytest.mark.parametrize("dataset", DATASETS)
def test_components_are_nearly_those_of_other_images_of_the_kind(dataset):
    """scikit-learn's PCA of 2,000 test images, which the components have never seen, spans the same plane."""
    pixels = sample(dataset).images.reshape(2000, -1) / 255.0
    fitted = PCA(8, svd_solver="full").fit(pixels)
    model = zoo.load(f"{dataset}-pca").first(4)
    shared = np.linalg.norm(model.components.numpy() @ fitted.components_.T, axis=1)
    assert shared.min() > 0.97
    np.testing.assert_allclose(model.mean.numpy(), fitted.mean_, atol=0.05)
    # On the images themselves no projection on as many directions can be better than scikit-learn's.
    own = fitted.inverse_transform(fitted.transform(pixels)).clip(0, 1)
    assert sample_errors(coder(dataset, 8, "pca")).mean() >= 0.999 * np.square(own - pixels).mean()


def test_the_linear_coder_computes_what_scikit_learn_computes():
    points = np.random.default_rng(0).uniform(size=(300, 28, 28))
    fitted = PCA(5, svd_solver="full").fit(points.reshape(300, -1))
    model = Components(5)
    model.load_state_dict(
        {"mean": torch.tensor(fitted.mean_), "components": torch.tensor(fitted.components_)}
    )
    codes = Coder.of(model, "mine", "digits", 5).encode(points)
    expected = fitted.transform(points.reshape(300, -1))
    np.testing.assert_allclose(codes, expected, atol=1e-4)
    rebuilt = Coder.of(model, "mine", "digits", 5).decode(codes)
    np.testing.assert_allclose(
        rebuilt.reshape(300, -1), fitted.inverse_transform(expected).clip(0, 1), atol=1e-4
    )


# ---------------------------------------------------------------- known and strange images


@pytest.mark.parametrize("dataset", DATASETS)
@pytest.mark.parametrize("size", KIND_SIZES["autoencoder"])
def test_the_shipped_errors_are_those_of_the_shipped_models(dataset, size):
    """Whoever replaces a model finds here that `<dataset>-errors` must be made again."""
    shipped = known_errors(coder(dataset, size))
    assert shipped.shape == (2000,) and np.all(np.diff(shipped) >= 0)
    for error in sample_errors(coder(dataset, size), 10):
        assert np.abs(shipped - error).min() <= 1e-3 * error


def test_share_below():
    errors = np.array([0.1, 0.2, 0.3, 0.4])
    assert [share_below(errors, error) for error in (0.05, 0.1, 0.25, 0.4, 1.0)] == [0, 0, 0.5, 0.75, 1]


@pytest.mark.parametrize("dataset", DATASETS)
def test_strange_images_are_rebuilt_worse(dataset):
    image = images(dataset, 1)[0]
    shown = strangers(dataset, image)
    assert tuple(shown) == ("turned", "shifted", "negative", "other", "noise")
    by = coder(dataset, 8)
    usual = known_errors(by)
    shares = {
        slug: share_below(usual, np.square(by.reconstruct(strange[None])[0] - strange).mean())
        for slug, strange in shown.items()
    }
    assert all(
        strange.shape == (28, 28) and 0 <= strange.min() <= strange.max() <= 1 for strange in shown.values()
    )
    assert shares["negative"] == shares["noise"] == 1 and shares["other"] > 0.95


# ---------------------------------------------------------------- stages


@pytest.mark.parametrize("dataset", DATASETS)
def test_stages_lead_from_the_image_over_the_code_to_the_rebuilt_image(dataset):
    image = images(dataset, 1)[0]
    found = stages(dataset, 8, image)
    assert tuple(stage.slug for stage in found) == STAGE.options
    sizes = [stage.values.size for stage in found]
    code = next(k for k, stage in enumerate(found) if stage.kind == "code")
    assert sizes[0] == sizes[-1] == 784 and sizes[code] == min(sizes) == 8
    np.testing.assert_array_equal(found[0].values[0], image)
    np.testing.assert_allclose(found[code].values[:, 0, 0], encode(dataset, image[None])[0], atol=1e-5)
    np.testing.assert_allclose(found[-1].values[0], reconstruct(dataset, image[None])[0], atol=1e-5)
    assert {stage.side for stage in found[:code]} == {"encoder"}
    assert {stage.side for stage in found[code + 1 :]} == {"decoder"}
