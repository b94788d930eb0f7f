"""From an image to the grids of coefficients that a message carries, and back to an image."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from dashboard.codec.arithmetic import VALUE, Array
from dashboard.codec.network import BLOCK, COLOURS, Network, Pick

LONGEST_SIDE = 512
WHITE = (255, 255, 255)


@dataclass(frozen=True)
class Shape:
    """Size of the image on the way back, in pixels, and of what is coded.

    `blocks` is the longer side of what is coded, in blocks of 8 pixels; 0 codes every pixel.
    """

    width: int
    height: int
    blocks: int = 0

    @property
    def grid(self) -> tuple[int, int]:
        """Height and width of what is coded, in blocks."""
        if self.blocks == 0:
            return -(-self.height // BLOCK), -(-self.width // BLOCK)
        longest = max(self.width, self.height)
        height, width = (
            max(1, (2 * self.blocks * side + longest) // (2 * longest)) for side in (self.height, self.width)
        )
        return height, width


def canonical(image: Image.Image) -> Image.Image:
    """An RGB image, on white where it is transparent, its longest side at most 512 pixels."""
    if image.mode.startswith("I;16"):
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    elif image.mode in ("I", "F"):
        values = np.nan_to_num(np.asarray(image, np.float64), posinf=0.0, neginf=0.0)
        span = float(np.ptp(values)) or 1.0
        image = Image.fromarray(((values - values.min()) / span * 255).astype(np.uint8))
    shrink = min(1.0, LONGEST_SIDE / max(image.size))
    if shrink < 1:
        if image.mode not in ("RGB", "L", "RGBA", "LA"):
            image = image.convert("RGBA")
        width, height = (max(1, round(side * shrink)) for side in image.size)
        image = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)
    if image.mode == "RGB":
        return image
    seen = image.convert("RGBA")
    ground = Image.new("RGBA", seen.size, (*WHITE, 255))
    return Image.alpha_composite(ground, seen).convert("RGB")


def samples(image: Image.Image, shape: Shape) -> NDArray[np.float64]:
    """The pixels to code (8 h, 8 w, 3), 0 to 255: reduced, or with its last row and column repeated."""
    height, width = shape.grid
    if shape.blocks:
        image = image.resize((width * BLOCK, height * BLOCK), Image.Resampling.LANCZOS)
    pixels = np.asarray(image, np.float64)
    margins = [(0, height * BLOCK - pixels.shape[0]), (0, width * BLOCK - pixels.shape[1]), (0, 0)]
    return np.pad(pixels, margins, mode="edge")


def finished(pixels: NDArray[np.uint8], shape: Shape) -> Image.Image:
    """The image from the pixels that were coded."""
    size = (shape.width, shape.height)
    if shape.blocks == 0:
        return Image.fromarray(np.ascontiguousarray(pixels[: shape.height, : shape.width]))
    return Image.fromarray(pixels).resize(size, Image.Resampling.BICUBIC)


def analyse(pixels: NDArray[np.float64], analysis: NDArray[np.float64]) -> Array:
    """Coefficients (h, w, 192) of pixels (8 h, 8 w, 3), in grey levels."""
    padded = np.pad(pixels - 128, ((4, 4), (4, 4), (0, 0)), mode="edge")
    height, width = pixels.shape[0] // BLOCK, pixels.shape[1] // BLOCK
    windows = np.lib.stride_tricks.sliding_window_view(padded, (16, 16), axis=(0, 1))[::BLOCK, ::BLOCK]
    # (h, w, 3, 16, 16) to (h w, 16 16 3)
    return (windows.transpose(0, 1, 3, 4, 2).reshape(height * width, -1) @ analysis).reshape(
        height, width, -1
    )


def haar(grid: Array) -> tuple[Array, Array]:
    """Averages (h, w, c) and details (h, w, 3 c) of a grid, whose last row and column repeat if it is odd."""
    height, width, channels = grid.shape
    even = np.pad(grid, ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    a, b, c, d = (even[i::2, j::2] for i in (0, 1) for j in (0, 1))
    details = np.stack([(a - b + c - d) / 2, (a + b - c - d) / 2, (a - b - c + d) / 2], 3)
    return (a + b + c + d) / 2, details.reshape(*details.shape[:2], 3 * channels)


def unhaar(averages: Array, details: Array, shape: tuple[int, int]) -> Array:
    """The grid of this height and width that has these averages and details, rounded to whole units."""
    height, width, channels = averages.shape
    x, y, z = np.moveaxis(details.reshape(height, width, channels, 3), 3, 0)
    grid = np.empty((2 * height, 2 * width, channels))
    grid[::2, ::2] = averages + x + y + z
    grid[::2, 1::2] = averages - x + y - z
    grid[1::2, ::2] = averages + x - y - z
    grid[1::2, 1::2] = averages - x - y + z
    return np.floor(grid[: shape[0], : shape[1]] / 2 + 0.5)


def sizes(shape: tuple[int, int]) -> list[tuple[int, int]]:
    """Heights and widths of the levels' grids, the coarsest twice: averages and details, then finer."""
    half = (-(-shape[0] // 2), -(-shape[1] // 2))
    quarter = (-(-half[0] // 2), -(-half[1] // 2))
    return [quarter, quarter, half, shape]


def repeated(shape: tuple[int, int]) -> NDArray[np.bool_] | None:
    """Which details (h w, 9) of a grid of this size are 0 because its last row or column repeats."""
    height, width = -(-shape[0] // 2), -(-shape[1] // 2)
    if shape[0] % 2 == 0 and shape[1] % 2 == 0:
        return None
    fixed = np.zeros((height, width, COLOURS, 3), bool)
    if shape[1] % 2:
        fixed[:, -1, :, [0, 2]] = True
    if shape[0] % 2:
        fixed[-1, :, :, [1, 2]] = True
    return fixed.reshape(height * width, -1)


def targets(pixels: NDArray[np.float64], network: Network) -> list[Array]:
    """What the four levels should carry of pixels (8 h, 8 w, 3), as (places, coefficients) in VALUE units."""
    grid = analyse(pixels, network.analysis) * VALUE
    middle, details = haar(grid[:, :, :COLOURS])
    coarse, coarser = haar(middle)
    return [flat(part) for part in (coarse, coarser, details, grid[:, :, COLOURS:])]


def flat(grid: Array) -> Array:
    return grid.reshape(-1, grid.shape[2])


def run(
    network: Network, shape: tuple[int, int], index: int, pick: Pick, finish: bool = True
) -> tuple[Array, Array]:
    """All levels, from coarse to fine, for a grid of blocks of this height and width.

    Returns the coefficients (h w, 192) in VALUE units and the last state, for `Redraw.run`; that state is
    incomplete unless `finish`.
    """
    grids = sizes(shape)
    known, _ = network.levels[0].run(grids[0], None, index, pick)
    for level, coarse, fine in zip(network.levels[1:3], grids[1:3], grids[2:4], strict=True):
        details, _ = level.run(coarse, known, index, pick, repeated(fine))
        known = flat(unhaar(known.reshape(*coarse, -1), details.reshape(*coarse, -1), fine))
    rest, state = network.levels[3].run(shape, known, index, pick, finish=finish)
    return np.concatenate([known, rest], 1), state
