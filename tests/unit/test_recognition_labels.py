"""The names of the classes: complete, told apart, and in the order of the networks' outputs."""

import re
import tomllib
from functools import partial

import pytest

from dashboard.datasets import imagenet
from dashboard.datasets.class_names import class_names
from dashboard.datasets.images import SOURCES
from dashboard.datasets.photographs import PHOTOGRAPHS, photograph
from dashboard.languages import LANGUAGES, LOCALES
from dashboard.recognition import recognise

# Class, English, French: pairs that lists of ImageNet classes often run together or swap.
TOLD_APART = [
    (281, "tabby cat", "chat tigré"),
    (282, "tiger cat (striped)", "chat rayé"),
    (292, "tiger", "tigre"),
    (97, "drake (male duck)", "canard mâle"),
    (129, "spoonbill", "spatule (oiseau)"),
    (813, "spatula", "spatule (ustensile)"),
    (134, "crane (bird)", "grue (oiseau)"),
    (517, "crane (machine)", "grue de chantier"),
    (242, "boxer (dog)", "boxer"),
    (264, "Cardigan Welsh corgi", "corgi cardigan"),
    (474, "cardigan (garment)", "cardigan (gilet)"),
    (453, "bookcase", "bibliothèque (meuble)"),
    (624, "library", "bibliothèque (salle)"),
    (620, "laptop", "ordinateur portable"),
    (681, "notebook computer", "ordinateur ultraportable"),
    (638, "leotard (maillot)", "maillot (justaucorps)"),
    (639, "one-piece swimsuit", "maillot de bain une pièce"),
    (657, "missile", "missile"),
    (744, "projectile", "projectile"),
    (836, "sunglass lens", "verre de lunettes de soleil"),
    (837, "sunglasses", "lunettes de soleil"),
    (673, "computer mouse", "souris d'ordinateur"),
    (674, "mousetrap", "piège à souris"),
    (987, "corn", "maïs"),
    (998, "ear (of corn)", "épi de maïs"),
    (947, "mushroom", "champignon"),
    (992, "agaric", "agaric"),
    (504, "coffee mug", "mug"),
    (968, "cup", "tasse"),
    (550, "espresso machine", "machine à expresso"),
    (967, "espresso", "café expresso"),
    (385, "Asian elephant", "éléphant d'Asie"),
    (386, "African elephant", "éléphant d'Afrique"),
    (249, "Alaskan malamute", "malamute de l'Alaska"),
    (250, "Siberian husky", "husky de Sibérie"),
    (330, "cottontail rabbit", "lapin sauvage"),
    (331, "hare", "lièvre"),
    (422, "barbell", "barre d'haltères"),
    (543, "dumbbell", "haltère"),
    (569, "dustcart", "camion-poubelle"),
    (412, "dustbin", "poubelle"),
    (818, "spotlight", "projecteur (lumière)"),
    (745, "projector", "projecteur (vidéo)"),
    (669, "mosquito net", "moustiquaire de lit"),
    (904, "window screen", "moustiquaire de fenêtre"),
    (726, "carpenter's plane", "rabot"),
    (404, "airliner", "avion de ligne"),
    (456, "bow (weapon)", "arc"),
    (457, "bow tie", "nœud papillon"),
    (616, "knot", "nœud (de corde)"),
    (401, "accordion", "accordéon"),
    (687, "pipe organ", "orgue"),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_thousand_names_no_two_alike(language):
    names = imagenet.names(language)
    assert len(names) == imagenet.CLASSES == 1000
    assert len({name.casefold() for name in names}) == 1000
    assert all(name == name.strip() and name for name in names)


@pytest.mark.parametrize(("index", "english", "french"), TOLD_APART)
def test_near_synonyms_are_told_apart(index, english, french):
    assert imagenet.names("en")[index] == english
    assert imagenet.names("fr")[index] == french


def test_the_order_is_that_of_rising_wordnet_numbers():
    # ImageNet's own order: the classes of ILSVRC 2012 sorted by their WordNet numbers.
    numbers = imagenet.synsets()
    assert list(numbers) == sorted(set(numbers)) and len(numbers) == 1000
    assert all(re.fullmatch(r"n\d{8}", number) for number in numbers)
    # Known from the published list, at both ends and in between.
    known = {0: "n01440764", 207: "n02099601", 281: "n02123045", 285: "n02124075", 999: "n15075141"}
    assert {index: numbers[index] for index in known} == known


def test_families_part_the_classes():
    members = [index for family in imagenet.families() for index in family.members]
    assert sorted(members) == list(range(1000))
    assert imagenet.family_of(281).slug == "cat" and imagenet.family_of(292).slug == "bigcat"
    # ImageNet counts 118 breeds of dogs, 151 to 268.
    dogs = next(family for family in imagenet.families() if family.slug == "dog")
    assert dogs.members == tuple(range(151, 269))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_family_has_a_name(language):
    with (LOCALES / language / "imagenet.toml").open("rb") as file:
        names = tomllib.load(file)["families"]
    assert set(names) == {family.slug for family in imagenet.families()}
    assert len(set(names.values())) == len(names)


def test_the_network_agrees_with_the_order():
    found = {slug: recognise(photograph(slug), language="en")[0].name for slug in PHOTOGRAPHS}
    assert found["coffee"] == "espresso"
    assert found["camera"] == "tripod"
    assert found["flower"] == "daisy"
    assert imagenet.family_of(recognise(photograph("chelsea"))[0].label).slug == "cat"


def test_garments_follow_the_data_set():
    english = class_names("fashion", "en")
    slugs = tuple(name.lower().replace(" ", "-") for name in english)
    assert slugs == SOURCES["fashion"].classes
    assert class_names("fashion", "fr")[9] == "bottine"


@pytest.mark.parametrize("names", [imagenet.names, partial(class_names, "fashion")])
def test_an_unknown_language_is_named(names):
    with pytest.raises(ValueError, match="'de'"):
        names("de")


def test_an_unknown_photograph_lists_the_known_ones():
    with pytest.raises(ValueError, match="chelsea"):
        photograph("tom")
