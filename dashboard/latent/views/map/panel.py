"""Beside the map: the picked image, its code and its neighbours; below it, the surrounded ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from dashboard.datasets.images import DatasetName, sample
from dashboard.latent.coders import Coder
from dashboard.latent.figures import map as figures
from dashboard.latent.map_layouts import Layout
from dashboard.latent.neighbours import Indices, group, share_kept
from dashboard.latent.planes import as_bytes
from dashboard.latent.views.controls import Given
from dashboard.latent.views.map import controls
from dashboard.ui import stage
from dashboard.ui.atlas import pictures
from dashboard.ui.language import current, number, percent, t, texts
from dashboard.ui.recent import kept
from dashboard.ui.thumbnails import thumbnails

Array = NDArray[np.floating]


@dataclass(frozen=True)
class Pick:
    """The image that is looked at.

    Attributes:
        point: its place in the sample; None for the visitor's own.
        label: its class, None if nobody knows; example: the star is not the visitor's own image.
        image: (28, 28) in [0, 1]; code: (size,); rebuilt: (28, 28) from the code.
        by_code, on_map: (10,) its nearest neighbours.
    """

    point: int | None
    label: int | None
    example: bool
    image: Array
    code: Array
    rebuilt: Array
    by_code: Indices
    on_map: Indices


def pick_panel(given: Given, layout: Layout, names: Sequence[str], pick: Pick) -> None:
    """The image and what its code makes of it, the code, the neighbours."""
    text = texts("latent_map.pick")
    if pick.point is None:
        st.markdown(f"#### {text['example' if pick.example else 'own']}")
    else:
        st.markdown(f"#### {t('latent_map.pick.title', name=names[pick.label or 0], n=pick.point + 1)}")
    error = float(((pick.rebuilt - pick.image) ** 2).mean())
    pictures(
        "map-picked",
        [as_bytes(pick.image), as_bytes(pick.rebuilt)],
        [text["image"], t("latent_map.pick.rebuilt", n=len(pick.code))],
        [text["image_alt"], text["rebuilt_alt"]],
        len(layout.codes) if pick.point is None else pick.point,
    )
    st.caption(t("latent_map.pick.error", error=number(error, 4)))
    theme = st.context.theme.type or "light"
    stage.chart(
        _code_bars(layout.name, given.digest, pick.point, theme, current(), layout.codes, pick.code),
        t("latent_map.plots.code_alt", n=len(pick.code)),
        "map-code",
    )
    _neighbours(given.dataset, layout, names, pick)


@kept(128)
def _code_bars(
    layout: str, digest: str, point: int | None, theme: str, language: str, _codes: Array, _code: Array
) -> Any:
    low, high = np.quantile(_codes, (0.05, 0.95), axis=0)
    return figures.code_bars(_code, low, high, theme, texts("latent_map.plots"), language)


def _neighbours(dataset: DatasetName, layout: Layout, names: Sequence[str], pick: Pick) -> None:
    """Two strips, by code and on the map; what is in both carries a mark. If the map shows the codes
    themselves, one."""
    samples = sample(dataset)
    n = len(pick.by_code)
    strips = {"by_code": (pick.by_code, pick.on_map), "on_map": (pick.on_map, pick.by_code)}
    if layout.method is None:
        strips = {"by_code": (pick.by_code, pick.by_code[:0])}
    else:
        kept = share_kept(pick.by_code[None], pick.on_map[None])[0]
        st.markdown(t("latent_map.pick.kept", kept=round(kept * n), n=n))
    for name, (found, others) in strips.items():
        label = t(f"latent_map.pick.{name}")
        st.markdown(f"**{label}**")
        thumbnails(
            f"map-{name}",
            label,
            samples.images[found],
            [t("latent_map.pick.point", name=names[samples.labels[i]], n=int(i) + 1) for i in found],
            -1,
            lambda k, found=found: controls.pick(int(found[k])),  # type: ignore[misc]
            columns=n,
            lines=[["✓" if i in others else ""] for i in found],
        )


def group_panel(maker: Coder, layout: Layout, names: Sequence[str], members: Indices) -> None:
    """What the surrounded images have in common."""
    samples = sample(maker.dataset)
    found = group(layout.codes, samples.labels, members)
    text = texts("latent_map.group")
    st.markdown(f"#### {t('latent_map.group.title', n=len(members))}")
    if controls.is_cut():
        st.warning(t("latent_map.group.cut"))
    left, right = st.columns([2, 3], gap="medium")
    with left:
        stage.chart(
            figures.class_counts(found.counts, names, texts("latent_map.plots"), current()),
            text["counts_alt"],
            "map-counts",
        )
    with right:
        average = samples.images[members].mean(axis=0) / 255
        decoded = maker.decode(found.mean[None])[0]
        pictures(
            "map-average",
            [as_bytes(average), as_bytes(decoded)],
            [text["average"], text["decoded"]],
            [text["average_alt"], text["decoded_alt"]],
        )
        st.caption(text["means"])
        best = int(found.counts.argmax())
        share = found.counts[best] / len(members)
        st.markdown(
            t("latent_map.group.classes", name=names[best], share=percent(share))
            + " "
            + t("latent_map.group.spread", spread=percent(found.spread))
        )
    st.markdown(f"**{text['typical']}**")
    thumbnails(
        "map-typical",
        text["typical"],
        samples.images[found.typical],
        [t("latent_map.pick.point", name=names[samples.labels[i]], n=int(i) + 1) for i in found.typical],
        -1,
        lambda k: controls.pick(int(found.typical[k])),
        lines=[[names[samples.labels[i]]] for i in found.typical],
    )
