"""An answer of a classifier in a sentence, and probabilities in writing: the same words on every page."""

from PIL import Image

from dashboard.datasets.drawings import contents
from dashboard.ui.language import percent, t
from dashboard.verdict import Answer

LEAST, MOST = 0.001, 0.99


def probability(share: float) -> str:
    """A probability between 0 and 1 as a percentage; no network is worth saying 0 % or 100 %."""
    if share > MOST:
        return f">\N{NO-BREAK SPACE}{percent(MOST)}"
    if share < LEAST:
        return f"<\N{NO-BREAK SPACE}{percent(LEAST, 1)}"
    return percent(share, 1) if share < 0.1 else percent(share)


def sentence(found: Answer, model: str, names: tuple[str, ...]) -> str:
    """The verdict on one image, in Markdown.

    Args:
        model: name of the classifier; names: of its classes.
    """
    first, second = (int(index) for index in found.ranking[:2])
    family, share = found.families[0]
    kind = f"{found.verdict}.{model}" if found.none <= MOST else "refused"
    return t(
        f"verdict.{kind}",
        first=names[first],
        second=names[second],
        capital=capital(names[first]),
        p=probability(float(found.probabilities[first])),
        q=probability(float(found.probabilities[second])),
        family=capital(family_name(model, family.slug)),
        share=probability(share),
        none=probability(found.none),
    )


def sheet_notes(image: Image.Image) -> list[str]:
    """What to tell a visitor of their drawing of a digit: there are two signs, it is tiny, it is a blot."""
    found = contents(image)
    notes = [t("verdict.signs", n=found.signs)] if found.signs > 1 else []
    return notes + [t(f"verdict.{name}") for name in ("tiny", "blot") if getattr(found, name)]


def family_name(model: str, slug: str) -> str:
    """What a family of a classifier's classes is called."""
    return t(f"imagenet.families.{slug}" if model == "photos" else f"verdict.families.{slug}")


def capital(name: str) -> str:
    """With a capital at its beginning."""
    return name[:1].upper() + name[1:]
