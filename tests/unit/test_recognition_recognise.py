"""`recognise` from a notebook: any image, either language, honest about what it does not know."""

import numpy as np
import pytest
import torch
from PIL import Image, ImageDraw

from dashboard.classifiers import CLASSIFIERS, classifier, looks_drawn, photo, seen
from dashboard.datasets.digits import EmptyDrawing
from dashboard.datasets.fashion import NoGarment
from dashboard.datasets.imagenet import family_of
from dashboard.datasets.images import sample
from dashboard.datasets.photographs import PHOTOGRAPHS, photograph
from dashboard.languages import LANGUAGES
from dashboard.recognition import Prediction, recognise
from dashboard.recognition.answer_image import HEIGHT, WIDTH, answer_image
from dashboard.recognition.recognise import as_image
from dashboard.recognition.views.controls import MODEL

torch.set_num_threads(1)


def stroke(ground: str | None, ink: str, size: tuple[int, int] = (300, 200)) -> Image.Image:
    """A drawn 1: RGBA, transparent without a ground."""
    image = Image.new("RGBA", size, ground or (0, 0, 0, 0))
    ImageDraw.Draw(image).line([(150, 40), (150, 160)], fill=ink, width=14)
    return image


def test_a_cat_is_a_cat_in_both_languages():
    french = recognise(photograph("chelsea"))
    assert len(french) == 5 and all(isinstance(one, Prediction) for one in french)
    assert french[0].name.startswith("chat") and french[0].verdict != "strange"
    english = recognise(photograph("chelsea"), language="en")
    assert "cat" in english[0].name
    assert [one.label for one in french] == [one.label for one in english]
    assert [one.probability for one in french] == sorted((o.probability for o in french), reverse=True)


def test_all_the_probabilities_sum_to_one():
    everything = recognise(photograph("coffee"), top=1000)
    assert len(everything) == 1000 == len({one.label for one in everything})
    assert sum(one.probability for one in everything) == pytest.approx(1)


def test_arrays_and_images_are_the_same():
    image = photograph("coffee")
    pixels = np.asarray(image)
    expected = recognise(image)
    for same in (pixels, pixels / 255.0, pixels.astype(np.int64), pixels.astype(np.uint16) * 257):
        assert recognise(same) == expected
    assert recognise(np.dstack([pixels, np.full(pixels.shape[:2], 255, np.uint8)])) == expected
    assert recognise(Image.fromarray(pixels).convert("RGBA")) == expected


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "CMYK", "I;16", "I", "F", "RGBA", "RGB"])
def test_every_mode_is_taken(mode):
    image = photograph("chelsea").resize((60, 40))
    if mode == "I;16":
        image = Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257)
    elif mode == "F":
        image = Image.fromarray(np.asarray(image.convert("L"), dtype=np.float32) / 255)
    else:
        image = image.convert(mode)
    assert recognise(image, top=1)[0].probability > 0


@pytest.mark.parametrize("size", [(1, 1), (3, 2000), (2000, 3), (7, 7)])
def test_every_size_is_taken(size):
    assert photo(Image.new("RGB", size, "teal")).shape == (3, 224, 224)
    assert len(recognise(Image.new("L", size))) == 5


def test_grey_arrays_are_taken():
    assert len(recognise(np.zeros((20, 30)))) == len(recognise(np.zeros((20, 30, 1)))) == 5
    assert len(recognise(np.zeros((20, 30), dtype=bool))) == 5


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (np.zeros((2, 3, 5)), "not"),
        (np.zeros(7), "not"),
        (np.zeros((0, 4, 3)), "not"),
        (np.full((4, 4), 2.0), "0 to 1"),
        (np.full((4, 4), np.nan), "0 to 1"),
        (np.full((4, 4), -3), "0 to 255"),
        (np.full((4, 4), "a"), "numbers"),
    ],
)
def test_what_is_no_image_is_told(wrong, message):
    with pytest.raises(ValueError, match=message):
        recognise(wrong)


def test_wrong_arguments_list_the_right_ones():
    image = photograph("coffee")
    with pytest.raises(ValueError, match="photos, digits, fashion"):
        recognise(image, model="animals")
    with pytest.raises(ValueError, match="fr, en"):
        recognise(image, language="de")
    with pytest.raises(ValueError, match="top"):
        recognise(image, top=0)


@pytest.mark.parametrize(
    ("ground", "ink"),
    [(None, "black"), (None, "white"), ("white", "black"), ("black", "white"), ("gold", "navy")],
)
def test_dark_and_light_strokes_on_any_ground(ground, ink):
    first = recognise(stroke(ground, ink), model="digits")[0]
    assert first.name == "1" and first.verdict == "certain" and first.probability > 0.9


@pytest.mark.parametrize(("model", "error"), [("digits", EmptyDrawing), ("fashion", NoGarment)])
def test_an_empty_sheet_is_told(model, error):
    assert issubclass(error, ValueError)
    with pytest.raises(error):
        recognise(Image.new("RGB", (50, 50), "white"), model=model)


@pytest.mark.parametrize(("model", "dataset"), [("digits", "digits"), ("fashion", "fashion")])
def test_test_images_are_recognised(model, dataset):
    shipped = sample(dataset)
    found = [recognise(image, model=model)[0].label for image in shipped.images[:40]]
    assert np.mean(found == shipped.labels[:40]) > 0.8


def test_the_former_name_of_a_classifier_still_works():
    image = sample("fashion").images[0]
    assert recognise(image, model="garments") == recognise(image, model="fashion")
    assert MODEL.parse("garments") == MODEL.parse("fashion") == "fashion"


def test_noise_and_an_astronaut_are_not_named():
    noise = np.random.default_rng(1).integers(0, 256, (300, 300, 3), dtype=np.uint8)
    assert recognise(noise)[0].verdict != "certain"
    assert recognise(photograph("astronaut"))[0].verdict != "certain"  # there is no such class
    assert recognise(photograph("coffee"))[0].verdict == "certain"


# ---------------------------------------------------------------- preparing


def test_a_photograph_is_its_middle_square_at_seven_eighths():
    assert seen((400, 300)) == (68.75, 18.75, 331.25, 281.25)
    image = Image.new("RGB", (640, 512), "red")
    ImageDraw.Draw(image).rectangle((96, 32, 543, 479), fill="blue")  # the square of 448
    prepared = photo(image)
    assert prepared.shape == (3, 224, 224) and prepared.dtype == np.float32
    inner = prepared[:, 1:-1, 1:-1]  # a pixel of the rim has a little of its neighbours beyond
    assert inner[2].min() == 1 and inner[0].max() == 0 and prepared[0].max() < 0.2


def test_preparing_keeps_colours_and_halves_by_averaging():
    random = np.random.default_rng(0)
    image = Image.fromarray(random.integers(0, 256, (512, 512, 3), dtype=np.uint8))
    prepared = photo(image)
    whole = np.asarray(image, dtype=np.float32)[32:480, 32:480] / 255
    assert prepared.mean(axis=(1, 2)) == pytest.approx(whole.mean(axis=(0, 1)), abs=2e-3)
    # Shrunk without anti-aliasing, noise would keep its spread; averaged, it loses about half.
    assert prepared.std() < 0.75 * whole.std()


def test_transparent_parts_are_white():
    assert (photo(Image.new("RGBA", (30, 30), (200, 0, 0, 0))) == 1).all()


def test_as_image_leaves_its_argument_alone():
    image = Image.new("P", (4, 4))
    assert as_image(image).mode == "RGB" and image.mode == "P"


# ---------------------------------------------------------------- around the answer


def test_families_sum_their_classes():
    found = classifier("photos").answer(photo(photograph("chelsea")))
    ranked = found.families
    assert ranked[0][0].slug == "cat"
    assert ranked[0][1] == pytest.approx(found.probabilities[281:286].sum())
    assert sum(share for _, share in ranked) == pytest.approx(1)
    assert ranked[0][1] > found.probabilities.max()
    assert family_of(int(found.ranking[0])) is ranked[0][0]


def test_gradients_flow_through_probabilities():
    model = classifier("digits")
    image = torch.rand(1, 1, 28, 28, requires_grad=True)
    model.calibrated(model.logits(image))[0, 3].backward()
    assert image.grad is not None and image.grad.abs().sum() > 0


def test_probabilities_are_softmax_at_the_temperature():
    model = classifier("fashion")
    inputs = sample("fashion").images[:5, None] / np.float32(255)
    logits = model.scores(inputs) / model.calibration.temperature
    expected = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    assert model.probabilities(inputs) == pytest.approx(expected)


def test_drawings_are_told_from_photographs():
    sheet_of_paper = Image.new("RGB", (140, 140), "white")
    ImageDraw.Draw(sheet_of_paper).line([(40, 20), (70, 120)], fill="black", width=9)
    assert looks_drawn(sheet_of_paper)
    digits = sample("digits").images[:50]
    assert np.mean([looks_drawn(Image.fromarray(digit).convert("RGB")) for digit in digits]) > 0.9
    assert [slug for slug in PHOTOGRAPHS if looks_drawn(photograph(slug))] == ["horse"]


def test_the_sheet_shows_the_bars_at_their_length():
    page = np.asarray(answer_image(photograph("flower"), "Ce que voit le réseau", [("fleur", 0.5, "50 %")]))
    assert page.shape == (HEIGHT, WIDTH, 3)
    blue = (np.abs(page.astype(int) - (0x2C, 0x7B, 0xC9)).sum(axis=2) < 6)[:, HEIGHT:].sum(axis=1).max()
    pale = (np.abs(page.astype(int) - (0xD7, 0xE4, 0xF2)).sum(axis=2) < 6)[:, HEIGHT:].sum(axis=1).max()
    assert blue == pytest.approx(pale, abs=3)


def test_every_classifier_names_as_many_classes_as_it_scores():
    for model in CLASSIFIERS.values():
        prepared = np.zeros((1, 3, 224, 224) if model.name == "photos" else (1, 1, 28, 28), np.float32)
        for language in LANGUAGES:
            assert len(model.classes(language)) == model.scores(prepared).shape[1]
