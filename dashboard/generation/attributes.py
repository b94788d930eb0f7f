"""What can be asked of a digit or a garment besides its class, measured on its pixels.

All from moments and outlines of the silhouette, so that a blurred or a generated image can be measured too.
"""

import numpy as np
from numpy.typing import NDArray

from dashboard.datasets.images import DatasetName

ATTRIBUTES = ("slant", "thickness", "size", "brightness")
# The grey from which a pixel belongs to the silhouette entirely: ink is white, cloth may be almost black.
FULL_INK: dict[DatasetName, float] = {"digits": 1.0, "fashion": 0.15}


def measure(dataset: DatasetName, images: NDArray[np.floating]) -> NDArray[np.float64]:
    """Attributes (n, 4) of images (n, 28, 28) in [0, 1], in the order of ATTRIBUTES; 0 for an empty image.

    - slant: pixels that the silhouette moves to the right for one pixel up (its second moments:
      covariance of the coordinates over vertical variance);
    - thickness: of its strokes, in pixels: twice its area over the length of its outline, the outline
      being the total variation of the silhouette, as exact for a stroke of grey edges;
    - size: root mean square distance of its pixels from their centre, in pixels;
    - brightness: mean grey of its pixels, 0 to 1, each counting as much as it is grey.

    Not all are free of one another: among training digits of a class, thick strokes are bright ones
    (correlation .87), their grey edges being a smaller part. Of garments only shoes and bags lean noticeably.
    """
    pixels = np.asarray(images, np.float64)
    ink = np.clip(pixels / FULL_INK[dataset], 0.0, 1.0)
    area = ink.sum(axis=(1, 2))
    weight = ink / np.maximum(area, 1e-9)[:, None, None]
    rows, columns = (np.arange(28.0) for _ in range(2))
    down, across = weight.sum(axis=2), weight.sum(axis=1)
    y = rows - (down @ rows)[:, None]
    x = columns - (across @ columns)[:, None]
    vertical, horizontal = (down * y**2).sum(axis=1), (across * x**2).sum(axis=1)
    together = np.einsum("nij,ni,nj->n", weight, y, x)
    framed = np.pad(ink, ((0, 0), (0, 1), (0, 1)))
    framed = np.pad(framed, ((0, 0), (1, 0), (1, 0)))
    step_y = framed[:, 1:, :-1] - framed[:, :-1, :-1]
    step_x = framed[:, :-1, 1:] - framed[:, :-1, :-1]
    outline = np.sqrt(step_y**2 + step_x**2).sum(axis=(1, 2))
    some = area > 1e-6
    return np.stack(
        [
            np.where(some, -together / np.maximum(vertical, 1e-9), 0.0),
            np.where(some, 2.0 * area / np.maximum(outline, 1e-9), 0.0),
            np.where(some, np.sqrt(vertical + horizontal), 0.0),
            (pixels**2).sum(axis=(1, 2)) / np.maximum(pixels.sum(axis=(1, 2)), 1e-9),
        ],
        axis=1,
    )
