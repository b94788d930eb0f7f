"""More turns of phrase than the grammars use themselves, for the networks that read texts to learn from."""

from dataclasses import replace

from dashboard.datasets.scenes.grammar.english import ENGLISH
from dashboard.datasets.scenes.grammar.french import FRENCH

VARIANTS = {
    "fr": replace(
        FRENCH,
        poses={
            **FRENCH.poses,
            "sitting": ("assis{e}", "qui est assis{e}", "bien assis{e}"),
            "walking": ("qui marche", "en marche", "qui avance"),
            "asleep": ("endormi{e}", "qui dort", "en train de dormir", "qui fait la sieste"),
            "back": ("sur le dos", "couché{e} sur son dos", "qui est sur le dos", "les pattes en l'air"),
            "flying": ("qui vole", "en l'air", "dans les airs", "qui s'envole"),
            "standing": ("posé{e}", "debout", "au sol", "par terre"),
        },
        sides={
            "left": ("à gauche", "côté gauche", "vers la gauche de l'image", "du côté gauche"),
            "centre": ("au centre", "en plein milieu", "au milieu de l'image"),
            "right": ("à droite", "côté droit", "vers la droite de l'image", "du côté droit"),
        },
        places={
            "grass": ("dans l'herbe", "au milieu des herbes", "sur l'herbe verte", "c'est dans un pré vert"),
            "beach": ("sur la plage", "les pieds dans le sable", "devant la mer", "c'est à la mer"),
            "snow": ("dans la neige", "un jour de neige", "sur un sol enneigé", "c'est l'hiver"),
            "night": ("la nuit", "il fait nuit", "dans le noir de la nuit", "c'est la nuit"),
            "room": ("dans le salon", "chez moi", "à l'intérieur", "c'est dans une maison"),
        },
        openings=(
            "voici {a}{side}{link}{tail}",
            "dessine {a}{side}{tail}{link}",
            "il y a {a}{side}{link}{tail}",
        ),
        placed=(
            "voici {a}{side}{link}, {place}{tail}",
            "{a}{side}{tail}{link}, {place}",
            "{place} : {a}{side}{link}{tail}",
            "{a}{side} et {place}{link}{tail}",
            "on voit {a} {place}{side}{link}{tail}",
        ),
        reaching=(
            ", patte tendue vers {b}",
            " qui veut attraper {b}",
            " ; sa patte touche presque {b}",
            ", avec une patte levée vers {b}",
        ),
        beside=(" avec {b}", ". Il y a {b}", " et puis {b}", ", à côté d'{b}", ". On voit {b}"),
        relations={
            "left": (
                " ; {b} est à sa gauche",
                ". À sa gauche, {b}",
                ", {b} du côté gauche",
                " à droite d'{b}",
            ),
            "right": (
                " ; {b} est à sa droite",
                ". À sa droite, {b}",
                ", {b} du côté droit",
                " à gauche d'{b}",
            ),
            "above": (" ; {b} est au-dessus", ". Plus haut, {b}", " sous {b}", ", {b} juste au-dessus"),
            "below": (
                " ; {b} est en dessous",
                ". Plus bas, {b}",
                " au-dessus d'{b}",
                ", {b} juste en dessous",
            ),
        },
    ),
    "en": replace(
        ENGLISH,
        poses={
            **ENGLISH.poses,
            "sitting": ("sitting", "who sits", "sitting down"),
            "walking": ("walking", "who walks", "on the move"),
            "asleep": ("asleep", "sleeping", "who sleeps", "taking a nap"),
            "back": ("on its back", "who is on its back", "lying on the back", "with its paws in the air"),
            "flying": ("flying", "in the air", "who flies", "up in the air"),
            "standing": ("standing", "on the ground", "who is standing"),
        },
        sides={
            "left": ("on the left", "at left", "on the left side", "to the left of the image"),
            "centre": ("in the middle", "in the centre", "at the centre of the image"),
            "right": ("on the right", "at right", "on the right side", "to the right of the image"),
        },
        places={
            "grass": ("on the grass", "among the grass", "in a green meadow", "it is in a meadow"),
            "beach": ("on the beach", "with its feet in the sand", "in front of the sea", "it is by the sea"),
            "snow": ("in the snow", "on a snowy day", "on snowy ground", "it is winter"),
            "night": ("at night", "it is night", "in the dark", "when it is night"),
            "room": ("in the living room", "in my house", "indoors", "it is in a house"),
        },
        openings=(
            "here is {a}{side}{link}{tail}",
            "draw {a}{side}{tail}{link}",
            "there is {a}{side}{link}{tail}",
        ),
        placed=(
            "here is {a}{side}{link}, {place}{tail}",
            "{a}{side}{tail}{link}, {place}",
            "{place}: {a}{side}{link}{tail}",
            "{a}{side} and {place}{link}{tail}",
            "one can see {a} {place}{side}{link}{tail}",
        ),
        reaching=(
            ", paw stretched to {b}",
            " who wants to catch {b}",
            "; its paw almost touches {b}",
            ", with a paw raised toward {b}",
        ),
        beside=(" with {b}", ". There is {b}", " and also {b}", ", together with {b}", ". One can see {b}"),
        relations={
            "left": (
                "; {b} is on its left",
                ". On its left, {b}",
                ", {b} at its left side",
                " to the right of {b}",
            ),
            "right": (
                "; {b} is on its right",
                ". On its right, {b}",
                ", {b} at its right side",
                " to the left of {b}",
            ),
            "above": ("; {b} is above", ". Higher up, {b}", " under {b}", ", {b} just above it"),
            "below": ("; {b} is below", ". Lower down, {b}", " over {b}", ", {b} just below it"),
        },
    ),
}
