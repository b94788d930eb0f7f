"""An answer as one picture to keep: the image, and the likeliest classes with their bars."""

from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont, ImageOps

from dashboard import palette
from dashboard.fonts import FOLDER, TEXT

WIDTH, HEIGHT, MARGIN = 1000, 480, 30
_INK, _PALE = "#1f2630", "#d7e4f2"


def answer_image(image: Image.Image, title: str, answers: Sequence[tuple[str, float, str]]) -> Image.Image:
    """A picture WIDTH x HEIGHT, mode RGB, dark on white.

    Args:
        image: mode RGB, of any size; shown whole.
        answers: what each is called, its probability (0 to 1), and that in writing; at most six.
    """
    side = HEIGHT - 2 * MARGIN
    page = Image.new("RGB", (WIDTH, HEIGHT), "white")
    shown = ImageOps.contain(image, (side, side))
    page.paste(shown, (MARGIN + (side - shown.width) // 2, MARGIN + (side - shown.height) // 2))
    pen = ImageDraw.Draw(page)
    left, right = 2 * MARGIN + side, WIDTH - MARGIN
    pen.text((left, MARGIN), title, _INK, _font(28))
    small = _font(19)
    step = (side - 60) / max(len(answers), 1)
    for place, (name, share, written) in enumerate(answers):
        top = MARGIN + 60 + place * step
        pen.text((left, top), name, _INK, small)
        pen.text((right, top), written, _INK, small, anchor="ra")
        bar = (left, top + 28, right, top + 40)
        pen.rectangle(bar, _PALE)
        if share > 0:
            pen.rectangle((left, bar[1], left + share * (right - left), bar[3]), palette.BLUE)
    return page


def _font(size: int) -> ImageFont.FreeTypeFont:
    """The app's: Pillow's own has no accents."""
    font = ImageFont.truetype(FOLDER / TEXT, size)
    font.set_variation_by_axes([400])  # of weight
    return font
