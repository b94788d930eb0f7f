"""What a page asks of the pool of heavy work, and what its visitor sees of it."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.ui import heavy
from dashboard.ui.language import room
from dashboard.ui.recent import Recent

WORDS = room("shell", "fr")["heavy"]


def test_a_function_is_called_once_for_equal_arguments_and_nothing_may_come_of_it():
    calls = []

    @heavy.pooled(8)
    def doubled(number: int, _shown: object, twice: bool = True) -> int | None:
        calls.append(number)
        return 2 * number if twice else None

    assert doubled(3, object()) == doubled(3, object()) == doubled(3, [], twice=True) == 6
    assert doubled(3, {}, twice=False) is doubled(3, {}, False) is None
    assert calls == [3, 3]


def test_what_fails_fails_for_who_asked_and_is_tried_again():
    @heavy.pooled(8)
    def fails(number: int) -> int:
        raise ValueError(number)

    for _ in range(2):
        with pytest.raises(ValueError, match="7"):
            fails(7)


def test_what_was_stopped_by_the_time_limit_is_shown_and_kept(monkeypatch):
    monkeypatch.setattr(heavy, "POOL", heavy.Pool(1, 0.01))
    kept: Recent[int] = Recent(2)

    def work(progress) -> int:
        steps = 0
        while progress(0.5):
            steps += 1
        return steps

    found = heavy.heavy(kept, "k", work)
    assert found > 0 and kept.get("k") == found


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
