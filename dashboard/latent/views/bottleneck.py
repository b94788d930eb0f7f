"""The bottleneck: an image squeezed into a few numbers and rebuilt, beside what PCA makes of it."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from dashboard.datasets.class_names import class_names
from dashboard.datasets.images import DatasetName
from dashboard.latent import measures
from dashboard.latent.coders import SIZES, Coder, coder
from dashboard.latent.figures import bottleneck as figures
from dashboard.latent.measures import Squeezed
from dashboard.latent.reconstruction_errors import known_errors, share_below, strangers, usual_range
from dashboard.latent.views.controls import SIZE, Given, given
from dashboard.latent.views.own_training import own_coder
from dashboard.latent.views.take_away import take_away
from dashboard.ui import bets, stage, state
from dashboard.ui.guard import guarded
from dashboard.ui.language import current, number, percent, t, texts
from dashboard.ui.recent import kept
from dashboard.ui.thumbnails import thumbnails
from dashboard.ui.tiles import Tile, tiles
from dashboard.ui.verdict import sentence
from dashboard.verdict import Answer

Array = NDArray[np.float64]

_NEARLY_ALL, _MOST = 0.9, 0.6  # shares kept
_STRANGE, _UNUSUAL = 0.99, 0.9  # shares of known images that are rebuilt better


@dataclass(frozen=True)
class Ladder:
    """One image squeezed to every size, by kind of coder, smallest first; what the classifier answers to it,
    and to what the autoencoders rebuild of it; pictures of it and of what is rebuilt, a row for each coder,
    the largest size first."""

    rungs: dict[str, list[Squeezed]]
    answer: Answer
    rebuilt: tuple[Answer, ...]
    pictures: NDArray[np.uint8]


@dataclass(frozen=True)
class _Below:
    """Where a step of the slider draws, beside its own place."""

    strange: DeltaGenerator
    away: DeltaGenerator


@guarded
def bottleneck() -> None:
    """The view: what is rebuilt, the slider, how well, and what that says of the image."""
    scene, side = stage.split()
    with side:
        image = given()
    text = texts("latent.strange")
    with scene:
        first = st.container()
        st.subheader(text["title"], anchor=False)
        st.markdown(t("latent.strange.intro", data=text["learned"][image.dataset]))
        strange = st.container()
        st.caption(text["how"])
        below = _Below(strange, st.container())
        with first:
            _squeezed(image, _ladder(image.dataset, image.digest, image.image), below)


# Of its own: the slider redraws nothing of the choice of an image. It writes beside itself, into what the
# demonstration's fragment has made: no other may stand between the two.
@st.fragment
@guarded
def _squeezed(given: Given, ladder: Ladder, below: _Below) -> None:
    size = int(state.get(SIZE))
    place = SIZES.index(size)
    rungs = {kind: rungs[place] for kind, rungs in ladder.rungs.items()}
    by = own_coder(given.dataset)
    own = measures.squeeze(by, given.image) if by else None
    theme = st.context.theme.type or "light"
    drawn = _pictured(given.dataset, given.digest, size, theme, current(), given, ladder)
    compared = drawn.compared if own is None else _compared(given, {**rungs, "own": own}, theme)
    tiles("bottleneck", compared, columns=1 + len(rungs) + bool(own))
    state.levels(SIZE, t("latent.size"), help=t("latent.size_help"))
    st.caption(t("latent.tiles.colours"))
    with bets.result():
        st.markdown(_verdict(given.dataset, ladder, place))
        _unusual(rungs["autoencoder"], coder(given.dataset, size))
        _measured(rungs, own)
        _whole_ladder(ladder, place)
        # Closed, so that the page need not wait for what draws charts.
        with st.expander(
            t("latent.curve.open"), icon=":material/show_chart:", key="curve", on_change="rerun"
        ) as drawer:
            if drawer.open:
                chart = drawn.chart if own is None else _curve(given.dataset, ladder, size, own)
                stage.chart(chart, t("latent.curve.alt", n=size), "errors")
    with below.strange:
        tiles("strangers", drawn.strange, columns=len(drawn.strange) // 2)
    with below.away:
        take_away(given, rungs["autoencoder"], theme)


@dataclass(frozen=True)
class _Pictured:
    """What one image at one size looks like, for all who look at it: beside its copies, as errors against
    sizes, and strange images with their copies."""

    compared: list[Tile]
    chart: Any
    strange: list[Tile]


@kept(128)
def _pictured(
    dataset: DatasetName,
    digest: str,
    size: int,
    theme: str,
    language: str,
    _given: Given,
    _ladder: Ladder,
) -> _Pictured:
    rungs = {kind: rungs[SIZES.index(size)] for kind, rungs in _ladder.rungs.items()}
    return _Pictured(
        _compared(_given, rungs, theme),
        _curve(dataset, _ladder, size, None),
        _strangers(_given, size),
    )


@kept(64)
def _ladder(dataset: DatasetName, digest: str, _image: Array) -> Ladder:
    rungs = measures.ladder(dataset, _image)
    rebuilt = [rung.rebuilt for rung in rungs["autoencoder"]]
    answer, *others = measures.answers(dataset, np.stack([_image, *rebuilt]))
    pictures = [
        figures.grey(image)
        for row in rungs.values()
        for image in (_image, *(rung.rebuilt for rung in reversed(row)))
    ]
    return Ladder(rungs, answer, tuple(others), np.stack(pictures))


# ---------------------------------------------------------------- the images


def _compared(given: Given, made: dict[str, Squeezed], theme: str) -> list[Tile]:
    """The image, its code, what is rebuilt of it, and what is wrong with that."""
    text = texts("latent.tiles")
    code = made["autoencoder"]
    shown = [
        Tile(figures.grey(given.image), text["original"], t("latent.tiles.numbers", n=784), text["original"]),
        *(_rebuilt(kind, rung) for kind, rung in made.items()),
        Tile(
            _enlarged(figures.code_picture(code.code, theme), 28),
            text["code"],
            t("latent.tiles.numbers", n=code.size),
            t("latent.tiles.code_alt", n=code.size),
        ),
        *(
            Tile(
                figures.error_picture(given.image, rung.rebuilt, theme),
                t("latent.tiles.error", name=text[kind]),
                "",
                t("latent.tiles.error_alt", name=text[kind]),
            )
            for kind, rung in made.items()
        ),
    ]
    return _same_side(shown)


def _rebuilt(kind: str, rung: Squeezed) -> Tile:
    name = t(f"latent.tiles.{kind}")
    line = t("latent.tiles.mse", mse=_error(rung.mse))
    return Tile(figures.grey(rung.rebuilt), name, line, t("latent.tiles.rebuilt_alt", name=name, n=rung.size))


def _enlarged(picture: NDArray[np.uint8], least: int) -> NDArray[np.uint8]:
    """Every pixel repeated until a side has at least this many."""
    times = -(-least // len(picture))
    return picture.repeat(times, axis=0).repeat(times, axis=1)


def _same_side(shown: list[Tile]) -> list[Tile]:
    side = max(len(tile.picture) for tile in shown)
    return [Tile(_enlarged(tile.picture, side), tile.name, tile.line, tile.alt) for tile in shown]


# ---------------------------------------------------------------- what they say


def _verdict(dataset: DatasetName, ladder: Ladder, place: int) -> str:
    """What "almost all the information" means for this image at this size."""
    rungs = {kind: each[place] for kind, each in ladder.rungs.items()}
    best, linear = rungs["autoencoder"], rungs["pca"]
    if _told(ladder.answer) != _told(ladder.rebuilt[place]):
        lesson = "lost"
    elif best.kept >= _NEARLY_ALL:
        lesson = "nearly_all"
    else:
        lesson = "most" if best.kept >= _MOST else "some"
    return " ".join(
        [
            t("latent.verdict.kept", n=best.size, kept=_share(best.kept), linear=_share(linear.kept)),
            _read(dataset, ladder.answer, ladder.rebuilt[place]),
            t(f"latent.verdict.{lesson}"),
        ]
    )


def _told(answer: Answer) -> int | None:
    """The class that an answer comes to; None for a strange image."""
    return None if answer.verdict == "strange" else int(answer.ranking[0])


def _read(dataset: DatasetName, before: Answer, after: Answer) -> str:
    """What the classifier answers to the original and to what is rebuilt: as on every page, where it is not
    certain of both."""
    names = class_names(dataset, current())
    if before.verdict != "certain" or after.verdict != "certain":
        both = {"before": sentence(before, dataset, names), "after": sentence(after, dataset, names)}
        return t("latent.verdict.said", **both)
    first, second = names[before.ranking[0]], names[after.ranking[0]]
    return t(f"latent.verdict.{'same' if first == second else 'other'}.{dataset}", before=first, after=second)


def _share(kept: float) -> str:
    return percent(max(kept, 0.0), 0 if kept < 0.99 else 1)


def _unusual(rung: Squeezed, by: Coder) -> None:
    """How the image's error compares with those of the known images."""
    share = share_below(known_errors(by), rung.mse)
    worse = t("latent.unusual.all") if share == 1 else percent(share, 0 if share < 0.99 else 1)
    if share >= _STRANGE:
        st.warning(t("latent.unusual.strange", share=worse), icon=":material/help:")
    else:
        st.caption(t(f"latent.unusual.{'unusual' if share >= _UNUSUAL else 'usual'}", share=worse))


def _measured(rungs: dict[str, Squeezed], own: Squeezed | None) -> None:
    """The measures, a row each, a column for each coder."""
    text = texts("latent.measures")
    made = rungs if own is None else {**rungs, "own": own}
    rows = [
        ["", *(f"**{t(f'latent.tiles.{kind}')}**" for kind in made)],
        ["---", *("---:" for _ in made)],
        [text["mse"], *(_error(rung.mse) for rung in made.values())],
        [text["psnr"], *(_decibels(rung.psnr) for rung in made.values())],
        [text["ssim"], *(number(rung.ssim, 3) for rung in made.values())],
        [text["compression"], *(f"{number(measures.compression(rung.size), 1)} ×" for rung in made.values())],
    ]
    st.markdown("\n".join(f"| {' | '.join(row)} |" for row in rows), help=text["help"])


def _error(mse: float) -> str:
    """Three digits that count."""
    return number(mse, 2 - math.floor(math.log10(mse)) if mse else 0)


def _decibels(value: float) -> str:
    return f"{number(value, 1)} dB" if np.isfinite(value) else "∞"


def _curve(dataset: DatasetName, ladder: Ladder, size: int, own: Squeezed | None) -> Any:
    low, high = zip(*(usual_range(coder(dataset, each)) for each in SIZES), strict=True)
    return figures.errors(
        SIZES,
        {kind: [rung.mse for rung in rungs] for kind, rungs in ladder.rungs.items()},
        measures.usual_errors(dataset),
        (low, high),
        size,
        (own.size, own.mse) if own else None,
        texts("latent.curve"),
        current(),
    )


def _whole_ladder(ladder: Ladder, place: int) -> None:
    """All sizes at once, each a button: the autoencoder's row above, that of PCA below."""
    st.markdown(t("latent.ladder.title"))
    order = range(len(SIZES) - 1, -1, -1)
    columns = len(SIZES) + 1

    def choose(cell: int) -> None:
        if cell % columns:
            state.put(SIZE, SIZES[-(cell % columns)])

    names, lines = [], []
    for kind, rungs in ladder.rungs.items():
        named = t(f"latent.tiles.{kind}")
        names += [t("latent.tiles.original")]
        names += [t("latent.ladder.item", name=named, n=SIZES[k], mse=rungs[k].mse) for k in order]
        lines += [[], *([number(SIZES[k])] for k in order)]
    thumbnails(
        "ladder",
        t("latent.ladder.choose"),
        ladder.pictures,
        names,
        columns - 1 - place,
        choose,
        columns=columns,
        lines=lines,
    )


def _strangers(given: Given, size: int) -> list[Tile]:
    """Images unlike those that the autoencoder has learned, then what it rebuilds of each."""
    by, text = coder(given.dataset, size), texts("latent.strange")
    above, below = [], []
    for slug, image in strangers(given.dataset, given.image).items():
        name, rung = text["names"][slug], measures.squeeze(by, image)
        share = share_below(known_errors(by), rung.mse)
        worse = t("latent.strange.all") if share == 1 else percent(share, 0 if share < 0.99 else 1)
        line, alt = t("latent.strange.line", share=worse), t("latent.strange.alt", name=name, share=worse)
        above.append(Tile(figures.grey(image), name, "", name))
        below.append(Tile(figures.grey(rung.rebuilt), "", line, alt))
    return [*above, *below]
