"""A - B + C: a sum of codes, decoded."""

import streamlit as st

from dashboard.datasets.class_names import class_names
from dashboard.datasets.images import sample
from dashboard.latent.planes import as_bytes
from dashboard.latent.views.controls import Given
from dashboard.latent.views.walk.coders import choose
from dashboard.latent.views.walk.image_choice import pick, show
from dashboard.latent.walks import analogy
from dashboard.ui.language import current, t

# What stands in until the visitor has chosen: a bold 9 - a thin 9 + a thin 7, which gives a bold 7; a
# T-shirt - a shirt with long sleeves + a dark one.
_FIRST = {"digits": (49, 37, 6), "fashion": (34, 31, 42)}
_FAR = 2.5  # times the usual distance


def algebra(given: Given) -> None:
    """The view: three images, the image of A - B + C, and the known image nearest to it."""
    chosen = choose(given)
    columns = st.container(horizontal=True, gap="medium")
    terms = []
    for place, default in zip("abc", _FIRST[given.dataset], strict=True):
        with columns.container(width="content"):
            terms.append(
                pick(f"{place}{given.dataset[0]}", default, t(f"latent_walk.algebra.{place}"), given)
            )
    found = analogy(chosen, *(each.image for each in terms))
    name = class_names(given.dataset, current())[sample(given.dataset).labels[found.nearest]]
    with columns.container(width="content"):
        st.markdown(f"**{t('latent_walk.algebra.result')}**")
        show(as_bytes(found.image), " ", t("latent_walk.algebra.result_alt"))
    with columns.container(width="content"):
        st.markdown(f"**{t('latent_walk.algebra.nearest')}**")
        show(sample(given.dataset).images[found.nearest], name)
    verdict = t("latent_walk.algebra.verdict", name=name, distance=found.distance, usual=found.usual)
    far = "far" if found.distance > _FAR * found.usual else "near"
    st.markdown(f"{verdict} {t(f'latent_walk.algebra.{far}')}")
    st.markdown(t("latent_walk.algebra.honest"))
