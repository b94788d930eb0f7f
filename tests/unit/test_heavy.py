"""What a page asks of the pool of heavy work, and what its visitor sees of it."""

import threading
import time
from types import SimpleNamespace

import pytest
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.scriptrunner import RerunData, RerunException, StopException
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests
from streamlit.runtime.scriptrunner_utils.script_run_context import ThreadState
from streamlit.testing.v1 import AppTest

from dashboard import shell
from dashboard.ui import heavy, interrupt
from dashboard.ui.guard import guard
from dashboard.ui.language import texts_in
from dashboard.ui.recent import Recent, kept

WORDS = texts_in("shell", "fr")["heavy"]


@pytest.mark.parametrize("keeping", [heavy.pooled, kept])
def test_a_function_is_called_once_for_equal_arguments_and_nothing_may_come_of_it(keeping):
    calls = []

    @keeping(8)
    def doubled(number: int, _shown: object, twice: bool = True) -> int | None:
        calls.append(number)
        return 2 * number if twice else None

    assert doubled(3, object()) == doubled(3, object()) == doubled(3, [], twice=True) == 6
    assert doubled(3, {}, twice=False) is doubled(3, {}, False) is None
    assert calls == [3, 3]


@pytest.mark.parametrize("keeping", [heavy.pooled, kept])
def test_what_fails_fails_for_who_asked_and_is_tried_again(keeping):
    @keeping(8)
    def fails(number: int) -> int:
        raise ValueError(number)

    for _ in range(2):
        with pytest.raises(ValueError, match="7"):
            fails(7)


def test_what_was_stopped_by_the_time_limit_is_shown_and_kept(monkeypatch):
    monkeypatch.setattr(heavy, "POOL", heavy.Pool(1, 0.01))
    results: Recent[int] = Recent(2)

    def work(progress) -> int:
        steps = 0
        while progress(0.5):
            steps += 1
        return steps

    found = heavy.heavy(results, "k", work)
    assert found > 0 and results.get("k") == found


def page() -> None:
    import threading

    import streamlit as st

    from dashboard.ui import heavy
    from dashboard.ui.recent import Recent

    gate, seen = threading.Event(), []

    def work(progress):
        gate.wait(5)
        return 1

    def show(self, ahead, share):
        real(self, ahead, share)
        seen.append(self._said)
        if self._said:
            gate.set()

    real = heavy._Notice.show
    heavy._Notice.show = show
    try:
        heavy.heavy(Recent(1), "page", work)
    finally:
        heavy._Notice.show = real
    st.write(seen[-1])


def test_who_waits_reads_what_for():
    app = AppTest.from_function(page).run(timeout=30)
    assert not app.exception
    assert app.markdown[0].value == WORDS["begin"]
    assert not app.caption  # gone with the waiting


@pytest.fixture
def touched(monkeypatch):
    """A run of a fragment within a view, during which the visitor touches something of that view."""
    requests, storage = ScriptRequests(), MemoryFragmentStorage()
    for name, outer in (("view", None), ("part", "view")):
        storage.register(name, lambda: None, parent_fragment_id=outer)
    requests.request_rerun(RerunData(fragment_id="view"))
    context = SimpleNamespace(
        script_requests=requests, fragment_storage=storage, fragment_ids_this_run=["part"], session_id="s"
    )
    monkeypatch.setattr(interrupt, "get_script_run_ctx", lambda suppress_warning: context)
    ThreadState.initialize(fragment_id="part")
    return context


def test_who_touches_something_is_served_at_once_and_what_was_done_is_told(touched):
    parts: list[float] = []
    begun = threading.Event()

    def work(progress) -> float:
        begun.set()
        while progress(0.25):
            time.sleep(0.001)
        return 0.25

    def watched(share: float) -> None:
        assert begun.wait(10)

    results: Recent[float] = Recent(1)
    with pytest.raises(RerunException) as given_way:
        heavy.heavy(results, "part", work, heavy.Stop(partly=parts.append, watched=watched))
    assert given_way.value.rerun_data.fragment_id_queue == ["view"]
    assert parts == [0.25] and results.get("part") is None
    assert not interrupt.waiting()


def test_while_the_whole_page_is_drawn_a_view_ends_and_what_was_touched_comes_after(touched):
    touched.fragment_ids_this_run = None
    assert interrupt.waiting()
    with pytest.raises(interrupt.GaveWay):
        interrupt.give_way()
    with guard("a view"):  # says nothing
        raise interrupt.GaveWay
    assert touched.script_requests.on_scriptrunner_ready().rerun_data.fragment_id_queue == ["view"]


@pytest.mark.parametrize("here", ["view", None])
def test_what_is_not_drawn_again_is_waited_for(touched, here):
    touched.script_requests.on_scriptrunner_ready()
    touched.script_requests.request_rerun(RerunData(fragment_id="part"))
    ThreadState.initialize(fragment_id=here)
    assert not interrupt.waiting()


def test_who_leaves_ends_the_run_and_a_run_that_ends_keeps_what_was_touched(touched):
    with pytest.raises(StopException):
        interrupt.end_run()
    assert interrupt.waiting()
    touched.script_requests.request_stop()
    assert interrupt.waiting()
    with pytest.raises(StopException):
        interrupt.give_way()


def test_a_cold_link_keeps_what_was_touched_while_its_first_picture_was_drawn(touched, monkeypatch):
    """The script of the page is run alone then, and ends once the frame has drawn it."""
    monkeypatch.setattr(shell, "main", lambda wanted: None)
    with pytest.raises(StopException):
        shell.enter("home")
    assert touched.script_requests.on_scriptrunner_ready().rerun_data.fragment_id_queue == ["view"]
