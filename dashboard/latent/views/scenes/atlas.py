"""A thousand scenes at the places of their codes; each opens: image, code, what a network says of it."""

import streamlit as st
from PIL import Image

from dashboard import zoo
from dashboard.datasets.scenes.grammar import LanguageName, spoken
from dashboard.latent import scenes
from dashboard.latent.figures import scenes as figures
from dashboard.latent.neighbours import nearest_to
from dashboard.models.scene_autoencoder import CELLS
from dashboard.scenes.describing import tell
from dashboard.scenes.images import AUTOENCODER, decode
from dashboard.scenes.memory import REMEMBERED, memory
from dashboard.ui import stage, state
from dashboard.ui.language import current, number, percent, t, texts
from dashboard.ui.thumbnails import thumbnails, webp

PICKED = state.Number("drawn", 0, REMEMBERED - 1, 1, 0)
_COLUMNS, _ROWS, _SIDE = 24, 17, 64
_NEIGHBOURS, _SAID = 5, 120
_KEY = "latent_scenes_map"


def scene_atlas() -> None:
    """The map, and beside it the scene that was picked."""
    with st.spinner(t("latent_scenes.wait")):
        found, picture = _mapped()
    chosen = int(state.get(PICKED))
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _map(found, picture, chosen)
    with right:
        _opened(chosen)


@st.cache_resource(max_entries=1, show_spinner=False)
def _mapped() -> tuple[scenes.PictureMap, str]:
    learnt = memory()
    found = scenes.picture_map(learnt.images, learnt.codes, _COLUMNS, _ROWS, _SIDE)
    return found, webp(Image.fromarray(found.picture))


def _map(found: scenes.PictureMap, picture: str, chosen: int) -> None:
    def pick() -> None:
        points = st.session_state[_KEY].selection.points
        if points:
            state.put(PICKED, int(points[0]["customdata"]))

    stage.chart(
        figures.scene_map(
            picture,
            (_COLUMNS, _ROWS),
            found.shown,
            [t("latent_scenes.scene", n=one + 1) for one in found.shown[:, 2].tolist()],
            chosen,
            texts("latent_scenes.plots"),
            current(),
        ),
        t("latent_scenes.map_alt"),
        _KEY,
        pick,
    )
    learnt = memory()
    st.markdown(
        t(
            "latent_scenes.about",
            n=number(len(learnt.codes), 0),
            drawn=number(len(found.shown), 0),
            size=number(learnt.codes.shape[1], 0),
            pixels=number(learnt.images[0].size, 0),
            share=percent(found.explained),
            psnr=number(zoo.card(AUTOENCODER).measured["psnr"], 1),
        )
    )


def _opened(chosen: int) -> None:
    """One scene: as it is, as its code gives it back, the code, what is said of it, and its neighbours."""
    learnt = memory()
    code = learnt.codes[chosen].reshape(-1, CELLS, CELLS)
    st.markdown(f"#### {t('latent_scenes.scene', n=chosen + 1)}")
    for column, image, name in zip(
        st.columns(2), (learnt.images[chosen], decode(code[None])[0]), ("image", "rebuilt"), strict=True
    ):
        words = t(f"latent_scenes.{name}")
        column.image(
            Image.fromarray(image).resize((256, 256), Image.Resampling.BICUBIC),
            width="stretch",
            caption=words,
            alt=words,
        )
    st.markdown(f"**{t('latent_scenes.said')}** {_said(chosen, spoken(current()))}")
    stage.chart(
        figures.code(code, st.context.theme.type or "light", texts("latent_scenes.plots"), current()),
        t("latent_scenes.code_grid_alt", n=len(code)),
        "latent_scenes_code",
    )
    near = nearest_to(learnt.codes[chosen], learnt.codes, _NEIGHBOURS, chosen)
    label = t("latent_scenes.near")
    st.markdown(f"**{label}**")
    thumbnails(
        "latent_scenes_near",
        label,
        learnt.images[near],
        [t("latent_scenes.scene", n=one + 1) for one in near.tolist()],
        -1,
        lambda k: state.put(PICKED, int(near[k])),
        columns=_NEIGHBOURS,
    )


@st.cache_data(max_entries=256, show_spinner=False)
def _said(chosen: int, language: LanguageName) -> str:
    return tell(memory().images[chosen], _SAID, language).text
