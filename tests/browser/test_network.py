"""The network page in a real browser: train, scrub, edit a weight, change the layers, share."""

import re

from playwright.sync_api import Locator, Page, expect

from dashboard.ui.language import texts_in
from tests.browser.conftest import MOVING, place, rest, until

FR = texts_in("network", "fr")


def epoch(page: Page) -> Locator:
    return page.locator(".counters b").first


def test_train_scrub_and_rewind(visit):
    page = visit("/neural_network?lang=fr")
    expect(page.locator(".neuron")).to_have_count(2 + 4 + 2 + 1)
    expect(epoch(page)).to_have_text("300")
    page.get_by_role("radio", name=FR["data"]["xor"]).click()
    expect(page).to_have_url(re.compile("data=xor"))
    rest(page)
    page.get_by_role("button", name=FR["board"]["player"]["first"]).click()
    expect(epoch(page)).to_have_text("0")
    scrub = page.get_by_role("slider", name=FR["board"]["player"]["scrub"])
    scrub.fill("30")
    expect(epoch(page)).to_have_text(re.compile(r"^([1-9]|[1-9]\d|[12]\d\d)$"))
    middle = epoch(page).inner_text()
    expect(page).to_have_url(re.compile(f"epoch={middle}"))
    rest(page)
    page.reload()
    expect(epoch(page)).to_have_text(middle)
    # The same run as a descent: the ball lies lower at the end of the film than at its start.
    page.get_by_role("radio", name=FR["views"]["landscape"]).click()
    relief = page.locator("canvas.relief")
    expect(relief).to_be_visible()
    rest(page)
    page.get_by_role("button", name=FR["board"]["player"]["first"]).click()
    expect(epoch(page)).to_have_text("0")
    start = float(relief.get_attribute("data-loss"))
    page.get_by_role("button", name=FR["board"]["player"]["last"]).click()
    expect(epoch(page)).to_have_text("300")
    until(lambda: float(relief.get_attribute("data-loss")), lambda loss: loss < start / 2)


def test_layers_and_neurons_by_their_buttons(visit):
    page = visit("/neural_network?lang=en")
    page.get_by_role("button", name="Add a layer").click()
    expect(page.locator(".neuron")).to_have_count(2 + 4 + 2 + 2 + 1)
    expect(page).to_have_url(re.compile("net=4-2-2"))
    rest(page)
    page.get_by_role("button", name="Add a neuron to layer 3").click()
    expect(page).to_have_url(re.compile("net=4-2-3"))
    for _ in range(3):  # as fast as a visitor presses
        page.get_by_role("button", name="Remove a layer").click()
    expect(page.locator(".neuron")).to_have_count(2 + 1)
    expect(page).to_have_url(re.compile("net=0"))


def test_a_weight_edited_by_hand_changes_the_answer(visit):
    page = visit("/neural_network?lang=fr")
    expect(epoch(page)).to_have_text("300")
    loss = page.locator(".counters b").nth(3)
    before = loss.inner_text()
    page.get_by_role("button", name="neurone 1 de la couche 1").click()
    page.locator(".sliders input").first.fill("-5")
    page.locator(".sliders input").nth(2).fill("5")
    expect(page.get_by_text("Poids réglés à la main")).to_be_visible()
    expect(loss).not_to_have_text(before)
    page.get_by_role("button", name="Revenir au film").click()
    expect(loss).to_have_text(before)


def painted(page: Page) -> str:
    """What the large plane shows."""
    return page.locator(".answer").evaluate("(canvas) => canvas.toDataURL()")


def test_a_neuron_under_the_pointer_paints_its_map(visit):
    page = visit("/neural_network?lang=fr")
    text = FR["board"]
    expect(page.locator(".what")).to_have_text(text["answer"])
    answer = painted(page)
    page.locator("[data-at='1-2']").hover()
    expect(page.locator(".what")).to_contain_text("neurone 3 de la couche 1")
    expect(page.locator(".neuron.dim")).to_have_count(8)
    until(lambda: painted(page), lambda now: now != answer)
    page.locator("h1").hover()
    expect(page.locator(".what")).to_have_text(text["answer"])
    until(lambda: painted(page), lambda now: now == answer)
    page.locator("[data-at='1-2']").click()
    page.locator("h1").hover()
    expect(page.locator(".what")).to_contain_text("neurone 3 de la couche 1")  # pinned
    expect(page.locator(".detail input")).to_have_count(3)


def test_numbers_of_a_place_run_through_the_drawing(visit):
    page = visit("/neural_network?lang=en")
    page.mouse.move(*place(page.locator(".answer"), 0.75, 0.25))
    expect(page.locator(".neuron.lit")).to_have_count(9)
    expect(page.locator("[data-at='0-0'] b")).to_have_text("3")
    expect(page.locator("[data-at='0-1'] b")).to_have_text("3")
    expect(page.locator(".told")).to_contain_text("class")
    page.locator("h1").hover()
    expect(page.locator(".neuron b").first).to_be_hidden()


def test_a_line_of_the_drawing_is_dragged(visit):
    page = visit("/neural_network?net=0&lang=en")
    x, y = place(page.locator(".held path").first, 0.5, 0.5)
    page.mouse.move(x, y)
    expect(page.locator(".told")).to_contain_text("Drag it")
    weight = page.locator(".net .weight")
    before = weight.text_content()
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=4)
    expect(weight).not_to_have_text(before)
    page.mouse.up()
    expect(page.get_by_text(texts_in("network", "en")["board"]["edited"])).to_be_visible()


def test_new_weights_by_one_click(visit):
    page = visit("/neural_network?lang=fr", **MOVING)
    expect(page.locator(".player")).to_have_attribute("data-playing", "true")
    page.get_by_role("button", name=FR["board"]["dice_help"]).click()
    expect(page).to_have_url(re.compile("seed=[1-9]"))
    expect(page.locator(".player")).to_have_attribute("data-playing", "true")


def test_targets_for_a_finger(visit):
    page = visit("/neural_network?net=8-8-8&lang=fr", viewport={"width": 390, "height": 844}, has_touch=True)
    expect(page.locator(".neuron")).to_have_count(2 + 24 + 1)
    sizes = page.locator(".neuron, .column button").evaluate_all(
        "(all) => all.map((e) => Math.min(e.offsetWidth, e.offsetHeight))"
    )
    assert min(sizes) >= 40
    page.locator("[data-at='2-0']").tap()
    expect(page.locator(".detail input")).to_have_count(9)
    until(page.locator(".detail input").first.bounding_box, lambda box: box["width"] >= 180)


def test_own_points_train_at_once(visit):
    page = visit("/neural_network?data=own&lang=fr")
    for k, (x, y, label) in enumerate(
        [(0.3, 0.3, 2), (0.4, 0.3, 2), (0.6, 0.7, 1), (0.7, 0.7, 1), (0.2, 0.4, 2)]
    ):
        page.locator(".pens button").nth(label - 1).click()
        page.mouse.click(*place(page.locator(".answer"), x, y))
        expect(page).to_have_url(re.compile("points=" + "[^&]" * 4 * (k + 1)))
        rest(page)
    expect(page.get_by_text("Posez au moins quatre points")).to_have_count(0)
    expect(page.locator(".counters b").first).to_have_text("300")


def test_a_diverging_run_says_so(visit):
    page = visit("/neural_network?data=plane&lr=3&act=linear&lang=fr")
    expect(page.get_by_text("L’apprentissage a divergé")).to_be_visible()
    expect(page.locator(".counters")).to_contain_text(re.compile(r"\d"))
    expect(page.locator(".counters")).not_to_contain_text("NaN")


def test_two_networks_in_step(visit):
    page = visit("/neural_network?view=compare&lang=en&ep=100", **MOVING)
    expect(page.locator(".pair canvas")).to_have_count(2)
    page.get_by_role("slider", name="Place in the film").fill("0")
    expect(page.locator("figcaption").first).to_contain_text("epoch 0")
    expect(page.locator("figcaption").last).to_contain_text("epoch 0")


def test_luck_opens_on_a_case_of_its_own_which_half_of_the_starts_solve(visit):
    page = visit("/neural_network")
    page.get_by_role("radio", name=FR["views"]["luck"]).click()
    tiles = page.locator(".luck-view .tiles button")
    expect(tiles).to_have_count(64)
    expect(page.locator(".luck-view .told")).to_have_text("28 sur 64 réussissent à l’époque 1\u202f000")
    expect(page.locator(".luck-view .solved")).to_have_count(28)
    expect(page.locator(".luck-view canvas")).to_have_attribute("data-drawn", "23")
    rest(page)
    # An arrow key moves on, and Tab comes back to where it was left.
    tiles.first.press("ArrowDown")
    expect(tiles.nth(8)).to_be_focused()
    expect(tiles.nth(8)).to_have_js_property("tabIndex", 0)
    expect(tiles.first).to_have_js_property("tabIndex", -1)
    page.get_by_role("button", name=FR["board"]["player"]["first"]).click()
    expect(page.locator(".luck-view .solved")).to_have_count(0)
    # What was not touched stays behind; a start that is opened takes its network along.
    page.get_by_role("radio", name=FR["views"]["points"]).click()
    expect(page.locator(".neuron")).to_have_count(2 + 4 + 2 + 1)
    page.get_by_role("radio", name=FR["views"]["luck"]).click()
    expect(tiles).to_have_count(64)
    rest(page)
    tiles.nth(3).click()
    expect(page.locator(".neuron")).to_have_count(2 + 12 + 12 + 1)
    expect(page).to_have_url(re.compile(r"(?=.*data=spiral)(?=.*net=12-12)(?=.*seed=3)"))
