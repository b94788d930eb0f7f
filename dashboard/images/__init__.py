"""Images as they come in: any upload, drawing or camera frame -> one upright RGB image; and back to PNG.

Decides by content, never by name; refuses before it decodes; writes nothing to disk or to a log. A refusal is
an exception that carries a slug for the text, in the visitor's language, of `locales/*/images.toml`.
"""

import base64
import io
import re
import threading
import tomllib
from contextlib import nullcontext
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pillow_heif
from PIL import AvifImagePlugin, Image, ImageCms

from dashboard.images import tiles
from dashboard.images.guards import GUARDS, Costly, kind, orientation, slim_png

_CONFIGURATION = Path(__file__).parents[2] / ".streamlit" / "config.toml"
MAX_MEGABYTES: int = tomllib.loads(_CONFIGURATION.read_text("utf-8"))["server"]["maxUploadSize"]
"""Declared where Streamlit reads it, and nginx' limit is made from it too. What can read it nowhere,
`deploy/kubernetes.yaml`, is held to it by a test."""
MAX_MEGAPIXELS = {
    **dict.fromkeys(("JPEG", "HEIF"), 110),
    **dict.fromkeys(("PNG", "GIF", "BMP"), 40),
    **{"TIFF": 35, "AVIF": 25, "WEBP": 15},
}
"""Photographs of phones are decoded at a reduced scale; any other picture as a whole, in 250 MB at most, of
which each format's decoder needs more or less for a pixel."""
WHOLE_HEIF = 24
"""Megapixels of a HEIC picture up to which it is decoded as a whole; larger ones tile by tile."""
MAX_TILE = 40
"""Megapixels of such a tile."""
LARGE = 12
"""Megapixels from which on pictures are decoded one after another, whoever sent them."""
MAX_RATIO = 50
"""Longest side over shortest."""
MAX_SIDE = 2048
"""Longest side of the result, in pixels: larger pictures are shrunk."""
ENOUGH = 2000
"""Longest side, in pixels, for which a photograph is decoded at a smaller scale: one of 12 megapixels at a
half, one of 50 at a quarter, which leaves it 2,040."""
MAX_NAME = 40

REASONS = (
    *("empty", "too_heavy", "too_large", "too_long", "costly", "broken"),
    *("vector", "web_page", "archive", "document", "video", "other_image", "unknown"),
)
FORMATS = tuple(MAX_MEGAPIXELS)

NUMBERS = ("I", "F")
"""Modes whose pixels are numbers of any size: shrunk as they are, for their scale is the whole picture's."""
BAND = 256
"""Rows of a large picture that are shrunk at once."""

SRGB = ImageCms.createProfile("sRGB")

pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=2)
AvifImagePlugin.DEFAULT_MAX_THREADS = 2
Image.MAX_IMAGE_PIXELS = 1_000_000 * max(MAX_MEGAPIXELS.values())  # beyond it Pillow warns
_one_large = threading.Lock()
_CHECKS = {**GUARDS, "HEIF": tiles.check}

UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each EXIF orientation."""


class ImageRefused(ValueError):
    """A file that is not let in.

    `reason` is the slug of its sentence in `locales/*/images.toml`, one of REASONS; `name` the file's name,
    shortened and safe to show as Markdown; `limit` what was exceeded: megabytes, millions of pixels or the
    ratio of the sides, None for other reasons.
    """

    def __init__(self, reason: str, name: str, limit: int | None = None) -> None:
        super().__init__(reason)
        self.reason, self.name, self.limit = reason, name, limit


def load(source: bytes | BinaryIO, name: str = "") -> Image.Image:
    """The picture in `source`: mode RGB, 8 bits, upright, sRGB, on white where it is transparent, at most
    MAX_SIDE on its longest side; the first frame if there are several.

    `name` is the visitor's file name, for the refusal alone. Raises ImageRefused for anything else.
    """
    shown = safe_name(name)
    limit = MAX_MEGABYTES * 1_000_000
    data = source if isinstance(source, bytes) else source.read(limit + 1)
    if not data:
        raise ImageRefused("empty", shown)
    if len(data) > limit:
        raise ImageRefused("too_heavy", shown, MAX_MEGABYTES)
    format_ = kind(data)
    if format_ not in FORMATS:
        raise ImageRefused(format_, shown)
    try:
        if format_ in _CHECKS:
            _CHECKS[format_](data)
        elif format_ == "PNG":
            data = slim_png(data)
        with Image.open(io.BytesIO(data), formats=[format_]) as image:
            _check_size(image, data, shown)
            with _one_large if _megapixels(image) > LARGE else nullcontext():
                return _finished(image, data)
    except ImageRefused:
        raise
    except Costly:
        raise ImageRefused("costly", shown) from None
    except Image.DecompressionBombError:
        raise ImageRefused("too_large", shown, MAX_MEGAPIXELS[format_]) from None
    except Exception:
        # Decoders of damaged files raise a dozen kinds of exception, some of them by accident.
        raise ImageRefused("broken", shown) from None


def to_png(image: Image.Image) -> bytes:
    """The image as a PNG file."""
    file = io.BytesIO()
    image.save(file, "PNG", compress_level=3)
    return file.getvalue()


def address(image: Image.Image, quality: int = 90) -> str:
    """The image as the address of a WebP, as good as the eye can tell."""
    file = io.BytesIO()
    image.save(file, "WEBP", quality=quality, method=2)
    return f"data:image/webp;base64,{base64.b64encode(file.getvalue()).decode()}"


def safe_name(name: str) -> str:
    """A file name that cannot be read as Markdown, HTML or a change of writing direction, at most MAX_NAME
    characters before escaping; its end is kept, which says what it claims to be."""
    name = re.split(r"[/\\]", name)[-1]
    name = "".join(c if c.isprintable() else " " for c in name).strip()
    if len(name) > MAX_NAME:
        name = f"{name[: MAX_NAME - 11]}…{name[-10:]}"
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", name)


def _megapixels(image: Image.Image) -> float:
    return image.width * image.height / 1_000_000


def _check_size(image: Image.Image, data: bytes, shown: str) -> None:
    limit = MAX_MEGAPIXELS[image.format or ""]
    if image.format == "HEIF" and limit >= _megapixels(image) > WHOLE_HEIF:
        limit = _limit_of_tiles(image, data)
    if _megapixels(image) > limit:
        raise ImageRefused("too_large", shown, limit)
    width, height = image.size
    if max(width, height) > MAX_RATIO * min(width, height):
        raise ImageRefused("too_long", shown, MAX_RATIO)


def _limit_of_tiles(image: Image.Image, data: bytes) -> int:
    """Megapixels that a large HEIC picture may have: it depends on what it is made of."""
    if image.mode == "RGBA" or not tiles.library():
        return WHOLE_HEIF
    with tiles.Grid(data) as grid:
        across, down = grid.tile
        return MAX_MEGAPIXELS["HEIF"] if across * down <= MAX_TILE * 1_000_000 else MAX_TILE


def _finished(image: Image.Image, data: bytes) -> Image.Image:
    profile = image.info.get("icc_profile")
    turn = orientation(image.info.get("exif") or b"")
    image = _shrunk(_eight_bits(_decoded(image, data)))
    image = _on_white(_in_srgb(image, profile))
    return image.transpose(UPRIGHT[turn]) if turn in UPRIGHT else image


def _decoded(image: Image.Image, data: bytes) -> Image.Image:
    """The pixels: at least ENOUGH on the longest side if there are so many, less than twice that."""
    factor = max(1, max(image.size) // ENOUGH)
    if image.format == "HEIF" and _megapixels(image) > WHOLE_HEIF:
        return tiles.shrunk(data, 1 << factor.bit_length() - 1)
    # A JPEG is decoded at a half, a quarter or an eighth where that is enough.
    image.draft(None, (image.width // factor, image.height // factor))
    image.load()
    factor = max(image.size) // MAX_SIDE
    return _reduced(image, factor) if factor > 1 else image


def _reduced(image: Image.Image, factor: int) -> Image.Image:
    """A picture whose sides are divided, some rows at a time: modes that cannot be shrunk are changed, which
    for the whole picture would take several times its memory."""
    rows = factor * max(1, BAND // factor)
    result = None
    for top in range(0, image.height, rows):
        band = image.crop((0, top, image.width, min(top + rows, image.height)))
        band.info = image.info
        band = (band if band.mode in NUMBERS else _eight_bits(band)).reduce(factor)
        if result is None:
            result = Image.new(band.mode, (band.width, -(-image.height // factor)))
        result.paste(band, (0, top // factor))
    assert result
    return result


def _eight_bits(image: Image.Image) -> Image.Image:
    """A mode that can be shrunk: L, LA, RGB, RGBA or CMYK."""
    if image.mode.startswith("I;16"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("I", "F"):
        # Numbers without a scale of their own: the least is black, the greatest white.
        values = np.nan_to_num(np.asarray(image, dtype=np.float64), posinf=0.0, neginf=0.0)
        span = float(np.ptp(values)) or 1.0
        return Image.fromarray(((values - values.min()) / span * 255).astype(np.uint8))
    if "transparency" in image.info or image.mode in ("PA", "La", "RGBa"):
        return image.convert("RGBA")
    if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _shrunk(image: Image.Image) -> Image.Image:
    longest = max(image.size)
    if longest <= MAX_SIDE:
        return image
    width, height = (max(1, round(side * MAX_SIDE / longest)) for side in image.size)
    return image.resize((width, height), Image.Resampling.BICUBIC, reducing_gap=2.0)


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The colours that the embedded profile means, as far as it can be read and fits the pixels."""
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        alpha = image.getchannel("A") if image.mode == "RGBA" else None
        try:
            opaque = image.convert("RGB") if alpha else image
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(opaque, meant, SRGB, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            return image
        assert converted is not None
        if alpha:
            converted.putalpha(alpha)
        return converted
    return image


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode in ("RGBA", "LA"):
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(white, image)
    return image.convert("RGB")
