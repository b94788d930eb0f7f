"""The message: a photo to a text, the text to a photo elsewhere, damage said, nothing kept on the server."""

import re
from urllib.parse import quote

from playwright.sync_api import Page, expect

from dashboard.codec import decode, encode
from dashboard.datasets.photographs import photograph
from dashboard.ui.language import texts_in
from tests.browser.conftest import assert_fits, file, rest, until

PHOTO = photograph("coffee").resize((96, 64))


def text_of(page: Page) -> str:
    """The message on show, once it is there."""
    expect(page.locator(".signs")).to_have_text(re.compile(r"^[\w-]{20,}$"), timeout=90_000)
    return page.locator(".signs").inner_text()


def paste(page: Page, text: str) -> None:
    page.get_by_label("Collez le message").fill(text)
    page.get_by_label("Collez le message").blur()


def test_a_photo_becomes_a_text_that_another_visitor_sees_redrawn(visit):
    page = visit("/message?src=upload&n=300")
    page.locator("input[type=file]").set_input_files(file("tasse.png", PHOTO))
    expected = encode(PHOTO, 300)
    expect(page.locator(".signs")).to_have_text(expected, timeout=90_000)
    assert decode(expected).size == (96, 64)
    page.locator(".signs span").nth(3).hover()
    expect(page.locator(".after svg rect").first).to_be_attached()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Lien vers cette image").click()
    expect(page.locator(".out [role=status]")).to_have_text("Copié.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert f"m={quote(expected)}" in link
    page.get_by_role("button", name="Code QR").click()
    code = page.get_by_role("img", name="Code QR")
    until(code.bounding_box, lambda box: box is not None and box["width"] == box["height"] > 250)
    until(lambda: code.evaluate("image => image.naturalWidth"), lambda width: width > 30)

    elsewhere = visit(link[link.index("/message") :], viewport={"width": 390, "height": 844}, has_touch=True)
    expect(elsewhere.get_by_text("Message complet")).to_be_visible(timeout=90_000)
    expect(elsewhere.locator(".after img")).to_be_visible()
    assert text_of(elsewhere) == expected
    assert_fits(elsewhere)


def test_a_damaged_text_a_cut_one_and_no_text(visit):
    page = visit("/message?do=receive")
    expect(page.get_by_text("Le début suffit")).to_be_visible()
    whole = encode(PHOTO, 300)
    damaged = whole[:150] + ("A" if whole[150] != "A" else "B") + whole[151:]
    paste(page, damaged)
    expect(page.get_by_text("Sain jusqu’au caractère 120")).to_be_visible(timeout=90_000)
    expect(page.locator(".signs .lost").first).to_be_visible()
    paste(page, f"Zoé : « {whole[:100]} »")
    expect(page.get_by_text("Il manque 200 caractères sur 300")).to_be_visible(timeout=90_000)
    expect(page.locator(".after img")).to_be_visible()
    paste(page, "…!?…")
    expect(page.get_by_text("Aucun signe d’un message")).to_be_visible(timeout=90_000)
    expect(page.get_by_label("Collez le message")).to_have_value("…!?…")


def test_the_bet_and_the_film(visit):
    page = visit("/message?do=look&pick=4&lang=en")
    bet = page.locator(".bet")
    expect(bet).to_contain_text("Bet first", timeout=200_000)
    expect(page.locator(".before")).to_be_hidden()
    bet.get_by_role("button", name="100", exact=True).click()
    page.get_by_role("button", name="I recognise it!").click()
    expect(page.locator(".verdict")).to_contain_text("Your bet: 100 characters")
    expect(page.locator(".before img")).to_be_visible()
    scrub = page.get_by_label("Number of characters")
    scrub.fill("9")
    expect(page.locator(".message-view")).to_have_attribute("data-shown", "2000")
    expect(page.locator(".counters")).to_contain_text("dB")


def test_the_front_page_leads_here(visit):
    page = visit("/?lang=en")
    page.get_by_role("link", name="See what a network draws from it").click()
    expect(page.get_by_role("heading", name="The message", level=1)).to_be_visible()


def test_the_game_in_words_by_the_networks_and_by_the_visitor(visit):
    """Describe, change the limit, write one's own against the network, hand the link on."""
    says = texts_in("message_words", "fr")
    page = visit("/message")
    page.get_by_text(texts_in("message", "fr")["views"]["words"], exact=True).click()
    said = page.locator(".redraw-view .said")
    expect(said).to_contain_text("chat")
    expect(page.locator(".redraw-view figure.many img")).to_have_count(4)
    said.locator("span", has_text="chat").hover()
    expect(page.locator(".shade")).to_have_class("shade on")
    slider = page.get_by_role("slider")
    slider.focus()
    slider.press("Home")
    expect(said).to_have_text(re.compile(r"^.{4,12}$"))
    rest(page)
    page.get_by_text(says["roles"]["own"], exact=True).click()
    sheet = page.get_by_label(says["yours"])
    sheet.fill("Un chat noir et blanc sur le dos dans l'herbe, et une girafe")
    page.get_by_role("button", name=says["draw"], exact=True).click()
    expect(page.get_by_text(re.compile(r"^Vous\s: [3-9] sur 15 faits en 60 caractères"))).to_be_visible()
    expect(page.get_by_text(says["strange"].format(word="girafe"))).to_be_visible()
    expect(page.locator(".redraw-view figure.many img")).to_have_count(4)
    rest(page)
    page.get_by_role("button", name=says["random"]).click()
    expect(page).to_have_url(re.compile(r"scene=\d+"))
    rest(page)
    link = page.url

    elsewhere = visit(link[link.index("/message") :])
    expect(elsewhere.get_by_label(says["yours"])).to_have_value(re.compile("girafe"))
    expect(elsewhere.get_by_text(re.compile(r"^Vous\s: "))).to_be_visible()
    own = page.locator(".redraw-view img").first.get_attribute("src")
    expect(elsewhere.locator(".redraw-view img").first).to_have_attribute("src", own)


def test_the_telephone_game_on_a_phone(visit):
    says = texts_in("message_words", "en")["telephone"]
    page = visit(
        "/message?view=words&game=telephone&most=40&scene=5&lang=en",
        viewport={"width": 390, "height": 844},
        has_touch=True,
    )
    view = page.locator(".telephone-view")
    expect(view.locator(".bet")).to_contain_text("Bet first", timeout=90_000)
    view.locator(".bet button").last.tap()
    play = view.get_by_role("button", name=re.compile("Pause|Play"))
    expect(play).to_be_visible()
    until(play.bounding_box, lambda box: box["y"] < 600)
    assert_fits(page)
    view.get_by_role("button", name=says["player"]["last"]).tap()
    expect(view).to_have_attribute("data-shown", "10")
    expect(view.locator(".verdict")).to_contain_text("Your bet: 7.")
    expect(view.locator(".strip li:not(.unseen)")).to_have_count(11)
