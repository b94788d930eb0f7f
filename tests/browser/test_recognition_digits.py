"""A visitor draws: European digits, a heart, two digits; read at once in the browser, then by the server."""

import re

import numpy as np
from playwright.sync_api import Page, expect

from dashboard.ui.language import texts_in
from tests.browser.conftest import draw, rest

VERDICT = texts_in("verdict", "fr")
ONE = [[(0.3, 0.5), (0.55, 0.15), (0.55, 0.88)]]  # a long upstroke
SEVEN = [[(0.25, 0.18), (0.72, 0.15), (0.42, 0.88)], [(0.38, 0.52), (0.72, 0.5)]]  # barred
FOUR = [[(0.35, 0.15), (0.28, 0.55), (0.75, 0.55)], [(0.58, 0.3), (0.56, 0.9)]]  # open
NINE = [
    [
        *((0.62, 0.22), (0.45, 0.15), (0.32, 0.28), (0.4, 0.45), (0.58, 0.38), (0.64, 0.22), (0.66, 0.5)),
        *((0.62, 0.8), (0.48, 0.9), (0.33, 0.82)),
    ]
]  # closed in one stroke, hooked to the left
_T = np.linspace(0, 2 * np.pi, 28)
HEART = [
    list(
        zip(
            0.5 + 0.33 * np.sin(_T) ** 3,
            0.47 - (13 * np.cos(_T) - 5 * np.cos(2 * _T) - 2 * np.cos(3 * _T) - np.cos(4 * _T)) / 46,
            strict=True,
        )
    )
]
TWO_SIGNS = [[(0.2, 0.25), (0.2, 0.75)], [(0.55, 0.25), (0.85, 0.25), (0.65, 0.75)]]


def sheet(page: Page) -> None:
    """From the front page to the sheet of the recognition page, by clicks."""
    page.get_by_role("link", name=texts_in("shell", "fr")["pages"]["image_recognition"]["name"]).first.click()
    rest(page)
    page.get_by_role("button", name=texts_in("bets", "fr")["skip"]).click()
    page.get_by_role("radio", name=texts_in("sources", "fr")["names"]["draw"]).click()
    expect(page.locator("canvas[data-strokes]")).to_be_visible()


def drawn(page: Page, strokes: list) -> None:
    page.get_by_role("button", name=texts_in("sources", "fr")["drawing"]["clear"]).click(force=True)
    for stroke in strokes:
        draw(page, *stroke)


def live(page: Page, answer: str) -> None:
    """The longest bar under the sheet."""
    expect(page.locator(f".bars[data-answer='{answer}']")).to_be_visible()


def headline(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=2, name=text).first).to_be_visible()


def test_what_is_drawn_is_read_at_once_and_again_by_the_server(visit):
    page = visit("/")
    sheet(page)
    for digit, strokes in (("1", ONE), ("7", SEVEN), ("4", FOUR), ("9", NINE)):
        drawn(page, strokes)
        live(page, digit)
        headline(page, re.compile(rf"^Je lis un {digit} \("))
    # A heart is none of the ten, and two signs are said.
    drawn(page, HEART)
    live(page, texts_in("activations", "fr")["answer"]["none"])
    headline(page, re.compile("^Aucun des dix chiffres"))
    drawn(page, TWO_SIGNS)
    expect(page.get_by_text(VERDICT["signs"].split("**")[1].format(n=2))).to_be_visible()
    # The same drawing has the same answer on the page of the network.
    drawn(page, SEVEN)
    answer = page.get_by_role("heading", level=2, name=re.compile("^Je lis un 7"))
    expect(answer.first).to_be_visible()
    rest(page)
    said = answer.first.inner_text()
    page.goto(page.url.split("/image_recognition")[0] + "/neural_network?view=digits&hide=bet")
    rest(page)
    drawn(page, SEVEN)
    headline(page, said)
