"""The drawn world in codes: from one scene to another, a map of a thousand, and one of sentences."""

from dashboard.latent.views.scenes.atlas import scene_atlas
from dashboard.latent.views.scenes.sentences import sentence_space
from dashboard.latent.views.scenes.walk import between
from dashboard.ui import state
from dashboard.ui.language import t, texts

_PARTS = {"walk": between, "map": scene_atlas, "sentences": sentence_space}
PART = state.Choice("part", tuple(_PARTS), "walk")


def scenes_view() -> None:
    """The view: one of its parts."""
    part = state.segmented(
        PART, t("latent_scenes.part"), texts("latent_scenes.parts"), label_visibility="collapsed"
    )
    _PARTS[part]()
