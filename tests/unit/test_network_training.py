"""Runs: the same again, longer, exploding, stopped, taken away; and what is drawn of them."""

from dataclasses import fields, replace

import numpy as np
import pytest
import torch

from dashboard.datasets import plane, shipped
from dashboard.network.bending import bend, paper_lines
from dashboard.network.export import script
from dashboard.network.luck import EXAMPLE, STARTS, example, stuck, try_luck, write_example
from dashboard.network.maps import HIDDEN_SIDE, OUTPUT_SIDE, maps
from dashboard.network.settings import INPUTS, Settings
from dashboard.network.trainer import initial_weights
from dashboard.network.training import FRAMES, MAX_FRAMES, REPORT_EVERY, Film, chosen_epochs, resume, train
from tests.unit.network_helpers import torch_forward, torch_layers

CIRCLE = Settings(size=60, epochs=30)


def split_of(settings: Settings) -> plane.Split:
    return plane.make(settings.data, settings.size, settings.noise, settings.train_share, settings.data_seed)


def run(settings: Settings) -> Film:
    return train(settings, split_of(settings))


@pytest.mark.parametrize("slug", [*plane.CLASSES, *plane.VALUES])
def test_every_data_set_is_learnt_from(slug):
    # Features up to 25 would need a smaller rate: all inputs but the squares.
    inputs = ("x1", "x2", "sinx1", "sinx2")
    settings = Settings(
        data=slug, hidden=(8, 8), inputs=inputs, optimiser="adam", learning_rate=0.01, epochs=60
    )
    film = run(settings)
    assert film.epochs == 60
    assert film.train_loss[-1] < 0.6 * film.train_loss[0]


def test_the_same_settings_give_the_same_film():
    settings = replace(CIRCLE, dropout=0.2, l1=1e-3, optimiser="adam")
    one, two = run(settings), run(settings)
    np.testing.assert_array_equal(one.weights, two.weights)
    np.testing.assert_array_equal(one.test_loss, two.test_loss)
    assert not np.array_equal(one.weights, run(replace(settings, seed=1)).weights)


@pytest.mark.parametrize("optimiser", ["sgd", "momentum", "adam"])
def test_going_on_is_one_longer_run(optimiser):
    settings = replace(CIRCLE, optimiser=optimiser, dropout=0.1, learning_rate=0.01)
    long = run(replace(settings, epochs=70))
    film = resume(resume(run(settings), split_of(settings), 25), split_of(settings), 15)
    for name in ("train_loss", "test_loss", "train_score", "test_score"):
        np.testing.assert_array_equal(getattr(film, name), getattr(long, name))
    np.testing.assert_array_equal(film.end.state.flat, long.end.state.flat)
    np.testing.assert_array_equal(film.weights[-1], long.weights[-1])
    assert film.frame_epochs[0] == 0 and film.frame_epochs[-1] == 70
    assert (np.diff(film.frame_epochs) > 0).all() and len(film.frame_epochs) == len(film.weights)


def test_frames_stay_bounded_however_often_the_run_goes_on():
    split = split_of(CIRCLE)
    film = run(CIRCLE)
    for _ in range(5):
        film = resume(film, split, 40)
    assert len(film.frame_epochs) <= MAX_FRAMES
    assert film.frame_epochs[0] == 0 and film.frame_epochs[-1] == film.epochs == 230


@pytest.mark.parametrize("epochs", [1, 2, 59, 60, 61, 200, 2000])
def test_chosen_epochs(epochs):
    chosen = chosen_epochs(epochs)
    assert chosen[0] == 0 and chosen[-1] == epochs
    assert (np.diff(chosen) > 0).all() and len(chosen) <= FRAMES


@pytest.mark.parametrize("data,activation", [("hills", "relu"), ("plane", "linear"), ("curve", "tanh")])
def test_an_explosion_is_told_and_all_arrays_stay_finite(data, activation):
    settings = Settings(data=data, activation=activation, hidden=(8, 8), learning_rate=10.0, size=100)
    film = run(settings)
    assert film.diverged_at == film.epochs + 1
    for values in (film.train_loss, film.test_loss, film.train_score, film.test_score, film.weights):
        assert np.isfinite(values).all()
    with pytest.raises(ValueError):
        resume(film, split_of(settings), 5)


def test_stops_at_the_target():
    film = run(replace(CIRCLE, size=400, epochs=500, stop_at=0.95))
    assert film.reached_at == film.epochs < 500
    assert film.test_score[-1] >= 0.95 > film.test_score[:-1].max()
    assert len(film.frame_epochs) == len(chosen_epochs(film.epochs))


def test_a_visitor_can_stop_and_what_was_done_is_kept():
    shares = []
    film = train(
        replace(CIRCLE, epochs=100), split_of(CIRCLE), lambda share: shares.append(share) or len(shares) < 3
    )
    assert shares == [0.16, 0.32, 0.48] and film.epochs == 48


def test_zeros_keep_the_neurons_of_a_layer_alike():
    film = run(replace(CIRCLE, initialisation="zeros", activation="sigmoid", hidden=(4,)))
    first_layer = film.weights[-1][:12].reshape(4, 3)
    assert np.abs(first_layer).max() > 0
    np.testing.assert_allclose(first_layer, first_layer[:1].repeat(4, axis=0), atol=1e-7)


@pytest.mark.parametrize(
    "name,spread", [("xavier", np.sqrt(2.0 / (200 + 300))), ("he", np.sqrt(2.0 / 200)), ("zeros", 0.0)]
)
def test_initial_spread(name, spread):
    flat = initial_weights(Settings(initialisation=name), (200, 300), seed=0).reshape(300, 201)
    assert flat[:, :-1].std() == pytest.approx(spread, rel=0.02)
    assert not flat[:, -1].any()


def test_luck_is_the_same_runs_side_by_side():
    settings = replace(CIRCLE, epochs=25, dropout=0.1, optimiser="momentum", learning_rate=0.01, seed=7)
    split = split_of(settings)
    luck = try_luck(settings, split, starts=5, solved_from=0.8)
    for start in range(5):
        film = train(luck.settings_of(start), split)
        np.testing.assert_allclose(luck.test_loss[start], film.test_loss[luck.epochs], rtol=1e-9)
        np.testing.assert_allclose(luck.weights[start], film.weights[-1], rtol=1e-5, atol=1e-7)
        assert (luck.solved[start] == (film.test_score[luck.epochs] >= 0.8)).all()
        last = maps(film.weights[-1:], settings, film.sizes, split.task).output[0]
        assert int(luck.output[-1, start, 16, 16]) == pytest.approx(int(last[41, 41]), abs=6)
    best, *_, worst = luck.ranking
    assert luck.test_score[best, -1] == luck.test_score[:, -1].max()
    assert luck.test_score[worst, -1] == luck.test_score[:, -1].min()


def test_the_case_that_luck_opens_on_is_what_training_gives_and_half_of_it_succeeds(tmp_path, monkeypatch):
    shown, split = example(), split_of(EXAMPLE)
    assert shown.seeds.tolist() == list(range(STARTS)) and shown.epochs[-1] == EXAMPLE.epochs
    assert 0.4 < shown.solved[:, -1].mean() < 0.6
    # The beginning of it, again: later a last digit may change a fate.
    again = try_luck(
        EXAMPLE, split, starts=4, progress=lambda share: share < shown.epochs[3] / EXAMPLE.epochs
    )
    assert again.epochs.tolist() == shown.epochs[:4].tolist()
    np.testing.assert_allclose(again.test_loss, shown.test_loss[:4, :4], rtol=1e-5)
    np.testing.assert_allclose(again.output, shown.output[:4, :4].astype(int), atol=1)
    monkeypatch.setattr(shipped, "SAMPLES", tmp_path)
    write_example(shown)
    written = example.__wrapped__()
    for field in fields(shown):
        np.testing.assert_array_equal(getattr(written, field.name), getattr(shown, field.name))


def test_a_run_is_stuck_when_it_is_short_of_its_task_and_gets_no_further():
    xor = Settings(data="xor", hidden=())  # a line, which cannot do it
    assert stuck(train(xor, split_of(xor)))
    assert not stuck(train(Settings(), split_of(Settings())))  # solved
    early = replace(Settings(), epochs=60)
    assert not stuck(train(early, split_of(early)))  # short of it, and on the way


def test_luck_tells_every_moment_what_the_starts_answer():
    told: list[np.ndarray] = []
    luck = try_luck(replace(CIRCLE, epochs=30), split_of(CIRCLE), starts=3, shown=told.append)
    np.testing.assert_array_equal(np.stack(told), luck.output)


def test_luck_survives_its_explosions_and_can_be_stopped():
    settings = Settings(data="hills", activation="relu", hidden=(8,), learning_rate=1.0, size=100)
    luck = try_luck(settings, split_of(settings), starts=6, progress=lambda share: share < 0.5)
    assert (
        0 <= luck.epochs[-1] - settings.epochs // 2 < REPORT_EVERY
        and luck.diverged.any()
        and not luck.solved[luck.diverged].any()
    )
    for values in (luck.train_loss, luck.test_loss, luck.test_score, luck.weights):
        assert np.isfinite(values).all()


@pytest.mark.parametrize("data,task", [("circle", "classes"), ("classes4", "classes"), ("hills", "values")])
@pytest.mark.parametrize("activation", ["tanh", "relu", "gelu"])
def test_maps_show_what_torch_computes(data, task, activation):
    settings = Settings(
        data=data, activation=activation, hidden=(5, 3), inputs=INPUTS, size=60, epochs=9, learning_rate=0.001
    )
    film = run(settings)
    drawn = maps(film.weights, settings, film.sizes, task)
    assert drawn.hidden.shape == (10, 8, HIDDEN_SIDE, HIDDEN_SIDE)
    assert drawn.output.shape == (10, OUTPUT_SIDE, OUTPUT_SIDE)
    frame = 9
    layers = torch_layers(film.weights[frame].astype(float), film.sizes)
    places = torch.tensor(plane.features(plane.grid(HIDDEN_SIDE), INPUTS))
    hidden = torch_forward(layers[:2], places, activation).detach().numpy()
    hidden = torch_activation(hidden, activation)
    shown = (drawn.hidden[frame, 5:].astype(float) - 128) / 127 * drawn.scale[frame, 5:, None, None]
    error = np.abs(shown.reshape(3, -1) - hidden.T).max(axis=1)
    assert (error <= 0.51 / 127 * drawn.scale[frame, 5:] + 1e-4).all()
    places = torch.tensor(plane.features(plane.grid(OUTPUT_SIDE), INPUTS))
    z = torch_forward(layers, places, activation).detach()
    output = drawn.output[frame].ravel()
    if data == "circle":
        np.testing.assert_allclose((output / 127 - 128 / 127 + 1) / 2, z[:, 0].sigmoid(), atol=0.003)
    elif data == "hills":
        np.testing.assert_allclose((output - 128.0) / 127, z[:, 0].clamp(-1, 1), atol=0.005)
    else:
        top = z.softmax(dim=1).max(dim=1)
        assert (output >> 5 == top.indices.numpy()).mean() > 0.999
        np.testing.assert_allclose((output & 31) / 31, top.values, atol=0.02)


def torch_activation(z: np.ndarray, name: str) -> np.ndarray:
    from tests.unit.network_helpers import ACTIVATIONS

    return ACTIVATIONS[name](torch.tensor(z)).numpy()


def test_maps_of_no_hidden_layer():
    film = run(replace(CIRCLE, hidden=(), epochs=3))
    assert maps(film.weights, film.settings, film.sizes, "classes").hidden.shape[:2] == (4, 0)


def test_bending_carries_the_paper_and_the_line_separates_as_the_network_does():
    settings = replace(CIRCLE, hidden=(6, 2), epochs=40)
    split = split_of(settings)
    film = train(settings, split)
    bending = bend(film.weights[-1], settings, film.sizes, split)
    np.testing.assert_array_equal(bending.paper[0], paper_lines())
    np.testing.assert_array_equal(bending.points[0][: len(split.train_points)], split.train_points)
    assert [basis.kept for basis in bending.bases][::2] == [1.0, 1.0]
    assert 0.3 < bending.bases[1].kept < 1.0
    a, b, c = bending.line
    side = bending.points[-1] @ [a, b] + c > 0
    layers = torch_layers(film.weights[-1].astype(float), film.sizes)
    everything = np.concatenate([split.train_points, split.test_points])
    logits = torch_forward(layers, torch.tensor(everything), "tanh")[:, 0].detach().numpy()
    np.testing.assert_array_equal(side, logits > 0)
    earlier = bend(film.weights[0], settings, film.sizes, split, bending.bases)
    assert earlier.bases is bending.bases and np.isfinite(earlier.paper).all()


SCRIPTED = [
    Settings(data="spiral", hidden=(8, 8, 8), size=200, epochs=40),
    Settings(data="classes4", hidden=(6,), activation="relu", initialisation="he", optimiser="adam", l2=1e-3),
    Settings(data="curve", hidden=(8,), inputs=("x1", "sinx1"), optimiser="momentum", learning_rate=1e-3),
    Settings(data="spiral3", hidden=(8, 4), activation="gelu", dropout=0.2, l1=1e-3, batch_size=12),
    Settings(data="circle", hidden=(), initialisation="zeros", inputs=INPUTS, learning_rate=1e-3),
    Settings(data="own", hidden=(3,), activation="sigmoid"),
]


@pytest.fixture
def torch_as_it_was():
    dtype, threads = torch.get_default_dtype(), torch.get_num_threads()
    yield
    torch.set_default_dtype(dtype)
    torch.set_num_threads(threads)


@pytest.mark.parametrize("settings", SCRIPTED, ids=lambda settings: settings.data)
def test_the_script_ends_with_the_loss_of_the_run(settings, capsys, torch_as_it_was):
    settings = replace(settings, epochs=12)
    if settings.data == "own":
        points = np.random.default_rng(0).uniform(-5, 5, (30, 2))
        split = plane.split(
            points, (points[:, 0] > 0).astype(float), 0.5, np.random.default_rng(0), "classes", 2
        )
    else:
        split = split_of(settings)
    film = train(settings, split)
    exec(compile(script(settings, split, film.epochs), "run.py", "exec"), {})
    losses = [float(line.split()[-1]) for line in capsys.readouterr().out.splitlines()]
    np.testing.assert_allclose(losses, [film.train_loss[-1], film.test_loss[-1]], rtol=1e-7)
    assert film.train_loss[-1] < film.train_loss[0]
