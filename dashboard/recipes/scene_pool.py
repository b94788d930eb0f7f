"""Scenes drawn and told by processes beside the training: networks learn faster than scenes are drawn."""

import mmap
import multiprocessing
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from dashboard.datasets.scenes import render, sample
from dashboard.datasets.scenes.facts import QUESTIONS, facts
from dashboard.recipes import scene_texts
from dashboard.recipes.scene_texts import LONGEST, PIECES

BLOCK = 1024  # scenes fetched at once: convolutions meet no new size
TEXTS = 3  # of each scene for the drawer to read
FIELDS: dict[str, tuple[tuple[int, ...], type]] = {
    "images": ((64, 64, 3), np.uint8),
    "rows": ((len(QUESTIONS),), np.int8),
    "texts": ((TEXTS, LONGEST), np.int16),
    "answers": ((TEXTS, len(QUESTIONS) + 1), np.int8),
    "told": ((PIECES,), np.int16),
    "limits": ((), np.int16),
}


@dataclass(frozen=True)
class Pool:
    """Arrays that the processes fill, each its own stretch of `share` scenes, and how far each has come."""

    arrays: dict[str, NDArray[np.generic]]
    done: Any  # of ctypes: how many scenes each process has drawn
    share: int
    alone: float

    def filled(self) -> list[tuple[int, int]]:
        """The first scene of each stretch, and the end of what it holds so far."""
        return [(i * self.share, i * self.share + done) for i, done in enumerate(self.done)]


def start(
    processes: int, share: int, fields: Sequence[str] = tuple(FIELDS), first: int = 0, alone: float = 1.0
) -> Pool:
    """Let processes draw `share` scenes each, of seeds from `first` on; they end with this one.

    Args:
        alone: the share of the scenes of one subject that are drawn; others have the next of their seed.
    """
    fork = multiprocessing.get_context("fork")
    arrays = {name: _shared(processes * share, *FIELDS[name]) for name in fields}
    pool = Pool(arrays, fork.Array("q", processes, lock=False), share, alone)
    for number in range(processes):
        fork.Process(target=_fill, args=(pool, number, processes, first), daemon=True).start()
    return pool


def _shared(count: int, shape: tuple[int, ...], kind: type) -> NDArray[np.generic]:
    size = count * int(np.prod(shape, dtype=int)) * np.dtype(kind).itemsize
    return np.frombuffer(mmap.mmap(-1, size), kind).reshape(count, *shape)


def _fill(pool: Pool, number: int, processes: int, first: int) -> None:
    os.nice(5)
    torch.set_num_threads(1)
    for done in range(pool.share):
        put(pool, number * pool.share + done, first + done * processes + number)
        pool.done[number] = done + 1


def put(pool: Pool, place: int, seed: int) -> None:
    """Draw and tell the scene of a seed."""
    random = Random(seed)
    scene = sample(random)
    while len(scene.subjects) == 1 and random.random() >= pool.alone:
        scene = sample(random)
    for name, array in pool.arrays.items():
        if name == "images":
            array[place] = render(scene, seed)
        elif name == "rows":
            array[place] = facts(scene)
        elif name == "texts":
            for which in range(TEXTS):
                words, said = scene_texts.written(scene, random)
                array[place, which, : len(words)] = words
                if "answers" in pool.arrays:
                    pool.arrays["answers"][place, which] = scene_texts.row_of(scene, said)
        elif name == "told":
            numbers, limit = scene_texts.described(scene, random)
            array[place, : len(numbers)] = numbers
            pool.arrays["limits"][place] = limit


class Resident:
    """What a pool holds, on the device that learns; `refresh` fetches what has been drawn since.

    Args:
        prepare: what becomes of a field on the way, say codes of images, and what it is called; others stay
            as they are.
    """

    def __init__(
        self,
        pool: Pool,
        device: torch.device,
        fields: Sequence[str],
        prepare: dict[str, dict[str, Callable[[Tensor], Tensor]]] | None = None,
    ) -> None:
        self.pool, self.device, self.fields, self.prepare = pool, device, fields, prepare or {}
        self.count, self._taken = 0, [begin for begin, _ in pool.filled()]
        self._room: dict[str, Tensor] = {}

    def refresh(self) -> None:
        for i, (first, end) in enumerate(self.pool.filled()):
            whole = end == first + self.pool.share
            while end - self._taken[i] >= (1 if whole else BLOCK):
                begin, self._taken[i] = self._taken[i], min(end, self._taken[i] + BLOCK)
                for name in self.fields:
                    part = torch.from_numpy(
                        np.ascontiguousarray(self.pool.arrays[name][begin : self._taken[i]])
                    )
                    part = part.to(self.device)
                    for called, change in self.prepare.get(name, {name: lambda same: same}).items():
                        self._append(called, change(part))
                self.count += self._taken[i] - begin

    def _append(self, name: str, part: Tensor) -> None:
        if name not in self._room:
            total = len(self.pool.done) * self.pool.share
            self._room[name] = torch.empty((total, *part.shape[1:]), dtype=part.dtype, device=self.device)
        self._room[name][self.count : self.count + len(part)] = part

    def __getitem__(self, name: str) -> Tensor:
        """All that there is of a field, (count, ...)."""
        return self._room[name][: self.count]
