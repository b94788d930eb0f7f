"""Every page, in both languages, without a browser: it runs, and says what it should in that language."""

import subprocess
import sys
from importlib import import_module
from types import SimpleNamespace
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.datasets.images import DATASETS
from dashboard.generation.views.controls import VIEW as GENERATION_VIEW
from dashboard.generation.views.world import PART
from dashboard.languages import LANGUAGES
from dashboard.latent.coders import Coder, coder
from dashboard.latent.training import Settings, Training
from dashboard.latent.views.controls import VIEW as LATENT_VIEW
from dashboard.message.views.words.controls import ROLE
from dashboard.network.views.controls import VIEW as NETWORK_VIEW
from dashboard.perceptron.views.controls import VIEW
from dashboard.recognition.views.controls import MODELS
from dashboard.recognition.views.controls import VIEW as RECOGNITION_VIEW
from dashboard.shell import PAGES
from dashboard.ui.language import texts_in
from tests.conftest import ROOT


def enter(slug: str, **params: str) -> AppTest:
    """A page entered by its own script, not yet run: the guard puts the frame around it."""
    test = AppTest.from_file(str(ROOT / "pages" / f"{slug}.py"), default_timeout=60)
    for name, value in {"hide": "bet", **params}.items():
        test.query_params[name] = value
    return test


def run(slug: str, **params: str) -> AppTest:
    return whole(enter(slug, **params).run())


def whole(test: AppTest) -> AppTest:
    """Nothing failed, neither aloud nor behind the guard's sentence."""
    failed = tuple(
        texts_in("shell", language)[kind].partition("{")[0]
        for language in LANGUAGES
        for kind in ("failed", "missing")
    )
    assert not test.exception
    assert not [error.value for error in test.error if error.value.startswith(failed)]
    return test


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_view_that_raises_fails_these_tests(language, monkeypatch):
    monkeypatch.setattr("dashboard.perceptron.views.board", lambda *_, **__: 1 / 0)
    with pytest.raises(AssertionError):
        run("perceptron", lang=language)
    test = enter("perceptron", lang=language).run()  # in a sentence of the visitor's language, no traceback
    (error,) = test.error
    assert not test.exception and error.value.startswith(
        texts_in("shell", language)["failed"].partition("{")[0]
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", [page.slug for page in PAGES])
def test_page_runs(slug, language):
    test = run(slug, lang=language)
    assert [title.value for title in test.title] == [texts_in("shell", language)["pages"][slug]["title"]]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", VIEW.options)
@pytest.mark.parametrize("data", ["separable", "own", "digits38"])
def test_perceptron_views(view, language, data):
    test = run("perceptron", lang=language, view=view, data=data)
    intro = "own" if (view, data) == ("learn", "own") else view
    assert any(texts_in("perceptron", language)["intro"][intro] == text.value for text in test.markdown)


def test_state_comes_from_the_url_and_goes_back_to_it():
    test = run("perceptron", lang="en", data="moons", noise="0.1", rule="averaged")
    assert test.selectbox(key="perceptron.rule").value == "averaged"
    whole(test.slider(key="perceptron.noise").set_value(0.2).run())
    assert test.query_params["noise"] in ("0.2", ["0.2"])
    whole(test.selectbox(key="perceptron.rule").set_value("rosenblatt").run())
    assert "rule" not in test.query_params  # the default needs no parameter


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", ["circle", "classes4", "curve", "own"])
@pytest.mark.parametrize("view", NETWORK_VIEW.options)
def test_network_views(view, data, language):
    if data != "circle" and view == "digits":
        return
    run("neural_network", lang=language, view=view, data=data, ep="50")


@pytest.mark.parametrize("spelling", ["EN", "en.", "en-GB", "En)"])
def test_a_link_as_a_message_hands_it_on(spelling):
    points = "HXr5Opr5SNknHXO0OpWEV1LO"
    test = run("perceptron", lang=spelling, data="OWN", **{"amp;points": f"{points[:-2]}…"})
    assert [title.value for title in test.title] == [texts_in("shell", "en")["pages"]["perceptron"]["title"]]
    asked = {name: "".join(value) for name, value in test.query_params.items()}
    assert asked == {"lang": "en", "data": "own", "points": points[:-4], "hide": "bet"}
    assert [warning.value for warning in test.warning] == [
        texts_in("points", "en")["cut"]["other"].format(n=5)
    ]


def test_a_link_that_was_escaped_as_a_whole():
    test = run("perceptron", **{"data=moons&lang=en": "", "noise": "0.3%2E"})
    asked = {name: "".join(value) for name, value in test.query_params.items()}
    assert asked == {"lang": "en", "data": "moons", "noise": "0.3", "hide": "bet"}


@pytest.mark.parametrize(
    ("slug", "query", "left"),
    [
        (
            "perceptron",
            "data=%3Cscript%3E&noise=1e999&n=-5&seed=nan&rule=&rate=two&w1=inf&max=999999999&points=%00"
            "&hand=a_b_c&view=%F0%9F%98%80&step=-7&mission=x",
            {"step"},
        ),
        ("neural_network", "model=x&src=%3Cb%3E&pick=-4&layer=nan&unit=9999&at=99_99&order=%00", set()),
        ("latent_space", "view=x&data=%3Cb%3E&size=9&pick=-4&src=z", set()),
        ("latent_space", "map=umap&dims=7&point=99999&group=%3Cb%3E&iter=x&size=3", {"iter"}),
        ("message", "do=nothing&n=99999&src=z", set()),
        ("image_recognition", "layer=nan&unit=9999&at=99_99&scale=%3Cb%3E", set()),
        ("image_recognition", "rank=-3&how=,,x-y", set()),
        ("image_generation", "view=x&how=%00&seed=-4&steps=nan&ode=rk&step=-1", {"step"}),
    ],
)
def test_absurd_addresses_open_the_default(slug, query, left):
    """What is ``left`` in the address is the browser's, which reads a film's frame by itself."""
    view = {"neural_network": "digits", "image_recognition": "why" if "rank" in query else "layers"}.get(slug)
    view = "map" if "map=" in query else view
    asked = dict(parse_qsl(query, keep_blank_values=True))
    test = run(slug, lang="en", **({"view": view, "pick": "14"} if view else {}) | asked)
    assert set(test.query_params) & asked.keys() == left


@pytest.mark.parametrize("asked", ["no", "", "-3", "99999999999999999999", "９０"])
def test_what_is_no_duration_makes_no_kiosk(asked):
    assert "kiosk" not in run("home", kiosk=asked).session_state
    assert run("home", kiosk="90").session_state["kiosk"] == 90


def test_network_settings_beyond_their_limits_are_clamped():
    test = run(
        "neural_network", net="99-2", lr="1e9", ep="-5", act="swish", split="2", bs="x", **{"in": "zz"}
    )
    shown = {
        name: "".join(test.query_params.get(name, "")) for name in ("net", "lr", "ep", "split", "act", "bs")
    }
    assert shown == {"net": "16-2", "lr": "3", "ep": "50", "split": "0.9", "act": "", "bs": ""}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("view", GENERATION_VIEW.options)
def test_generation_views(view, language):
    run("image_generation", lang=language, view=view)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("part", PART.options)
def test_the_drawn_world(part, language):
    test = run("image_generation", lang=language, view="world", part=part, scene="girafe", ws="1", wg="1")
    text = texts_in("generation_world", language)
    told = {box.value for box in (*test.warning, *test.info)}
    if part == "game":
        assert not told
    else:  # a word that it never met is named, and nothing is drawn that nobody asked for
        assert any("girafe" in one for one in told) and text["empty"] in told
    if part == "near":
        whole(test.text_input(key="image_generation.scene.text").set_value(text["examples"][2]).run())
        assert not test.warning and not test.info


@pytest.mark.parametrize("how", ["choose", "sketch"])
def test_generation_by_other_means_than_words(how):
    extra = {"set": "digits", "fix": "size,brightness", "siz": "2", "beside": "other", "q2": "un cheval"}
    run("image_generation", how=how, **extra)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("data", DATASETS)
@pytest.mark.parametrize("view", LATENT_VIEW.options)
def test_latent_views(view, data, language):
    run("latent_space", lang=language, view=view, data=data, size="2")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", ROLE.options)
def test_the_game_in_words(role, language):
    texts = texts_in("message_words", language)
    test = run("message", lang=language, view="words", game=role, t="Un chat et une girafe, a cat")
    if role in ("own", "received"):
        assert any(texts["strange"].format(word="girafe") in caption.value for caption in test.caption)
    if role == "network":
        assert len([text for text in test.markdown if "-badge[" in text.value]) == 1
        whole(test.button(key="bet 60").click().run())
        assert any(text.value.startswith(texts["won"].split("{")[0]) for text in test.markdown)


@pytest.mark.parametrize("text", ["", "!?* <b>", "😀" * 50, "def f(): return 1", "Ποῦ εἶ;", "girafe " * 1500])
def test_a_text_of_another_world_is_not_drawn(text):
    told = {**texts_in("message_words", "fr")}
    for role in ("own", "received"):
        test = run("message", lang="fr", view="words", game=role, t=text)
        notes = [box.value for box in test.info]
        assert notes == ([told["nothing"]] if text else [told["empty"]] if role == "received" else [])


def test_nonsense_in_the_link_of_a_game():
    test = run("message", view="words", game="duel", scene="moon.1.0.0~cat", most="-3", seed="x", lang="fr")
    assert not set(test.query_params) & {"scene", "most"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("view", RECOGNITION_VIEW.options)
def test_recognition_views(view, model, language):
    pick = {"photos": "1", "digits": "14", "fashion": "30"}[model]
    run("image_recognition", lang=language, view=view, model=model, pick=pick)


def test_a_coder_of_the_visitors_own_stands_beside_the_others():
    test = enter("latent_space", lang="en")
    made = Coder.of(coder("digits", 4, "pca").module, "mine", "digits", 4)
    test.session_state["latent.own"] = {"digits": SimpleNamespace(coder=made)}
    whole(test.run())
    assert any("**Yours**" in text.value for text in test.markdown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_callback_that_raises_leaves_the_page_whole(language, monkeypatch):
    test = run("perceptron", lang=language, data="own")
    monkeypatch.setattr("dashboard.datasets.points.read_csv", lambda _: 1 / 0)
    test.session_state["points.csv"] = True  # its contents are sent once it is open
    test.run().text_area(key="points.pasted").set_value("0,0,a")
    next(
        button for button in test.button if button.label == texts_in("points", language)["own"]["use"]
    ).click()
    whole(test.run())
    (toast,) = test.toast
    assert toast.value.startswith(texts_in("shell", language)["failed_act"].partition("{")[0])
    assert [title.value for title in test.title] == [
        texts_in("shell", language)["pages"]["perceptron"]["title"]
    ]


def test_a_training_that_ends_while_its_page_is_drawn_anew(monkeypatch):
    """Whoever left the page, or lost the connection, comes back in a run of the whole page."""
    # Seconds: enough on a busy machine too.
    monkeypatch.setattr(import_module("dashboard.latent.views.train"), "_TURN", 20.0)
    test = enter("latent_space", lang="fr", view="train")
    training = Training(Settings("digits", (16,), 2, epochs=1))
    test.session_state["latent.own"] = {"digits": training}
    whole(test.run())
    assert training.stopped
    assert texts_in("latent_train", "fr")["after"]["title"] in [text.value for text in test.markdown]
    assert not test.button(key="latent-train").disabled


def test_front_page_does_not_import_torch():
    code = (
        "import sys; from streamlit.testing.v1 import AppTest;"
        f"t = AppTest.from_file({str(ROOT / 'streamlit_app.py')!r}, default_timeout=60).run();"
        "assert not t.exception; print('torch' in sys.modules, 'sklearn' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


def test_a_closed_drawer_sends_nothing_and_its_controls_keep_their_values_and_can_be_hidden():
    test = run("perceptron", lang="en", seed="7")
    names = texts_in("perceptron", "en")["controls"]
    drawn = [slider.label for slider in test.slider]
    assert names["noise"] in drawn and names["seed"] not in drawn
    menu = next(group for group in test.get("button_group") if names["noise"] in group.options)
    assert names["seed"] in menu.options
    test.session_state["more"] = True
    test.run()
    assert next(slider for slider in test.slider if slider.label == names["seed"]).value == 7


@pytest.mark.parametrize(
    "slug, view",
    [
        ("perceptron", "learn"),
        ("neural_network", "points"),
        ("neural_network", "compare"),
        ("image_generation", "ask"),
    ],
)
def test_a_teacher_may_hide_all_that_a_link_holds_and_no_drawer_stays_empty(slug, view):
    test = run(slug, lang="en", view=view)
    controls = list(test.session_state["controls"])
    assert {"net"} <= set(controls) or slug != "neural_network"
    drawers = [box.label for box in test.expander]
    hidden = run(slug, lang="en", view=view, hide=",".join(controls))
    drawn = [*hidden.slider, *hidden.select_slider, *hidden.selectbox, *hidden.text_input]
    assert not drawn
    sections = {texts_in("shell", "en")["sections"][name] for name in ("understand", "limits", "code")}
    left = [box.label for box in hidden.expander if box.label not in sections]
    assert len(left) < len([label for label in drawers if label not in sections])
    assert texts_in("shell", "en")["more"] not in left
