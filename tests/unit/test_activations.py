"""The layers of the digit classifiers, and sums by hand that must give what the modules give."""

import numpy as np
import pytest
import torch

from dashboard import zoo
from dashboard.classifiers import by_weights
from dashboard.datasets.images import sample
from dashboard.languages import LANGUAGES
from dashboard.layers import Layer, WeightedSum, figures
from dashboard.network import activations
from dashboard.network.activations import explain, read
from dashboard.ui.language import texts_in

NETWORKS = ("digits-cnn", "digits-mlp")


@pytest.fixture(scope="module", params=NETWORKS)
def network(request):
    return request.param


@pytest.fixture(scope="module")
def digit():
    return sample("digits").images[7] / 255.0


@pytest.fixture(scope="module")
def reading(network, digit):
    return read(network, digit)


def hooked(network, digit):
    """What every submodule gives in the model's own forward pass in double precision, by its name."""
    model = zoo.build(zoo.card(network).architecture, zoo.card(network).arguments)
    model.load_state_dict(zoo.load(network).state_dict())
    model.double().eval()
    outputs = {}
    for name, module in model.named_modules():
        module.register_forward_hook(lambda _m, _i, out, name=name: outputs.__setitem__(name, out))
    with torch.inference_mode():
        outputs["answer"] = model(torch.from_numpy(digit)[None, None])
    return outputs


def test_layers_are_what_the_modules_give(network, digit, reading):
    outputs = hooked(network, digit)
    for layer in reading.layers:
        name = f"stages.{layer.slug}"
        if name not in outputs:  # half a residual block
            name = f"{name[:-1]}.first" if name.endswith("a") else name[:-1]
        expected = outputs[name].numpy().reshape(layer.values.shape)
        np.testing.assert_allclose(layer.values, expected, rtol=1e-4, atol=2e-5, err_msg=layer.slug)
    np.testing.assert_allclose(reading.answer.logits, outputs["answer"][0].numpy(), rtol=1e-4, atol=2e-5)


def test_sums_by_hand_give_the_activations_of_the_modules(network, reading):
    random = np.random.default_rng(0)
    for place, layer in enumerate(reading.layers):
        corners = [(0, 0, 0), tuple(n - 1 for n in layer.values.shape)]
        others = [tuple(random.integers(layer.values.shape)) for _ in range(12)]
        strongest = int(layer.strongest()[0])
        for unit, row, column in [*corners, *others, (strongest, *layer.peak(strongest))]:
            how = explain(network, reading, place, unit, row, column)
            expected = layer.values[unit, row, column]
            assert how.value == pytest.approx(expected, abs=1e-5), (layer.slug, unit, row, column)


def test_parameters_add_up_to_the_card(network, reading):
    assert sum(layer.parameters for layer in reading.layers) == zoo.card(network).parameters


def test_reading_is_right_on_most_examples(network):
    examples = sample("digits")[:60]
    right = [
        int(read(network, image / 255.0).answer.ranking[0]) == label
        for image, label in zip(examples.images, examples.labels, strict=True)
    ]
    assert np.mean(right) > 0.95


def test_folded_kernel_is_the_convolution_that_torch_computes(digit):
    reading = read("digits-cnn", digit)
    block = zoo.load("digits-cnn").get_submodule("stages.conv1")
    how = explain("digits-cnn", reading, 3, 11, 6, 9)
    assert isinstance(how, WeightedSum) and how.folded
    patch = torch.from_numpy(how.inputs)[None].float()
    # The middle of a 3x3 input under padding 1 is the unpadded product.
    expected = block.norm(block.conv(patch))[0, 11, 1, 1].item()
    assert how.total == pytest.approx(expected, abs=1e-5)


def test_a_place_that_does_not_exist_is_refused(reading, network):
    with pytest.raises(IndexError):
        explain(network, reading, 0, 0, 28, 0)


def test_strongest_and_peak_look_at_both_signs():
    layer = Layer("x", "convolution", np.array([[[1.0, 2.0]], [[-3.0, 0.0]], [[0.0, 0.5]]]), 0)
    assert list(layer.strongest()) == [1, 0, 2]
    assert layer.peak(1) == (0, 0) and layer.peak(0) == (0, 1)
    assert layer.spatial
    full = np.full((1, 5, 7), 6.0)
    full[0, 2, 3] = 5.9
    assert Layer("y", "convolution", full, 0).peak(0) in {(r, c) for r in (1, 2, 3) for c in (2, 3, 4)} - {
        (2, 3)
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_figures_show_every_value(reading, network, language, theme):
    text = texts_in("activations", language)["plots"]
    for place, layer in enumerate(reading.layers):
        order, n = layer.strongest(), len(layer.values)
        figure = figures.layer(layer.values, order, int(order[-1]), ["u"] * n, theme, text, language)
        heat, markers = figure.data
        shown = np.sort(heat.z[np.isfinite(heat.z)])
        np.testing.assert_allclose(shown, np.sort(layer.values.ravel()), rtol=1e-6)
        assert heat.zmax == -heat.zmin == pytest.approx(np.abs(layer.values).max())
        assert list(markers.customdata) == list(order) and markers.selectedpoints == (n - 1,)
        # Each marker stands on its own unit.
        column, row = int(markers.x[0]), int(markers.y[0])
        assert heat.z[row, column] in layer.values[order[0]].astype(np.float32)
        how = explain(network, reading, place, 0, 0, 0)
        if isinstance(how, WeightedSum) and how.inputs[0].size > 1:
            sums = figures.weighted_sum(how.inputs, how.weights, theme, text, language)
            assert np.nansum(sums.data[2].z) == pytest.approx(how.products.sum(), abs=1e-3)
        assert figures.thumbnail(layer.values, theme).shape == (56, 56, 3)


def test_contributions_add_up():
    text = texts_in("activations", "en")["plots"]
    products = np.random.default_rng(1).normal(size=40)
    figure = figures.contributions(products, [str(k) for k in range(40)], 0.25, text, "en")
    (bars,) = figure.data
    assert len(bars.x) == figures.BARS + 2
    assert sum(bars.x) == pytest.approx(products.sum() + 0.25)


def test_unit_map_carries_rows_and_columns():
    text = texts_in("activations", "en")["plots"]
    values = np.arange(6.0).reshape(2, 3)
    hover = "row {row}, column {column}: {value}"
    _, markers, ring = figures.unit_map(values, (1, 2), hover, 5.0, "light", text, "en").data
    assert markers.hovertext[5] == "row 2, column 3: 5.000"
    assert list(markers.customdata[4]) == [1, 1] and (*ring.x, *ring.y) == (2, 1)


def test_the_verdict_is_that_of_every_page_whichever_network_is_looked_at():
    digit = sample("digits").images[3] / 255.0
    convolutional, dense = (activations.read(name, digit) for name in ("digits-cnn", "digits-mlp"))
    told = by_weights("digits-cnn").answer(digit[None].astype(np.float32)).logits
    for reading in (convolutional, dense):
        np.testing.assert_allclose(reading.verdict.logits, told, atol=1e-4)
    assert convolutional.verdict is convolutional.answer
    assert np.abs(dense.answer.logits - told).max() > 0.1


def test_one_thread_serves():
    activations.read("digits-mlp", np.zeros((28, 28)))
    assert torch.get_num_threads() == 1
