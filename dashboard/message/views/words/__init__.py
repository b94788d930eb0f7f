"""In words: one network describes a scene, another draws it from the text alone; so may the visitor."""

from dashboard.message.views.words.controls import ROLE
from dashboard.message.views.words.network import network
from dashboard.message.views.words.own import own
from dashboard.message.views.words.received import received
from dashboard.message.views.words.telephone import telephone
from dashboard.ui import state
from dashboard.ui.language import t, texts

_ROLES = {"network": network, "own": own, "received": received, "telephone": telephone}


def words() -> None:
    """One role at a time."""
    role = state.segmented(
        ROLE, t("message.role"), texts("message_words.roles"), label_visibility="collapsed"
    )
    _ROLES[role]()
