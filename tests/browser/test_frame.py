"""The frame in a real browser: cold links, language, sharing, teaching, phone."""

import gzip
import json
import re
import urllib.request

import pytest
from PIL import Image
from playwright.sync_api import expect

from dashboard.fonts import FOLDER, FONTS, icons
from dashboard.images import MAX_MEGABYTES
from dashboard.languages import LANGUAGES
from dashboard.ui.language import texts_in
from tests.browser.conftest import file, rest, until
from tests.conftest import serving


@pytest.mark.parametrize("slug", ["perceptron", "image_recognition"])
def test_a_page_opens_cold_by_its_own_link(visit, slug):
    """The first of all visits to a server."""
    with serving() as cold:
        page = visit(f"/{slug}", address=cold)
        expect(page.get_by_role("heading", level=1)).to_have_text(
            texts_in("shell", "fr")["pages"][slug]["title"]
        )
        # The frame is there, not the script alone.
        expect(page.get_by_role("link", name="Perceptron").first).to_be_visible()
        expect(page.get_by_role("button", name="Copier le lien")).to_be_visible()
        expect(page.get_by_role("dialog")).to_have_count(0)  # « page not found » would be one


@pytest.mark.parametrize(("locale", "wanted"), [("fr-FR", "fr"), ("zh-CN", "en")])
def test_browser_decides_the_language_the_first_time(visit, locale, wanted):
    page = visit("/perceptron", locale=locale)
    expect(page.get_by_role("heading", level=1)).to_have_text(
        texts_in("shell", wanted)["pages"]["perceptron"]["title"]
    )
    expect(page).to_have_url(re.compile(f"lang={wanted}"))
    expect(page.locator("html")).to_have_attribute("lang", wanted)


def test_the_first_document_says_its_language(browser, app):
    """Before any script has run; a link's language counts before the browser's."""
    for path, browsers, wanted in (
        ("/", "fr-FR", "fr"),
        ("/message", "ar", "en"),
        ("/?lang=EN.", "fr", "en"),
    ):
        context = browser.new_context(java_script_enabled=False, locale=browsers)
        page = context.new_page()
        page.goto(app + path)
        expect(page.locator("html")).to_have_attribute("lang", wanted)
        expect(page.locator("html")).to_have_attribute("translate", "no")
        context.close()


def test_the_first_document_of_a_language_comes_after_other_pages_were_drawn(visit, app):
    visit("/about")
    for language in LANGUAGES:
        with urllib.request.urlopen(f"{app}/?lang={language}") as answer:
            document = answer.read().decode()
        assert f'<html lang="{language}"' in document and 'id="first"' in document


def test_the_first_document_tells_streamlit_what_it_would_ask(visit, app):
    """It connects without asking, and the cookie that the answer would have brought is there."""
    page = visit("/about")
    with urllib.request.urlopen(f"{app}/_stcore/host-config") as answer:
        asked = json.load(answer)
    told = page.evaluate("window.__streamlit")
    assert told["BACKEND_BASE_URL"] == f"{app}/"
    assert told["HOST_CONFIG"].items() <= asked.items()
    assert "_streamlit_xsrf" in {cookie["name"] for cookie in page.context.cookies()}


def test_scripts_and_styles_come_compressed(app):
    with urllib.request.urlopen(app) as answer:
        files = re.findall(r'"\./(static/(?:js|css)/[^"]+)"', answer.read().decode())
    assert len(files) > 10
    script, style = (next(name for name in files if name.endswith(kind)) for kind in (".js", ".css"))
    for asset in (script, style):
        with urllib.request.urlopen(f"{app}/{asset}") as answer:
            whole, plain = answer.read(), answer.headers
        asked = urllib.request.Request(f"{app}/{asset}", headers={"Accept-Encoding": "br, gzip"})
        with urllib.request.urlopen(asked) as answer:
            small, headers = answer.read(), answer.headers
        assert plain["Content-Encoding"] is None and headers["Content-Encoding"] == "gzip"
        assert headers["Cache-Control"] == plain["Cache-Control"]
        assert gzip.decompress(small) == whole and len(small) < len(whole) / 2


def test_fonts_hold_what_is_shown(visit, app):
    page = visit("/about")
    missing = page.evaluate(
        """async (names) => {
          const font = "20px 'Material Symbols Rounded'";
          await document.fonts.load(font);
          await document.fonts.load("italic 20px 'Source Sans'");
          const place = document.body.appendChild(document.createElement("span"));
          place.style = `font: ${font}; white-space: nowrap; font-feature-settings: "liga"`;
          return names.filter((name) => {
            place.textContent = name;
            return place.getBoundingClientRect().width !== 20;
          });
        }""",
        sorted(icons()),
    )
    assert missing == ["star_filled"]  # which the font that Streamlit brings lacks too
    fetched = page.evaluate(
        "performance.getEntriesByType('resource').map(({name, encodedBodySize}) => [name, encodedBodySize])"
    )
    for stem, own in FONTS.items():
        assert {size for name, size in fetched if stem in name} == {(FOLDER / own).stat().st_size}
    # What the first document asks for ahead is used, and asked for once.
    with urllib.request.urlopen(f"{app}/about") as answer:
        ahead = re.findall(r'modulepreload" crossorigin href="\.(/[^"]+)"', answer.read().decode())
    names = [name.removeprefix(app) for name, _ in fetched]
    assert all(any(script in name for name in ahead) for script in ("BidiComponent", "app/component/link"))
    assert all(names.count(name) == 1 for name in ahead) and len(set(ahead)) == len(ahead)


# Each text that is seen is replaced, or wrapped, as translating browsers and extensions do.
TRANSLATE = """(wrap) => {
  const walker = document.createTreeWalker(document.getElementById("root"), NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  for (const text of texts.filter((text) => text.nodeValue.trim() && !text.parentElement.closest("style"))) {
    const font = document.createElement("font");
    if (wrap) text.parentNode.insertBefore(font, text);
    else text.parentNode.replaceChild(font, text);
    font.append(wrap ? text : `[${text.nodeValue}]`);
  }
}"""


# What the page's library does to texts that it still holds: put another before one, take both away.
CHANGE = """async () => {
  const parent = document.getElementById("root").appendChild(document.createElement("p"));
  const [first, second] = ["one", "two"].map((word) => parent.appendChild(document.createTextNode(word)));
  return { parent, first, second };
}"""
CHANGED = """({ parent, first, second }) => {
  const third = document.createTextNode("three");
  parent.insertBefore(third, second);
  const order = parent.textContent;
  for (const text of [first, second, third]) parent.removeChild(text);
  const left = parent.textContent;
  parent.remove();
  return [order, left];
}"""


@pytest.mark.parametrize("wrap", [True, False], ids=["wrapped", "replaced"])
def test_a_translated_page_still_works(visit, wrap):
    page = visit("/latent_space?lang=fr")
    views = texts_in("latent", "fr")["views"]
    page.evaluate(TRANSLATE, wrap)
    for view in ("map", "bottleneck"):
        page.get_by_role("radio", name=views[view]).click()
        expect(page).to_have_url(re.compile("view=" if view != "bottleneck" else r"^((?!view=).)*$"))
        rest(page)
        page.evaluate(TRANSLATE, wrap)
    page.get_by_role("link", name="Perceptron").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Perceptron"))
    texts = page.evaluate_handle(CHANGE)
    page.evaluate(TRANSLATE, wrap)
    order = "onethreetwo" if wrap else "[one]three[two]"
    assert page.evaluate(CHANGED, texts) == [order, ""]


def test_language_switch_keeps_the_state_and_follows_to_other_pages(visit):
    page = visit("/perceptron?data=moons&lang=fr")
    page.get_by_role("radio", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Perceptron")
    expect(page).to_have_url(re.compile(r"(?=.*lang=en)(?=.*data=moons)"))
    page.get_by_role("link", name="Home").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        texts_in("shell", "en")["pages"]["home"]["title"]
    )
    expect(page).to_have_url(re.compile("lang=en"))


def test_streamlit_speaks_the_language_of_the_page(visit, tmp_path):
    busy = "async () => { throw new DOMException('', 'NotReadableError'); }"
    page = visit("/latent_space?src=upload&lang=fr", script=f"navigator.mediaDevices.getUserMedia = {busy}")
    french, english = texts_in("streamlit", "fr"), texts_in("streamlit", "en")
    uploader = page.get_by_test_id("stFileUploader")
    expect(uploader).to_contain_text(french["upload"])
    expect(uploader).to_contain_text(french["limit"].format(x=MAX_MEGABYTES))
    expect(uploader).not_to_contain_text(english["upload"])
    page.get_by_text("Caméra", exact=True).click()
    expect(page.get_by_test_id("stCameraInput")).to_contain_text(french["photo"])
    expect(page.get_by_test_id("stCameraInput")).to_contain_text(texts_in("shell", "fr")["camera"]["busy"])
    page.get_by_text("Fichier", exact=True).click()
    expect(uploader).to_contain_text(french["limit"].format(x=MAX_MEGABYTES))
    page.get_by_role("radio", name="English").click()
    expect(uploader).to_contain_text(english["upload"])
    expect(uploader).to_contain_text(english["limit"].format(x=MAX_MEGABYTES))
    # Why a file that is too large is refused can be read, which Streamlit leaves to screen readers.
    heavy = tmp_path / "lourd.png"
    with heavy.open("wb") as empty:
        empty.truncate((MAX_MEGABYTES + 2) * 2**20)
    page.locator("input[type=file]").set_input_files(heavy)
    sentence = uploader.get_by_text(english["too_large"].format(x=MAX_MEGABYTES))
    expect(sentence).to_be_visible()
    until(sentence.bounding_box, lambda box: box["width"] > 100)
    # So can what the server answers when a visitor's files are too many.
    page.route("**/upload_file/**", lambda route: route.fulfill(status=413))
    page.locator("input[type=file]").set_input_files(file("leger.png", b"x"))
    expect(uploader).to_contain_text(english["too_much"])


# The connection can be cut, and stays so until it is mended.
CABLE = """
const Whole = WebSocket;
window.cable = { cut: false, sockets: [] };
window.WebSocket = class extends Whole {
  constructor(address, protocols) {
    super(cable.cut ? "ws://127.0.0.1:9/" : address, protocols);
    cable.sockets.push(this);
  }
};"""


def test_a_file_chosen_while_the_connection_is_cut_is_given_again(visit):
    page = visit("/image_recognition?src=upload&lang=fr", script=CABLE)
    app = page.get_by_test_id("stApp")
    with page.expect_file_chooser() as chooser:
        page.get_by_test_id("stFileUploaderDropzone").click()
    page.evaluate("cable.cut = true; for (const socket of cable.sockets) socket.close()")
    expect(app).not_to_have_attribute("data-test-connection-state", "CONNECTED")
    chooser.value.set_files(file("ours.png", Image.new("RGB", (90, 60), "orange")))
    page.evaluate("cable.cut = false")
    expect(page.get_by_text(texts_in("shell", "fr")["files"]["again"])).to_be_visible()
    expect(page.get_by_test_id("stFileUploader")).to_contain_text("ours.png")
    rest(page)
    expect(page.get_by_test_id("stFileUploader")).to_contain_text("ours.png")
    expect(page.get_by_test_id("stFileUploader")).to_contain_text(re.compile(r"\d,0\so"))  # its size


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_address_leads_to_the_front_page_with_a_sentence(visit, language):
    page = visit(f"/nowhere?lang={language}")
    shell = texts_in("shell", language)
    expect(page.get_by_role("heading", level=1)).to_have_text(shell["pages"]["home"]["title"])
    notice = page.locator(".st-key-notice")
    expect(notice).to_contain_text(shell["notices"]["unknown"])
    expect(page.get_by_role("dialog")).to_have_count(0)  # Streamlit's own, in English until the app speaks
    notice.get_by_role("button", name=shell["close"]).click()
    expect(notice).to_have_count(0)
    expect(page).not_to_have_url(re.compile("unknown"))


BACKGROUND = "element => getComputedStyle(element).backgroundColor"


def test_on_paper_the_page_is_light_and_in_one_column(visit):
    page = visit("/perceptron?view=compare", color_scheme="dark")
    expect(page.locator(".js-plotly-plot")).to_have_count(2)
    page.emulate_media(media="print")
    for shown in (page.locator("body"), page.get_by_test_id("stApp"), page.get_by_test_id("stMain")):
        expect(shown).to_have_css("background-color", "rgb(255, 255, 255)")
    expect(page.get_by_role("heading", level=1)).to_have_css("color", "rgb(18, 25, 34)")
    expect(page.get_by_test_id("stHeader")).to_be_hidden()
    expect(page.get_by_role("button", name="Copier le lien")).to_be_hidden()
    charts = page.locator(".js-plotly-plot")
    boxes = until(
        lambda: [charts.nth(k).bounding_box() for k in (0, 1)],
        lambda pair: all(box["x"] >= 0 and box["x"] + box["width"] <= 1440 for box in pair),
    )  # not cut at the right
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"]  # one under the other
    cell = page.get_by_test_id("stTable").locator("td").first
    expect(cell).to_have_css("color", "rgb(18, 25, 34)")
    expect(cell).to_have_css("background-color", "rgba(0, 0, 0, 0)")


def test_forced_colours_show_what_is_chosen_and_where_a_slider_runs(visit):
    page = visit("/perceptron", forced_colors="active")
    chosen = page.get_by_role("radio", name=texts_in("perceptron", "fr")["views"]["learn"])
    other = page.get_by_role("radio", name=texts_in("perceptron", "fr")["views"]["hand"])
    expect(chosen).to_have_attribute("aria-checked", "true")
    until(lambda: (chosen.evaluate(BACKGROUND), other.evaluate(BACKGROUND)), lambda two: two[0] != two[1])
    slider = page.get_by_test_id("stSlider").first.get_by_role("group")
    track, thumb = slider.locator("> div > div").first, slider.locator("> div > [data-rac]")
    parts = (page.get_by_test_id("stApp"), track, thumb)
    until(lambda: {part.evaluate(BACKGROUND) for part in parts}, lambda inks: len(inks) == 3)
