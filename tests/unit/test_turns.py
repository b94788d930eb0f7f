"""Scripts take turns."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from dashboard.ui.turns import Turns


def test_as_many_as_there_is_room_for_and_the_others_in_order():
    turns, order, inside = Turns(2, 20.0), list[int](), list[int]()
    most, lock, go = 0, threading.Lock(), threading.Semaphore(0)

    def work(k: int) -> None:
        nonlocal most
        with turns.turn():
            with lock:
                order.append(k)
                inside.append(k)
                most = max(most, len(inside))
            go.acquire(timeout=10)
            with lock:
                inside.remove(k)

    def wait(reached: Callable[[], bool]) -> None:
        deadline = time.monotonic() + 10
        while not reached() and time.monotonic() < deadline:
            time.sleep(0.001)

    threads = [threading.Thread(target=work, args=(k,)) for k in range(6)]
    for k, thread in enumerate(threads):
        thread.start()
        wait(lambda k=k: len(order) + len(turns._line) > k)
    for k in range(2, 7):  # as one leaves, the next in line comes in
        assert order == list(range(k))[:6]
        go.release()
        wait(lambda k=k: len(order) > k)
    go.release()
    for thread in threads:
        thread.join(10)
    assert most == 2
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
