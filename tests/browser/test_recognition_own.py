"""Classes of one's own and how solid an answer is, in a real browser."""

import json
import re

import pytest
from playwright.sync_api import Page, expect

from dashboard.datasets.photographs import photograph
from dashboard.recognition.own_samples import samples
from dashboard.ui.language import texts_in
from tests.browser.conftest import PHONE, assert_fits, file, place, rest, until

OWN, SOLID = texts_in("recognition_own", "fr"), texts_in("recognition_robustness", "fr")


def strip(page: Page, count: int) -> list[str]:
    """What is answered to the images on trial, once there are so many."""
    images = page.get_by_role("radiogroup", name=OWN["try"]["choose"]).get_by_role("radio")
    expect(images).to_have_count(count)
    rest(page)
    return images.all_inner_texts()


def test_classes_are_learned_from_ready_images_used_and_taken_away(visit):
    page = visit("/image_recognition?view=own")
    # Ready classes stand there to begin with.
    expect(page.get_by_text(re.compile("Appris en .*brique.*herbe.*gravier"))).to_be_visible()
    expect(page.get_by_text(re.compile(r"Juste pour \d+ sur"))).to_be_visible()
    # The page's own image, a cat, and nine pieces that were kept aside.
    answers = strip(page, 10)
    right = [name in text for name, text in zip(["brique", "herbe", "gravier"], answers[1::3], strict=True)]
    assert sum(right) >= 2
    page.get_by_role("radio", name=re.compile(f"^{OWN['try']['page']}")).click()
    expect(page.get_by_text("ne ressemble à aucun de vos exemples")).to_be_visible()
    # A name of the visitor's, shown letter by letter.
    box = page.get_by_label(OWN["name"].format(n=1))
    box.fill("<b>mur</b>")
    box.press("Enter")
    expect(page.get_by_text("« <b>mur</b> », « herbe »")).to_be_visible()
    # A new image and one that is none.
    new = samples("textures").kept[1][0]
    page.locator('input[type="file"]').nth(-2).set_input_files(
        [file("neuve.png", new.rotate(90)), file("faux.png", b"no image")]
    )
    expect(page.get_by_text("« faux.png »")).to_be_visible()
    expect(page.get_by_role("radio", name=re.compile("^neuve"))).to_have_attribute("aria-checked", "true")
    assert "herbe" in strip(page, 11)[-1]
    with page.expect_download() as download:
        page.get_by_role("button", name=OWN["file"]["download"]).click()
    content = download.value.path().read_bytes()
    assert json.loads(content)["names"] == ["<b>mur</b>", "herbe", "gravier"]
    # Forgotten, then taken up again from the file.
    page.get_by_role("button", name=OWN["anew"]).click()
    expect(page.get_by_text(OWN["few"])).to_be_visible()
    rest(page)
    loader = page.locator('input[type="file"]').last
    loader.set_input_files(file("x.json", b"{}"))
    expect(page.get_by_text(OWN["file"]["wrong"])).to_be_visible()
    rest(page)
    loader.set_input_files(file("mine.json", content))
    expect(page.get_by_text("Classes reprises du fichier")).to_contain_text("<b>mur</b>")
    strip(page, 1)


def test_a_double_click_takes_one_class_and_one_image(visit):
    page = visit("/image_recognition?view=own")
    expect(page.get_by_text(re.compile("Appris en .*brique.*herbe.*gravier"))).to_be_visible()
    rest(page)
    page.get_by_role("button", name=OWN["remove"]).first.dblclick()
    expect(page.get_by_text(re.compile("Appris en .*herbe.*gravier"))).to_be_visible()
    rest(page)
    expect(page.get_by_label(re.compile(OWN["name"].format(n=r"\d")))).to_have_count(2)
    counts = page.get_by_text(re.compile(r"^\d+ images?$"))
    before = int(counts.first.inner_text().split()[0])
    page.get_by_role("button", name=OWN["take_out"]).first.dblclick()
    expect(counts.first).to_have_text(re.compile(rf"^{before - 1} images?$"))
    rest(page)
    expect(counts.first).to_have_text(re.compile(rf"^{before - 1} images?$"))


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("NotAllowedError", "refused"),
        ("NotFoundError", "missing"),
        ("NotReadableError", "busy"),
        (None, "insecure"),
    ],
)
def test_why_there_is_no_camera(visit, error, reason):
    refuse = (
        f"navigator.mediaDevices.getUserMedia = async () => {{ throw new DOMException('', '{error}'); }};"
    )
    none = (
        "Object.defineProperty(window, 'isSecureContext', { value: false });"
        "Object.defineProperty(navigator, 'mediaDevices', { value: undefined, writable: true });"
    )
    page = visit("/image_recognition?view=own", script=refuse if error else none)
    page.get_by_role("button", name=OWN["anew"]).click()
    rest(page)
    page.get_by_role("button", name=OWN["sources"]["camera"]).first.click()
    why = texts_in("shell", "fr")["camera"][reason]
    expect(page.locator(".camera [role=status]")).to_have_text(why)
    expect(page.get_by_role("button", name=OWN["camera"]["hold"])).to_be_disabled()


def test_classes_from_files_on_a_phone(visit):
    page = visit("/image_recognition?view=own", **PHONE)
    page.get_by_role("button", name=OWN["anew"]).click()
    rest(page)
    photo = photograph("coffee")
    for k, box in enumerate([(0, 0, 300, 300), (250, 50, 600, 400)]):
        if k:
            page.get_by_role("button", name=OWN["sources"]["files"]).nth(k).click()
            rest(page)
        expect(page.get_by_text(OWN["count"]["one"].format(n=0), exact=True)).to_have_count(2 - k)
        page.locator('input[type="file"]').first.set_input_files(file("tasse.jpg", photo.crop(box)))
        expect(page.get_by_text(OWN["count"]["one"].format(n=1), exact=True)).to_have_count(k + 1)
    expect(page.get_by_text("Appris en")).to_be_visible()
    expect(page.get_by_text(OWN["no_trial"][:30])).to_be_visible()
    assert_fits(page)


def test_a_slider_changes_image_and_answer_and_stays_in_the_address(visit):
    page = visit("/image_recognition?view=robustness&model=digits&pick=17&shake=rotation&epsd=128")
    slider = page.get_by_role("slider", name=SOLID["corruptions"]["rotation"]["name"])
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^0° · 6"))
    canvas = page.locator("canvas[role=img]").first
    pixels = "c => [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data].join()"
    rest(page)
    before = canvas.evaluate(pixels)
    slider.focus()
    for _ in range(5):
        slider.press("ArrowRight")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^75° · "))
    until(lambda: canvas.evaluate(pixels), lambda now: now != before)
    expect(page).to_have_url(re.compile("rot=75"))
    expect(page.get_by_text(re.compile("La réponse.*6.*bascule"))).to_be_visible()
    # An attack in plain sight: no network withstands it.
    expect(page.get_by_text("Trompé.", exact=True)).to_be_visible()
    page.goto(page.url)
    expect(slider).to_have_attribute("aria-valuetext", re.compile("^75° · "))


def test_a_cell_of_the_confusion_matrix_shows_its_images(visit):
    page = visit("/image_recognition?view=quality&model=fashion&cell=9_7")
    images = page.get_by_role("radiogroup", name=texts_in("recognition_quality", "fr")["images"]).first
    heading = page.get_by_text(re.compile(r"^\d+ images.*bottine"))
    expect(heading).to_be_visible()
    count = int(re.match(r"\d+", heading.inner_text())[0])
    expect(images.get_by_role("radio")).to_have_count(count)
    # The middle of the cell t-shirt (row 1) taken for shirt (column 7).
    area = page.locator(".js-plotly-plot").first.locator(".nsewdrag").first
    page.mouse.click(*place(area, 0.65, 0.05))
    expect(page.get_by_text(re.compile("images.*t-shirt"))).to_be_visible()
    expect(page).to_have_url(re.compile("cell=0_6"))
