"""What an automatic check of a mission answers, in every demonstration."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Outcome:
    """``done`` says whether the mission is fulfilled, ``answer`` which of its predictions is right (a slug
    of its texts), ``facts`` the numbers for the message."""

    done: bool
    answer: str
    facts: dict[str, float]
