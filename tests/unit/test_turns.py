"""Scripts take turns."""

import threading
import time
from types import SimpleNamespace
from typing import Any, cast

import pytest
from streamlit.runtime.scriptrunner import RerunData
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests

from dashboard.ui import turns as module
from dashboard.ui.turns import Turns


def test_as_many_as_there_is_room_for_and_the_others_in_order():
    turns, order = Turns(2, 20.0), list[int]()
    done = [threading.Event() for _ in range(6)]

    def work(k: int) -> None:
        with turns.turn():
            order.append(k)
            done[k].wait(10)

    def until(so_many: int, waiting: int) -> None:
        deadline = time.monotonic() + 10
        while (len(order), len(turns._line)) != (so_many, waiting) and time.monotonic() < deadline:
            time.sleep(0.001)
        assert order == list(range(so_many)) and len(turns._line) == waiting

    threads = [threading.Thread(target=work, args=(k,)) for k in range(6)]
    for k, thread in enumerate(threads):
        thread.start()
        until(min(k + 1, 2), max(k - 1, 0))
    for k, one in enumerate(done):
        one.set()
        until(min(k + 3, 6), max(3 - k, 0))
    for thread in threads:
        thread.join(10)
    assert turns._free == 2 and not turns._line


def test_who_only_waits_lets_others_pass_and_has_the_turn_again():
    turns, passed = Turns(1, 20.0), threading.Event()

    def other() -> None:
        with turns.turn():
            passed.set()

    with turns.turn():
        thread = threading.Thread(target=other)
        thread.start()
        assert not passed.wait(0.05)
        with turns.aside():
            assert passed.wait(10)
            thread.join(10)
        assert turns._free == 0
    assert turns._free == 1


def test_no_two_wait_for_each_other_for_ever():
    turns, began = Turns(1, 0.05), time.monotonic()
    with turns.turn():

        def late() -> None:
            with turns.turn(), turns.aside():
                pass

        thread = threading.Thread(target=late)
        thread.start()
        thread.join(10)
        assert not thread.is_alive() and time.monotonic() - began >= 0.05
    assert turns._free == 1 and not turns._line


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        (RerunData(page_script_hash="next"), False),
        (RerunData(page_script_hash="here"), True),  # the language was changed, say
        (RerunData(page_script_hash="here", fragment_id_queue=["stage"]), True),
    ],
)
def test_a_page_that_nobody_waits_for_takes_no_turn_but_what_was_touched_counts(asked, taken, monkeypatch):
    ran = list[RerunData]()
    monkeypatch.setattr(module, "_run_script", lambda runner, data: ran.append(data))
    requests, pages = ScriptRequests(), SimpleNamespace(current_page_script_hash="here")
    runner = cast(Any, SimpleNamespace(_requests=requests, _pages_manager=pages))
    module._run_in_turn(runner, asked)
    assert ran == [asked]
    requests.request_stop()  # as when the page is asked for again, and when its visitor leaves
    module._run_in_turn(runner, asked)
    assert ran == [asked] * (1 + taken)
