"""Explanations over the image and the layers behind the answer, in a real browser."""

import re

from playwright.sync_api import Page, expect

from dashboard.ui.language import texts_in
from tests.browser.conftest import until, without_the_server

WHY, LAYERS = texts_in("recognition_why", "fr"), texts_in("recognition_layers", "fr")
DIGIT = "pick=14"  # a three of the gallery
OF_A_THREE = re.compile(r"pour «\s3\s»")


def panel(page: Page, method: str):
    """The panel of a method: its map lies over the image."""
    return page.locator("figure").filter(has_text=WHY["methods"][method]["name"])


def slide(page: Page, hand: str, value: int) -> None:
    page.locator(f'input[data-name="{hand}"]').fill(str(value))


def test_maps_appear_and_the_sliders_ask_nothing_of_the_server(visit):
    page = visit(f"/image_recognition?view=why&{DIGIT}")
    for method in WHY["methods"]:
        expect(panel(page, method).locator("canvas")).to_have_attribute("aria-label", OF_A_THREE)
    grad_cam = panel(page, "gradcam")
    map_over_it, canvas = grad_cam.locator("img.map"), grad_cam.locator("canvas")
    ink = """c => [...c.getContext("2d").getImageData(0, 0, c.width, c.height).data]
        .filter((value, i) => i % 4 === 0 && value > 100).length"""
    with without_the_server(page):
        slide(page, "opacity", 20)
        expect(map_over_it).to_have_css("opacity", "0.2")
        slide(page, "opacity", 90)
        expect(map_over_it).to_have_css("opacity", "0.9")
        before = until(lambda: canvas.evaluate(ink), lambda bright: bright > 0)
        slide(page, "share", 30)
        expect(grad_cam.locator(".left")).to_contain_text("30")
        until(lambda: canvas.evaluate(ink), lambda bright: bright < before / 2)
    expect(page).to_have_url(re.compile(r"(?=.*opacity=90)(?=.*share=30)"))
    again = visit(page.url[page.url.index("/image_recognition") :])
    expect(panel(again, "gradcam").locator("img.map")).to_have_css("opacity", "0.9")
    expect(panel(again, "gradcam").locator(".left")).to_contain_text("30")


def test_another_class_and_fewer_methods_go_into_the_address(visit):
    page = visit(f"/image_recognition?view=why&{DIGIT}&rank=2&how=gradcam")
    expect(page.locator("figure canvas")).to_have_count(1)
    expect(panel(page, "gradcam").locator("canvas")).not_to_have_attribute("aria-label", OF_A_THREE)
    page.get_by_role("button", name=WHY["methods"]["occlusion"]["name"]).click()
    expect(page).to_have_url(re.compile("how=gradcam-occlusion"))
    expect(page.locator("figure canvas")).to_have_count(2)


def test_from_a_layer_to_the_sum_behind_one_value(visit):
    page = visit(f"/image_recognition?view=layers&{DIGIT}")
    # The kernel follows the pointer: its place on the map, and the sum that it makes there.
    sheet = page.locator("canvas.sheet")
    expect(sheet).to_have_attribute("data-place", re.compile(r"^\d+ \d+$"))
    box = sheet.bounding_box()
    sheet.hover(position={"x": box["width"] - 3, "y": box["height"] / 2})
    expect(sheet).to_have_attribute("data-place", re.compile(r"^\d+ 28$"))
    expect(page.get_by_text(re.compile(r"colonne 28\s: les 9 produits font"))).to_be_visible()
    page.get_by_role("radio", name="Noyau 2", exact=True).click()
    expect(page).to_have_url(re.compile("kernel=2"))
    strip = page.get_by_role("radiogroup", name=LAYERS["choose"])
    strip.get_by_role("radio", name="Bloc 1").click()
    expect(page).to_have_url(re.compile("layer=residual1_1"))
    expect(page.get_by_text("Convolution avec saut")).to_be_visible()
    page.get_by_role("radio", name=LAYERS["names"]["convolution"], exact=True).last.click()
    expect(page).to_have_url(re.compile("part=convolution"))
    expect(page.get_by_role("heading", name="Le calcul de l’unité")).to_be_visible()
    expect(page.get_by_text("Ce que cette case peut voir de l’image")).to_be_visible()
