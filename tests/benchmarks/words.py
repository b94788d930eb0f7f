"""The game in words: what is described, what is drawn, what of a scene is left after both, and how fast.

Run as `python -m tests.benchmarks.words [--scenes N] [--runs N]`; the last line printed is one JSON object.
Facts are shares of those that there are, judged by the reader (texts) and by the eye (images), whose own
faults count: see their cards. The loop goes from an image to a text of at most so many characters and back.
"first" is what a person would say first: the first subject, its colour and the place. Times are milliseconds
on one thread. "uninvited" are drawings of short sentences that show a kind of subject that nobody named.
"""

import argparse
from collections.abc import Sequence

import numpy as np

from dashboard import zoo
from dashboard.datasets.scenes import Scene
from dashboard.datasets.scenes.facts import INDEX, QUESTIONS
from dashboard.datasets.scenes.grammar import NAMES
from dashboard.datasets.scenes.world import KINDS
from dashboard.models.scene_describer import SceneDescriber
from dashboard.recipes.scene_measures import photographed, strangeness, world
from dashboard.scenes import describing, drawing, keeping
from dashboard.scenes.drawing import draw
from dashboard.scenes.reading import read
from tests.benchmarks.report import measure, print_report

GOALS_MS = {"describe_in_1000_characters": 150, "draw_4": 1000}
LIMITS = (60, 1000)
SCENES = 240
EACH = 24  # drawings of a short sentence
SHORT = (
    "un chat",
    "a dog",
    "une maison",
    "un oiseau bleu",
    "un ballon rouge sur la plage",
    "a white butterfly",
)
PLACES_ALONE = ("dans le salon", "the snow", "sur la plage", "la nuit", "in the grass")


def first(scene: Scene) -> set[int]:
    """What a person would say first of a scene, as questions of its row."""
    kind = scene.subjects[0].kind
    return {INDEX[kind, "present"], INDEX[kind, "colour"], INDEX[None, "place"]}


def loop(count: int, characters: int) -> dict[str, float]:
    """Facts that the text tells and that one drawing of it shows, and longest text, over `count` scenes."""
    scenes, images, _ = world(max(count, 1))
    told, wrong, drawn, before, longest = [], [], [], [], 0
    by_aspect: dict[str, list[bool]] = {}
    for number, scene in enumerate(scenes):
        language = NAMES[number % len(NAMES)]
        text = describing.tell(images[number], characters, language).text
        longest = max(longest, len(text))
        fates = keeping.told(scene, read(text))
        made = draw(text, 1, number).images
        shows = keeping.shown(scene, made)[0] if len(made) else np.zeros(len(fates), bool)
        told.append(fates.count("told") / len(fates))
        wrong.append(fates.count("wrong") / len(fates))
        drawn.append(shows.mean())
        asked = keeping.sayable(scene)
        before.append(np.mean([shows[asked.index(fact)] for fact in first(scene)]))
        for fact, shown in zip(asked, shows, strict=True):
            by_aspect.setdefault(QUESTIONS[fact].aspect, []).append(bool(shown))
    aspects = {f"shown_{aspect}": round(float(np.mean(ones)), 3) for aspect, ones in by_aspect.items()}
    means = {"told": told, "told_wrongly": wrong, "shown": drawn, "shown_first": before}
    return {
        **{name: round(float(np.mean(ones)), 3) for name, ones in means.items()},
        **aspects,
        "longest_text": longest,
    }


def uninvited(texts: Sequence[str]) -> float:
    """The share of drawings that show a kind of subject that their sentence does not name."""
    found = []
    for text in texts:
        made = draw(text, EACH)
        unnamed = [kind for kind in KINDS if kind not in made.understood.kinds]
        found.append((keeping.seen(made.images)[:, [INDEX[kind, "present"] for kind in unnamed]] == 1).any(1))
    return round(float(np.mean(found)), 3)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--scenes", type=int, default=SCENES)
    parser.add_argument("--runs", type=int, default=20)
    asked = parser.parse_args()
    describer = zoo.load(describing.DESCRIBER)
    assert isinstance(describer, SceneDescriber)
    image = world(1)[1][0]
    text = describing.tell(image, 250, "fr").text
    times = {
        "describe_in_60_characters": lambda: describing.tell(image, 60, "fr"),
        "describe_in_1000_characters": lambda: describing.tell(image, 1000, "fr"),
        "draw_1": lambda: draw(text, 1),
        "draw_4": lambda: draw(text, 4),
        "read": lambda: read(text),
    }
    print_report(
        scenes=asked.scenes,
        describer=zoo.card(describing.DESCRIBER).measured,
        drawer=zoo.card(drawing.DRAWER).measured,
        loop={str(characters): loop(asked.scenes, characters) for characters in LIMITS},
        uninvited={"one_subject": uninvited(SHORT), "no_subject": uninvited(PLACES_ALONE)},
        scenes_refused=float((strangeness(describer, world(asked.scenes)[1]) > 1).mean()),
        photographs_taken=float((strangeness(describer, photographed()) <= 1).mean()),
        goals_ms=GOALS_MS,
        threads=1,
        times={name: measure(action, asked.runs) for name, action in times.items()},
    )


if __name__ == "__main__":
    main()
