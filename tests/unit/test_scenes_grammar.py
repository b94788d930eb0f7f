"""Sentences about scenes: agreement, limits, every fact sayable, in both languages."""

import re
from dataclasses import replace
from random import Random

import pytest

from dashboard.datasets.scenes import Scene, Subject, sample
from dashboard.datasets.scenes.facts import INDEX, QUESTIONS, facts
from dashboard.datasets.scenes.grammar import LANGUAGES, LONGEST, RELATION, SHORTEST, order, say
from dashboard.datasets.scenes.grammar.compose import Composer, brief
from dashboard.datasets.scenes.grammar.evidence import evidence
from dashboard.datasets.scenes.grammar.text import plain, silent, split, vocabulary
from dashboard.datasets.scenes.grammar.words import PARAPHRASES
from dashboard.datasets.scenes.world import COLOURS_OF, FACES, PETS, POSES_OF
from dashboard.recipes.scene_texts import turned

CAT = Subject("cat", "black-white", "centre", "medium", "back", "right")
BUTTERFLY = Subject("butterfly", "spotted", "right", "large", "flying")
MEADOW = Scene("grass", (CAT, BUTTERFLY), shining=True, detail=1, reaching=True)


def every_fact() -> list[tuple[Scene, int]]:
    """For every answer that can be said, a scene in which it can."""
    seen: dict[tuple[int, object], tuple[Scene, int]] = {}
    for seed in range(2_500):
        scene = sample(Random(seed))
        for question in order(scene):
            one = QUESTIONS[question]
            subject = next((s for s in scene.subjects if s.kind == one.kind), None)
            value = getattr(scene, one.aspect) if one.kind is None else getattr(subject, one.aspect, True)
            seen.setdefault(
                (question, (scene.place, value) if one.aspect == "detail" else value), (scene, question)
            )
    return list(seen.values())


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_text_is_over_its_limit_and_longer_limits_say_more(language: str) -> None:
    for seed in range(60):
        scene, told = sample(Random(seed)), 0
        for limit in (SHORTEST, 20, 40, 80, 160, 320, LONGEST):
            said = say(scene, limit, language, Random(seed))
            assert 0 < len(said.text) <= limit
            assert INDEX[scene.subjects[0].kind, "present"] in said.facts
            told = max(told, len(said.facts))
        assert told >= len(order(scene)) - 1


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_text_has_a_word_for_every_fact_that_it_tells(language: str) -> None:
    for seed in range(150):
        scene = sample(Random(seed))
        row = facts(scene)
        for limit in (SHORTEST, 25, 40, 60, 250, LONGEST):
            said = say(scene, limit, language, Random(seed))
            for fact in said.facts - {RELATION}:
                assert evidence()[fact][row[fact]] & set(split(said.text)), (said.text, QUESTIONS[fact])


def test_a_limit_under_the_shortest_sentence_is_refused() -> None:
    with pytest.raises(ValueError, match="3 characters"):
        say(MEADOW, 3, "fr", Random(0))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_fact_can_be_said_and_changes_the_text(language: str) -> None:
    for scene, question in every_fact():
        wanted = order(scene)
        rest = [fact for fact in wanted if fact != question]
        with_it = say(scene, LONGEST, language, Random(1), wanted, further=False)
        assert question in with_it.facts
        one = QUESTIONS[question]
        if one.aspect != "present":  # without its subject, nothing else of it can be said either
            assert say(scene, LONGEST, language, Random(1), rest, further=False).text != with_it.text


MASCULINE, FEMININE = "chat|chien|oiseau|papillon|ballon|arbre", "chatte|chienne|balle|maison"
DISAGREEMENTS = [
    rf"\b({FEMININE}) (noir|blanc|gris|bleu|vert|assis|endormi|allongé|couché|posé)\b",
    rf"\b({MASCULINE}) (noire|blanche|grise|bleue|verte|assise|endormie|allongée|couchée|posée)\b",
    rf"\b(un|le|grand|petit|gros) ({FEMININE})\b",
    rf"\b(une|la|grande|petite|grosse) ({MASCULINE})\b",
    r"\b(le|la) (oiseau|arbre)\b",
]


def test_french_agrees_in_gender() -> None:
    texts = [say(sample(Random(seed)), 400, "fr", Random(seed)).text.lower() for seed in range(400)]
    for text in texts:
        for pattern in DISAGREEMENTS:
            assert not re.search(pattern, text), text
    assert any("chatte noire et blanche" in text for text in texts)
    assert any("chienne" in text and "assise" in text for text in texts)
    assert any("l'oiseau est de taille moyenne" in text for text in texts)


def test_english_articles_follow_the_sound() -> None:
    for seed in range(300):
        text = say(sample(Random(seed)), 300, "en", Random(seed)).text
        assert not re.search(r"\b[Aa] [aeiou]", text), text
        assert not re.search(r"\b[Aa]n [^aeiou]", text), text


def test_the_sentence_of_the_exhibition_can_be_said() -> None:
    words = set(
        split(
            "Un chat noir et blanc allongé sur le dos dans l'herbe, une patte tendue vers un papillon "
            "en vol, aux ailes orange avec des taches noires et blanches"
        )
    )
    assert words <= set(vocabulary())
    texts = {say(MEADOW, 190, "fr", Random(seed)).text for seed in range(60)}
    assert any(
        "noir et blanc" in t and "sur le dos" in t and "patte" in t and "ailes orange" in t for t in texts
    )


# Words of the paraphrases that no text of the grammar has.
OTHER_TURNS = set(split("c interieur pendant during deep out toward inside then well as puis ; :"))


def test_paraphrases_use_other_sentences_and_only_known_or_silent_words() -> None:
    known = set(vocabulary()) | silent()
    for seed in range(200):
        scene = sample(Random(seed))
        for name, language in PARAPHRASES.items():
            text = Composer(scene, frozenset(order(scene)), language, seed).text()
            assert text != Composer(scene, frozenset(order(scene)), LANGUAGES[name], seed).text()
            assert set(split(text)) - known <= OTHER_TURNS, text


def test_paraphrases_are_french() -> None:
    for seed in range(400):
        scene = sample(Random(seed))
        text = Composer(scene, frozenset(order(scene)), PARAPHRASES["fr"], seed).text()
        assert not re.search(r"\b(que|de) (un|une|il|elle)\b|\bde :|de lui\b", text), text


def test_texts_are_turned_without_changing_what_they_say() -> None:
    def ways(text: str) -> set[str]:
        return {turned(text, Random(seed)) for seed in range(60)}

    spotted = "un papillon aux ailes orange avec des taches noires et blanches en vol"
    assert ways(spotted) == {
        spotted,
        "un papillon en vol, aux ailes orange avec des taches noires et blanches",
    }
    assert ways("une chatte tournée vers la droite") == {
        "une chatte tournée vers la droite",
        "une chatte qui regarde à droite",
        "une chatte qui regarde vers la droite",
    }
    known = set(vocabulary()) | silent()
    for text in (spotted, "un chien tourné vers la gauche", "a dog facing left"):
        assert all(set(split(way)) <= known for way in ways(text))


def test_words_are_split_without_accents() -> None:
    assert plain("À l’Œil, ÉTÉ") == "a l'oeil, ete"
    assert split("L'oiseau posé, là !") == ["l'", "oiseau", "pose", ",", "la", "!"]


def test_every_pet_can_lie_in_every_coat() -> None:
    for kind in PETS:
        for colour in COLOURS_OF[kind]:
            for pose in POSES_OF[kind]:
                one = Subject(kind, colour, "left", "small", pose, "left" if kind in FACES else None)
                text = say(replace(MEADOW, subjects=(one,), reaching=False), 400, "en", Random(0)).text
                assert kind in text and colour.replace("-", " and ") in text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_fact_has_a_name_of_its_own(language: str) -> None:
    for seed in range(80):
        scene = sample(Random(seed))
        names = [brief(scene, fact, LANGUAGES[language]) for fact in order(scene)]
        assert len(set(names)) == len(names), names
        assert all(name and "{" not in name and not name.endswith(".") for name in names), names
    assert brief(MEADOW, INDEX["cat", "colour"], LANGUAGES["fr"]) == "Chat noir et blanc"
    assert brief(MEADOW, INDEX[None, "reaching"], LANGUAGES["fr"]) == "Une patte tendue"
