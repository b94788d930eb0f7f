"""Watching: the film from noise to image, what the model expects on the way, and the way over the map."""

from dataclasses import replace
from math import ceil, sqrt

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.datasets import maps
from dashboard.datasets.class_names import class_names
from dashboard.datasets.images import DatasetName, sample
from dashboard.generation import animation, batches
from dashboard.generation.batches import Batch, Generated
from dashboard.generation.views import controls
from dashboard.generation.views.ask import Chosen, ask_apart, parts, understood
from dashboard.generation.views.reading import class_name, described, say
from dashboard.generation.views.settings import settings
from dashboard.ui import bets, stage, state
from dashboard.ui.bets import Bet
from dashboard.ui.denoise import Journey, Panel, denoise
from dashboard.ui.guard import guarded
from dashboard.ui.heavy import pooled
from dashboard.ui.language import current, number, percent, t, texts
from dashboard.ui.recent import kept
from dashboard.ui.verdict import sentence


def watch(bet: Bet) -> None:
    """The view: a request and its film; settles the bet on how many images are read as asked."""
    scene, side = stage.split(7, 4)
    with side:
        asked, chosen = ask_apart()
        batch = settings(asked)
    with scene:
        beside = state.segmented(
            controls.BESIDE, t("generation.watch.beside"), texts("generation.watch.besides")
        )
    if chosen:
        _counted(batch, chosen, beside, scene, bet)
    else:
        _shown(batch, beside, scene, bet)


@st.fragment  # of its own: the number of images redraws no other control
@guarded
def _counted(batch: Batch, chosen: Chosen, beside: str, scene: DeltaGenerator, bet: Bet) -> None:
    _shown(chosen.counted(batch), beside, scene, bet)


def _shown(batch: Batch, beside: str, scene: DeltaGenerator, bet: Bet) -> None:
    with scene:
        generated = made(batch)
        if beside == "other":
            _beside_another(batch, generated)
        else:
            _film(
                batch,
                generated,
                Panel(
                    t("generation.watch.predicted"), t("generation.watch.predicted_alt"), generated.predicted
                ),
            )
        share = _verdict(generated) if batch.asked else None
        _take_away(batch, generated)
    bet.settle(None if share is None else "c" if share == 1 else "b" if share > 0.5 else "a")


@pooled(32)
def made(batch: Batch) -> Generated:
    """A batch drawn, kept for whoever asks the same."""
    return batches.make(batch)


def columns_of(n: int) -> int:
    """Images in a row of a sheet that is about square."""
    return ceil(sqrt(n))


def moments(generated: Generated) -> list[str]:
    """What is said of each frame."""
    steps = len(generated.times) - 1
    return [
        t("generation.watch.moment", step=k, steps=steps, time=number(float(time), 2))
        for k, time in enumerate(generated.times)
    ]


def captions(generated: Generated, asked: bool) -> list[str]:
    """What is said of each image: what was asked, if it was, and what the classifier answers."""
    return [
        t(
            f"generation.watch.{'caption' if asked else 'caption_example'}",
            n=k + 1,
            asked=class_name(request),
            verdict=sentence(answer, request.dataset, class_names(request.dataset, current())),
        )
        for k, (request, answer) in enumerate(zip(generated.requests, generated.answers, strict=True))
    ]


def _film(batch: Batch, generated: Generated, beside: Panel) -> None:
    text = texts("generation.watch")
    n = len(generated.requests)
    of_frames, of_images, journey = _told(batch, current(), generated)
    denoise(
        "generation_film",
        [Panel(text["film"], t("generation.watch.film_alt", n=n), generated.frames), beside],
        columns_of(n),
        of_frames,
        of_images,
        text,
        journey=journey,
    )


@kept(32)
def _told(batch: Batch, language: str, _generated: Generated) -> tuple[list[str], list[str], Journey | None]:
    """What stands beside the film of a batch: what is said of its frames and of its images, their way."""
    return moments(_generated), captions(_generated, batch.asked), _journey(_generated)


def _beside_another(batch: Batch, generated: Generated) -> None:
    """The same noise under a second request."""
    examples = texts("generation.examples")
    found = understood(controls.words(controls.OTHER_WORDS, t("generation.watch.other"), examples[1]))
    say(found)
    request, _ = (parts(found) or parts(understood(examples[1])))[0]
    second = made(replace(batch, parts=((request, batch.count),)))
    _film(
        batch,
        generated,
        Panel(described(request).replace("**", ""), t("generation.watch.other_alt"), second.frames),
    )
    st.caption(t("generation.watch.same_noise"))


def _journey(generated: Generated) -> Journey | None:
    """The way of the images of the first data set over the PCA map of their codes."""
    film = generated.films[0]
    dataset: DatasetName = film.request.dataset
    size = film.codes.shape[-1]
    ready = maps.load(dataset)
    layout = ready.coordinates.get((size, "pca", 2))
    if layout is None or film.space != f"{dataset}-autoencoder-{size}":
        return None
    # Those of the same data set stand first, one request after the other.
    films = [f for f in generated.films if f.request.dataset == dataset]
    if any(f.request.dataset != dataset for f in generated.films[: len(films)]):
        films = films[:1]
    codes = np.concatenate([f.codes for f in films], axis=1)
    paths = ready.place(codes.reshape(-1, size), size, "pca", 2).reshape(*codes.shape[:2], 2)
    return Journey(
        t("generation.watch.map"),
        t("generation.watch.map_alt"),
        (t("generation.watch.axis_x"), t("generation.watch.axis_y")),
        layout,
        sample(dataset).labels,
        class_names(dataset, current()),
        paths,
    )


def _verdict(generated: Generated) -> float | None:
    """How many images the classifier reads as what was asked for; their share, if a class was."""
    if generated.hits is None:
        return None
    n = sum(request.label is not None for request in generated.requests)
    share = generated.hits / n
    bets.result().markdown(t("generation.watch.verdict", n=n, hits=generated.hits, share=percent(share)))
    return share


def _take_away(batch: Batch, generated: Generated) -> None:
    columns = columns_of(len(generated.requests))
    name = f"generation-{batch.seed}"
    with st.container(horizontal=True):
        for kind, data in (
            ("png", lambda: animation.png(generated.images, columns)),
            ("gif", lambda: animation.film(generated.frames, columns, "gif")),
            ("webp", lambda: animation.film(generated.frames, columns, "webp")),
        ):
            stage.download(
                t(f"generation.take.{kind}"), data, f"{name}.{kind}", key=f"generation.take.{kind}"
            )
    if not batch.drawn:
        stage.program("generation.program", t("generation.take.code"), batches.code(batch))
