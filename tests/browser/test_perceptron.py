"""The Perceptron page in a real browser: the main path of a visitor, a teacher and a clumsy typist."""

import re

from playwright.sync_api import Locator, Page, expect

from dashboard.ui.language import texts_in
from tests.browser.conftest import MOVING, PHONE, file, place, rest, until, without_the_server

FR = texts_in("perceptron", "fr")
PLACE = "point => point.getAttribute('x') ?? point.getAttribute('cx')"
FRAMES = """() => new Promise((done) => {
  let left = 30;
  requestAnimationFrame(function next() { left-- ? requestAnimationFrame(next) : done(); });
})"""


def counter(page: Page, n: int) -> Locator:
    return page.locator(".counters b").nth(n)


def test_change_data_play_and_scrub_without_the_server(visit):
    page = visit("/perceptron")
    expect(page.locator(".board .point")).to_have_count(60)
    expect(page.locator(".counters b").nth(2)).to_have_text("0 / 60")
    expect(page.locator(".proof")).to_be_visible()
    page.get_by_role("radio", name=FR["data"]["moons"]).click()
    expect(page.locator(".counters b").nth(1)).to_have_text("1000")
    expect(page.get_by_text("ne s’arrêteront jamais")).to_be_visible()
    expect(page.locator(".player")).to_have_attribute("data-playing", "false")
    rest(page)
    with without_the_server(page):
        page.get_by_role("button", name="Revenir au début").click()
        expect(counter(page, 1)).to_have_text("0")
        page.get_by_role("button", name="Une correction en avant").click()
        expect(counter(page, 1)).to_have_text("1")
        expect(page.locator(".sums td").first).to_have_text("s")
        expect(page.locator(".board .push text")).to_have_text("η·y·x")
        expect(page.locator(".board .push")).to_be_visible()
        expect(page.locator(".proof")).to_be_hidden()  # no line separates the moons
        page.get_by_role("button", name="Lire").click()
        expect(counter(page, 1)).not_to_have_text("1")
        page.get_by_role("button", name="Pause").click()
        page.get_by_role("button", name="Lire").wait_for()
        stopped = counter(page, 1).inner_text()
        # Frames of the browser pass, and the film stays where it is.
        page.evaluate(FRAMES)
        expect(counter(page, 1)).to_have_text(stopped)
        page.get_by_role("slider", name="Place dans le film").fill("412")
        expect(counter(page, 1)).to_have_text("412")


def test_a_bet_blurs_the_verdict_and_leaves_the_film_on_a_phones_screen(visit):
    page = visit("/perceptron?lang=fr", bets=True, **PHONE, **MOVING)
    verdict, keep = page.get_by_text(FR["verdict"]["separable"][2:30]), page.locator(".st-key-keep")
    # The result itself is blurred, with all that it holds.
    told = page.locator("[class*=st-key-result-] > *").filter(has=verdict)
    for part in (told, page.locator(".chart")):
        expect(part).to_have_css("filter", re.compile("blur"))
    expect(keep).to_have_count(0)
    play = page.locator(".player [data-do=play]")
    until(lambda: play.bounding_box(), lambda box: box["y"] + box["height"] < 600)
    page.locator(".st-key-bet-skip button").tap()
    for part in (told, page.locator(".chart")):
        expect(part).to_be_visible()
        expect(part).to_have_css("filter", "none")
    expect(keep.locator("li")).to_have_count(3)
    expect(page).to_have_url(re.compile("bet=learn-skip"))


def test_shared_link_reopens_the_same_state(visit):
    page = visit("/perceptron?data=overlapping&rule=pocket&noise=0.1&seed=5&max=300")
    page.get_by_role("slider", name="Place dans le film").fill("120")
    page.get_by_role("slider", name="Place dans le film").dispatch_event("change")
    expect(page).to_have_url(re.compile("step=120"))
    expect(counter(page, 1)).to_have_text("120")
    counters, point = page.locator(".counters b"), page.locator(".board .point").first
    rest(page)
    seen, there = counters.all_inner_texts(), point.evaluate(PLACE)
    page.reload()
    expect(counters).to_have_text(seen)
    until(lambda: point.evaluate(PLACE), lambda now: now == there)
    expect(page.get_by_role("combobox", name=FR["controls"]["rule"])).to_have_value(FR["rules"]["pocket"])


def test_a_film_plays_by_itself_and_the_keyboard_has_it(visit):
    page = visit("/perceptron?lang=fr", **MOVING)
    player, next_step = page.locator(".player"), page.locator(".player .next")
    expect(player).to_have_attribute("data-playing", "true")
    expect(player).to_have_attribute("data-playing", "false")
    expect(page.locator(".counters b").nth(2)).to_have_text("0 / 60")
    last = player.get_attribute("data-frame")
    expect(next_step).to_have_text(FR["board"]["next"])
    page.keyboard.press("ArrowLeft")  # nothing has the focus
    expect(player).to_have_attribute("data-frame", str(int(last) - 1))
    expect(page).to_have_url(re.compile(f"step={int(last) - 1}"))
    page.locator("svg.board").focus()
    page.keyboard.press("Space")
    expect(player).to_have_attribute("data-playing", "true")
    expect(next_step).to_be_hidden()
    page.keyboard.press("Space")
    expect(player).to_have_attribute("data-playing", "false")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Lire")).to_be_focused()


def test_a_change_plays_and_goes_on_playing(visit):
    # With noise, no point of one draw stands where one of another draw does.
    page = visit("/perceptron?data=moons&noise=0.1&step=3&lang=fr", **MOVING)
    player = page.locator(".player")
    expect(player).to_have_attribute("data-frame", "3")
    expect(player).to_have_attribute("data-playing", "false")  # a link's frame stands still
    first = page.locator(".board .point").first
    side = "x" if first.get_attribute("x") else "cx"
    before = first.get_attribute(side)
    assert before
    for name in ("points", "start"):
        page.get_by_role("button", name=FR["board"]["dice"][name]).click()
        expect(player).to_have_attribute("data-playing", "true")
        rest(page)
    expect(page).to_have_url(re.compile("seed=[0-9]+.*w1="))
    expect(page).not_to_have_url(re.compile("step="))
    expect(first).not_to_have_attribute(side, before)


def test_xor_ends_with_a_line_and_points_in_their_colours(visit):
    page = visit("/perceptron?data=xor&lang=fr")
    expect(page.locator(".board .line")).to_be_visible()
    expect(counter(page, 2)).to_have_text(re.compile("^[1-3] / "))
    missed = int(counter(page, 2).inner_text()[0])
    expect(page.locator(".board .wrong")).to_have_count(missed)
    expect(page.locator(".chart .sweep")).to_have_count(1)


def test_own_points_added_moved_deleted_and_shared(visit):
    page = visit("/perceptron?data=own")
    board = page.locator("svg.board")
    for k, (x, y) in enumerate([(0.3, 0.3), (0.5, 0.35)]):
        page.mouse.click(*place(board, x, y))
        expect(page.locator(".board .point")).to_have_count(k + 1)
    page.get_by_role("button", name="orange").click()
    page.mouse.click(*place(board, 0.6, 0.7))
    expect(page.locator(".board .point")).to_have_count(3)
    expect(page.locator(".counters b").nth(2)).to_have_text("0 / 3")
    expect(page).to_have_url(re.compile("points=.{12}"))
    rest(page)
    page.reload()
    expect(page.locator(".board .point")).to_have_count(3)
    page.locator(".board .point").first.click()
    expect(page.locator(".board .point")).to_have_count(2)
    page.get_by_role("button", name="Annuler").click()
    expect(page.locator(".board .point")).to_have_count(3)


def test_bad_csv_says_why_and_keeps_the_points(visit):
    page = visit("/perceptron?data=own&points=HXr5Opr5SNknHXO0OpWEV1LO")
    expect(page.locator(".board .point")).to_have_count(6)
    page.get_by_role("button", name="Coller ou charger").click()
    for text, reason in [
        ("1,2\n3,4", "au lieu de trois"),
        ("0.1,0.2,a\nbonjour,0.4,b", "Ligne 2 : bonjour n’est pas un nombre"),
        ("0.1,nan,a", "n’est pas un nombre fini"),
        ("0.1,0.2,a\n0.3,0.4,a", "exactement deux classes"),
    ]:
        page.get_by_label("Coller des points").fill(text)
        page.get_by_role("button", name="Utiliser ces points").click()
        expect(
            page.get_by_test_id("stAlert").filter(has_text=reason.replace(" :", "\u00a0:"))
        ).to_be_visible()
        expect(page.locator(".board .point")).to_have_count(6)
    page.get_by_label("Coller des points").fill("0.1,0.2,a\n0.3,-0.4,b\n-0.5,0.6,a")
    page.get_by_role("button", name="Utiliser ces points").click()
    expect(page.get_by_text("3 points reçus")).to_be_visible()
    expect(page.locator(".board .point")).to_have_count(3)
    page.locator('input[type="file"]').set_input_files(file("photo.csv", b"\x89PNG\r\n\x1a\n\0\0"))
    expect(page.get_by_text("Ce fichier n’est pas un texte")).to_be_visible()
    expect(page.locator(".board .point")).to_have_count(3)
    old_excel = "x;y;c\r0,2;0,5;œuf\r-0,4;0,1;l’été\r0,3;0,4;œuf\r-1,3;0,4;œuf\r".encode("cp1252")
    page.locator('input[type="file"]').set_input_files(file("excel.csv", old_excel))
    expect(page.get_by_text("4 points reçus")).to_be_visible()
    expect(page.locator(".board .point")).to_have_count(4)
    page.locator('input[type="file"]').set_input_files(file("long.csv", b"0.1,0.2," + b"a" * 200_000))
    expect(page.get_by_text("Ce fichier n’est pas un texte")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator(".board .point")).to_have_count(4)


def test_by_hand_the_line_follows_the_pointer(visit):
    page = visit("/perceptron?view=hand&data=xor")
    line = page.locator(".board .line")
    before = line.get_attribute("y1")
    tip = page.locator("[data-handle=tip]").bounding_box()
    x, y = tip["x"] + 9, tip["y"] + 9
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y - 90, steps=6)
    expect(line).not_to_have_attribute("y1", before)
    page.mouse.up()
    expect(page).to_have_url(re.compile("hand="))
    page.get_by_role("slider", name="w₁").fill("1")
    page.get_by_role("slider", name="w₂").fill("1")
    page.get_by_role("slider", name="b", exact=True).fill("0.5")
    expect(page.locator(".versus .you b")).to_have_text("1")
    expect(page.locator(".versus .you .track div")).to_have_attribute("style", "width:25%")


def test_mission_is_checked_by_the_page(visit):
    page = visit("/perceptron?mission=xor")
    page.get_by_role("button", name="trois").click()
    expect(page.get_by_text("Cherchez à la main")).to_be_visible()
    rest(page)
    for name, value in (("w₁", "1"), ("w₂", "1"), ("b", "0.5")):
        slider = page.get_by_role("slider", name=name, exact=True)
        slider.fill(value)
        slider.dispatch_event("change")
    expect(page.get_by_text("Mission accomplie")).to_be_visible()
    expect(page.get_by_text("Vous aviez raison").first).to_be_visible()  # in the ribbon and in a toast


def test_compare_and_images_views(visit):
    page = visit("/perceptron?view=compare&data=iris&bet=compare-skip&lang=en", bets=True, **MOVING)
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    page.get_by_role("radio", name="On images").click()
    page.locator(".st-key-bet-a button").click()
    # Told by a fragment of its own, in a place that was not there before the bet.
    expect(page.locator(".st-key-lead")).to_contain_text(re.compile("You win|The right answer"))
    expect(page.locator(".js-plotly-plot")).to_have_count(3)
    expect(page.locator(".signed-film .player")).to_have_attribute("data-playing", "true")
    expect(page.get_by_text("Mistakes:")).to_be_visible()
