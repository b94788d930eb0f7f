"""Results kept for all visitors, the most recent ones."""

import inspect
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any, Generic, ParamSpec, TypeVar

T = TypeVar("T")
P = ParamSpec("P")


class Recent(Generic[T]):
    """At most ``most`` results; the one asked for longest ago goes first. Safe between threads."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, threading.Lock()
        self._kept: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable) -> T | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def put(self, key: Hashable, result: T) -> None:
        with self._lock:
            self._kept[key] = result
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)


def kept(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """For a function of a few milliseconds: its last ``most`` results are kept for all visitors, who share
    them and must not change them. For what takes a step of a slider: Streamlit's caches ask for the
    function's signature at each argument of each call."""

    def decorate(function: Callable[P, T]) -> Callable[P, T]:
        results: Recent[tuple[T]] = Recent(most)
        key = counted(function)

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> T:
            asked = key(*args, **kwargs)
            found = results.get(asked)
            if found is None:
                found = (function(*args, **kwargs),)
                results.put(asked, found)
            return found[0]

        return call

    return decorate


def counted(function: Callable[..., Any]) -> Callable[..., tuple[Hashable, ...]]:
    """What tells calls of a function apart, from their arguments, which are hashable; as with Streamlit's
    caches, those whose name begins with an underscore do not count."""
    signature = inspect.signature(function)
    places = [k for k, name in enumerate(signature.parameters) if not name.startswith("_")]

    def key(*args: Hashable, **kwargs: Hashable) -> tuple[Hashable, ...]:
        if kwargs or len(args) < len(signature.parameters):
            given = signature.bind(*args, **kwargs)
            given.apply_defaults()
            args = tuple(given.arguments.values())
        return tuple(args[k] for k in places)

    return key
