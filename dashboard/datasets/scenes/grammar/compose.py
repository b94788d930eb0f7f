"""A scene and the facts to say of it -> text."""

from random import Random

from dashboard.datasets.scenes.facts import INDEX, QUESTIONS
from dashboard.datasets.scenes.grammar.plan import RELATION, relation
from dashboard.datasets.scenes.grammar.words import Language, Noun, Phrases
from dashboard.datasets.scenes.world import DETAILS, SIDES, Scene

IN_LINE = 0.7  # how often a position or a gaze is said in the first sentence, where a text may be long


class Composer:
    """One way to say a scene; the seed settles the words that it leaves open.

    Args:
        chosen: questions of the scene's row that the text answers, and perhaps `RELATION`.
        bare: without articles nor verbs, as in a telegram.
        short: in one sentence.
        tight: with the first noun of each kind, which is the shortest.
    """

    def __init__(
        self,
        scene: Scene,
        chosen: frozenset[int],
        language: Language,
        seed: int,
        bare: bool = False,
        short: bool = True,
        tight: bool = False,
    ) -> None:
        self.scene, self.chosen, self.language = scene, chosen, language
        self.random, self.bare, self.short = Random(seed), bare, short
        self.nouns: list[Noun] = [
            self.random.choice(language.nouns[one.kind][: 1 if tight else None]) for one in scene.subjects
        ]
        self.later: list[str] = []
        self.light = {"night": "night", "room": "room"}.get(scene.place, "day")

    def text(self, more: int = 0) -> str:
        """The text; `more` sentences of what a very long one has besides."""
        subjects = [self._noun_phrase(i) for i in range(len(self.scene.subjects)) if self._says(i, "present")]
        sides = [self._side(i) for i in range(len(subjects))]
        if self.bare:
            return self._telegram([subject + side for subject, side in zip(subjects, sides, strict=True)])
        language, placed = self.language, self._asks(None, "place")
        link = self._link(subjects[1] + sides[1]) if len(subjects) == 2 else ""
        frame = self._pick(language.placed if placed else language.openings)
        place = self._pick(language.places[self.scene.place]) if placed else ""
        first = frame.format(a=subjects[0], side=sides[0], place=place, link=link, tail=self._tail())
        sentences = [_capital(first) + ".", *self.later]
        if more:
            sentences += self.further()[:more]
        return " ".join(sentences)

    def further(self) -> list[str]:
        """Sentences about what any such scene has: shapes, light, distances."""
        language, scene = self.language, self.scene
        found = []
        for i, one in enumerate(scene.subjects):
            found += [self._about(i, phrase) for phrase in language.more[one.kind]]
        found += language.more[scene.place]
        if len(scene.subjects) == 1:
            found += [self._about(0, phrase) for phrase in language.more["alone"]]
        else:
            apart = abs(SIDES.index(scene.subjects[0].side) - SIDES.index(scene.subjects[1].side))
            found += language.more["far"] if apart == 2 else language.more["near"] if apart == 1 else []
        found += [
            self._about(i, language.more["shadow"][0])
            for i, one in enumerate(scene.subjects)
            if not one.aloft
        ]
        return [*found, *language.more["horizon"], *language.more["style"]]

    def brief(self, fact: int) -> str:
        """One of the chosen facts in a few words, of one subject or of the whole scene."""
        language, question, scene = self.language, QUESTIONS[fact], self.scene
        if question.kind is not None:
            i = [one.kind for one in scene.subjects].index(question.kind)
            words = self._noun_phrase(i) + self._side(i)
            return self.later[0].rstrip(".") if self.later else _capital(words)
        detail = DETAILS[scene.place][scene.detail]
        words = {
            "place": language.places[scene.place][0],
            "shining": (language.shining if scene.shining else language.dull)[self.light][0],
            "detail": language.details[detail][0] if detail != "none" else language.rest["no-detail"][0],
            "reaching": language.reaching[0].removeprefix(", ").split(" {b}")[0].rsplit(" ", 1)[0],
        }[question.aspect]
        return _capital(words).rstrip(".")

    def _noun_phrase(self, i: int) -> str:
        one, noun, language = self.scene.subjects[i], self.nouns[i], self.language
        words = [noun.word]
        if self._says(i, "colour"):
            if one.colour == "spotted":
                form = language.spotted[one.kind][self.bare or self.random.random() < 0.5]
                if language.adjectives_first and not form.startswith("with "):
                    adjective, _, form = form.partition(" ")  # an orange ball with dots
                    words.insert(0, adjective)
                words.append(form)
            elif language.adjectives_first:
                words.insert(0, language.colours[one.colour][noun.feminine])
            else:
                words.append(language.colours[one.colour][noun.feminine])
        if self._says(i, "size"):
            if one.size == "medium":
                self._later(i, language.rest["medium"])
            elif self.short or self.random.random() < IN_LINE:
                words.insert(0, self._pick(language.sizes[one.size][noun.feminine]))
            else:
                self._later(
                    i, language.rest["size"], size=self._pick(language.sizes[one.size][noun.feminine])
                )
        if not self.bare:
            words[0] = language.article(language.indefinite, noun.feminine, words[0]) + words[0]
        if self._says(i, "pose") and one.pose:
            words.append(self._agree(i, self._pick(language.poses[one.pose])))
        if self._says(i, "facing") and one.facing:
            if self.short:
                words.append(self._agree(i, language.facings[one.facing][0]))
            else:
                side = language.sides[one.facing][0].split()[-1]
                alone = len(self.scene.subjects) == 1  # a pronoun would leave open which of two it means
                self._later(i, language.rest["facing"][0 if alone else 1 :], facing=side)
        return " ".join(words)

    def _side(self, i: int) -> str:
        if not self._says(i, "side"):
            return ""
        words = self._pick(self.language.sides[self.scene.subjects[i].side])
        if self.short or self.random.random() < IN_LINE:
            return " " + words
        self._later(i, self.language.rest["side"], side=words)
        return ""

    def _link(self, second: str) -> str:
        language = self.language
        if self._asks(None, "reaching"):
            related = language.relations[relation(self.scene)][0].split("{b}")[1]
            return self._pick(language.reaching).format(b=second) + (
                related if RELATION in self.chosen else ""
            )
        if RELATION in self.chosen:
            return self._pick(language.relations[relation(self.scene)]).format(b=second)
        return self._pick(language.beside).format(b=second)

    def _tail(self) -> str:
        """The light and what else there is, in the first sentence or later."""
        language, scene, parts = self.language, self.scene, []
        detail = DETAILS[scene.place][scene.detail]
        if self._asks(None, "shining"):
            if self.short or self.random.random() < 0.4:
                parts.append(self._pick((language.shining if scene.shining else language.dull)[self.light]))
            else:
                self.later.append(
                    self._pick(language.rest[f"{'shining' if scene.shining else 'dull'}-{self.light}"])
                )
        if self._asks(None, "detail"):
            if detail == "none":
                self.later.append(self._pick(language.rest["no-detail"]))
            else:
                named = self._pick(language.details[detail])
                if self.short or self.random.random() < 0.4:
                    parts.append(self._pick(language.with_detail).format(detail=named))
                else:
                    self.later.append(self._pick(language.rest["detail"]).format(detail=named))
        return "".join(f", {part}" for part in parts)

    def _telegram(self, parts: list[str]) -> str:
        language, scene = self.language, self.scene
        if self._asks(None, "place"):
            parts.append(language.bare[scene.place])
        parts += [part for part in self._tail().split(", ") if part]
        return _capital(", ".join(parts))

    def _about(self, i: int, phrase: str, **words: str) -> str:
        """A sentence about one subject."""
        language, noun = self.language, self.nouns[i]
        the = language.article(language.definite, noun.feminine, noun.word) + noun.word
        pronoun = language.pronouns[noun.feminine]
        return phrase.format(
            the=the, The=_capital(the), It=_capital(pronoun), e="e" if noun.feminine else "", **words
        )

    def _later(self, i: int, phrases: Phrases, **words: str) -> None:
        self.later.append(self._about(i, self._pick(phrases), **words))

    def _agree(self, i: int, phrase: str) -> str:
        return phrase.format(e="e" if self.nouns[i].feminine else "")

    def _says(self, i: int, aspect: str) -> bool:
        return INDEX[self.scene.subjects[i].kind, aspect] in self.chosen

    def _asks(self, kind: None, aspect: str) -> bool:
        return INDEX[kind, aspect] in self.chosen

    def _pick(self, phrases: Phrases) -> str:
        return self.random.choice(phrases)


def brief(scene: Scene, fact: int, language: Language) -> str:
    """One fact of a scene in a few words, such as « Chat noir et blanc »."""
    kind = QUESTIONS[fact].kind
    chosen = {fact} | (set() if kind is None else {INDEX[kind, "present"]})
    return Composer(scene, frozenset(chosen), language, 0, bare=True, tight=True).brief(fact)


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
