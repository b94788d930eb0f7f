"""An image drawn, uploaded, squeezed, taken apart and taken away, in a real browser."""

import re

import numpy as np
from PIL import Image
from playwright.sync_api import Page, expect

from dashboard.datasets.images import sample
from dashboard.latent import encode
from dashboard.ui.language import texts_in
from tests.browser.conftest import PHONE, assert_fits, draw, until

FR = texts_in("latent", "fr")


def picture(page: Page, name: str, other_than: str = "") -> str:
    """The image that a tile of the bottleneck comes to show, by what it is called for who cannot see it."""
    tile = page.get_by_role("img", name=name, exact=True).first
    expect(tile).to_be_visible()
    return until(
        lambda: tile.evaluate("tile => tile.style.backgroundImage"), lambda image: image != other_than
    )


def rebuilt(size: int) -> str:
    return FR["tiles"]["rebuilt_alt"].format(n=size, name=FR["tiles"]["autoencoder"])


def slide(page: Page, key: str, times: int) -> None:
    slider = page.get_by_role("slider", name=FR["size"]).first
    slider.focus()
    for _ in range(times):
        page.keyboard.press(key)


def test_draw_slide_share_and_reopen(visit):
    page = visit("/latent_space")
    before = picture(page, rebuilt(8))
    draw(page, (0.25, 0.2), (0.7, 0.2), (0.45, 0.85))
    expect(page.get_by_text(re.compile("Un réseau qui lit les chiffres lit un 7"))).to_be_visible()
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    picture(page, rebuilt(8), other_than=before)
    slide(page, "ArrowLeft", 3)
    expect(page).to_have_url(re.compile(r"size=1\b"))
    expect(page.get_by_text(re.compile("Avec un seul nombre au lieu de 784"))).to_be_visible()
    picture(page, rebuilt(1), other_than=before)
    # The ladder's pictures are buttons for the sizes.
    ladder = page.get_by_role("radiogroup", name=FR["ladder"]["choose"])
    ladder.get_by_role("radio", name=re.compile("ACP, taille 32")).click()
    expect(page).to_have_url(re.compile(r"size=32\b"))
    again = visit(re.sub(r"^https?://[^/]+", "", page.url))
    expect(again.get_by_role("slider", name=FR["size"]).first).to_have_attribute("aria-valuetext", "32")
    expect(again.get_by_test_id("stAlert")).to_contain_text(
        "La feuille est vide"
    )  # the drawing stays at home


def test_a_scribble_is_like_nothing_known(visit):
    page = visit("/latent_space")
    draw(page, (0.1, 0.1), (0.9, 0.2), (0.1, 0.35), (0.9, 0.5), (0.1, 0.65), (0.9, 0.8), (0.1, 0.9))
    expect(page.get_by_test_id("stAlert").filter(has_text="sort de l’ordinaire")).to_be_visible()


def test_the_code_to_take_away_is_that_of_the_image(visit):
    page = visit("/latent_space?src=gallery&data=digits&size=4")
    page.get_by_text(FR["away"]["title"], exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=FR["away"]["code"].format(kind="CSV")).click()
    code = np.loadtxt(download.value.path(), delimiter=",")
    known = sample("digits")
    image = known.images[np.flatnonzero(known.labels == 3)[0]] / 255.0  # the example that stands in
    np.testing.assert_allclose(code, encode("digits", image[None], 4)[0], atol=1e-4)
    with page.expect_download() as download:
        page.get_by_role("button", name=FR["away"]["rebuilt"].format(kind="PNG")).click()
    assert Image.open(download.value.path()).size == (280, 280)


def test_stage_by_stage_on_a_phone(visit):
    page = visit("/latent_space?view=hourglass&src=gallery&size=16", viewport={"width": 390, "height": 844})
    assert_fits(page)
    stages = page.get_by_role("radiogroup", name=FR["hourglass"]["choose"])
    expect(stages.get_by_role("radio")).to_have_count(17)
    stages.get_by_role("radio", name=re.compile("^Code")).click()
    expect(page).to_have_url(re.compile("stage=code"))
    expect(page.get_by_text("Tout ce que le décodeur saura de l’image est ici.")).to_be_visible()
    expect(page.locator(".js-plotly-plot .bars path")).to_have_count(16)


def test_on_a_phone_the_result_stands_before_the_sheet(visit):
    agent = "Mozilla/5.0 (Linux; Android 15; Mobile) Mobi"
    page = visit("/latent_space", user_agent=agent, **PHONE)
    before = picture(page, rebuilt(8))
    slider, sheet = page.get_by_role("slider", name=FR["size"]).first, page.locator("canvas[data-strokes]")
    until(lambda: slider.bounding_box()["y"], lambda top: top < min(844, sheet.bounding_box()["y"]))
    draw(page, (0.25, 0.2), (0.7, 0.2), (0.45, 0.85))
    picture(page, rebuilt(8), other_than=before)
