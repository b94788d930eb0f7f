"""The pure parts of the components, run by the browser, against Python's numbers."""

import base64
import itertools
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
import pytest
import torch
from playwright.sync_api import Browser, Page, Route
from scipy.interpolate import RegularGridInterpolator
from scipy.special import expit
from skimage.measure import points_in_poly

from dashboard.classifiers import classifier, live_reader
from dashboard.datasets import plane, strokes
from dashboard.datasets.digits import USUAL, to_mnist
from dashboard.datasets.images import sample
from dashboard.datasets.strokes.canvas import rendered
from dashboard.datasets.strokes.hand import Hand, styled
from dashboard.latent import portable
from dashboard.latent.coders import Coder, coder
from dashboard.latent.training import Settings, Training
from dashboard.latent.walks import pixels
from dashboard.layers import dissection
from dashboard.live import LiveReader
from dashboard.message.frames import NO_PART
from dashboard.network.engine import LOSSES, loss_and_score
from dashboard.network.settings import ACTIVATIONS, count_parameters
from dashboard.network.trainer import encoded, layer_outputs, loss_for
from dashboard.perceptron.learning import RULES, learn, misclassified, separability
from dashboard.portable import Program
from dashboard.recognition import features
from dashboard.ui.component import FOLDER, bundle, shares

HOST = "http://components.test/"
INPUTS = ("x1", "x2", "x1sq", "x2sq", "x1x2", "sinx1", "sinx2")
COMPONENTS = sorted(file.stem for file in FOLDER.glob("*.js") if "export default" in file.read_text())

Call = Callable[..., Any]


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    def answer(route: Route) -> None:
        name = route.request.url.removeprefix(HOST)
        if name:
            route.fulfill(path=FOLDER / name, content_type="text/javascript")
        else:
            route.fulfill(body="<!doctype html>", content_type="text/html")

    context = browser.new_context()
    page = context.new_page()
    page.route(f"{HOST}**", answer)
    page.goto(HOST)
    yield page
    context.close()


@pytest.fixture(scope="module")
def call(page: Page) -> Call:
    """What a script gives, to which the names that a module exports and ``given`` are known."""

    def run(module: str, script: str, **given: Any) -> Any:
        names = ", ".join(given)
        code = f"""async ({{ {names} }}) => {{
            const m = await import("./{module}.js");
            return JSON.stringify(({script}), (_, v) => (ArrayBuffer.isView(v) ? Array.from(v) : v));
        }}"""
        return json.loads(page.evaluate(code, given))

    return run


@pytest.mark.parametrize("name", COMPONENTS)
def test_what_streamlit_gets_is_one_module_with_a_function(page, name):
    kind = page.evaluate(
        """async (text) => {
            const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
            return typeof (await import(address)).default;
        }""",
        bundle(f"{name}.js"),
    )
    assert kind == "function"


def test_shares_travel_in_steps(call):
    values = np.random.default_rng(0).uniform(-0.5, 1.5, (50, 2))
    found = call("kit", "m.shares(text)", text=shares(values))
    np.testing.assert_allclose(found, values.clip(0, 1).ravel(), atol=0.5 / 65535 + 1e-7)


def test_parts_of_a_message_lie_in_its_image(call):
    """Whole squares, and those that the edge cuts, each once, of a grid of 5 x 7 blocks."""
    codes = [3 * 0, 3 * 3, 3 * (2 * 4 + 3) + 1, 3 * 34 + 2, 3 * 3, NO_PART]
    found = call("message", "m.places(Uint16Array.from(codes), [5, 7], none)", codes=codes, none=NO_PART)
    whole = np.array([[0, 0, 4, 4], [4, 4, 3, 1], [6, 4, 1, 1], [6, 4, 1, 1]])
    np.testing.assert_allclose(found, 1000 * whole / [7, 5, 7, 5])


def test_bundle_holds_each_file_once_after_what_it_imports():
    text = bundle("network.js")
    assert text.count("const forward =") == text.count("const paintMap =") == 1
    assert text.index("const rgb =") < text.index("const paintMap =") < text.index("class NetworkView")
    assert bundle("network.css").index(".component {") < bundle("network.css").index(".net {")


# ---------------------------------------------------------------- the network's forward pass


def _network(classes: int, hidden: tuple[int, ...] = (5, 3)) -> tuple[tuple[int, ...], np.ndarray]:
    sizes = (len(INPUTS), *hidden, 1 if classes <= 2 else classes)
    return sizes, np.random.default_rng(7).normal(0.0, 0.6, count_parameters(sizes))


@pytest.mark.parametrize("hidden", [(), (5, 3)], ids=str)
@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("classes", [2, 4])
def test_forward_pass(call, activation, classes, hidden):
    sizes, flat = _network(classes, hidden)
    points = np.random.default_rng(8).uniform(-6.0, 6.0, (50, 2))
    expected = layer_outputs(flat, plane.features(points, INPUTS), sizes, activation)
    found = call(
        "engine",
        "m.forward(flat, sizes, activation, m.features(points, inputs))",
        flat=flat.tolist(),
        sizes=sizes,
        activation=activation,
        points=points.ravel().tolist(),
        inputs=INPUTS,
    )
    np.testing.assert_allclose(found[0], plane.features(points, INPUTS).T, rtol=1e-6, atol=1e-6)
    for ours, theirs in zip(found[1:], expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=2e-5, atol=2e-5)


def test_where_the_weights_of_a_neuron_begin(call):
    sizes, flat = _network(4)
    starts = call(
        "engine",
        "sizes.slice(1).map((n, l) => Array.from({ length: n }, (_, k) => m.firstWeight(sizes, l + 1, k)))",
        sizes=sizes,
    )
    at = 0
    for layer, found in enumerate(starts, start=1):
        for start in found:
            assert start == at
            at += sizes[layer - 1] + 1
    assert at == len(flat)


@pytest.mark.parametrize("slug", ["circle", "classes5", "hills"])
def test_loss_score_and_decision(call, slug):
    split = plane.make(slug, 60, 0.1, 0.5, 3)
    outputs = np.random.default_rng(9).normal(0.0, 2.0, (split.outputs, len(split.train_targets)))
    loss, targets = LOSSES.index(loss_for(split)), encoded(split.train_targets, split)
    given = {"outputs": outputs.tolist(), "targets": split.train_targets.tolist(), "task": split.task}
    found = call("engine", "m.examine(outputs, targets, task)", **given)
    np.testing.assert_allclose(found, loss_and_score(loss, outputs, targets), rtol=1e-6, atol=1e-9)
    decided = call("engine", "targets.map((_, i) => m.decide(outputs, task, i))", **given)
    classes, strengths = np.array(decided).T
    if slug == "classes5":
        np.testing.assert_array_equal(classes, outputs.argmax(axis=0))
        shares = np.exp(outputs) / np.exp(outputs).sum(axis=0)
        np.testing.assert_allclose(strengths, shares.max(axis=0))
    elif slug == "circle":
        np.testing.assert_array_equal(classes, outputs[0] > 0)
        np.testing.assert_allclose(strengths, 2 * expit(outputs[0]) - 1, atol=1e-12)
    else:
        np.testing.assert_allclose(strengths, outputs[0].clip(-1, 1))


def test_places_of_a_map(call):
    np.testing.assert_allclose(
        np.reshape(call("maps", "m.mapPlaces(extent)", extent=plane.EXTENT), (-1, 2)),
        plane.grid(56),
        rtol=1e-6,
    )


# ---------------------------------------------------------------- one neuron


@pytest.mark.parametrize("rule", RULES)
def test_neuron_misses_what_the_server_says_it_misses(call, rule):
    random = np.random.default_rng(3)
    points, labels = random.uniform(-1, 1, (40, 2)), random.choice([-1, 1], 40)
    run = learn(points, labels, rule, 0.1, updates=30)
    found = call(
        "neuron_plane",
        "weights.map((w) => points.map((p) => m.wrong(w, p)))",
        weights=run.answer.tolist(),
        points=np.column_stack([points, labels]).tolist(),
    )
    expected = [misclassified(points, labels, weights) for weights in run.answer]
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize("initial", [(0.0, 0.0, 0.0), (0.4, -0.8, 0.3)])
def test_the_proofs_two_quantities_keep_their_bounds(call, initial):
    random = np.random.default_rng(5)
    points = random.uniform(-1, 1, (60, 2))
    points = points[np.abs(points @ (1.0, -2.0) + 0.2) > 0.1]
    labels = np.where(points @ (1.0, -2.0) + 0.2 > 0, 1, -1)
    facts, run = separability(points, labels), learn(points, labels, "rosenblatt", 0.3, initial)
    found = call(
        "neuron_proof",
        "m.growth(film, proof)",
        film={"index": run.index.tolist(), "weights": run.weights.ravel().tolist(), "rate": 0.3},
        proof={"separator": facts.separator.tolist(), "margin": facts.margin, "radius": facts.radius},
    )
    assert run.converged and found["made"][-1] == run.updates
    np.testing.assert_allclose(found["ahead"], run.weights @ facts.separator, atol=1e-9)
    np.testing.assert_allclose(found["squares"], (run.weights**2).sum(axis=1), atol=1e-9)
    assert (np.subtract(found["ahead"], found["atLeast"]) > -1e-9).all()
    assert (np.subtract(found["atMost"], found["squares"]) > -1e-9).all()
    # Where the bounds meet (Cauchy and Schwarz) is the most updates of the theorem.
    most = facts.bound(0.3, initial)
    ahead, square = found["ahead"][0] + most * 0.3 * facts.margin, found["squares"][0]
    assert ahead**2 == pytest.approx(square + most * (0.3 * facts.radius) ** 2)


def test_neuron_output(call):
    scores = np.linspace(-4, 4, 9)
    expected = {"step": np.where(scores > 0, 1, -1), "identity": scores, "sigmoid": expit(scores)}
    for activation, values in expected.items():
        found = call("neuron_plane", "s.map((v) => m.activate(name, v))", name=activation, s=scores.tolist())
        np.testing.assert_allclose(found, values)


@pytest.mark.parametrize("weights", [(1, 2, 0.5), (0, 1, 0.2), (-3, 0, 1), (1, 1, 0), (1, 1, 5), (0, 0, 1)])
def test_where_the_line_leaves_the_board(call, weights):
    ends = call("neuron_plane", "m.crossing(w, limit)", w=weights, limit=1.2)
    around = np.array([(x, y) for x in (-1.2, 1.2) for y in (-1.2, 1.2)])
    sides = np.sign(around @ weights[:2] + weights[2])
    assert (ends is None) == (abs(sides.sum()) == 4)
    for x, y in ends or ():
        assert weights[0] * x + weights[1] * y + weights[2] == pytest.approx(0)
        assert max(abs(x), abs(y)) == pytest.approx(1.2)
    assert ends is None or not np.allclose(*ends)


def test_a_height_between_the_corners_of_the_mesh(call):
    random = np.random.default_rng(2)
    heights, places = random.uniform(0, 1, (9, 9)), random.uniform(-1, 1, (30, 2))
    found = call(
        "relief",
        "places.map(([x, y]) => m.heightAt(heights, 9, x, y))",
        heights=heights.ravel().tolist(),
        places=places.tolist(),
    )
    steps = np.linspace(-1, 1, 9)
    np.testing.assert_allclose(found, RegularGridInterpolator((steps, steps), heights)(places[:, ::-1]))


# ---------------------------------------------------------------- a field that learns on a drawing


def test_the_fields_gradient_is_torchs(call):
    random = np.random.default_rng(1)
    places, times, wanted = random.normal(size=(40, 2)), random.uniform(size=40), random.normal(size=(40, 2))
    found = call(
        "flow_learning",
        """(() => {
            const weights = m.firstWeights(m.chance(3));
            return [m.SIZES, weights, m.gradientOf(weights, places, times, wanted)];
        })()""",
        places=places.ravel().tolist(),
        times=times.tolist(),
        wanted=wanted.ravel().tolist(),
    )
    sizes, weights, (loss, gradient) = found[0], np.array(found[1]), found[2].values()
    waves = [f(w * places[:, c]) for w in (2, 4) for c in (0, 1) for f in (np.sin, np.cos)]
    h = torch.tensor(np.column_stack([places, 2 * times - 1, times**2, *waves]))
    assert h.shape[1] == sizes[0]
    flat = torch.tensor(weights, requires_grad=True)
    at = 0
    for before, after in itertools.pairwise(sizes):
        matrix = flat[at : at + after * before].reshape(after, before)
        at += after * (before + 1)
        h = h @ matrix.T + flat[at - after : at]
        if at < len(weights):
            h = h.relu()
    expected = (h - torch.tensor(wanted)).pow(2).mean()
    expected.backward()
    assert at == len(weights) and loss == pytest.approx(expected.item(), rel=1e-5)
    np.testing.assert_allclose(gradient, flat.grad, rtol=1e-3, atol=1e-5)


def test_the_field_learns_the_mean_velocity_of_straight_paths(call):
    line = [[[-1.0, -0.5], [1.0, 0.5]]]
    asked = np.array([[0.0, 0.0], [0.6, -0.2], [-0.5, 0.4], [0.3, 0.9]])
    drawn, found, ends = call(
        "flow_learning",
        """(() => {
            const learner = new m.Learner(m.spread(line, 800), 1);
            while (!learner.done) learner.step();
            const ends = m.carried(learner.weights, m.normal(400, m.chance(2)), 30).at(-1);
            return [learner.drawn, [0.2, 0.6].map((t) => m.velocity(learner.weights, asked, t)), ends];
        })()""",
        line=line,
        asked=asked.ravel().tolist(),
    )
    drawn = np.reshape(drawn, (-1, 2))
    np.testing.assert_allclose(np.diff(drawn, axis=0), np.full((799, 2), (2 / 800, 1 / 800)), atol=1e-6)
    for time, velocities in zip((0.2, 0.6), found, strict=True):
        # The mean of (end - place) / (1 - t) over the ends that a normal start makes likely.
        off = ((asked[:, None] - time * drawn) ** 2).sum(axis=2) / (2 * (1 - time) ** 2)
        shares = np.exp(-off) / np.exp(-off).sum(axis=1, keepdims=True)
        expected = (shares @ drawn - asked) / (1 - time)
        np.testing.assert_allclose(np.reshape(velocities, (-1, 2)), expected, atol=0.25)
    away = np.abs(np.reshape(ends, (-1, 2)) @ (-1, 2)) / np.sqrt(5)  # from the line
    assert np.mean(away) < 0.1


# ---------------------------------------------------------------- a convolution


@pytest.mark.parametrize("name", ["photos", "digits"])
def test_a_convolution_in_the_browser_gives_the_feature_map_of_torch(call, name):
    image = features.examples(name)[0]
    model = classifier(name).module
    expected = dissection.read(model, torch.from_numpy(image)[None])[1].values
    first = dissection.first_convolution(model, image.shape[1])
    unit = 6
    layer = {
        "channels": len(image),
        "side": image.shape[1],
        "size": 3,
        "stride": first.stride,
        "padding": first.padding,
        "mean": first.mean,
        "std": first.std,
        "ceiling": first.ceiling if np.isfinite(first.ceiling) else None,
    }
    found, places, lit = call(
        "convolution_sums",
        """(() => {
            const told = { ...layer, kernels: new Float32Array(kernels), biases: new Float32Array(biases) };
            const map = m.mapOf(pixels, told, unit);
            const film = Array.from({ length: m.FRAMES }, (_, at) => m.sceneAt(at, map));
            return [map, film.map((scene) => scene.filled), film.map((scene) => scene.lit)];
        })()""",
        layer=layer,
        kernels=first.kernels.ravel().tolist(),
        biases=first.biases.tolist(),
        pixels=image.ravel().tolist(),
        unit=unit,
    )
    np.testing.assert_allclose(np.reshape(found, expected[unit].shape), expected[unit], atol=2e-4)
    assert places == sorted(places) and (places[0], places[-1]) == (0, expected[unit].size)
    assert min(lit) == 0 and max(lit) == 1


# ---------------------------------------------------------------- the film player


@pytest.mark.parametrize("count", [2, 6, 40, 121, 2000])
def test_a_film_lasts_four_to_eight_seconds_and_shows_every_part(call, count):
    assert 4 <= call("player", "m.duration(count)", count=count) <= 8
    moments = np.linspace(0, 1, 401)
    found = call("player", "moments.map((t) => m.placeAt(t, count))", moments=moments.tolist(), count=count)
    frames, shares = np.array(found).T
    assert found[0] == [0, 0] and found[-1] == [count - 1, 0]
    assert ((shares >= 0) & (shares <= 1)).all()
    places = frames + shares
    assert (np.diff(places) >= 0).all()
    # Never ahead or behind by more than a frame.
    np.testing.assert_allclose(places, moments * (count - 1), atol=1)


def test_an_element_that_is_missing_or_of_another_kind_says_so(call):
    looks = "[() => m.finder(document)('canvas'), () => m.finder(document)('body', HTMLCanvasElement)]"
    told = "(look) => { try { look(); } catch (error) { return error.message; } }"
    assert call("kit", f"{looks}.map({told})") == ["canvas: not here", "body: of another kind"]


def test_weights_between_two_frames(call):
    film = np.arange(12.0).reshape(3, 4) ** 2
    found = call(
        "kit",
        "[m.filmAt(film, 4, 1, 0), m.filmAt(film, 4, 1, 0.25), m.filmAt(film, 4, 2, 0)]",
        film=film.ravel().tolist(),
    )
    np.testing.assert_allclose(found, [film[1], 0.75 * film[1] + 0.25 * film[2], film[2]])


# ---------------------------------------------------------------- the map of the latent space


def test_projection_of_a_cloud_in_space(call):
    places = np.random.default_rng(1).uniform(-1, 1, (20, 3))
    yaw, pitch, fit = 0.7, 0.4, 200.0
    camera = {"zoom": 1.5, "x": 12.0, "y": -7.0}
    found = call(
        "atlas_draw",
        "(m.project(places, 20, view, camera, screen), screen)",
        places=places.ravel().tolist(),
        view={"yaw": yaw, "pitch": pitch, "fit": fit},
        camera=camera,
        screen={"width": 600, "height": 400, "x": [], "y": [], "near": []},
    )
    about_y = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    turned = places @ (about_x @ about_y).T
    np.testing.assert_allclose(found["x"], 300 + camera["x"] + fit * 1.5 * turned[:, 0])
    np.testing.assert_allclose(found["y"], 200 + camera["y"] - fit * 1.5 * turned[:, 1])
    np.testing.assert_allclose(found["near"], turned[:, 2])


def test_inside_the_lasso(call):
    path = [(0, 0), (10, 1), (9, 9), (5, 3), (1, 8)]  # not convex
    points = np.random.default_rng(2).uniform(-1, 11, (400, 2))
    found = call(
        "atlas_draw", "points.map(([x, y]) => m.inside(x, y, path))", points=points.tolist(), path=path
    )
    np.testing.assert_array_equal(found, points_in_poly(points, path))


# ---------------------------------------------------------------- decoders' weights


def computed(call: Call, program: Program | LiveReader, inputs: np.ndarray) -> list[list[float]]:
    """What the browser makes of inputs (n, m) by a network that runs there."""
    return call(
        "neural",
        "inputs.map(m.decoderOf(steps, m.halves(Uint8Array.from(atob(weights), (c) => c.charCodeAt(0)))))",
        steps=program.steps,
        weights=base64.b64encode(program.weights).decode(),
        inputs=inputs.tolist(),
    )


def own(activation: str) -> Coder:
    training = Training(Settings("digits", (24,), 3, activation, epochs=1))
    training.advance(20)
    return training.coder


CODERS = {
    "digits-autoencoder-2": lambda: coder("digits", 2),
    "fashion-autoencoder-64": lambda: coder("fashion", 64),
    "digits-vae-2": lambda: coder("digits", 2, "vae"),
    "fashion-vae-16": lambda: coder("fashion", 16, "vae"),
    "digits-pca-8": lambda: coder("digits", 8, "pca"),
    **{f"own-{activation}": partial(own, activation) for activation in ("relu", "tanh", "linear")},
}


@pytest.mark.parametrize("name", CODERS)
def test_the_browsers_decoder_is_torchs(call, name):
    """Every pixel within half a grey level of 255, for known codes and for random ones far from them."""
    by = CODERS[name]()
    known = by.encode(pixels(by.dataset)[:12])
    random = np.random.default_rng(0).normal(known.mean(0), 2 * known.std(0), (12, by.size))
    codes = np.concatenate([known, random]).astype(np.float32)
    images = np.reshape(computed(call, portable.program(by), codes), (-1, 28, 28))
    assert np.abs(images - by.decode(codes)).max() < 0.5 / 255


def test_half_precision(call):
    values = np.array([0, -0.0, 1, -2.5, 65504, 6e-8, 6.1e-5, 1 / 3], "<f2")
    found = call(
        "neural",
        "m.halves(Uint8Array.from(bytes))",
        bytes=list(values.tobytes()),
    )
    np.testing.assert_array_equal(found, values.astype(float))


# ---------------------------------------------------------------- the front page's line


@pytest.mark.parametrize("seed", [1, 2, 7, 40])
def test_the_line_learns_as_logistic_regression_does(call, seed):
    film, points, start = call(
        "line_learning",
        "(({ points, start }) => [m.learn(points, start), points, start])(m.clouds(seed))",
        seed=seed,
    )
    array = np.array(points)
    inputs, labels = np.column_stack([array[:, :2], np.ones(len(array))]), array[:, 2]
    weights = np.array(start)
    for step in range(len(film) - 1):
        slope = inputs.T @ (labels * expit(-labels * (inputs @ weights))) / len(inputs)
        weights = weights + 1.6 * (1 + step / 30) * slope
    np.testing.assert_allclose(film[-1], weights, rtol=1e-6)
    wrong = [
        int(misclassified(array[:, :2], labels.astype(int), np.array(w)).sum()) for w in (start, film[-1])
    ]
    assert wrong[0] > 10 and wrong[1] == 0


def test_a_line_through_two_places_faces_the_way_that_errs_less(call):
    points = [[-0.5, 0.1, 1], [-0.4, -0.3, 1], [0.5, 0.2, -1]]
    weights = call("line_learning", "m.through([[0, -1], [0, 1]], points, 9)", points=points)
    assert weights == pytest.approx([-9, 0, 0])
    assert call("line_learning", "m.errors(points, w)", points=points, w=weights) == 0


# ---------------------------------------------------------------- a drawing, read in the browser


def test_a_drawing_is_prepared_as_python_prepares_it(call):
    """Large and small, thin and thick, of one stroke or several."""
    hand = Hand(np.random.default_rng(5))
    forms = list(strokes.FORMS.values())[::3]
    sheets = [rendered(styled(form(hand), hand), hand, smallest=0.1) for _, form in forms]
    found = call(
        "mnist",
        "sheets.map((s) => m.toMnist(s, 140, usual))",
        usual=USUAL,
        sheets=[np.asarray(sheet).ravel().tolist() for sheet in sheets],
    )
    for ours, sheet in zip(found, sheets, strict=True):
        np.testing.assert_allclose(np.reshape(ours, (28, 28)), to_mnist(sheet), atol=2e-6)
    assert call("mnist", "m.toMnist(new Uint8Array(140 * 140).fill(255), 140, usual)", usual=USUAL) is None


@pytest.mark.parametrize("name", ["digits", "digits-mlp"])
def test_a_drawing_is_read_as_python_reads_it(call, name):
    model = classifier(name)
    reader = live_reader(name, "none")
    shipped = sample("digits").images[:6] / 255.0
    found = computed(call, reader, shipped.reshape(6, -1))
    scores = model.scores(shipped[:, None].astype(np.float32))
    np.testing.assert_allclose(found, scores, atol=5e-3)
    shares = call(
        "live",
        "scores.map((s) => m.sharesOf(s, none, temperature))",
        scores=found,
        none=reader.none,
        temperature=reader.temperature,
    )
    answers = [model.answered(logits) for logits in scores]
    expected = [[*answer.probabilities, answer.none] for answer in answers]
    np.testing.assert_allclose(np.array(shares)[:, : len(reader.names)], expected, atol=2e-3)
