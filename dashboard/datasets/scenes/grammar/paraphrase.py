"""Other ways to say a scene: another order, other turns, other words. For testing, never for training."""

from dataclasses import replace

from dashboard.datasets.scenes.grammar.english import ENGLISH
from dashboard.datasets.scenes.grammar.french import FRENCH
from dashboard.datasets.scenes.grammar.words import Noun

FRENCH_PARAPHRASE = replace(
    FRENCH,
    nouns={
        **FRENCH.nouns,
        "cat": [Noun("minou"), Noun("matou"), Noun("chatte", True)],
        "dog": [Noun("toutou"), Noun("chien")],
        "house": [Noun("maisonnette", True), Noun("cabane", True)],
    },
    poses={
        **FRENCH.poses,
        "asleep": ("assoupi{e}",),
        "back": ("étendu{e} sur le dos",),
        "walking": ("qui se promène",),
    },
    places={
        "grass": ("sur la pelouse", "dans la prairie"),
        "beach": ("sur le rivage", "tout près de la mer"),
        "snow": ("au milieu de la neige",),
        "night": ("pendant la nuit", "au cœur de la nuit"),
        "room": ("à l'intérieur, dans le salon", "dans la chambre"),
    },
    openings=("je vois {a}{side}{tail}{link}", "dessine-moi {a}{side}{link}{tail}"),
    placed=(
        "on aperçoit {a}{side}{link} ; c'est {place}{tail}",
        "{place} se trouve {a}{side}{tail}{link}",
        "il y a {a}{side}{link}{tail}, {place}",
    ),
    reaching=(" ; sa patte est tendue vers {b}", ", patte tendue en direction d'{b}"),
    beside=(" ainsi qu'{b}", " ; il y a aussi {b}", ", puis {b}"),
    relations={
        "left": (" ; à sa gauche se trouve {b}",),
        "right": (" ; à sa droite se trouve {b}",),
        "above": (" ; au-dessus se trouve {b}",),
        "below": (" ; au-dessous se trouve {b}",),
    },
)
ENGLISH_PARAPHRASE = replace(
    ENGLISH,
    nouns={
        **ENGLISH.nouns,
        "cat": [Noun("kitty"), Noun("cat")],
        "dog": [Noun("puppy"), Noun("dog")],
        "house": [Noun("cottage"), Noun("cabin")],
    },
    poses={**ENGLISH.poses, "asleep": ("dozing",), "sitting": ("seated",), "walking": ("strolling",)},
    places={
        "grass": ("on the lawn", "in a field"),
        "beach": ("at the seaside", "on the shore, by the ocean"),
        "snow": ("out in the snow",),
        "night": ("during the night", "deep in the night"),
        "room": ("inside, in the lounge", "in the bedroom"),
    },
    openings=("I see {a}{side}{tail}{link}", "please draw {a}{side}{link}{tail}"),
    placed=(
        "there is {a}{side}{link}; it is {place}{tail}",
        "{place} there is {a}{side}{tail}{link}",
        "here is {a}{side}{link}{tail}, {place}",
    ),
    reaching=("; its paw is stretched out toward {b}", ", a paw extended toward {b}"),
    beside=(" as well as {b}", "; there is also {b}", ", then {b}"),
    relations={
        "left": ("; to the left of it there is {b}",),
        "right": ("; to the right of it there is {b}",),
        "above": ("; above it, {b}",),
        "below": ("; below it, {b}",),
    },
)
PARAPHRASES = {"fr": FRENCH_PARAPHRASE, "en": ENGLISH_PARAPHRASE}
