"""Long work that gives way as soon as the visitor touches something."""

from __future__ import annotations

from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType


def stoppable() -> bool:
    """Whether a button drawn now could stop this run: in a run of a fragment, but not while the whole page
    is drawn for the first time, when Streamlit forgets such a click."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and bool(context.fragment_ids_this_run)


def waiting() -> bool:
    """Whether the visitor has touched a control since this run began, so that its result is no longer wanted.

    Streamlit ends a run for that at the next element drawn, but not if the control is in a fragment: then
    the click waits until the work is done. Work that asks here can stop by itself. (No public way to ask as
    of Streamlit 1.67, which is pinned.)
    """
    context = get_script_run_ctx(suppress_warning=True)
    requests = context.script_requests if context else None
    return stoppable() and requests is not None and requests._state is ScriptRequestType.RERUN
