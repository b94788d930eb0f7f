"""Every Plotly figure of the app on small made-up data, and what its JSON says once the template is applied.

After a change that is meant to be seen, look at the figures and write the golden files anew:

    python -m tests.unit.figure_cases
"""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import plotly.graph_objects as go
import plotly.io as pio

from dashboard.generation.figures import quality
from dashboard.home import figures as home
from dashboard.latent.figures import bottleneck, hourglass
from dashboard.latent.figures import map as latent_map
from dashboard.latent.figures import scenes as drawn_world
from dashboard.layers import figures as layers
from dashboard.message import figures as message
from dashboard.network.figures import luck
from dashboard.perceptron import figures as perceptron
from dashboard.recognition.figures import quality as judged
from dashboard.recognition.figures import why

GOLDEN = Path(__file__).parent / "golden"
LONGEST = 12
"""Arrays of more entries are kept as their shape, ends and two sums."""


class Echo(dict[str, str]):
    """Labels that are their own keys: texts may change without a figure changing."""

    def __missing__(self, key: str) -> str:
        return key


TEXT = Echo()


def wave(*shape: int, phase: float = 0.0) -> np.ndarray:
    """Numbers between -1 and 1 that look the same on every machine."""
    return np.round(np.sin(1.7 * np.arange(math.prod(shape)) + phase), 4).reshape(shape)


def _curve(name: str, errors: list[int], phase: float) -> perceptron.ErrorCurve:
    return perceptron.ErrorCurve(name, np.array(errors), wave(3, phase=phase))


CURVES = [_curve("a", [5, 2, 0], 0.0), _curve("b", [9, 4, 3, 3], 1.0)]
LABELS = np.where(np.arange(10) % 3, 1, -1)
MAPS = (128 + 120 * wave(16, 8, 8)).astype(np.uint8)
RISING = {"autoencoder": [0.1, 0.05, 0.02], "pca": [0.1, 0.07, 0.05]}
LINES = [
    quality.Line("Euler", [1.0, 2.0, 4.0], [0.5, 0.7, 0.9]),
    quality.Line("Heun", [1.0, 2.0], [0.6, 0.9]),
]
MEASURED = [home.Measured(7850, 4e-5, "a"), home.Measured(55050, 2e-4, "b")]
STAGES = [wave(1, 28, 28), wave(16, 7, 7), wave(64, 1, 1), wave(4, 1, 1), wave(1, 28, 28)]
DELETION = [
    why.Line("Grad-CAM", [0, 0.5, 1], [0.9, 0.2, 0.0], 0),
    why.Line("occlusion", [0, 0.5, 1], [0.9, 0.4, 0.0], 1),
    why.Line("chance", [0, 0.5, 1], [0.9, 0.7, 0.0], None),
]
COUNTS = np.array([[9, 1, 0], [0, 8, 2], [3, 0, 7]])


def _quality(chosen: tuple[float, float] | None, **options: bool) -> go.Figure:
    return quality.curves(LINES, 0.95, chosen, "title", ("x", "y"), TEXT, "fr", "light", **options)


def _reliability() -> go.Figure:
    confidence = np.array([0.55, 0.75, 0.95])
    curves = [("before", confidence, confidence - 0.1, confidence - 0.2, confidence)] * 2
    return judged.reliability(curves, "dark", TEXT, "fr")


def _sum(channels: int, side: int) -> go.Figure:
    return layers.weighted_sum(
        wave(channels, side, side), wave(channels, side, side, phase=1.0), "light", TEXT, "en"
    )


def _layer(units: int, side: int) -> go.Figure:
    hover = {k: f"unit {k}" for k in range(units)}
    return layers.layer(wave(units, side, side), np.arange(units)[::-1], 1, hover, "dark", TEXT, "fr")


def _errors(own: tuple[int, float] | None) -> go.Figure:
    band = ([0.05, 0.02, 0.01], [0.2, 0.1, 0.05])
    return bottleneck.errors([1, 2, 4], RISING, RISING, band, 2, own, TEXT, "fr")


CASES: dict[str, Callable[[], go.Figure]] = {
    "generation_quality_shares": lambda: _quality((2.0, 0.9), logarithmic=True, shares=True),
    "generation_quality_plain": lambda: _quality(None, logarithmic=False, shares=False),
    "home_costs": lambda: home.costs(MEASURED, MEASURED[1], [7850, 55050, 1720330], TEXT, str),
    "latent_errors": lambda: _errors(None),
    "latent_errors_own": lambda: _errors((3, 0.02)),
    "latent_hourglass": lambda: hourglass.hourglass(
        STAGES, list("abcde"), [("left", 0, 2), ("right", 3, 4)], 3, "light", TEXT, "fr"
    ),
    "latent_stage_maps": lambda: hourglass.stage(STAGES[1], "dark", TEXT, "fr"),
    "latent_stage_neurons": lambda: hourglass.stage(STAGES[2], "light", TEXT, "en"),
    "latent_code": lambda: hourglass.code(wave(8), TEXT, "fr"),
    "latent_code_long": lambda: hourglass.code(wave(64), TEXT, "fr"),
    "latent_map_code": lambda: latent_map.code_bars(wave(4), -np.ones(4), np.ones(4), "light", TEXT, "fr"),
    "latent_map_classes": lambda: latent_map.class_counts(np.array([3, 0, 8]), list("012"), TEXT, "fr"),
    "latent_scene_map": lambda: drawn_world.scene_map(
        "data:,", (3, 2), np.array([[0, 0, 7], [2, 1, 4]]), ["a", "b"], 4, TEXT, "fr"
    ),
    "latent_scene_code": lambda: drawn_world.code(wave(3, 8, 8), "light", TEXT, "fr"),
    "latent_sentences": lambda: drawn_world.sentence_map(
        wave(4, 2),
        np.array([0, 0, 1, 1]),
        np.array([0, 1, 0, 1]),
        list("abcd"),
        ["cat", "dog"],
        (np.array([0.5, 0.5]), [0, 2], "own"),
        TEXT,
        "fr",
    ),
    "layer_maps": lambda: _layer(12, 5),
    "layer_neurons": lambda: _layer(16, 1),
    "layer_one_map": lambda: _layer(1, 8),
    "unit_map": lambda: layers.unit_map(
        wave(4, 6), (1, 2), "{row} {column} {value}", 1.0, "light", TEXT, "fr"
    ),
    "sum_one_channel": lambda: _sum(1, 3),
    "sum_few_channels": lambda: _sum(3, 5),
    "sum_many_channels": lambda: _sum(12, 3),
    "sum_large_kernel": lambda: _sum(4, 7),
    "contributions": lambda: layers.contributions(wave(20), [str(k) for k in range(20)], 0.25, TEXT, "fr"),
    "message_curve": lambda: message.curve([12, 100, 1000], [2, 5, 9], [3, 4.5, 8.5], 10, TEXT, "fr"),
    "luck_scores": lambda: luck.score_histogram(np.array([0.5, 0.72, 0.95, 1.0]), 0.95, "light", TEXT, "fr"),
    "luck_overlaid": lambda: luck.overlaid(MAPS, 4, 2, "light", TEXT, "fr"),
    "luck_overlaid_classes": lambda: luck.overlaid(MAPS // 2, 4, 4, "dark", TEXT, "fr"),
    "perceptron_errors_rules": lambda: perceptron.errors_per_epoch(CURVES, TEXT, "fr"),
    "perceptron_errors_none": lambda: perceptron.errors_per_epoch([_curve("a", [9, 0], 0.0)] * 2, TEXT, "fr"),
    "perceptron_lines": lambda: perceptron.boundaries(
        wave(10, 2), LABELS, CURVES, 1.2, ["u", "v"], ["minus", "plus"], TEXT, "fr"
    ),
    "perceptron_products": lambda: perceptron.decomposition(
        np.abs(wave(8, 8)), wave(8, 8), "light", TEXT, "fr"
    ),
    "perceptron_sheet": lambda: perceptron.sheet(
        np.abs(wave(12, 8, 8)), np.arange(12) % 5 == 1, [str(k) for k in range(12)], TEXT, "fr"
    ),
    "perceptron_scores": lambda: perceptron.score_histogram(
        3 * wave(10), LABELS, ["minus", "plus"], TEXT, "fr"
    ),
    "recognition_confusion": lambda: judged.confusion(
        COUNTS, list("abc"), [str(k) for k in range(9)], (0, 1), "light", TEXT, "fr"
    ),
    "recognition_reliability": _reliability,
    "recognition_deletion": lambda: why.deletion(DELETION, "light", TEXT, "fr"),
}


def resolved(figure: go.Figure) -> dict[str, Any]:
    """Traces, frames and layout as plain JSON; the template speaks where the figure itself is silent."""
    layout = figure.layout.to_plotly_json()
    template = dict(layout.pop("template", {}).get("layout", {}))
    every = {axis: template.pop(axis, {}) for axis in ("xaxis", "yaxis")}
    layout = _over(template, layout)
    for name in sorted({"xaxis", "yaxis"} | {key for key in layout if key[1:5] == "axis"}):
        layout[name] = _over(every[name[:5]], layout.get(name, {}))
    return _plain(
        {
            "data": [trace.to_plotly_json() for trace in figure.data],
            "frames": [frame.to_plotly_json() for frame in figure.frames],
            "layout": layout,
        }
    )


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """``above``, and what only ``below`` says, at any depth."""
    both = {
        key: _over(below[key], above[key]) if isinstance(below[key], dict) else above[key]
        for key in below.keys() & above.keys()
    }
    return {**below, **above, **both}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return None if math.isnan(value) else float(f"{value:.6g}")
    if not isinstance(value, list | tuple | np.ndarray):
        return value
    try:
        array = np.asarray(value, float)
    except (TypeError, ValueError):
        items = [_plain(item) for item in value]
        return items if len(items) <= LONGEST else {"n": len(items), "ends": [*items[:3], *items[-3:]]}
    return [_plain(item) for item in value] if array.size <= LONGEST else _summary(array)


def _summary(array: np.ndarray) -> dict[str, Any]:
    """Shape, first and last entries, the sum, and a sum weighted by place, which tells orders apart."""
    flat = np.nan_to_num(array.ravel(), nan=-9.0)
    return {
        "shape": list(array.shape),
        "ends": _plain([*flat[:3], *flat[-3:]]),
        "sum": _plain(float(flat.sum())),
        "weighted": _plain(float(flat @ np.linspace(-1, 1, flat.size))),
    }


def main() -> None:
    """Write the golden files anew."""
    pio.templates.default = None  # what Plotly adds by itself is not ours
    for old in GOLDEN.glob("*.json"):
        old.unlink()
    for name, build in CASES.items():
        text = json.dumps(resolved(build()), indent=1, sort_keys=True, ensure_ascii=False)
        (GOLDEN / f"{name}.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
