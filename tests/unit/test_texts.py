"""What the texts say of the app is what the app computes: each claim beside the place that it comes from."""

import re
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
import torch

from dashboard import zoo
from dashboard.classifiers import classifier
from dashboard.codec.text import BITS, payload
from dashboard.datasets.maps import MAPPED_SIZES
from dashboard.datasets.photographs import photograph
from dashboard.generation import baselines, nearest
from dashboard.generation.attributes import ATTRIBUTES
from dashboard.generation.measures import Setting, curves, read
from dashboard.home import cost
from dashboard.languages import LANGUAGES, locale_file, typeset
from dashboard.latent import map_layouts, tsne
from dashboard.latent.coders import SIZES, coder
from dashboard.latent.neighbours import faithfulness
from dashboard.latent.training import LONGEST
from dashboard.network.luck import STARTS
from dashboard.network.missions import STARTS as MISSION_STARTS
from dashboard.perceptron.experiment import Settings as PerceptronSettings
from dashboard.perceptron.learning import RULES
from dashboard.ui.language import texts_in

NUMBER = r"(\d(?:[\d\s.,]*\d)?)"


def _flow(dataset: str = "digits") -> zoo.Card:
    return zoo.card(f"{dataset}-flow")


def _codes() -> int:
    return nearest.memory("digits").codes.size


def _at_one_step(sampler: str) -> float:
    return 100 * curves("digits").points[Setting(sampler, 1, 1.0)].accuracy


def _mistakes(name: str, of: int) -> float:
    return of * (1 - zoo.card(name).measured["accuracy"])


def _started_from(name: str) -> int:
    """The size of the autoencoder from which another's training started, as its card says."""
    found = re.search(r"started from \w+-autoencoder-(\d+)", zoo.card(name).notes)
    assert found
    return int(found[1])


# The text (its path, or a file), what it says around a number in French and in English, and the number.
CLAIMS: list[tuple[str, str, str, Callable[[], float]]] = [
    ("home.network.cost", "tour des {} images", "round of the {} images", lambda: cost.IMAGES),
    ("home.words.step", "sur {} images", "on {} images", lambda: cost.BATCH),
    ("home.latent.caption", "{} pixels entrent", "{} pixels go in", lambda: 28 * 28),
    ("perceptron.intro.compare", "{} façons", "{} ways", lambda: len(RULES)),
    (
        "perceptron.missions.hand.setting",
        "l'arrête à {} corrections",
        "stops it after {} corrections",
        lambda: PerceptronSettings().updates,
    ),
    ("network.intro.luck", "{} fois", "network {} times", lambda: STARTS),
    ("network.luck.scores_title", "des {} tirages", "the {} starts", lambda: STARTS),
    (
        "network.missions.diverge.setting",
        "de {}. Que",
        "of {}. What",
        lambda: MISSION_STARTS["diverge"].learning_rate,
    ),
    (
        "network.missions.spiral.setting",
        "vitesse {}, 1000",
        "rate {}, 1000",
        lambda: MISSION_STARTS["spiral"].learning_rate,
    ),
    ("latent.intro.train", "moins de {} secondes", "under {} seconds", lambda: np.ceil(LONGEST / 10) * 10),
    ("latent_space_limits.md", "Les {} tailles", "The {} sizes", lambda: len(SIZES)),
    (
        "latent_space_limits.md",
        "appris sur {} petites",
        "learned from {} small",
        lambda: zoo.card("digits-autoencoder-8").dataset["training_images"],
    ),
    (
        "latent_space_limits.md",
        "environ {} fois sur 1 000",
        "about {} times in 1,000",
        lambda: _mistakes("digits-cnn", 1000),
    ),
    ("latent_space_limits.md", "(celui de {} nombres", "(that of {} numbers", lambda: max(SIZES)),
    (
        "latent_space_limits.md",
        "arrangement de codes de {}",
        "layout of codes of {}",
        lambda: _started_from("digits-autoencoder-2"),
    ),
    ("latent_space_limits.md", "{} fois sur 100", "{} times in 100", lambda: _mistakes("fashion-cnn", 100)),
    ("latent_map.atlas.exaggerated", "{} fois trop", "{} times too", lambda: tsne._EXAGGERATION),
    ("message_understand.md", "Restent {} octets", "leaves {} bytes", lambda: payload(1000) * BITS // 8),
    ("message_understand.md", "l'un de {} (", "one of {} (", lambda: 2**BITS),
    (
        "message_limits.md",
        "environ {} mégaoctets",
        "about {} megabytes",
        lambda: (zoo.PRETRAINED / "message-codec" / "weights.safetensors").stat().st_size / 1e6,
    ),
    (
        "image_recognition_understand.md",
        "{} millions de poids",
        "{} million weights",
        lambda: zoo.card("photos").parameters / 1e6,
    ),
    (
        "image_recognition_understand.md",
        "{} million de photos",
        "{} million photos",
        lambda: zoo.card("photos").dataset["training_images"] / 1e6,
    ),
    (
        "image_recognition_limits.md",
        "choisis sur {} petites photos",
        "chosen on {} small photos",
        lambda: classifier("photos").calibration.images,
    ),
    ("generation.intro.measure", "sur {} images par point", "on {} images", lambda: curves("digits").samples),
    ("generation.near.intro", "parmi {}", "nearest of {}", lambda: len(nearest.memory("digits").codes)),
    ("generation.settings.sampler_help", "{} % de chiffres", "{}% of digits", lambda: _at_one_step("euler")),
    ("generation.settings.sampler_help", "contre {} %", "against {}%", lambda: _at_one_step("heun")),
    (
        "image_generation_understand.md",
        "ses {} millions de poids",
        "its {} million weights",
        lambda: _flow().parameters / 1e6,
    ),
    (
        "image_generation_understand.md",
        "soit {} million de nombres",
        ", {} million numbers",
        lambda: _codes() / 1e6,
    ),
    (
        "image_generation_understand.md",
        "parmi les {} nombres",
        "among the {} numbers",
        lambda: _flow().arguments["latent"],
    ),
    (
        "image_generation_understand.md",
        "et {} mesures prises",
        "and {} measures taken",
        lambda: len(ATTRIBUTES),
    ),
]
WORDS = {
    "fr": {"trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "douze": 12, "trente": 30, "mille": 1000},
    "en": {"three": 3, "four": 4, "five": 5, "seven": 7, "twelve": 12, "thirty": 30, "a thousand": 1000},
}


def said(place: str, language: str) -> str:
    """A text as a visitor reads it."""
    if place.endswith(".md"):
        return typeset(locale_file(language, place).read_text(encoding="utf-8"), language)
    name, *keys = place.split(".")
    value = texts_in(name, language)
    for key in keys:
        value = value[key]
    return value


def number_in(text: str, around: str, language: str) -> tuple[float, int]:
    """The number that stands for {} in the words around it, and its decimals."""
    words = "|".join(WORDS[language])
    pattern = re.escape(around).replace(r"\{\}", f"(?i:{NUMBER}|({words}))").replace(r"\ ", r"\s")
    pattern = pattern.replace("'", "['’]")
    found = re.search(pattern, text)
    assert found, f"{around!r} is not in {text!r}"
    digits, word = found.groups()
    if word:
        return WORDS[language][word.lower()], 0
    decimal, thousands = LANGUAGES[language].separators
    digits = re.sub(rf"[\s{thousands}]", "", digits).replace(decimal, ".")
    return float(digits), len(digits.partition(".")[2])


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: f"{claim[0]} {claim[2]}")
def test_numbers_in_texts_are_those_of_the_app(claim):
    place, french, english, value = claim
    for language, around in (("fr", french), ("en", english)):
        number, decimals = number_in(said(place, language), around, language)
        assert number == round(value(), decimals), language


def test_each_autoencoder_started_from_the_one_twice_as_wide():
    """latent_space_limits.md, latent.size_help: but the widest, from PCA, and that of 2."""
    for dataset in ("digits", "fashion"):
        assert "started from PCA" in zoo.card(f"{dataset}-autoencoder-{max(SIZES)}").notes
        for size in sorted(SIZES)[:-1]:
            if size != 2:
                assert _started_from(f"{dataset}-autoencoder-{size}") == 2 * size


def test_numbers_are_found_as_each_language_writes_them():
    assert number_in("ses 2,97 millions", "ses {} millions", "fr") == (2.97, 2)
    assert number_in("les 55\u202f000 images", "les {} images", "fr") == (55_000, 0)
    assert number_in("the 55,000 images", "the {} images", "en") == (55_000, 0)
    with pytest.raises(AssertionError):
        number_in("ses poids", "ses {} millions", "fr")


def test_the_averages_that_are_misread_are_those_named():
    """generation.compare.methods.average: a coat as a shirt, a sandal as an ankle boot."""
    wrong = {}
    for dataset in ("digits", "fashion"):
        labels = read(dataset, baselines.classes(dataset).averages).labels
        wrong[dataset] = {k: int(label) for k, label in enumerate(labels) if k != label}
    assert wrong == {"digits": {}, "fashion": {4: 6, 5: 9}}


def test_learning_from_an_image_costs_two_to_three_answers():
    """home.words.hand: the products of the answer, of each weight's slope, of the slopes handed back."""
    sizes = cost.sizes(2, 64)
    counted = sum(a * b * (2 if k == 0 else 3) for k, (a, b) in enumerate(pairwise(sizes)))
    assert cost.training_multiplications(sizes) == counted
    ratios = [
        cost.training_multiplications(s) / cost.multiplications(s)
        for s in (cost.sizes(n, w) for n in range(cost.MOST_LAYERS + 1) for w in cost.WIDTHS)
    ]
    assert min(ratios) == 2 and 2.7 < max(ratios) < 3


@pytest.mark.parametrize("dataset", ["digits", "fashion"])
def test_tsne_keeps_more_neighbours_than_the_other_maps(dataset):
    """latent_map.about.tsne."""
    for size in MAPPED_SIZES:
        kept = {}
        for method in map_layouts.METHODS:
            layout = map_layouts.layout(coder(dataset, size), method, 2)
            kept[method] = faithfulness(layout.codes, layout.comparable).kept.mean()
        assert max(kept, key=kept.__getitem__) == "tsne", size


def test_heun_is_more_lifelike_at_two_to_four_steps_and_loses_at_one():
    """generation.settings.sampler_help."""
    for dataset in ("digits", "fashion"):
        points = curves(dataset).points
        for steps, better in ((1, "euler"), (2, "heun"), (4, "heun")):
            worse = "heun" if better == "euler" else "euler"
            assert points[Setting(better, steps, 1.0)].frechet < points[Setting(worse, steps, 1.0)].frechet, (
                dataset,
                steps,
            )


def test_real_ones_are_close_to_learnt_ones_and_real_twos_are_not():
    """generation.near.verdict: why it compares with real images of the same class."""
    torch.set_num_threads(1)
    assert nearest.usual_closeness("digits", 1) > 0.9
    assert nearest.usual_closeness("digits", 2) < 0.4
    assert 0.3 < nearest.usual_closeness("digits", None) < 0.7


def test_the_only_horse_is_sorrel_and_the_silhouette_is_called_a_dog():
    """image_recognition_limits.md."""
    photos = classifier("photos")
    assert [k for k, name in enumerate(photos.classes("en")) if name.endswith(" horse")] == [339]
    found = photos.answer(photos.prepare(photograph("horse")))
    assert found.families[0][0].slug == "dog"


def test_autoencoders_were_trained_in_a_chain():
    """latent.size_help and latent_space_limits.md."""
    notes = {size: zoo.card(f"digits-autoencoder-{size}").notes for size in SIZES}
    for size in SIZES[2:-1]:
        assert f"started from digits-autoencoder-{2 * size}." in notes[size]
