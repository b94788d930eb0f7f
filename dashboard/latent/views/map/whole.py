"""How far the whole map can be trusted, in a sentence and, class by class, as a table."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from dashboard.datasets.images import DatasetName, sample
from dashboard.latent.map_layouts import Layout
from dashboard.latent.neighbours import NEIGHBOURS, Faithfulness, class_distances, faithfulness
from dashboard.ui.heavy import pooled
from dashboard.ui.language import number, percent, t, texts


def whole(dataset: DatasetName, layout: Layout, names: Sequence[str]) -> None:
    """Neighbours kept and trustworthiness; the table says in words what the map shows."""
    if layout.method is None:
        st.markdown(t("latent_map.whole.itself"))
        return
    found = faithfulness_of(layout.name, layout)
    st.markdown(
        t(
            "latent_map.whole.kept",
            kept=percent(float(found.kept.mean())),
            chance=percent(found.chance, 1),
            n=NEIGHBOURS,
            trust=number(found.trustworthiness, 3),
        )
    )
    name = t("latent_map.whole.table")
    with st.expander(name, icon=":material/table:", key="map-table", on_change="rerun") as box:
        if not box.open:
            return
        labels = sample(dataset).labels
        by_code, on_map = (class_distances(points, labels) for points in (layout.codes, layout.places))
        text = texts("latent_map.whole.columns")
        st.table(
            {
                text["class"]: list(names),
                text["kept"]: [percent(float(found.kept[labels == k].mean())) for k in range(len(names))],
                text["by_code"]: [names[int(k)] for k in _closest(by_code)],
                text["on_map"]: [names[int(k)] for k in _closest(on_map)],
            },
            border="horizontal",
        )
        st.caption(t("latent_map.whole.table_help"))


def _closest(distances: np.ndarray) -> np.ndarray:
    return (distances + np.diag(np.full(len(distances), np.inf))).argmin(axis=1)


@pooled(64)
def faithfulness_of(name: str, _layout: Layout) -> Faithfulness:
    """How faithful the map of this name is."""
    return faithfulness(_layout.codes, _layout.comparable)
