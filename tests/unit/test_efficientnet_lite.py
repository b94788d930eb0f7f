"""EfficientNet-Lite0: padding as TensorFlow's, stages that make up the network, strictly fitting weights."""

import numpy as np
import pytest
import torch
from scipy.signal import correlate2d

from dashboard import zoo
from dashboard.models.efficientnet_lite import (
    EPSILON,
    Block,
    EfficientNetLite0,
    SameConv2d,
    from_published,
    same_padding,
)

torch.set_num_threads(1)


@pytest.fixture(scope="module")
def shipped() -> torch.nn.Module:
    return zoo.load("photos")


@pytest.mark.parametrize(
    ("size", "kernel", "stride", "expected"),
    [
        (224, 3, 2, (0, 1)),  # an odd number of zeros: all of it after
        (112, 5, 2, (1, 2)),
        (225, 3, 2, (1, 1)),
        (7, 5, 1, (2, 2)),
        (8, 1, 2, (0, 0)),
        (1, 3, 2, (1, 1)),
    ],
)
def test_padding_is_tensorflows(size, kernel, stride, expected):
    # Worked out by hand from TensorFlow's documentation of "SAME".
    assert same_padding(size, kernel, stride) == expected


@pytest.mark.parametrize(
    ("side", "kernel", "stride"), [(6, 3, 2), (7, 3, 2), (8, 5, 2), (5, 3, 1), (9, 5, 1)]
)
def test_a_convolution_by_hand(side, kernel, stride):
    torch.manual_seed(0)
    conv = SameConv2d(1, 1, kernel, stride)
    image = torch.randn(1, 1, side, side)
    before, after = same_padding(side, kernel, stride)
    padded = np.pad(image[0, 0].numpy(), (before, after))
    expected = correlate2d(padded, conv.weight[0, 0].detach().numpy(), "valid")[::stride, ::stride]
    assert expected.shape == (-(-side // stride),) * 2
    assert conv(image)[0, 0].detach().numpy() == pytest.approx(expected, abs=1e-5)


def test_a_stride_of_two_looks_after_not_before():
    # One bright pixel in the last corner of an even side: only zeros *after* bring a window over it twice.
    conv = SameConv2d(1, 1, 3, 2)
    torch.nn.init.ones_(conv.weight)
    image = torch.zeros(1, 1, 4, 4)
    image[0, 0, 3, 3] = 1
    assert conv(image)[0, 0].tolist() == [[0, 0], [0, 1]]
    image = torch.zeros(1, 1, 4, 4)
    image[0, 0, 0, 0] = 1
    # Symmetric zeros would put the first window's middle here; TensorFlow's put its corner here.
    torch.nn.init.zeros_(conv.weight)
    conv.weight.data[0, 0, 0, 0] = 5
    assert conv(image)[0, 0, 0, 0] == 5


def test_stages_make_up_the_network(shipped):
    image = torch.rand(2, 3, 224, 224)
    outputs = shipped.activations(image)
    names = list(outputs)
    assert names[:3] == ["normalise", "stem", "block1_1"]
    assert names[-4:] == ["block7_1", "head", "global_pool", "logits"]
    assert len([name for name in names if name.startswith("block")]) == 16
    assert torch.allclose(outputs["logits"], shipped(image), atol=1e-5)
    assert torch.allclose(outputs["global_pool"], shipped.features(image), atol=1e-5)
    assert outputs["stem"].shape == (2, 32, 112, 112)
    assert outputs["block7_1"].shape == (2, 320, 7, 7)
    assert outputs["logits"].shape == (2, 1000)


def test_the_input_is_scaled_as_published(shipped):
    pixels = torch.tensor([0.0, 127.0, 255.0]).view(1, 1, 1, 3).expand(1, 3, 1, 3)
    normalised = shipped.stages.normalise(pixels / 255)
    assert torch.allclose(normalised[0, 0, 0], (torch.tensor([0.0, 127.0, 255.0]) - 127) / 128, atol=1e-6)


def test_activations_are_cut_at_six(shipped):
    outputs = shipped.activations(torch.rand(1, 3, 224, 224))
    for name in ("stem", "head"):
        assert outputs[name].min() >= 0 and outputs[name].max() <= 6


def test_normalisations_use_tensorflows_epsilon(shipped):
    norms = [module for module in shipped.modules() if isinstance(module, torch.nn.BatchNorm2d)]
    assert len(norms) == 2 + 16 * 3 - 1  # the first block does not widen
    assert {norm.eps for norm in norms} == {EPSILON} == {1e-3}


def test_a_block_adds_its_input_only_where_shapes_allow():
    assert Block(8, 8, 3, 1, 6).skips
    assert not Block(8, 8, 3, 2, 6).skips
    assert not Block(8, 16, 3, 1, 6).skips
    block = Block(8, 8, 3, 1, 6).eval()
    torch.nn.init.zeros_(block.project.norm.weight)
    image = torch.rand(1, 8, 5, 5)
    assert torch.equal(block(image), image)


def test_the_size_is_that_of_the_paper(shipped):
    assert zoo.parameters(shipped) == zoo.card("photos").parameters == 4_652_008


def test_published_names_map_onto_every_name_of_ours():
    ours = EfficientNetLite0().state_dict()
    assert len(ours) == 296
    with pytest.raises(KeyError):
        from_published({"_blocks.16._bn1.weight": torch.zeros(1)})
    renamed = from_published({"_blocks.1._expand_conv.weight": torch.zeros(96, 16, 1, 1)})
    (name,) = renamed
    assert ours[name].shape == (96, 16, 1, 1) and name == "stages.block2_1.expand.conv.weight"
