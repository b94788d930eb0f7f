"""Send: a photo, a limit, the text, and what other codecs make of the same number of bytes."""

import math

import segno
import streamlit as st
from PIL import Image
from streamlit.delta_generator import DeltaGenerator

from dashboard.codec.quality import error_map, psnr, ssim
from dashboard.codec.rivals import FORMATS
from dashboard.codec.text import BITS, payload
from dashboard.message.frames import Frame
from dashboard.message.views import controls
from dashboard.message.views.shown import message
from dashboard.ui import stage, state
from dashboard.ui.guard import guarded
from dashboard.ui.image_source import Picture
from dashboard.ui.language import current, number, t

_BRIGHTEST = 96  # grey levels of error that are drawn white
_QR = 360  # pixels a side on the screen


def send() -> None:
    """The sender's table."""
    scene, side = stage.split(5, 3)
    with side:
        picture, image = controls.photo()
        sliders = st.container()
    below = st.container()
    _at_limit(picture, image, scene, sliders, below)


@st.fragment
@guarded
def _at_limit(
    picture: Picture,
    image: Image.Image,
    scene: DeltaGenerator,
    sliders: DeltaGenerator,
    below: DeltaGenerator,
) -> None:
    """The slider, and all that follows it."""
    with sliders:
        limit = int(state.slider(controls.LIMIT, t("message.send.limit"), help=t("message.send.limit_help")))
    with scene:
        made = controls.frame(picture, image, limit)
        message("sent", [made], {"do": "receive"}, original=image)
    with sliders:
        _qr(made.text)
    with below, st.expander(t("message.rivals.header"), key="rivals", on_change="rerun") as box:
        if box.open:
            _rivals(picture.digest, image, made)


def _qr(text: str) -> None:
    """The link to the text as a QR code, on the screen and to print."""
    with st.popover(t("message.send.qr"), icon=":material/qr_code_2:", key="qr", on_change="rerun") as box:
        if not box.open:  # 50 ms of processor
            return
        base = (st.context.url or "").split("?")[0]
        code = segno.make(f"{base}?lang={current()}&do=receive&m={text}", error="l", micro=False)
        st.image(code.svg_inline(border=2, light="white"), width=_QR, alt=t("message.send.qr"))
        st.caption(t("message.send.qr_note"))
        stage.download(
            t("message.send.qr_print"), code.svg_inline(scale=6, light="white"), "message.svg", icon=None
        )


def _rivals(digest: str, image: Image.Image, made: Frame) -> None:
    """The same photo by other codecs in as many bytes, and where the message is wrong."""
    room = payload(len(made.text)) * BITS // 8
    st.markdown(t("message.rivals.intro", bytes=number(room, 0), characters=number(len(made.text), 0)))
    columns = st.columns(len(FORMATS) + 2)
    with columns[0]:
        ours = controls.read(made.text)[0].image
        _tile(t("message.rivals.ours"), ours, made.psnr, made.ssim)
    for column, format_ in zip(columns[1:], FORMATS, strict=False):
        with column:
            found = controls.rival(digest, image, format_, room)
            if found is None:
                st.markdown(f"**{format_}**")
                st.info(t("message.rivals.unfit"))
                continue
            _tile(format_, found.image, psnr(image, found.image), ssim(image, found.image))
    with columns[-1]:
        errors = error_map(image, ours) * (255 / _BRIGHTEST)
        st.image(errors.clip(0, 255).astype("uint8"), width="stretch")
        st.caption(t("message.rivals.errors"))


def _tile(name: str, image: Image.Image, decibels: float, similarity: float) -> None:
    st.image(image, width="stretch")
    shown = "∞" if math.isinf(decibels) else number(decibels, 1)
    st.caption(t("message.rivals.caption", name=name, psnr=shown, ssim=number(similarity, 2)))
