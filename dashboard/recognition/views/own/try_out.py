"""The visitor's classes, used at once: on the page's image, on new ones, under the camera."""

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from dashboard.recognition import own_classes
from dashboard.recognition.own_classes import OwnClasses, WrongFile, from_json, to_json
from dashboard.recognition.views.controls import Given
from dashboard.recognition.views.own.camera import camera
from dashboard.recognition.views.own.cards import files
from dashboard.recognition.views.own.workshop import (
    Shelf,
    Shown,
    digest,
    escaped,
    take_in,
    thumbnail,
    workshop,
)
from dashboard.ui import stage
from dashboard.ui.guard import callback, guarded
from dashboard.ui.language import mark, number, t, texts
from dashboard.ui.thumbnails import thumbnails
from dashboard.ui.verdict import probability

_LIVE = "own.live"  # session key: frames answered so far and the last one; absent while the camera is off
_WRONG = "own.wrong"  # session key: the last file was none of ours
_SHOWN = 160


@st.fragment
@guarded
def try_out(given: Given) -> None:
    """Images to try, one of them in detail, and the camera."""
    bench = workshop()
    learned = bench.learned()
    own = bench.loaded or (learned.own if learned else None)
    if own is None:
        return
    if bench.tests.waiting:
        take_in([bench.tests])
        # The newest image of the visitor's own; of ready ones, the first that was kept aside.
        bench.tests.chosen = 1 if bench.ready else len(bench.tests.images)
        bench.ready = False
    for refusal in bench.refused:
        st.error(refusal)
    bench.refused.clear()
    shown = [_page_image(given), *bench.tests.images]
    shares = own.probabilities(np.stack([image.features for image in shown]))
    _strip(shown, shares, own)
    chosen = min(bench.tests.chosen, len(shown) - 1)
    _one(shown[chosen], shares[chosen], own, given.image if chosen == 0 else None)
    _live(own)
    st.markdown(t("recognition_own.try.more"))
    files("own.tests", bench.tests)


def _page_image(given: Given) -> Shown:
    image = given.image.convert("RGB")
    name = digest(image)
    return Shown(name, thumbnail(image), _features(name, image), t("recognition_own.try.page"))


@st.cache_data(max_entries=64, show_spinner=False)
def _features(digest: str, _image: Image.Image) -> NDArray[np.float64]:
    return next(own_classes.look([_image]))


def _strip(shown: list[Shown], shares: NDArray[np.float64], own: OwnClasses) -> None:
    """All the images with their answers; one is chosen."""
    tests = workshop().tests
    lines = [[own.names[int(row.argmax())], probability(float(row.max()))] for row in shares]
    thumbnails(
        "own.tests.choice",
        t("recognition_own.try.choose"),
        np.stack([image.thumbnail for image in shown]),
        [f"{image.name}{mark(':')}{' '.join(line)}" for image, line in zip(shown, lines, strict=True)],
        min(tests.chosen, len(shown) - 1),
        lambda i: setattr(tests, "chosen", i),
        lines=lines,
    )
    known = [(image.name, row) for image, row in zip(shown, shares, strict=True) if image.name in own.names]
    if known:
        right = sum(own.names[int(row.argmax())] == name for name, row in known)
        st.markdown(t("recognition_own.try.kept", right=right, n=len(known)))


def _one(image: Shown, shares: NDArray[np.float64], own: OwnClasses, large: Image.Image | None) -> None:
    """One image: all the classes, and the example that resembles it most."""
    found = _nearest(image.features)
    left, right = st.columns(2, gap="small")
    with left:
        picture = large or Image.fromarray(image.thumbnail)
        st.image(picture, width=_SHOWN, alt=t("recognition_own.try.alt"))
    if found:
        with right:
            st.image(Image.fromarray(found.image.thumbnail), width=_SHOWN // 2, alt=found.shelf.name)
            name = escaped(found.shelf.name)
            st.caption(t("recognition_own.try.nearest", name=name, likeness=number(found.likeness)))
    _bars("tried", own, shares, found)
    if found and found.unlike:
        text = {"likeness": number(found.likeness), "usual": number(found.usual)}
        st.warning(t("recognition_own.try.unlike", **text))


@dataclass(frozen=True)
class _Nearest:
    """The example most like an image, how much it is, and how much examples are like one another at least."""

    shelf: Shelf
    image: Shown
    likeness: float
    usual: float

    @property
    def unlike(self) -> bool:
        """The image is like none of the examples: what the classes answer does not mean much."""
        return self.likeness < self.usual


def _nearest(features: NDArray[np.float64]) -> _Nearest | None:
    """None where there is nothing to compare with: classes from a file have left their examples behind."""
    examples = workshop().everything()
    if workshop().loaded or len(examples) < 2:
        return None
    known = np.stack([one.features for _, one in examples])
    place, likeness = own_classes.nearest(known, features)
    return _Nearest(*examples[place], likeness, own_classes.usual_likeness(known))


def _bars(name: str, own: OwnClasses, shares: NDArray[np.float64], found: _Nearest | None) -> None:
    """A bar for each class, grey for an image that is like none of the examples."""
    with st.container(key=f"{'unlike' if found and found.unlike else 'like'}-{name}"):
        for label, share in zip(own.names, shares, strict=True):
            st.progress(
                float(np.clip(share, 0, 1)), f"{escaped(label)}{mark(':')}**{probability(float(share))}**"
            )


@st.fragment
@guarded
def _live(own: OwnClasses) -> None:
    """The camera, answered frame by frame; a fragment of its own, so that nothing else is drawn again.

    It is on from the beginning for who has filmed an example: nobody else is asked for a camera unasked.
    """
    on = bool(workshop().live)

    def switch() -> None:
        workshop().live = not on
        st.session_state.pop(_LIVE, None)

    def take(frames: list[Image.Image]) -> None:
        count, last = st.session_state.get(_LIVE, (0, None))
        features = next(own_classes.look(frames[-1:]), last)
        st.session_state[_LIVE] = (count + 1, features)

    st.markdown(t("recognition_own.try.live"))
    st.button(
        t("recognition_own.try.off" if on else "recognition_own.try.on"),
        icon=":material/videocam:",
        key="own-live",
        on_click=callback(switch),
    )
    if on:
        count, features = st.session_state.get(_LIVE, (0, None))
        if features is not None:
            _bars("live", own, own.probabilities(features[None])[0], _nearest(features))
        camera("own.live.camera", take, live=True, echo=count)


# ---------------------------------------------------------------- the file


def take_away() -> None:
    """The file, the lines that use it, and the way back."""
    bench = workshop()
    learned = bench.learned()
    st.header(t("recognition_own.file.title"), anchor=False)
    left, right = st.columns(2, gap="medium")
    with left:
        if learned:
            stage.download(
                t("recognition_own.file.download"),
                to_json(learned.own),
                t("recognition_own.file.name"),
                key="own-download",
            )
        stage.program("own.program", t("recognition_own.file.code"), texts("recognition_own.file.lines"))
    with right:
        if bench.loaded:
            names = ", ".join(t("recognition_own.quoted", name=escaped(name)) for name in bench.loaded.names)
            st.info(t("recognition_own.file.loaded", names=names))
            st.button(
                t("recognition_own.file.back"),
                icon=":material/undo:",
                key="own-back",
                on_click=callback(setattr),
                args=(bench, "loaded", None),
            )
        else:
            _loader()


def _loader() -> None:
    bench = workshop()
    name = f"own.file.{bench.rounds}"

    def load() -> None:
        file = st.session_state[name]
        if file is None:
            return
        bench.rounds += 1
        try:
            bench.loaded = from_json(file.read(own_classes.MOST_BYTES + 1))
        except WrongFile:
            st.session_state[_WRONG] = True

    if st.session_state.pop(_WRONG, False):
        st.error(t("recognition_own.file.wrong"))
    st.file_uploader(t("recognition_own.file.load"), key=name, on_change=callback(load), max_upload_size=1)
