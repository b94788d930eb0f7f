"""A bet before the result of every view, and three sentences after it."""

import json

import numpy as np
import pytest

from dashboard.datasets.images import sample
from dashboard.generation.measures import GUIDANCES, Setting, curves
from dashboard.generation.views.controls import VIEW as GENERATION
from dashboard.languages import LANGUAGES
from dashboard.latent.coders import coder
from dashboard.latent.deception import deception, proportions
from dashboard.latent.measures import answers
from dashboard.latent.stages import stages
from dashboard.latent.views.controls import VIEW as LATENT
from dashboard.message.views import VIEW as MESSAGE
from dashboard.network.views.controls import VIEW as NETWORK
from dashboard.perceptron.views.controls import VIEW as PERCEPTRON
from dashboard.recognition.views.controls import VIEW as RECOGNITION
from dashboard.ui.bets import BETS, RIGHT, SKIPPED
from dashboard.ui.language import texts_in
from tests.app.test_pages import run, whole

VIEWS = {
    "perceptron": PERCEPTRON,
    "neural_network": NETWORK,
    "latent_space": LATENT,
    "message": MESSAGE,
    "image_recognition": RECOGNITION,
    "image_generation": GENERATION,
}
NAMES = [(page, view) for page, control in VIEWS.items() for view in control.options]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("page", "view"), NAMES)
def test_every_view_has_a_bet_and_three_sentences(page, view, language):
    text = texts_in("bets", language)[page][view]
    assert 2 <= len(text["guesses"]) <= 4 and SKIPPED not in text["guesses"]
    assert RIGHT.get(f"{page}.{view}", "a") in text["guesses"]
    assert len(text["keep"]) == 3
    assert all(len(line.split()) <= 26 for line in text["keep"]), "few words"
    assert len(text["question"]) <= 95, "one line"


def said(test) -> str:
    return "\n".join(box.value for box in test.markdown)


def shown(test) -> bool:
    return "bet-skip" not in [button.key for button in test.button]


def test_a_bet_hides_the_result_until_it_is_made():
    text = texts_in("bets", "fr")
    learn = text["perceptron"]["learn"]
    test = run("perceptron", lang="fr", hide="")
    assert learn["question"] in said(test) and learn["keep"][0] not in said(test) and not shown(test)
    whole(test.button(key="bet-a").click().run())
    assert shown(test) and learn["keep"][0] in said(test)
    assert text["yours"].format(guess=learn["guesses"]["a"]) in said(test)
    assert text["other"].format(answer=learn["guesses"]["b"]) in said(test)
    assert "".join(test.query_params["bet"]) == "learn-a"


@pytest.mark.parametrize(("page", "view"), [("latent_space", "scenes"), ("image_generation", "world")])
def test_a_film_that_is_the_answer_is_hidden_too(page, view):
    def parts(part):
        inner = getattr(part, "children", {}).values()
        return [part, *(each for child in inner for each in parts(child))]

    everything = parts(run(page, lang="fr", hide="", view=view).main)
    (hidden,) = [part for part in everything if getattr(part.proto, "id", "").endswith("-result-main")]
    assert "bidi_component" in [part.type for part in parts(hidden)]


def told(page: str, view: str, bet: str, component: str):
    """What a component is told, once a bet is made or while it is awaited."""
    drawn = run(page, lang="fr", hide="", view=view, bet=bet).get("bidi_component")
    (text,) = [part.proto.json for part in drawn if part.proto.component_name == f"dashboard_{component}"]
    return json.loads(json.loads(text))


def test_the_film_of_learning_stops_before_it_comes_to_rest():
    awaited, made = (told("perceptron", "learn", bet, "neuron")["film"]["index"] for bet in ("", "learn-a"))
    assert len(awaited) > 1 and awaited == made[: len(awaited)]
    assert made[-1] < 0 <= min(awaited[1:])  # the end names no point that was corrected


def test_the_folded_plane_shows_no_cut_before_the_bet():
    awaited, made = (told("neural_network", "bend", bet, "bend") for bet in ("", "bend-a"))
    assert awaited["line"] is None and made["line"]
    assert awaited["film_id"] == made["film_id"]


def test_one_press_skips_a_bet_and_the_introduction_comes():
    test = run("perceptron", lang="fr", hide="", view="hand")
    whole(test.button(key="bet-skip").click().run())
    assert shown(test) and texts_in("perceptron", "fr")["intro"]["hand"] in said(test)
    assert texts_in("bets", "fr")["perceptron"]["hand"]["keep"][2] in said(test)


def test_a_teacher_hides_bets_and_a_link_brings_them():
    hidden = run("perceptron", lang="fr", hide="bet")
    assert shown(hidden) and texts_in("perceptron", "fr")["intro"]["learn"] in said(hidden)
    test = run("perceptron", lang="fr", hide="", bet="learn-b.hand-skip")
    assert shown(test) and texts_in("bets", "fr")["right"] in said(test)


@pytest.mark.parametrize("bad", ["learn", "learn-z", "x-a.y-b", "-", "learn-a-b", "." * 99])
def test_what_a_link_makes_of_a_bet_counts_as_none(bad):
    assert not shown(run("perceptron", lang="fr", hide="", bet=bad))


def test_bets_read_back_what_they_write():
    made = (("learn", "a"), ("hand", SKIPPED))
    assert BETS.parse(BETS.format(made)) == made


@pytest.mark.parametrize(
    ("page", "params", "right"),
    [
        ("image_recognition", {"view": "answer", "pick": "1"}, None),
        ("image_recognition", {"view": "quality", "model": "digits"}, "a"),
        ("image_recognition", {"view": "quality", "model": "fashion"}, "b"),
        ("image_recognition", {"view": "quality", "model": "photos"}, "c"),
        ("image_generation", {"view": "ask"}, "c"),
        ("perceptron", {"view": "images"}, "a"),
        ("neural_network", {"view": "compare", "b_act": "tanh"}, "c"),
    ],
)
def test_what_depends_on_the_page_is_worked_out(page, params, right):
    view, text = params["view"], texts_in("bets", "en")
    test = run(page, lang="en", hide="", bet=f"{view}-{right or 'a'}", **params)
    told = text["right"] if right else text["yours"].split("{")[0]
    assert told in said(test)


def test_the_digit_survives_eight_numbers():
    """latent_space.bottleneck: not 64, let alone 300."""
    images = sample("digits").images[:400] / 255.0
    codes = coder("digits", 8)
    rebuilt = codes.reconstruct(images.astype("float32"))
    read, again = ([answer.ranking[0] for answer in answers("digits", each)] for each in (images, rebuilt))
    assert np.equal(read, again).mean() > 0.95


def test_no_map_keeps_the_width_of_a_cluster():
    """latent_space.deceive: it is less than half of what it should be."""
    found = deception()
    true = proportions(found.points, found.labels).width
    assert all(proportions(frames[-1], found.labels).width < true / 2 for frames in found.maps)


def test_the_first_layers_hold_the_most_numbers():
    """latent_space.hourglass."""
    counts = {
        stage.slug: stage.values.size for stage in stages("digits", 8, sample("digits").images[0] / 255.0)
    }
    assert max(counts, key=counts.__getitem__).startswith("encoder-conv") and counts["input"] == 784


def test_guidance_costs_variety():
    """image_generation.measure."""
    for dataset in ("digits", "fashion"):
        points = curves(dataset).points
        along = [points[Setting("heun", 8, guidance)].diversity for guidance in GUIDANCES if guidance >= 1]
        assert along[0] > max(along[1:])


def test_beyond_eight_steps_there_is_hardly_anything_to_gain():
    """image_generation.measure: a hundredth of the cloud's width at most."""
    for dataset in ("digits", "fashion"):
        points = curves(dataset).points
        finest = max(setting.steps for setting in points)
        few, eight, many = (points[Setting("heun", steps, 1.0)].frechet for steps in (1, 8, finest))
        assert few - eight > 0.05 and abs(eight - many) < 0.01
