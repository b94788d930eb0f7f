"""The pool through which all heavy work passes."""

import threading
import time

import pytest

from dashboard.pool import Pool

SOON = 10.0  # seconds in which anything here must have happened


class Gate:
    """Work that says when it begins and waits to be let through."""

    def __init__(self, name: str, log: list[str]) -> None:
        self.name, self.log = name, log
        self.begun, self.open = threading.Event(), threading.Event()

    def __call__(self, progress) -> str:
        self.log.append(self.name)
        self.begun.set()
        assert self.open.wait(SOON)
        return self.name


def until(condition) -> None:
    deadline = time.monotonic() + SOON
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_no_more_at_once_than_it_has_workers():
    pool, log = Pool(2, SOON), []
    gates = [Gate(name, log) for name in "abc"]
    jobs = [pool.ask(gate.name, gate.name, gate) for gate in gates]
    assert gates[0].begun.wait(SOON) and gates[1].begun.wait(SOON)
    assert log == ["a", "b"] and pool.ahead(jobs[2]) == 2 and pool.ahead(jobs[0]) == 0
    gates[0].open.set()
    assert gates[2].begun.wait(SOON)
    for gate in gates:
        gate.open.set()
    assert [job.future.result(SOON) for job in jobs] == ["a", "b", "c"]


def test_who_asks_for_much_does_not_keep_the_others_waiting():
    pool, log = Pool(1, SOON), []
    first = Gate("0", log)
    pool.ask("0", "greedy", first)
    assert first.begun.wait(SOON)
    greedy = [Gate(f"greedy {k}", log) for k in range(3)]
    jobs = [pool.ask(gate.name, "greedy", gate) for gate in greedy]
    modest = Gate("modest", log)
    mine = pool.ask("modest", "modest", modest)
    assert [pool.ahead(job) for job in [*jobs, mine]] == [1, 3, 4, 2]
    for gate in (first, modest, *greedy):
        gate.open.set()
    jobs[-1].future.result(SOON)
    assert log == ["0", "greedy 0", "modest", "greedy 1", "greedy 2"]


def test_the_same_work_is_done_once_for_all_and_goes_on_while_one_of_them_waits():
    pool, log = Pool(1, SOON), []
    going = threading.Event()

    def work(progress) -> int:
        log.append("begun")
        while progress(0.5):
            going.set()
            time.sleep(0.001)
        return len(log)

    one, two = pool.ask("k", "one", work), pool.ask("k", "two", work)
    assert one is two and going.wait(SOON)
    pool.leave(one)
    going.clear()
    assert going.wait(SOON) and not one.future.done()
    pool.leave(two)
    assert two.future.result(SOON) == 1 and two.share == 0.5 and not two.overdue
    # What nobody wanted any more is done anew.
    until(lambda: not pool._asked)
    three = pool.ask("k", "three", lambda progress: 3)
    assert three.future.result(SOON) == 3


def test_what_nobody_waits_for_never_begins():
    pool, log = Pool(1, SOON), []
    first, second, third = (Gate(name, log) for name in "abc")
    pool.ask("a", "a", first)
    assert first.begun.wait(SOON)
    left, kept = pool.ask("b", "b", second), pool.ask("c", "b", third)
    pool.leave(left)
    assert pool.ahead(kept) == 1
    for gate in (first, second, third):
        gate.open.set()
    assert kept.future.result(SOON) == "c" and log == ["a", "c"]


def test_time_is_limited_and_a_failure_reaches_who_asked():
    pool = Pool(1, 0.01)

    def long(progress) -> str:
        while progress(0.1):
            time.sleep(0.001)
        return "part of it"

    job = pool.ask("long", "a", long)
    assert job.future.result(SOON) == "part of it" and job.overdue

    def broken(progress) -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        pool.ask("broken", "a", broken).future.result(SOON)
    assert pool.ask("after", "a", lambda progress: 1).future.result(SOON) == 1


def test_short_work_passes_long_work_which_pauses_for_it():
    pool, log = Pool(1, SOON), []
    begun, asked = threading.Event(), threading.Event()

    def long(progress) -> str:
        begun.set()
        assert asked.wait(SOON)
        log.append("long")
        assert progress(0.5)
        log.append("long again")
        return "done"

    going = pool.ask("long", "a", long)
    assert begun.wait(SOON)
    waiting = pool.ask("later", "b", lambda progress: log.append("later"))
    quick = pool.ask("short", "c", lambda progress: log.append("short"), short=True)
    assert (pool.ahead(quick), pool.ahead(waiting)) == (1, 2)
    asked.set()
    waiting.future.result(SOON)
    assert going.future.result(SOON) == "done" and log == ["long", "short", "long again", "later"]
