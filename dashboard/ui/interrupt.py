"""Runs that end early: for what the visitor has touched meanwhile, or since there is nothing more to draw.

Streamlit (1.67, which is pinned) has no public way to ask for any of it.
"""

from typing import NoReturn

from streamlit.runtime.scriptrunner import RerunException, StopException, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequestType
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState


class GaveWay(Exception):
    """A view ends, since it is to run again; the rest of the page is drawn first."""


def fragment_alone() -> bool:
    """Whether this is the run of a fragment, and not of the whole page."""
    context = get_script_run_ctx(suppress_warning=True)
    return context is not None and bool(context.fragment_ids_this_run)


def waiting() -> bool:
    """Whether the visitor has touched a control since this run began, so that what is being drawn will be
    drawn again, or has left.

    Streamlit ends a run for that at the next element drawn, but not if the control is in a fragment: then
    the click waits until the work is done. Work that asks here can `give_way`.
    """
    context = get_script_run_ctx(suppress_warning=True)
    requests = context.script_requests if context else None
    if context is None or requests is None or requests._state is ScriptRequestType.CONTINUE:
        return False
    again, here = requests._rerun_data.fragment_id_queue, ThreadState.get().fragment_id
    if requests._state is ScriptRequestType.STOP or not again:
        return True
    return here is not None and (here in again or context.fragment_storage.has_ancestor_in(here, again))


def give_way() -> NoReturn:
    """End this run for the one that is `waiting`, as Streamlit does when the whole page is to run again: what
    is on screen stays until that has drawn its own.

    Raises:
        GaveWay: where the whole page is drawn and only a fragment is to run again, which it does at the end;
            `ui.guard` takes it for the end of the view.
    """
    context = get_script_run_ctx(suppress_warning=True)
    assert context is not None and context.script_requests is not None
    requests = context.script_requests
    if requests._state is ScriptRequestType.RERUN:
        if requests._rerun_data.fragment_id_queue and not fragment_alone():
            raise GaveWay
        raise RerunException(requests.on_scriptrunner_ready().rerun_data)
    end_run()


def end_run() -> NoReturn:
    """End this run here. ``st.stop`` would also drop what the visitor has touched meanwhile."""
    raise StopException
