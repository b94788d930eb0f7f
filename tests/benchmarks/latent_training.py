"""Training an autoencoder while somebody watches; and decoding in the browser, the walk's image by image.

    python -m tests.benchmarks.latent_training [RUNS]

The last line is one JSON object: milliseconds of a training of the default settings, its error
against that of PCA of the same size, kilobytes of its film; milliseconds of one decoded image in the
browser, and the greatest difference from torch's, in grey levels of 255. `load` is the machine's.
"""

import base64
import os
import sys

import numpy as np

from dashboard.latent import portable
from dashboard.latent.coders import coder
from dashboard.latent.training import Settings, Training, pca_error
from dashboard.latent.walks import pixels
from dashboard.ui.component import bundle
from tests.benchmarks.browser import chromium
from tests.benchmarks.report import measure, print_report, spread

DECODED = 200
_TIMED = """([steps, weights, codes]) => {
  const decode = decoderOf(steps, halves(octets(weights)));
  for (const code of codes.slice(0, 20)) decode(code);
  const times = [];
  const images = codes.map((code) => {
    const began = performance.now();
    const image = decode(code);
    times.push(performance.now() - began);
    return Array.from(image);
  });
  return [times, images];
}"""


def trained(settings: Settings, runs: int) -> dict[str, object]:
    """A whole training, as if nobody interrupted it."""
    made = Training(settings)

    def whole() -> None:
        nonlocal made
        made = Training(settings)
        made.advance(60)

    return {
        **measure(whole, runs, warm_up=0),
        "epochs": round(float(made.epochs[-1]), 1),
        "error": round(float(made.losses[-1, 1]), 4),
        "pca": round(pca_error(settings.dataset, settings.size), 4),
        "film_kB": round(made.frames.nbytes / 1000),
    }


def decoded(names: list[tuple[str, int, str]]) -> dict[str, object]:
    """The browser's decoder: time of an image, and how it differs from torch's."""
    scripts = bundle("kit.js") + bundle("neural.js")
    result: dict[str, object] = {}
    with chromium() as browser:
        page = browser.new_page()
        page.add_script_tag(content=scripts)
        for dataset, size, kind in names:
            by = coder(dataset, size, kind)
            codes = by.encode(pixels(by.dataset)[:DECODED])
            made = portable.program(by)
            weights = base64.b64encode(made.weights).decode()
            times, images = page.evaluate(_TIMED, [made.steps, weights, codes.tolist()])
            difference = np.abs(np.array(images).reshape(-1, 28, 28) - by.decode(codes)).max()
            result[by.name] = {
                "ms": spread(times, 2),
                "weights_kB": round(len(weights) / 1000),
                "difference": round(255 * float(difference), 3),
            }
    return result


def main(runs: int) -> None:
    print_report(
        load=round(os.getloadavg()[0], 1),
        training={name: trained(Settings(name), runs) for name in ("digits", "fashion")},
        browser=decoded([("digits", 2, "autoencoder"), ("digits", 2, "vae"), ("digits", 16, "autoencoder")]),
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
