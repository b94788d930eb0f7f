"""Large HEIC photographs, read one tile at a time.

A phone stores a HEIC photograph as a grid of small pictures. pillow-heif decodes all of them, then copies
the whole twice: seven bytes a pixel at the peak. libheif, which it carries, also decodes one tile; each is
shrunk at once, so that a photograph of 48 megapixels takes less than 100 MB in place of 330. Functions and
structures are those of `libheif/heif_tiling.h` and `heif_decoding.h` (libheif 1.19 and later).
"""

import ctypes
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, Self

import pillow_heif
from PIL import Image

from dashboard.images.guards import Broken, Costly

MAX_TILES = 1_000
"""Tiles of a picture; phones write tiles of 512 x 512, so 420 for 110 megapixels. Each costs about a
millisecond, however small it is."""
THREADS = 2
BAND = 512
_RGB, _INTERLEAVED_RGB, _INTERLEAVED = 1, 10, 10  # colour space, chroma, channel


class _Error(ctypes.Structure):
    _fields_ = (("code", ctypes.c_int), ("subcode", ctypes.c_int), ("message", ctypes.c_char_p))


class _Tiling(ctypes.Structure):
    _fields_ = (
        ("version", ctypes.c_int),
        *((name, ctypes.c_uint32) for name in ("columns", "rows", "tile_width", "tile_height")),
        *((name, ctypes.c_uint32) for name in ("width", "height", "top", "left")),
        ("dimensions", ctypes.c_uint8),
        ("extra", ctypes.c_uint32 * 8),
    )


@cache
def library() -> ctypes.CDLL | None:
    """The libheif that pillow-heif's wheel carries; none where pillow-heif was built otherwise."""
    package = Path(pillow_heif.__file__).parent
    folders = (package.with_name("pillow_heif.libs"), package / ".dylibs")
    found = [path for folder in folders for path in folder.glob("libheif*")]
    if not found:
        return None
    heif = ctypes.CDLL(str(found[0]))
    pointer, number = ctypes.c_void_p, ctypes.c_int
    signatures: dict[str, tuple[Any, tuple[Any, ...]]] = {
        "heif_context_alloc": (pointer, ()),
        "heif_context_free": (None, (pointer,)),
        "heif_context_set_max_decoding_threads": (None, (pointer, number)),
        "heif_context_read_from_memory_without_copy": (
            _Error,
            (pointer, ctypes.c_char_p, ctypes.c_size_t, pointer),
        ),
        "heif_context_get_primary_image_handle": (_Error, (pointer, pointer)),
        "heif_image_handle_release": (None, (pointer,)),
        "heif_image_handle_get_image_tiling": (_Error, (pointer, number, pointer)),
        "heif_image_handle_decode_image_tile": (
            _Error,
            (pointer, pointer, number, number, pointer, ctypes.c_uint32, ctypes.c_uint32),
        ),
        "heif_image_get_plane_readonly": (pointer, (pointer, number, pointer)),
        "heif_image_get_width": (number, (pointer, number)),
        "heif_image_get_height": (number, (pointer, number)),
        "heif_image_release": (None, (pointer,)),
    }
    for name, (result, arguments) in signatures.items():
        function = getattr(heif, name)
        function.restype, function.argtypes = result, arguments
    return heif


Take = Callable[[Image.Image, int, int], None]
"""What is done with a piece of a picture, and where its upper left corner belongs."""


class Grid:
    """The tiles of the primary picture of a HEIC file; to be closed.

    Attributes:
        size: width and height of the whole, upright.
        tile: width and height of a tile; of the whole picture if it has no tiles.
    """

    def __init__(self, data: bytes) -> None:
        """Read the structure of a file, no pixels.

        Raises:
            Broken: where libheif cannot read it.
            Costly: for more tiles than any camera writes.
        """
        heif = library()
        assert heif, "ask library() first"
        self._heif, self._data = heif, data  # libheif reads the bytes where they are
        self._handle, self._context = ctypes.c_void_p(), ctypes.c_void_p(heif.heif_context_alloc())
        tiling = _Tiling()
        try:
            heif.heif_context_set_max_decoding_threads(self._context, 0)
            _check(heif.heif_context_read_from_memory_without_copy(self._context, data, len(data), None))
            _check(heif.heif_context_get_primary_image_handle(self._context, ctypes.byref(self._handle)))
            _check(heif.heif_image_handle_get_image_tiling(self._handle, 1, ctypes.byref(tiling)))
            if tiling.columns * tiling.rows > MAX_TILES:
                raise Costly
        except (Broken, Costly):
            self.close()
            raise
        self.size, self.tile = (tiling.width, tiling.height), (tiling.tile_width, tiling.tile_height)
        self._across, self._down = tiling.columns, tiling.rows
        # A turn may put the tiles that stick out first. libheif 1.23 says so, but by another number.
        self._left = tiling.columns * tiling.tile_width - tiling.width if tiling.left else 0
        self._top = tiling.rows * tiling.tile_height - tiling.height if tiling.top else 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Give back what libheif holds."""
        if self._handle:
            self._heif.heif_image_handle_release(self._handle)
        self._heif.heif_context_free(self._context)

    def rows(self, first: int, step: int, take: Take) -> None:
        """Hand over every ``step``-th row of tiles, mode RGB, in pieces of at most BAND rows of pixels.

        Raises:
            Broken: for a damaged tile.
        """
        for row in range(first, self._down, step):
            for column in range(self._across):
                self._tile(column, row, take)

    def _tile(self, column: int, row: int, take: Take) -> None:
        heif, image, stride = self._heif, ctypes.c_void_p(), ctypes.c_int()
        _check(
            heif.heif_image_handle_decode_image_tile(
                self._handle, ctypes.byref(image), _RGB, _INTERLEAVED_RGB, None, column, row
            )
        )
        try:
            plane = heif.heif_image_get_plane_readonly(image, _INTERLEAVED, ctypes.byref(stride))
            width = min(heif.heif_image_get_width(image, _INTERLEAVED), self.tile[0])
            height = min(heif.heif_image_get_height(image, _INTERLEAVED), self.tile[1])
            if not plane or min(width, height) < 1:
                raise Broken
            for at in range(0, height, BAND):
                tall = min(BAND, height - at)
                pixels = (ctypes.c_uint8 * (stride.value * tall)).from_address(plane + stride.value * at)
                piece = Image.frombuffer("RGB", (width, tall), pixels, "raw", "RGB", stride.value, 1)
                take(piece, column * self.tile[0] - self._left, row * self.tile[1] - self._top + at)
        finally:
            heif.heif_image_release(image)


def check(data: bytes) -> None:
    """Count the tiles of a HEIC file.

    Raises:
        Broken, Costly: as `Grid`.
    """
    if library():
        Grid(data).close()


def shrunk(data: bytes, factor: int) -> Image.Image:
    """The primary picture of a HEIC file, upright, mode RGB, without transparency, its sides divided by a
    ``factor`` that should divide the sides of its tiles: a power of 2.

    Raises:
        Broken, Costly: as `Grid`; Broken also for damaged tiles.
    """
    grids = [Grid(data) for _ in range(THREADS)]
    try:
        result = Image.new("RGB", tuple(-(-side // factor) for side in grids[0].size))

        def take(piece: Image.Image, left: int, top: int) -> None:
            result.paste(piece.reduce(factor), (left // factor, top // factor))

        with ThreadPoolExecutor(THREADS) as pool:
            list(pool.map(lambda first: grids[first].rows(first, THREADS, take), range(THREADS)))
        return result
    finally:
        for grid in grids:
            grid.close()


def _check(error: _Error) -> None:
    if error.code:
        raise Broken
