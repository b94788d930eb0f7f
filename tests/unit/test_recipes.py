"""Recipes: they learn, they resume exactly, they publish what they measured, and they spot a false card."""

import dataclasses
import math
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from sklearn.decomposition import PCA
from torch.nn import functional as F

from dashboard import zoo
from dashboard.datasets import strokes
from dashboard.datasets.images import ImageSet, sample
from dashboard.models.autoencoder import Autoencoder
from dashboard.models.convnet import ConvNet
from dashboard.models.flow import Flow
from dashboard.models.linear import Components
from dashboard.models.mlp import MLP
from dashboard.models.vae import VAE
from dashboard.recipes import __main__ as command
from dashboard.recipes import augment, autoencoders, classifiers, learning, publish
from dashboard.recipes.recipe import Recipe
from dashboard.recipes.training import Objective, Outcome, Schedule, _pace, fit, to_input

CPU = torch.device("cpu")
torch.set_num_threads(1)  # two threads under load were measured many times slower
SMALL = {
    "mlp": ("mlp.MLP", {"widths": [32]}, lambda model: classifiers.Classification(model, augment.flip, 0.1)),
    "convnet": (
        "convnet.ConvNet",
        {"widths": [4, 8], "blocks": [1], "dropout": 0.1},
        lambda model: classifiers.Classification(model, classifiers.draw, 0.1),
    ),
    "autoencoder": (
        "autoencoder.Autoencoder",
        {"latent": 4, "channels": 8, "hidden": 16},
        autoencoders.Reconstruction,
    ),
    "vae": ("vae.VAE", {"latent": 2, "widths": [32, 16]}, autoencoders.EvidenceBound),
}


def objective(kind: str) -> Objective:
    architecture, arguments, make = SMALL[kind]
    torch.manual_seed(0)
    return make(zoo.build(architecture, arguments))


def examples(count: int = 256) -> tuple[torch.Tensor, torch.Tensor]:
    shipped = sample("digits")[:count]
    return torch.from_numpy(shipped.images.copy()), torch.from_numpy(shipped.labels.copy())


def train(kind: str, schedule: Schedule, **options) -> Outcome:
    return fit(objective(kind), *examples(), schedule, device=CPU, **options)


@pytest.mark.parametrize("kind", SMALL)
def test_two_steps_on_the_shipped_sample_learn(kind):
    learner = objective(kind)
    images, labels = examples(128)
    first, after = [], []
    with torch.no_grad():
        torch.manual_seed(1)
        first.append(float(learner.train()(to_input(images), labels)))
    fit(learner, images, labels, Schedule(epochs=2, batch=128, lr=3e-3, warmup=0.5), device=CPU)
    with torch.no_grad():
        torch.manual_seed(1)
        after.append(float(learner.train()(to_input(images), labels)))
    assert after[0] < first[0]


def test_the_same_seed_trains_the_same_weights_and_another_does_not():
    schedule = Schedule(epochs=2, batch=64, lr=1e-3)
    one, two = (train("convnet", schedule).model.state_dict() for _ in range(2))
    other = train("convnet", dataclasses.replace(schedule, seed=1)).model.state_dict()
    assert all(torch.equal(one[name], two[name]) for name in one)
    assert not torch.equal(one["stages.logits.weight"], other["stages.logits.weight"])


@pytest.mark.parametrize("kind", ["convnet", "vae"])
def test_a_resumed_run_gives_what_an_uninterrupted_one_gives(kind, tmp_path):
    schedule = Schedule(epochs=3, batch=64, lr=1e-3)
    whole = train(kind, schedule)
    checkpoint = tmp_path / "run.pt"
    train(kind, schedule, checkpoint=checkpoint, stop_after=1)
    resumed = train(kind, schedule, checkpoint=checkpoint, resume=True)
    assert resumed.losses == whole.losses
    expected = whole.model.state_dict()
    assert all(torch.equal(value, expected[name]) for name, value in resumed.model.state_dict().items())


def test_without_resume_a_checkpoint_is_ignored(tmp_path):
    schedule = Schedule(epochs=2, batch=64, lr=1e-3)
    train("mlp", schedule, checkpoint=tmp_path / "run.pt", stop_after=1)
    assert len(train("mlp", schedule, checkpoint=tmp_path / "run.pt").losses) == 2


def test_fewer_examples_than_a_batch_are_refused():
    with pytest.raises(ValueError, match="fewer than one batch"):
        train("mlp", Schedule(epochs=1, batch=512, lr=1e-3))


def test_the_averaged_weights_lag_behind_and_reach_the_trained_ones():
    learner = objective("mlp")
    outcome = fit(learner, *examples(), Schedule(epochs=1, batch=64, lr=1e-2), device=CPU)
    trained, averaged = learner.model.state_dict(), outcome.model.state_dict()
    assert not torch.equal(trained["stages.logits.weight"], averaged["stages.logits.weight"])
    assert (
        F.cosine_similarity(*(s["stages.logits.weight"].flatten() for s in (trained, averaged)), dim=0) > 0.9
    )


@pytest.fixture
def recipe(tmp_path, monkeypatch) -> Recipe:
    """A quick recipe whose test set is the shipped sample and whose zoo is an empty folder."""
    for module in (publish, command):
        monkeypatch.setattr(module, "load", lambda name, split, folder: sample(name))
    monkeypatch.setattr(zoo, "PRETRAINED", tmp_path / "pretrained")
    for function in (zoo.names, zoo.card, zoo.load):
        others = (function.__defaults__ or ())[1:]
        monkeypatch.setattr(function, "__defaults__", (tmp_path / "pretrained", *others))
    monkeypatch.setattr(command, "CHECKPOINTS", tmp_path / "checkpoints")
    monkeypatch.setattr(learning, "HELD_OUT", 200)
    made = Recipe(
        name="quick",
        dataset="digits",
        architecture="mlp.MLP",
        arguments={"widths": [16]},
        schedule=Schedule(epochs=1, batch=100, lr=1e-2),
        objective=lambda model: classifiers.Classification(model, augment.flip, 0.0),
        measure=classifiers.accuracy,
        preparer="digit",
        notes="A test.",
    )
    monkeypatch.setattr(command, "RECIPES", {"quick": made})
    return made


def test_the_command_trains_publishes_and_checks(recipe, capsys):
    assert command.main(["quick"]) == 0
    card = zoo.card("quick")
    assert card.parameters == zoo.parameters(zoo.load("quick")) == 784 * 16 + 16 + 16 * 10 + 10
    assert 0 < card.measured["accuracy"] < 1
    assert (card.prepare, card.classes, card.calibration) == ("digit", "digits", None)
    assert card.training["epochs"] == 1 and card.dataset["licence"] == "CC BY-SA 3.0"
    assert card.dataset["test_images"] == 2000
    assert command.main(["--check"]) == 0
    assert "as its card says" in capsys.readouterr().out
    assert command.main([]) == 0
    assert "shipped" in capsys.readouterr().out


def test_what_another_machine_learnt_by_the_clock_is_published(recipe, tmp_path):
    kept = tmp_path / "kept.safetensors"
    outcome = learning.learn(recipe, sample("digits"), CPU, kept=kept, seconds=0.5)
    assert 0.4 < outcome.seconds < 5
    assert command.main(["quick", "--publish", str(kept)]) == 0
    card = zoo.card("quick")
    assert card.training["epochs"] == len(outcome.losses) > 1  # the recipe's own schedule has one
    assert card.training["machine"].endswith("CPU")
    for name, tensor in outcome.model.state_dict().items():
        torch.testing.assert_close(zoo.load("quick").state_dict()[name], tensor.half().float())
    with pytest.raises(SystemExit):
        command.main(["--publish", str(kept)])


def test_a_teacher_learns_beside_the_model_and_is_imitated():
    images, labels = to_input(examples(64)[0]), examples(64)[1]
    taught = classifiers.Classification(
        zoo.build("mlp.MLP", {"widths": [16]}), lambda same: same, 0.0, teacher=ConvNet([4, 8], [1])
    )
    taught(images, labels).backward()
    assert all(p.grad is not None and p.grad.abs().sum() > 0 for p in taught.teacher.parameters())
    alone = classifiers.Classification(taught.model, lambda same: same, 0.0)
    assert taught(images, labels).item() != pytest.approx(alone(images, labels).item(), rel=0.05)


def test_the_weights_that_ship_go_on_and_the_card_says_from_which(recipe, monkeypatch):
    command.main(["quick"])
    first = zoo.card("quick")
    with pytest.raises(SystemExit):
        command.main(["quick", "--onward"])
    for epochs in (0, 1):
        onward = Schedule(epochs=epochs, batch=100, lr=1e-2), recipe.objective
        monkeypatch.setattr(command, "RECIPES", {"quick": dataclasses.replace(recipe, onward=onward)})
        assert command.main(["quick", "--onward"]) == 0
        second = zoo.card("quick")
        assert (second.sha256 == first.sha256) == (epochs == 0)
        assert second.training["began"]["sha256"] == first.sha256
    assert second.measured["cross_entropy"] < first.measured["cross_entropy"]  # it is measured as it is now


def test_a_network_that_goes_on_is_taught_what_it_said_of_digits_alone():
    images, labels = to_input(examples(64)[0]), examples(64)[1]
    labels[:16] = strokes.STRANGE
    model, teacher = (zoo.build("mlp.MLP", {"widths": [16]}) for _ in range(2))
    loss = classifiers.Onward(model, lambda same: same, 0.1, teacher)(images, labels)
    scores, said = (F.pad(network(images), (0, 1)) for network in (model, teacher))
    right = F.cross_entropy(scores, labels, label_smoothing=0.1)
    kept = -(said.softmax(1) * scores.log_softmax(1)).sum(1)[16:].mean()
    assert loss.item() == pytest.approx((right + kept).item() / 2, rel=0.02)  # its passes are in bfloat16


def test_drawings_made_in_parts_are_those_made_at_once():
    whole, forms = strokes.digits(8, seed=1)
    part, named = strokes.digits(5, seed=1, first=3)
    np.testing.assert_array_equal(part.images, whole.images[3:])
    assert named == forms[3:]
    strange = strokes.strange(strokes.TAUGHT, 4, seed=1)[0].images
    np.testing.assert_array_equal(strokes.strange(strokes.TAUGHT, 2, seed=1, first=2)[0].images, strange[2:])


def test_a_calibration_stays_with_its_weights(recipe):
    command.main(["quick"])
    zoo.write_card(
        dataclasses.replace(zoo.card("quick"), calibration={"temperature": 2}), zoo.PRETRAINED / "quick"
    )
    weights = (zoo.PRETRAINED / "quick" / zoo.WEIGHTS).read_bytes()
    command.main(["quick", "--measure"])
    assert zoo.card("quick").calibration == publish.kept_calibration("quick", weights) == {"temperature": 2}
    assert publish.kept_calibration("quick", weights[:-1]) is None


def test_a_false_card_is_spotted(recipe, capsys):
    command.main(["quick"])
    card = zoo.card("quick")
    flattered = dataclasses.replace(card, measured={**card.measured, "accuracy": 0.999}, parameters=7)
    zoo.write_card(flattered, zoo.PRETRAINED / "quick")
    assert command.main(["--check", "quick"]) == 1
    printed = capsys.readouterr().out
    assert "accuracy" in printed and "parameters" in printed


def test_a_shipped_model_is_measured_again_without_training(recipe, monkeypatch):
    command.main(["quick"])
    made = zoo.card("quick")
    zoo.write_card(dataclasses.replace(made, measured={"accuracy": 0.999}), zoo.PRETRAINED / "quick")
    monkeypatch.setattr("dashboard.recipes.training._epoch", lambda *a: pytest.fail("trained again"))
    assert command.main(["quick", "--measure"]) == 0
    assert zoo.card("quick") == made
    with pytest.raises(SystemExit):
        command.main(["--measure"])


def test_the_command_resumes_a_finished_run_without_training_again(recipe, monkeypatch):
    command.main(["quick"])
    sha256 = zoo.card("quick").sha256
    monkeypatch.setattr("dashboard.recipes.training._epoch", lambda *a: pytest.fail("trained again"))
    assert command.main(["quick", "--resume"]) == 0
    assert zoo.card("quick").sha256 == sha256


def test_an_unknown_recipe_lists_the_known_ones(recipe, capsys):
    with pytest.raises(SystemExit):
        command.main(["slow"])
    assert "quick" in capsys.readouterr().err


def test_every_model_of_the_issue_has_a_recipe():
    sizes = (1, 2, 4, 8, 16, 32, 64)
    expected = {"digits-mlp", "digits-cnn", "fashion-cnn", "digits-pca", "fashion-pca"}
    expected |= {"digits-flow", "fashion-flow"}
    expected |= {f"{data}-autoencoder-{size}" for data in ("digits", "fashion") for size in sizes}
    expected |= {f"{data}-vae-{size}" for data in ("digits", "fashion") for size in (2, 16)}
    assert set(command.RECIPES) == expected


def test_the_classifier_of_garments_stays_under_its_parameters():
    assert zoo.parameters(command.RECIPES["fashion-cnn"].model()) < 3_000_000


def test_recipes_build_what_they_name():
    kinds = {type(recipe.model()) for recipe in command.RECIPES.values()}
    assert kinds == {MLP, ConvNet, Autoencoder, VAE, Components, Flow}


def test_principal_components_are_those_of_scikit_learn():
    points = np.random.default_rng(0).normal(size=(200, 12)) * np.arange(1, 13)
    mean, components = autoencoders.principal_components(points, 3)
    expected = PCA(3, svd_solver="full").fit(points)
    np.testing.assert_allclose(mean, expected.mean_, atol=1e-5)
    np.testing.assert_allclose(np.abs(components @ expected.components_.T), np.eye(3), atol=1e-5)


def test_the_divergence_is_that_of_torch_distributions():
    mean, log_variance = torch.randn(5, 3), torch.randn(5, 3)
    cloud = torch.distributions.Normal(mean, (log_variance / 2).exp())
    expected = torch.distributions.kl_divergence(cloud, torch.distributions.Normal(0.0, 1.0)).sum(1)
    torch.testing.assert_close(autoencoders.divergence(mean, log_variance), expected)


def test_the_bound_of_a_blind_vae_is_the_entropy_of_grey():
    """A decoder that always says one half loses log 2 per pixel; a posterior on the prior loses nothing."""
    model = VAE(2, widths=(8, 4)).eval()
    for parameters in (model.encoder.head.parameters(), model.decoder.pixels.parameters()):
        for parameter in parameters:
            torch.nn.init.zeros_(parameter)
    found = autoencoders.evidence(model, sample("digits")[:50])
    assert found["elbo"] == pytest.approx(-784 * math.log(2), rel=1e-5)
    assert found["divergence"] == pytest.approx(0, abs=1e-6)


def test_the_error_of_a_perfect_autoencoder_is_zero_and_of_a_black_one_the_mean_square():
    images = sample("fashion")[:100]
    assert autoencoders.reconstruction_error(torch.nn.Identity(), images)["mse"] == 0

    class Black(torch.nn.Module):
        def forward(self, x):
            return x * 0

    expected = np.square(images.images / 255.0).mean()
    assert autoencoders.reconstruction_error(Black(), images)["mse"] == pytest.approx(expected, rel=1e-5)


def test_accuracy_counts():
    class Oracle(torch.nn.Module):
        def forward(self, x):
            return F.one_hot((x[:, 0, 0, 0] * 255).round().long(), 10).float()

    images = np.zeros((10, 28, 28), np.uint8)
    images[:, 0, 0] = np.arange(10)
    labels = np.arange(10)
    labels[:3] = 9
    assert classifiers.accuracy(Oracle(), ImageSet(images, labels))["accuracy"] == pytest.approx(0.7)


@pytest.mark.parametrize("change", [classifiers.draw, classifiers.dress], ids=["draw", "dress"])
def test_augmentation_keeps_shape_range_and_follows_the_seed(change):
    images = to_input(examples(32)[0])
    torch.manual_seed(3)
    one = change(images)
    torch.manual_seed(3)
    two = change(images)
    assert one.shape == images.shape
    assert one.min() >= 0 and one.max() <= 1
    assert torch.equal(one, two)
    assert (one - images).abs().mean() > 0.005


def test_no_warp_is_the_identity_and_a_shift_shifts():
    images = to_input(examples(8)[0])
    torch.testing.assert_close(augment.warp(images, augment.Warp()), images, atol=1e-5, rtol=0)
    shifted = augment.warp(images, augment.Warp(shift=3))
    assert (shifted.sum((1, 2, 3)) / images.sum((1, 2, 3)) - 1).abs().max() < 0.25


def test_strokes_thicken_and_thin():
    torch.manual_seed(0)
    images = torch.zeros(300, 1, 28, 28)
    images[:, :, 10:16, 10:16] = 1
    inked = augment.stroke(images, 1.0).sum((1, 2, 3))
    assert (inked > 36.5).float().mean() == pytest.approx(1 / 3, abs=0.1)
    assert (inked < 35.5).float().mean() == pytest.approx(1 / 3, abs=0.1)


def test_erasing_blackens_at_most_a_square():
    torch.manual_seed(0)
    erased = augment.erase(torch.ones(200, 1, 28, 28), size=8, probability=0.5)
    missing = (erased == 0).sum((1, 2, 3))
    assert missing.max() <= 81
    assert (missing > 0).float().mean() == pytest.approx(0.5, abs=0.1)


def test_two_processes_train_one_model(tmp_path):
    """As under torchrun, with two CPU processes: both end with the same weights."""
    script = (
        "import sys, torch; from torch import distributed\n"
        "folder, rank = sys.argv[1], int(sys.argv[2])\n"
        "distributed.init_process_group('gloo', f'file://{folder}/meet', rank=rank, world_size=2)\n"
        "from dashboard.models.mlp import MLP; from dashboard.recipes import augment, classifiers, training\n"
        "images = torch.randint(0, 256, (128, 28, 28)).byte(); labels = torch.randint(0, 10, (128,))\n"
        "objective = classifiers.Classification(MLP([32]), augment.flip, 0.1)\n"
        "schedule = training.Schedule(epochs=1, batch=64, lr=1e-3)\n"
        "outcome = training.fit(objective, images, labels, schedule, device=torch.device('cpu'))\n"
        "torch.save(outcome.model.state_dict(), f'{folder}/{rank}.pt')\n"
        "distributed.destroy_process_group()\n"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path), str(rank)],
            cwd=Path(__file__).resolve().parents[2],
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        for rank in range(2)
    ]
    assert [process.wait(timeout=120) for process in running] == [0, 0]
    one, two = (torch.load(tmp_path / f"{rank}.pt", weights_only=True) for rank in range(2))
    assert all(torch.equal(one[name], two[name]) for name in one)


def test_the_pace_is_that_of_the_one_cycle_schedule_of_torch_and_repeats():
    parameter = torch.nn.Parameter(torch.zeros(1))
    optimiser = torch.optim.SGD([parameter], lr=1.0)
    options = {"pct_start": 0.25, "cycle_momentum": False, "div_factor": 10, "final_div_factor": 100}
    reference = torch.optim.lr_scheduler.OneCycleLR(optimiser, 1.0, total_steps=1001, **options)
    pace = _pace(Schedule(epochs=10, batch=1, lr=1.0, warmup=0.25), 100)
    repeated = _pace(Schedule(epochs=20, batch=1, lr=1.0, warmup=0.25, cycles=2), 100)
    for step in range(1000):
        assert pace(step) == pytest.approx(reference.get_last_lr()[0], abs=0.02)
        assert repeated(step) == repeated(step + 1000) == pytest.approx(pace(step))
        optimiser.step()
        reference.step()


def test_guidance_pulls_codes_towards_their_places():
    images, _ = examples(128)
    places = torch.randn(128, 4)
    learner = autoencoders.Guidance(objective("autoencoder").model)

    def distance() -> float:
        with torch.inference_mode():
            return float(F.mse_loss(learner.model.eval().encode(to_input(images)), places))

    before = distance()
    fit(learner, images, places, Schedule(epochs=4, batch=32, lr=1e-2), device=CPU)
    assert distance() < before
