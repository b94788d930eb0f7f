"""Turns of a finished text that its grammar has not, for the networks that read texts to learn from."""

import re
from random import Random

_FLYING = (
    "en plein vol|en vol|qui vole|en l'air|dans les airs|qui s'envole"
    "|flying|in flight|in the air|who flies|up in the air"
)
_SPOTTED = (
    "aux ailes orange avec des taches noires et blanches|orange à taches noires"
    "|with orange wings with black and white spots"
)
_TURNS = (  # what becomes of what, and how often
    (re.compile(rf" ({_SPOTTED}) ({_FLYING})"), r" \2, \1", 0.4),
    (re.compile(r"tournée? vers la (gauche|droite)"), r"qui regarde à \1", 0.25),
    (re.compile(r"tournée? vers la (gauche|droite)"), r"qui regarde vers la \1", 0.15),
    (re.compile(r"facing (left|right)"), r"who looks \1", 0.2),
    (re.compile(r"facing (left|right)"), r"who looks to the \1", 0.15),
)


def turned(text: str, random: Random) -> str:
    """The same said otherwise: « en vol, aux ailes orange… », « qui regarde à droite »."""
    for before, after, often in _TURNS:
        if random.random() < often:
            text = before.sub(after, text)
    return text
