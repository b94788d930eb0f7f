"""Heavy work of all visitors in one bounded pool: each visitor in turn, the same work once for all who ask.

Work runs in threads, so it pays where the heavy part releases the interpreter's lock. It is a function that
is given a `Progress`, tells it now and then how far it is, and is answered whether it should go on. Short
work (about a second at most) comes before long work, which pauses for it when it tells how far it is.
"""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")
Progress = Callable[[float], bool]
"""Told the share done, 0 to 1; answers False to stop there."""


class Stopped(Exception):
    """Work that has nothing to show for itself was stopped."""


class Job(Generic[T]):
    """Work that somebody waits for: `future` will hold what came of it, `share` says how far it is.

    `short`: it takes about a second at most. `overdue`: the time limit stopped it, so its result is
    what there was by then.
    """

    def __init__(
        self,
        key: Hashable,
        work: Callable[[Progress], T],
        short: bool,
        limit: float,
        pause: Callable[[], None],
    ) -> None:
        self.key, self.short, self.future = key, short, Future[T]()
        self.share, self.overdue, self.began = 0.0, False, False
        self.wanted = 0
        self._work, self._limit, self._until, self._pause = work, limit, float("inf"), pause

    def run(self) -> None:
        self._until = time.monotonic() + self._limit
        try:
            self.future.set_result(self._work(self._progress))
        except BaseException as failure:
            self.future.set_exception(failure)

    def _progress(self, share: float) -> bool:
        self.share = share
        now = time.monotonic()
        self.overdue = now > self._until
        if not self.short:
            self._pause()
            self._until += time.monotonic() - now
        return self.wanted > 0 and not self.overdue


class Pool:
    """At most `workers` jobs at once, each for at most `limit` seconds of its own."""

    def __init__(self, workers: int, limit: float) -> None:
        self._workers, self._limit = workers, limit
        self._changed = threading.Condition()
        self._asked: dict[Hashable, Job] = {}  # waiting or running
        # Waiting short ones and long ones, by visitor, the next one first.
        self._turns: dict[bool, OrderedDict[str, deque[Job]]] = {True: OrderedDict(), False: OrderedDict()}
        self._running = self._threads = 0

    def ask(self, key: Hashable, visitor: str, work: Callable[[Progress], T], short: bool = False) -> Job[T]:
        """The job that does this work; if somebody already waits for work with the same key, theirs.

        Who asks must `leave`, whatever came of it.
        """
        with self._changed:
            job = self._asked.get(key)
            if job is None or job.wanted == 0:
                job = self._asked[key] = Job(key, work, short, self._limit, self._let_pass)
                self._turns[short].setdefault(visitor, deque()).append(job)
                if self._threads < self._workers:
                    self._threads += 1
                    threading.Thread(target=self._serve, name="pool", daemon=True).start()
                self._changed.notify()
            job.wanted += 1
        return job

    def leave(self, job: Job) -> None:
        """Wait no longer; what nobody waits for stops, or never begins."""
        with self._changed:
            job.wanted -= 1
            if job.wanted == 0 and not job.began:
                turns = self._turns[job.short]
                for visitor, jobs in list(turns.items()):
                    if job in jobs:
                        jobs.remove(job)
                    if not jobs:
                        del turns[visitor]
                if self._asked.get(job.key) is job:
                    del self._asked[job.key]

    def ahead(self, job: Job) -> int:
        """How many jobs come before this one, running ones included; 0 once it has begun."""
        with self._changed:
            if job.began:
                return 0
            line: list[Job] = []
            for short in (True, False):
                rounds = [list(jobs) for jobs in self._turns[short].values()]
                while any(rounds):
                    line += [jobs.pop(0) for jobs in rounds if jobs]
            return self._running + (line.index(job) if job in line else 0)

    def _serve(self) -> None:
        while True:
            with self._changed:
                while (job := self._next(True) or self._next(False)) is None:
                    self._changed.wait()
            self._do(job)

    def _next(self, short: bool) -> Job | None:
        """The waiting job whose turn it is, which begins."""
        turns = self._turns[short]
        if not turns:
            return None
        visitor, jobs = turns.popitem(last=False)
        job = jobs.popleft()
        if jobs:  # the others come first
            turns[visitor] = jobs
        self._running += 1
        job.began = True
        return job

    def _do(self, job: Job) -> None:
        job.run()
        with self._changed:
            self._running -= 1
            if self._asked.get(job.key) is job:
                del self._asked[job.key]

    def _let_pass(self) -> None:
        """Called by long work: if short work waits, one of it is done meanwhile."""
        with self._changed:
            job = self._next(True)
        if job is not None:
            # In a thread of its own: torch keeps by thread whether it follows gradients.
            passing = threading.Thread(target=self._do, args=(job,), name="pool short", daemon=True)
            passing.start()
            passing.join()
