"""Layers of the networks against torch's own outputs; receptive fields; neighbours by brute force."""

import numpy as np
import pytest
import torch
from scipy import signal
from sklearn.neighbors import NearestNeighbors

from dashboard import zoo
from dashboard.classifiers import classifier
from dashboard.datasets.images import sample
from dashboard.datasets.shipped import SAMPLES
from dashboard.layers import Layer, WeightedSum, dissection
from dashboard.models.convnet import ConvNet
from dashboard.models.efficientnet_lite import EfficientNetLite0
from dashboard.recipes.recipe import HELD_OUT
from dashboard.recognition import features, neighbours

SIDE = 64  # enough for five halvings, and a test in a second


def awake(network):
    """Random running statistics, so that folding them is tested and no unit sleeps."""
    torch.manual_seed(1)
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.uniform_(-0.2, 0.2)
            module.running_var.uniform_(0.5, 2.0)
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.uniform_(module.bias, 0.2, 0.8)
    return network.eval().requires_grad_(False)


@pytest.fixture(scope="module")
def photo_network():
    torch.manual_seed(0)
    return awake(EfficientNetLite0(classes=12))


@pytest.fixture(scope="module")
def photo_layers(photo_network):
    torch.manual_seed(2)
    return dissection.read(photo_network, torch.rand(1, 3, SIDE, SIDE))


@pytest.fixture(scope="module")
def garment_layers():
    image = torch.from_numpy(sample("fashion").images[5] / 255.0).float()[None, None]
    return dissection.read(zoo.load("fashion-cnn"), image)


def places(layer: Layer, count: int):
    """Corners, the strongest place, and some at random."""
    random = np.random.default_rng(0)
    strongest = int(layer.strongest()[0])
    ends = [(0, 0, 0), tuple(n - 1 for n in layer.values.shape), (strongest, *layer.peak(strongest))]
    return [*ends, *(tuple(random.integers(layer.values.shape)) for _ in range(count))]


def test_layers_of_the_photo_network_are_what_its_modules_give(photo_network):
    torch.manual_seed(3)
    image = torch.rand(1, 3, SIDE, SIDE)
    layers = dissection.read(photo_network, image)
    expected = photo_network.activations(image)
    last = {layer.block: layer for layer in layers}  # a block's last layer gives what the block gives
    assert set(last) == set(expected)
    for block, layer in last.items():
        np.testing.assert_allclose(
            layer.values.ravel(), expected[block].numpy().ravel(), rtol=1e-4, atol=1e-4, err_msg=block
        )


@pytest.mark.parametrize("name", ["photos", "digits", "fashion"])
def test_the_first_convolution_slides_as_scipy_has_it(name):
    made = classifier(name)
    image = features.examples(name)[0]
    side = image.shape[1]
    first = dissection.first_convolution(made.module, side)
    expected = dissection.read(made.module, torch.from_numpy(image)[None])[1].values
    after = max(0, (expected.shape[1] - 1) * first.stride + 3 - side - first.padding)
    scaled = np.pad((image - first.mean) / first.std, ((0, 0), *2 * [(first.padding, after)]))
    for unit in (0, 5, len(expected) - 1):
        summed = sum(
            signal.correlate2d(plane, kernel, "valid")
            for plane, kernel in zip(scaled, first.kernels[unit], strict=True)
        )
        found = (summed + first.biases[unit])[:: first.stride, :: first.stride].clip(0, first.ceiling)
        np.testing.assert_allclose(found, expected[unit], atol=2e-4)


def test_sums_by_hand_give_the_values_of_the_photo_network(photo_network, photo_layers):
    kinds = set()
    for place, layer in enumerate(photo_layers):
        for unit, row, column in places(layer, 3):
            how = dissection.explain(photo_network, photo_layers, place, unit, row, column)
            expected = float(layer.values[unit, row, column])
            assert how.value == pytest.approx(expected, rel=1e-3, abs=1e-3), (layer.slug, unit, row, column)
        kinds.add(layer.kind)
    assert kinds == {"input", "convolution", "depthwise", "narrow", "widen", "mix", "mean_pool", "output"}


def test_the_patch_under_the_first_kernel_is_the_one_torch_sums(photo_network, photo_layers):
    how = dissection.explain(photo_network, photo_layers, 1, 7, 31, 31)
    assert isinstance(how, WeightedSum) and how.inputs.shape == (3, 3, 3)
    # 64 pixels by steps of 2: TensorFlow's zeros come after the last, not before the first.
    np.testing.assert_array_equal(how.inputs[:, :2, :2], photo_layers[0].values[:, 62:, 62:])
    assert not how.inputs[:, 2].any() and not how.inputs[:, :, 2].any()
    block = photo_network.get_submodule("stages.stem")
    summed = torch.nn.functional.conv2d(torch.from_numpy(how.inputs)[None].float(), block.conv.weight[7:8])
    normed = (summed - block.norm.running_mean[7]) / (block.norm.running_var[7] + block.norm.eps).sqrt()
    expected = (normed * block.norm.weight[7] + block.norm.bias[7]).item()
    assert how.total == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("kind", ["photos", "small"])
def test_nothing_outside_the_receptive_field_matters(kind, photo_network):
    if kind == "photos":
        network, shape = photo_network, (1, 3, SIDE, SIDE)
    else:
        network, shape = awake(ConvNet((4, 6, 8), (1, 1))), (1, 1, 28, 28)
    torch.manual_seed(4)
    image = torch.rand(shape)
    layers = dissection.read(network, image)
    image.requires_grad_()
    outputs = [output for _, output in dissection.outputs(network, image)]
    for place, output in list(enumerate(outputs))[:9]:
        height, width = output.shape[2:]
        for row, column in ((0, 0), (height // 2, width // 2), (height - 1, width // 3)):
            (slope,) = torch.autograd.grad(
                (output[0, :, row, column] ** 2).sum(), image, retain_graph=True, allow_unused=False
            )
            top, left, bottom, right = dissection.receptive_field(network, layers, place, row, column)
            matters = slope[0].abs().sum(dim=0) > 0
            inside = torch.zeros_like(matters)
            inside[top : bottom + 1, left : right + 1] = True
            assert not (matters & ~inside).any(), (layers[place].slug, row, column)
            if place < 4:  # deeper, some pixel of the rim may not matter by chance
                rows, columns = (torch.where(matters.any(dim=axis))[0] for axis in (1, 0))
                assert (rows[0], columns[0], rows[-1], columns[-1]) == (top, left, bottom, right)


def test_single_numbers_see_the_whole_image(garment_layers):
    network = zoo.load("fashion-cnn")
    assert dissection.receptive_field(network, garment_layers, len(garment_layers) - 1, 0, 0) == (
        0,
        0,
        27,
        27,
    )


def test_shrunk_maps_are_means_and_few_enough():
    values = np.random.default_rng(0).normal(size=(64, 112, 112)).astype(np.float32)
    small = features.shrunk(values, 64)
    assert small.size <= features.MOST_CELLS
    step = 112 // small.shape[1]
    assert small[3, 1, 2] == pytest.approx(
        values[3, step : 2 * step, 2 * step : 3 * step].mean(), rel=1e-4, abs=1e-6
    )
    assert features.shrunk(values[:2], 2) is not None and features.shrunk(values[:2], 2).shape == (
        2,
        112,
        112,
    )


def test_the_strongest_place_can_be_picked():
    values = np.random.default_rng(1).normal(size=(112, 112))
    cells = features.pickable(values)
    assert len(cells) == features.FINEST**2 and len({tuple(cell) for cell in cells}) == len(cells)
    strongest = np.unravel_index(np.abs(values).argmax(), values.shape)
    assert tuple(strongest) in {tuple(cell) for cell in cells}
    assert len(features.pickable(values[:28, :28])) == 28 * 28


def test_what_excites_a_unit_is_what_a_plain_search_finds(garment_layers, monkeypatch):
    monkeypatch.setattr(features, "EXAMPLES", 20)
    features.examples.cache_clear()
    features._greatest.cache_clear()
    layer = next(layer for layer in garment_layers if layer.slug == "conv1")
    found = features.excitation("fashion", layer, 5, count=4)
    network = zoo.load("fashion-cnn")
    maps = []
    for image in sample("fashion").images[:20]:
        one = torch.from_numpy(image / 255.0).float()[None, None]
        with torch.inference_mode():
            maps.append(network.activations(one)["conv1"][0, 5].numpy())
    greatest = np.array([each.max() for each in maps])
    np.testing.assert_array_equal(found.rows, np.argsort(-greatest, kind="stable")[:4])
    np.testing.assert_allclose(found.values, greatest[found.rows], rtol=1e-4)
    for row, place, value in zip(found.rows, found.places, found.values, strict=True):
        assert maps[row][tuple(place)] == pytest.approx(value, rel=1e-4)
    features.examples.cache_clear()
    features._greatest.cache_clear()


def test_neighbours_are_those_that_brute_force_finds():
    network = zoo.load("fashion-cnn")
    known = sample("fashion", "train")
    codes = []
    with torch.inference_mode():
        for part in torch.from_numpy(known.images / 255.0).float()[:, None].split(250):
            codes.append(network.activations(part)["global_pool"].numpy())
    search = NearestNeighbors(metric="cosine", algorithm="brute").fit(np.concatenate(codes))
    image = np.divide(sample("fashion").images[11][None], 255, dtype=np.float32)
    with torch.inference_mode():
        code = network.activations(torch.from_numpy(image)[None])["global_pool"].numpy()
    distances, rows = search.kneighbors(code, 6)
    found = neighbours.neighbours("fashion", image, count=6)
    np.testing.assert_array_equal(found.rows, rows[0])
    np.testing.assert_allclose(found.similarities, 1 - distances[0], atol=1e-5)
    np.testing.assert_array_equal(found.labels, known.labels[rows[0]])
    np.testing.assert_array_equal(found.images, known.images[rows[0]])


def test_a_training_image_is_its_own_nearest():
    known = sample("fashion", "train")
    image = np.divide(known.images[42][None], 255, dtype=np.float32)
    found = neighbours.neighbours("fashion", image, count=1)
    assert found.rows[0] == 42 and found.similarities[0] == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("name", ["digits", "fashion"])
def test_the_training_sample_holds_none_of_what_was_held_out(name):
    known = sample(name, "train")
    assert np.bincount(known.labels).tolist() == [200] * 10
    with np.load(SAMPLES / f"{name}-training.npz") as stored:
        assert stored["rows"].max() < 60_000 - HELD_OUT
        assert len(np.unique(stored["rows"])) == 2000
    tested = {image.tobytes() for image in sample(name).images}
    assert not tested & {image.tobytes() for image in known.images}
