"""What the visitor has shown so far: classes, their images and what was learned; in the session alone."""

import hashlib
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image, ImageOps

from dashboard.pool import Progress, Stopped
from dashboard.recognition import own_classes
from dashboard.recognition.own_classes import LEAST, MOST_NAME, OwnClasses, Trial
from dashboard.recognition.own_samples import SETS, samples
from dashboard.ui.heavy import heavy
from dashboard.ui.language import t
from dashboard.ui.recent import Recent

MOST_IMAGES = 60
"""Images of one class."""
_KEY = "own.workshop"
_THUMBNAIL = 64
_features: Recent[list[NDArray[np.float64]]] = Recent(32)


@dataclass(frozen=True)
class Shown:
    """An image as it is kept: small, and as the network sums it up; the image itself is let go.

    Attributes:
        digest: the same for the same image.
        thumbnail: (64, 64, 3) uint8.
        features: (own_classes.FEATURES,).
        name: what it is called, safe to show.
    """

    digest: str
    thumbnail: NDArray[np.uint8]
    features: NDArray[np.float64]
    name: str = ""


@dataclass
class Shelf:
    """One class: its name, its images, and those that wait to be looked at."""

    number: int
    name: str
    images: list[Shown] = field(default_factory=list)
    waiting: list[tuple[str, Image.Image]] = field(default_factory=list)
    chosen: int = 0

    @property
    def shown(self) -> Shown:
        """The chosen image, or the last one there is."""
        return self.images[min(self.chosen, len(self.images) - 1)]


@dataclass(frozen=True)
class Learned:
    """What came of the last learning; `shelves` are the numbers of the classes, in their order."""

    own: OwnClasses
    trial: Trial | None
    seconds: float
    shelves: tuple[int, ...]


@dataclass
class Workshop:
    """The visitor's classes.

    Attributes:
        shelves: the classes, from LEAST to MOST.
        tests: images to try them on, and those that wait to be looked at.
        opened: the class that is being added to, and from where.
        loaded: classes read from a file, used instead of the learned ones.
        ready: the images to try them on are ready ones.
        live: whether the camera shows what the classes answer; None until somebody has decided.
        rounds: rises whenever an uploader has been emptied, so that it is put up anew.
    """

    shelves: list[Shelf] = field(default_factory=list)
    tests: Shelf = field(default_factory=lambda: Shelf(-1, ""))
    opened: tuple[int, str] | None = None
    loaded: OwnClasses | None = None
    ready: bool = False
    live: bool | None = None
    rounds: int = 0
    made: int = 0
    refused: list[str] = field(default_factory=list)
    kept: tuple[str, Learned] | None = None

    def remove(self, number: int) -> None:
        """A class less, if it is still there and enough others are."""
        if len(self.shelves) > LEAST:
            self.shelves = [shelf for shelf in self.shelves if shelf.number != number]

    def add(self, name: str = "") -> Shelf:
        """One more class."""
        self.made += 1
        self.shelves.append(Shelf(self.made, name or t("recognition_own.unnamed", n=self.made)))
        return self.shelves[-1]

    def learned(self) -> Learned | None:
        """The classes that have an image, learned; None while they are too few."""
        used = [shelf for shelf in self.shelves if shelf.images]
        if len(used) < LEAST:
            return None
        key = repr([(shelf.number, shelf.name, [image.digest for image in shelf.images]) for shelf in used])
        if self.kept is None or self.kept[0] != key:
            features = np.stack([image.features for shelf in used for image in shelf.images])
            labels = np.repeat(np.arange(len(used)), [len(shelf.images) for shelf in used])
            began = time.perf_counter()
            own = own_classes.fit(features, labels, [shelf.name for shelf in used])
            seconds = time.perf_counter() - began
            trial = own_classes.try_out(features, labels)
            self.kept = (key, Learned(own, trial, seconds, tuple(shelf.number for shelf in used)))
        return self.kept[1]

    def everything(self) -> list[tuple[Shelf, Shown]]:
        """All the images of all the classes, in the order of learning."""
        return [(shelf, image) for shelf in self.shelves for image in shelf.images]


def workshop() -> Workshop:
    """The one of this visit; it begins with ready classes, so that there is something to try."""
    if _KEY not in st.session_state:
        st.session_state[_KEY] = _blank()
        take_samples(next(iter(SETS)))
    return st.session_state[_KEY]


def _blank() -> Workshop:
    begun = Workshop()
    begun.add()
    begun.add()
    begun.opened = (1, "files")
    return begun


def begin_anew() -> None:
    """Forget everything."""
    rounds = workshop().rounds
    st.session_state[_KEY] = _blank()
    workshop().rounds = rounds + 1


def take_samples(name: str) -> None:
    """Replace all the classes by ready ones."""
    begin_anew()
    bench, found = workshop(), samples(name)
    bench.shelves.clear()
    bench.opened, bench.ready = None, True
    for slug, learn, kept in zip(found.names, found.learn, found.kept, strict=True):
        title = t(f"recognition_own.samples.{slug}")
        bench.add(title).waiting += [("", image) for image in learn]
        bench.tests.waiting += [(title, image) for image in kept]


def rename(shelf: Shelf, name: str) -> None:
    """Give a class the visitor's name for it, if there is any."""
    printable = "".join(c if c.isprintable() else " " for c in name)
    shelf.name = printable.strip()[:MOST_NAME] or shelf.name


def take_in(shelves: Sequence[Shelf]) -> None:
    """Look at the images that wait."""
    images = [image for shelf in shelves for _, image in shelf.waiting]
    if not images:
        return
    digests = [digest(image) for image in images]

    def work(progress: Progress) -> list[NDArray[np.float64]]:
        found: list[NDArray[np.float64]] = []
        for features in own_classes.look(images):
            found.append(features)
            if not progress(len(found) / len(images)):
                raise Stopped
        return found

    found = heavy(_features, ("own", *digests), work, name="own")
    looked = zip(digests, found, strict=True)
    for shelf in shelves:
        for (name, image), (which, features) in zip(shelf.waiting, looked, strict=False):
            if len(shelf.images) < MOST_IMAGES and which not in {one.digest for one in shelf.images}:
                shelf.images.append(Shown(which, thumbnail(image), features, name))
        shelf.waiting = []
        shelf.chosen = max(len(shelf.images) - 1, 0)


def digest(image: Image.Image) -> str:
    """A name for an image of mode RGB."""
    return hashlib.sha256(image.tobytes() + repr(image.size).encode()).hexdigest()


def thumbnail(image: Image.Image) -> NDArray[np.uint8]:
    """The middle square, small."""
    return np.asarray(ImageOps.fit(image, (_THUMBNAIL, _THUMBNAIL), Image.Resampling.BICUBIC))


def escaped(name: str) -> str:
    """A name that Markdown shows letter by letter."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", name)
