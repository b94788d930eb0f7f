"""The zoo: what ships is complete, what it loads is what its card says, damage is refused with a remedy."""

import dataclasses
import hashlib
import json
import re
import threading
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import save

from dashboard import zoo
from dashboard.classifiers import CLASSES, PREPARERS
from dashboard.datasets.scenes import render
from dashboard.datasets.scenes.sampling import ORIGINAL
from dashboard.generation import generate
from dashboard.latent import encode, reconstruct
from dashboard.models.mlp import MLP
from dashboard.recognition import describe, recognise

README = (zoo.PRETRAINED / "README.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A zoo of one small model, `tiny`."""
    torch.manual_seed(0)
    model = MLP([8])
    content = save(model.state_dict())
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / zoo.WEIGHTS).write_bytes(content)
    card = zoo.Card(
        name="tiny",
        architecture="mlp.MLP",
        arguments={"widths": [8]},
        dataset={"title": "none", "licence": "none"},
        licence="MIT",
        recipe="python -m dashboard.recipes tiny",
        check="python -m dashboard.recipes --check tiny",
        seed=0,
        training={"seconds": 0},
        parameters=zoo.parameters(model),
        measured={"accuracy": 0.1},
        preprocessing="none",
        sha256=hashlib.sha256(content).hexdigest(),
        classes="digits",
        calibration={"temperature": 0.5},
    )
    zoo.write_card(card, tmp_path / "tiny")
    return tmp_path


def test_a_card_written_is_the_card_read(folder):
    card = zoo.card("tiny", folder)
    zoo.write_card(dataclasses.replace(card, notes="é"), folder / "tiny")
    assert zoo.card("tiny", folder) == dataclasses.replace(card, notes="é")


def test_load_gives_one_frozen_model_in_eval_mode(folder):
    passing = zoo.load("tiny", folder, keep=False)
    model = zoo.load("tiny", folder)
    assert model is zoo.load("tiny", folder) is not passing
    assert not model.training
    assert not any(parameter.requires_grad for parameter in model.parameters())
    assert model(torch.rand(2, 1, 28, 28)).shape == (2, 10)


def test_threads_share_one_copy(folder):
    loaded: list[torch.nn.Module] = []
    threads = [threading.Thread(target=lambda: loaded.append(zoo.load("tiny", folder))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(loaded) == 8 and len({id(model) for model in loaded}) == 1


def test_loading_leaves_the_callers_seed_alone(folder):
    torch.manual_seed(7)
    expected = torch.rand(3)
    torch.manual_seed(7)
    zoo.load("tiny", folder)
    assert torch.equal(torch.rand(3), expected)


def test_a_model_first_loaded_in_inference_mode_still_lets_gradients_through(folder):
    with torch.inference_mode():
        model = zoo.load("tiny", folder)
    x = torch.zeros(1, 1, 28, 28, requires_grad=True)
    model(x).sum().backward()
    assert x.grad is not None


def test_an_unknown_name_lists_the_known_ones(folder):
    with pytest.raises(ValueError, match="there are: tiny"):
        zoo.load("tini", folder)


def damaged(content: bytes) -> dict[str, bytes | None]:
    flipped = bytearray(content)
    flipped[-1] ^= 1
    return {"missing": None, "truncated": content[:-100], "altered": bytes(flipped), "empty": b""}


@pytest.mark.parametrize("kind", ["missing", "truncated", "altered", "empty"])
def test_damaged_weights_are_refused_with_the_file_and_the_recipe(folder, kind):
    path = folder / "tiny" / zoo.WEIGHTS
    content = damaged(path.read_bytes())[kind]
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    with pytest.raises(zoo.ZooError) as caught:
        zoo.load("tiny", folder)
    assert str(path) in str(caught.value)
    assert "python -m dashboard.recipes tiny" in str(caught.value)


@pytest.mark.parametrize(
    "change",
    [{"arguments": {"widths": [9]}}, {"arguments": {"width": 8}}, {"architecture": "mlp.Nothing"}],
)
def test_weights_of_another_architecture_are_refused(folder, change):
    zoo.write_card(dataclasses.replace(zoo.card("tiny", folder), **change), folder / "tiny")
    with pytest.raises(zoo.ZooError, match="does not fit its card"):
        zoo.load("tiny", folder)


def test_weights_that_are_not_safetensors_are_refused_even_with_the_right_digest(folder):
    content = b"\x80\x04not safetensors at all"
    (folder / "tiny" / zoo.WEIGHTS).write_bytes(content)
    card = dataclasses.replace(zoo.card("tiny", folder), sha256=hashlib.sha256(content).hexdigest())
    zoo.write_card(card, folder / "tiny")
    with pytest.raises(zoo.ZooError, match=r"python -m dashboard\.recipes tiny"):
        zoo.load("tiny", folder)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"name": "tiny"}', '{"unknown": 1}'])
def test_a_damaged_card_is_refused(folder, content):
    (folder / "tiny" / zoo.CARD).write_text(content)
    with pytest.raises(zoo.ZooError, match=r"python -m dashboard\.recipes tiny"):
        zoo.load("tiny", folder)


def test_build_refuses_what_is_not_an_architecture():
    for architecture in ("nothing.Here", "mlp.Missing", "mlp", ""):
        with pytest.raises(ValueError, match="no architecture"):
            zoo.build(architecture, {})


@pytest.mark.parametrize("name", zoo.names())
def test_what_ships_is_what_its_card_declares(name):
    card = zoo.card(name)
    path = zoo.PRETRAINED / name / zoo.WEIGHTS
    assert card.name == name
    assert hashlib.sha256(path.read_bytes()).hexdigest() == card.sha256
    assert path.stat().st_size < 20_000_000
    assert zoo.parameters(zoo.load(name)) == card.parameters
    assert card.recipe.startswith(f"python -m dashboard.recipes {name}")
    assert {"title", "url", "licence"} <= card.dataset.keys()
    # Trained here, or by others who are named.
    trained = {"seconds", "machine"} <= card.training.keys() and card.training.keys() & {"epochs", "steps"}
    assert trained or card.training["by"]
    assert card.measured and card.preprocessing and card.notes and card.licence
    assert "/home" not in json.dumps(dataclasses.asdict(card))
    if name.endswith(("cnn", "mlp")):
        assert card.prepare in PREPARERS and card.classes in CLASSES and card.calibration


def test_the_models_fit_their_space():
    """All under 100 MB, each under 20 MB; those of digits and garments but the flows under 50 MB."""
    sizes = {n: sum(p.stat().st_size for p in (zoo.PRETRAINED / n).iterdir()) for n in zoo.names()}
    assert sum(sizes.values()) < 100e6 and max(sizes.values()) < 20e6
    seen = [
        size
        for name, size in sizes.items()
        if name.startswith(("digits-", "fashion-")) and not name.endswith("-flow")
    ]
    assert sum(seen) < 50e6


def in_words(measured: dict[str, float]) -> str:
    """The first figure of a model's row in the README."""
    if "accuracy_enlarged" in measured:
        return f"{measured['accuracy_enlarged'] * 100:.1f} % first"
    if "accuracy" in measured:
        return f"{measured['accuracy'] * 100:.2f} %"
    if "psnr_250" in measured:
        return " / ".join(f"{measured[f'psnr_{characters}']:.2f}" for characters in (250, 500, 1000))
    if "kept_250" in measured:
        return f"{measured['kept_60'] * 100:.1f}, {measured['kept_250'] * 100:.1f}"
    if "kinds" in measured:
        return f"kinds {measured['kinds'] * 100:.1f}"
    if "facts" in measured:
        return f"found: {measured['facts'] * 100:.1f} %"
    if "psnr" in measured:
        return f"PSNR {measured['psnr']:.1f} dB"
    return f"mse {measured['mse']:.5f}"


@pytest.mark.parametrize("name", zoo.names())
def test_the_readme_repeats_the_cards(name):
    """Whoever retrains a model finds here that the table is out of date."""
    row = next(line for line in README.splitlines() if line.startswith(f"| {name} |"))
    assert f"{zoo.card(name).parameters:,}" in row
    assert in_words(zoo.card(name).measured) in row


DIGIT = np.zeros((1, 28, 28), np.float32)
PHOTO = Image.new("RGB", (64, 64), "grey")


@pytest.mark.parametrize(
    "call",
    [
        lambda: generate("digits", label=7, count=1, steps=1),
        lambda: recognise(PHOTO),
        lambda: encode("digits", DIGIT, size=2),
        lambda: reconstruct("digits", DIGIT, size=2),
        lambda: describe(render(ORIGINAL, 0), characters=60),
    ],
    ids=["generate", "recognise", "encode", "reconstruct", "describe"],
)
def test_models_run_on_one_thread_in_a_notebook_too(call):
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(2)
        call()
        assert torch.get_num_threads() == 1
        with zoo.inference():
            assert torch.is_inference_mode_enabled()
    finally:
        torch.set_num_threads(before)


def test_one_helper_calls_the_models():
    """`zoo.inference`, or `zoo.one_thread` where gradients flow; recipes train, and set their own pace."""
    alone = re.compile(r"torch\.(inference_mode|set_num_threads)\(")
    for path in zoo.PRETRAINED.with_name("dashboard").rglob("*.py"):
        part = path.relative_to(zoo.PRETRAINED.parent).as_posix()
        if not part.startswith(("dashboard/zoo.py", "dashboard/recipes/", "dashboard/locales/")):
            code = part.startswith("dashboard/network/export.py")  # writes a program that stands by itself
            assert code or not alone.search(path.read_text(encoding="utf-8")), part
