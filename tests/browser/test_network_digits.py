"""A digit drawn with the mouse, an image that is none, and every layer down to one sum, in a real browser."""

import re
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect

from dashboard.ui.language import texts_in
from tests.browser.conftest import PHONE, assert_fits, draw, file, place, rest, swipe, until

FR, SOURCES = texts_in("activations", "fr"), texts_in("sources", "fr")
SEVEN = ((0.25, 0.2), (0.7, 0.2), (0.45, 0.85))
ONE = ((0.15, 0.15), (0.15, 0.4))  # small, in a corner


def answer(page: Page, digit: int) -> None:
    expect(page.get_by_role("heading", name=f"Je lis un {digit}")).to_be_visible()


def expect_ink(page: Page, fits: Callable[[int], bool]) -> None:
    """The number of dark pixels on the sheet."""
    sheet = page.locator("canvas[data-strokes]")
    count = """c => [...c.getContext("2d").getImageData(0, 0, c.width, c.height).data]
            .filter((value, i) => i % 4 === 0 && value < 100).length"""
    until(lambda: sheet.evaluate(count), fits)


def click_in(page: Page, chart: int, x: float, y: float) -> None:
    """Click at these shares of the width and height of a chart's drawing."""
    area = page.locator(".js-plotly-plot").nth(chart).locator(".nsewdrag").first
    page.mouse.click(*place(area, x, y))


def test_draw_a_digit_and_read_the_answer(visit):
    page = visit("/neural_network?view=digits")
    expect(page.get_by_test_id("stAlert")).to_contain_text("La feuille est vide")
    draw(page, *SEVEN)
    answer(page, 7)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    expect(page).not_to_have_url(re.compile("src="))
    expect_ink(page, lambda dark: dark > 2000)
    # Another source and back: the drawing is still there, and so is its answer.
    page.get_by_role("radio", name=SOURCES["names"]["gallery"]).click()
    answer(page, 3)
    page.get_by_role("radio", name=SOURCES["names"]["draw"]).click()
    answer(page, 7)
    expect_ink(page, lambda dark: dark > 2000)
    page.get_by_role("button", name=SOURCES["drawing"]["clear"]).click()
    expect(page.get_by_test_id("stAlert")).to_contain_text("La feuille est vide")
    expect_ink(page, lambda dark: dark == 0)
    draw(page, *ONE)
    answer(page, 1)
    page.get_by_role("button", name=SOURCES["drawing"]["undo"]).click()
    answer(page, 3)


def test_a_finger_draws_and_does_not_scroll(visit):
    page = visit("/neural_network?view=digits", **PHONE)
    sheet = page.locator("canvas[data-strokes]")
    expect(sheet).to_have_css("touch-action", "none")
    assert_fits(page)
    sheet.scroll_into_view_if_needed()
    box = sheet.bounding_box()
    swipe(sheet, *((0.5, share) for share in np.linspace(0.15, 0.85, 8)))
    answer(page, 1)
    assert abs(sheet.bounding_box()["y"] - box["y"]) < 1


def test_a_bad_file_says_why_and_the_image_before_stays(visit):
    page = visit("/neural_network?view=digits&src=upload")
    seven = Image.new("RGB", (200, 260), "white")
    ImageDraw.Draw(seven).line([(50, 50), (150, 50), (90, 210)], fill="navy", width=18)
    upload = page.locator('input[type="file"]')
    upload.set_input_files(file("sept.png", seven))
    answer(page, 7)
    upload.set_input_files(file("*x* <b>.png", b"not an image"))
    alert = page.get_by_test_id("stAlert")
    expect(alert).to_contain_text("n’est pas une image reconnue")
    expect(alert).to_contain_text("*x* <b>.png")
    expect(alert).to_contain_text(SOURCES["previous"])
    answer(page, 7)


def test_from_a_layer_to_one_sum(visit):
    page = visit("/neural_network?view=digits&src=gallery&pick=15")
    answer(page, 4)
    layers = page.get_by_role("radiogroup", name=FR["layers"]["choose"])
    layers.get_by_role("radio", name="Convolution 2").click()
    expect(page).to_have_url(re.compile("layer=conv1"))
    title = page.get_by_role("heading", name="Le calcul de l’unité")
    expect(title).to_be_visible()
    rest(page)
    click_in(page, 0, 0.5, 0.5)
    expect(page).to_have_url(re.compile(r"unit=\d+"))
    unit = re.search(r"unit=(\d+)", page.url)[1]
    expect(title).to_contain_text(f"unité {unit}, ligne")
    rest(page)
    click_in(page, 1, 0.5, 0.4)
    expect(page).to_have_url(re.compile(r"at=\d+_\d+"))
    row, column = re.search(r"at=(\d+)_(\d+)", page.url).groups()
    expect(title).to_contain_text(f"unité {unit}, ligne {row}, colonne {column}")
    # What is chosen in one layer is forgotten in another network.
    page.get_by_role("radio", name=FR["networks"]["mlp"]).click()
    expect(page.get_by_text("784 nombres, chacun")).to_be_visible()
    expect(page).not_to_have_url(re.compile("unit=|layer="))
