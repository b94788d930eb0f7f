"""Long work that gives way as soon as the visitor touches something."""

from __future__ import annotations

from typing import NoReturn

from streamlit.runtime.scriptrunner import RerunException, StopException, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType


def stoppable() -> bool:
    """Whether a button drawn now could stop this run: in a run of a fragment, but not while the whole page
    is drawn for the first time, when Streamlit forgets such a click."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and bool(context.fragment_ids_this_run)


def waiting() -> bool:
    """Whether the visitor has touched a control since this run began, or has left, so that its result is no
    longer wanted.

    Streamlit ends a run for that at the next element drawn, but not if the control is in a fragment: then
    the click waits until the work is done. Work that asks here can `give_way`. (No public way to ask as of
    Streamlit 1.67, which is pinned.)
    """
    context = get_script_run_ctx(suppress_warning=True)
    requests = context.script_requests if context else None
    if requests is None:
        return False
    return requests._state is ScriptRequestType.STOP or (
        stoppable() and requests._state is ScriptRequestType.RERUN
    )


def give_way() -> NoReturn:
    """End this run for the one that is `waiting`, as Streamlit does when the whole page is to run again: what
    is on screen stays until that has drawn its own."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is not None and context.script_requests is not None:
        request = context.script_requests.on_scriptrunner_ready()
        if request.type is ScriptRequestType.RERUN:
            raise RerunException(request.rerun_data)
    raise StopException
