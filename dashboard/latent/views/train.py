"""An autoencoder of the visitor's own, trained while they watch."""

import base64
from functools import lru_cache

import numpy as np
import streamlit as st

from dashboard import zoo
from dashboard.datasets.images import DatasetName
from dashboard.latent.coders import SIZES, Coder, coder
from dashboard.latent.planes import as_bytes
from dashboard.latent.training import HELD_OUT, LONGEST, SHOWN, TRAINED_ON, Settings, Training, pca_error
from dashboard.latent.views import own_training
from dashboard.latent.views.controls import VIEW, Given, given
from dashboard.latent.views.walk import WAY
from dashboard.latent.views.walk.coders import choose_own
from dashboard.latent.views.walk.image_choice import show
from dashboard.pool import Progress
from dashboard.ui import bets, stage, state
from dashboard.ui.component import component, opened
from dashboard.ui.control import of_settings
from dashboard.ui.guard import callback, guarded
from dashboard.ui.heavy import heavy
from dashboard.ui.language import current, number, percent, t, texts

_WIDTHS = (0, 16, 32, 64, 128, 256)
_LAYERS = tuple(
    state.Level(f"layer{k}", _WIDTHS, width) for k, width in enumerate((*Settings().widths, 0), 1)
)
_CONTROLS = of_settings(
    Settings(),
    {
        "size": state.Number("neck", 1, 32, 1),
        "activation": state.Choice("curve", ("relu", "tanh", "linear")),
        "epochs": state.Level("ep", (10, 20, 40, 60, 100, 200)),
        "seed": state.Number("init", 0, 99, 1),
    },
)

_KEY = "latent_training"
_HELD = "latent.training.held"  # session key: moments of the film that the browser holds
_TURN = 0.5  # seconds of training between two drawings
_OVERFIT = 1.25  # error on new images over that on learnt ones, from which it is worth a word


@st.fragment
@guarded
def train() -> None:
    """The view: settings, a button, and the training as it goes."""
    scene, side = stage.split()
    above, below = side.container(), side.container()
    with below:
        image = given()
    with above, stage.settings():
        settings = _settings(image.dataset)
    with scene:
        _training(image, settings)


def _training(given: Given, settings: Settings) -> None:
    made = own_training.training(given.dataset)
    buttons = st.container(horizontal=True, vertical_alignment="center")
    if made is not None and not made.stopped:
        _advance(made)  # which may end it: the buttons are drawn after
    running = made is not None and not made.stopped
    buttons.button(
        t("latent_train.start"),
        icon=":material/play_arrow:",
        type="primary",
        key="latent-train",
        disabled=running,
        on_click=callback(_start),
        args=(settings,),
    )
    if made is None:
        _watch(_untrained(settings), running=False)
        st.info(t("latent_train.none", images=number(TRAINED_ON, 0), seconds=round(LONGEST)))
        return
    if running:
        buttons.button(
            t("latent_train.stop"), icon=":material/stop:", key="latent-stop", on_click=callback(made.stop)
        )
        text = t("latent_train.progress", seconds=round(made.seconds), most=round(LONGEST))
        st.progress(made.share, text)
    with bets.result():
        _watch(made, running)
        if made.stopped:
            _verdict(made)
            _after(made.coder, given)


def _advance(made: Training) -> None:
    """One turn of the training, when it is its turn among the heavy work of all visitors."""

    def work(progress: Progress) -> bool:
        made.advance(_TURN)
        return True

    heavy(None, ("training", id(made)), work, name="training")


# ---------------------------------------------------------------- before


def _settings(dataset: DatasetName) -> Settings:
    """Draw the controls."""
    text = texts("latent_train")
    widths = [
        state.levels(control, t("latent_train.layer", n=k), help=text["layer_help"])
        for k, control in enumerate(_LAYERS, 1)
    ]
    size = state.slider(_CONTROLS["size"], text["neck"])
    with stage.more():
        state.segmented(_CONTROLS["activation"], text["curve"], text["curves"], help=text["curve_help"])
        state.levels(_CONTROLS["epochs"], text["epochs"], help=text["epochs_help"])
        state.slider(_CONTROLS["seed"], text["seed"], help=text["seed_help"])
    layers = tuple(int(width) for width in widths if width)
    chain = " → ".join(["784", *map(str, layers), f"**{size}**", *map(str, layers[::-1]), "784"])
    st.markdown(t("latent_train.chain", chain=chain))
    return Settings(dataset, layers, **state.values(_CONTROLS))


def _start(settings: Settings) -> None:
    own_training.keep(Training(settings), settings.dataset)
    st.session_state[_HELD] = 0


# ---------------------------------------------------------------- while it goes


@lru_cache(maxsize=16)
def _untrained(settings: Settings) -> Training:
    """What is seen before the first step."""
    return Training(settings)


def _watch(made: Training, running: bool) -> None:
    """Curves and images, as far as they have come. The browser asks for more when it has drawn them."""

    def note() -> None:
        held = st.session_state[_KEY].get("more")
        st.session_state[_HELD] = int(held) if isinstance(held, (int, float)) and held >= 0 else 0

    frames = made.frames
    held = min(st.session_state.get(_HELD, 0), len(frames)) if running else 0
    text = texts("latent_train.watch")
    component("training")(
        key=_KEY,
        data={
            "lang": current(),
            "text": {**text, "pca": t("latent_train.watch.pca", n=made.settings.size)},
            "id": f"{id(made):x}",
            "running": running,
            "last": made.settings.epochs,
            "shown": SHOWN,
            "epochs": made.epochs.tolist(),
            "losses": base64.b64encode(made.losses.astype("<f4").tobytes()).decode(),
            "pca": pca_error(made.settings.dataset, made.settings.size),
            "originals": base64.b64encode(made.originals.tobytes()).decode(),
            "from": held,
            "frames": base64.b64encode(frames[held:].tobytes()).decode(),
            "start": opened("moment"),
        },
        on_more_change=callback(note),
    )


# ---------------------------------------------------------------- after


def _verdict(made: Training) -> None:
    """What has been reached, and against what to hold it."""
    settings, (learnt, new) = made.settings, made.losses[-1]
    pca = pca_error(settings.dataset, settings.size)
    parts = [
        t(
            "latent_train.verdict.reached",
            epochs=number(made.epochs[-1], 1),
            seconds=round(made.seconds),
            weights=number(made.parameters, 0),
            unseen=HELD_OUT,
            first=number(made.losses[0, 1], 4),
            last=number(new, 4),
        )
    ]
    if made.out_of_time:
        parts.append(t("latent_train.verdict.time", seconds=round(LONGEST)))
    compared = "better" if new < pca else "worse"
    if settings.activation == "linear":
        compared = "linear"
    change = percent(abs(new / pca - 1))
    parts.append(t(f"latent_train.verdict.{compared}", n=settings.size, pca=number(pca, 4), change=change))
    if new > _OVERFIT * learnt:
        parts.append(t("latent_train.verdict.overfit", learnt=number(learnt, 4)))
    if settings.size in SIZES:
        ours = zoo.card(f"{settings.dataset}-autoencoder-{settings.size}").measured["mse"]
        parts.append(t("latent_train.verdict.ours", ours=number(ours, 4), images=number(TRAINED_ON, 0)))
    st.markdown(" ".join(parts))


def _after(trained: Coder | None, given: Given) -> None:
    """The visitor's image through their network, and the way to the rest of the page."""
    assert trained is not None
    st.markdown(t("latent_train.after.title"))
    shown = [("chosen", given.image), ("own", trained.reconstruct(given.image[None])[0])]
    if trained.size in SIZES:
        shown.append(("ours", coder(given.dataset, trained.size).reconstruct(given.image[None])[0]))
    with st.container(horizontal=True, gap="medium"):
        for name, image in shown:
            show(as_bytes(np.asarray(image)), t(f"latent_train.after.{name}"))
    st.markdown(t("latent_train.after.use"))
    way = "plane" if trained.size == 2 else "dials"
    if st.button(
        t(f"latent_train.after.{way}"),
        icon=":material/directions_walk:",
        on_click=callback(_walk),
        args=(way,),
    ):
        st.rerun()


def _walk(way: str) -> None:
    state.put(VIEW, "walk")
    state.put(WAY, way)
    choose_own()
