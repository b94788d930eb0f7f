"""In signs: the networks' own language, sent, received, looked at."""

from __future__ import annotations

from dashboard.message.views import controls
from dashboard.message.views.look import look
from dashboard.message.views.receive import receive
from dashboard.message.views.send import send
from dashboard.ui import state
from dashboard.ui.language import t, texts

_ROLES = {"send": send, "receive": receive, "look": look}


def signs() -> None:
    """One role at a time."""
    role = state.segmented(
        controls.ROLE, t("message.role"), texts("message.roles"), label_visibility="collapsed"
    )
    _ROLES[role]()
