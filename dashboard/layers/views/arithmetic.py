"""The arithmetic behind one value of a network, in words."""

from dashboard.layers import Explanation, Layer, Pooling, Scaling, WeightedSum
from dashboard.ui.language import mark, number, t


def in_words(how: Explanation, layer: Layer, unit: int, maps: int) -> str:
    """How a unit of a layer got its value, as Markdown; ``maps`` is how many units came before it."""
    if isinstance(how, Scaling):
        return t(
            "activations.sum.scaling",
            pixel=number(how.pixel, 3),
            mean=number(how.mean, 4),
            std=number(how.std, 4),
            value=number(how.value, 3),
        )
    return _pooled(how, unit, maps) if isinstance(how, Pooling) else _summed(how, layer)


def _pooled(how: Pooling, unit: int, maps: int) -> str:
    values = {"n": unit % maps + 1, "value": number(how.value, 3), "count": how.inputs.size}
    if how.averages:
        return t("activations.sum.mean", sum=number(float(how.inputs.sum()), 3), **values)
    if how.inputs.size > 4:
        return t("activations.sum.greatest", **values)
    return t("activations.sum.max", inputs=mark(";").join(number(v, 3) for v in how.inputs.ravel()), **values)


def _summed(how: WeightedSum, layer: Layer) -> str:
    """The sum: products, bias, what ReLU leaves, what a skip adds."""
    channels, side = how.inputs.shape[:2]
    parts = [
        t(
            f"activations.sum.{'patch' if layer.spatial else 'all'}",
            count=number(how.inputs.size, 0),
            channels=channels,
            side=side,
        ),
        t(
            "activations.sum.total",
            products=number(float(how.products.sum()), 3),
            bias=_signed(how.bias),
            total=number(how.total, 3),
        ),
        _rectified(how, layer),
    ]
    if how.skip or layer.kind == "residual":
        parts.append(
            t(
                "activations.sum.skip",
                rectified=number(how.activated, 3),
                skip=number(how.skip, 3),
                value=number(how.value, 3),
            )
        )
    if how.folded:
        parts.append(t("activations.sum.folded"))
    return "\n\n".join(parts)


def _rectified(how: WeightedSum, layer: Layer) -> str:
    if not how.rectified:
        return t(f"activations.sum.{'score' if layer.kind == 'output' else 'linear'}")
    name = "capped" if how.total > how.ceiling else "kept" if how.total > 0 else "cut"
    return t(f"activations.sum.{name}", value=number(how.activated, 3))


def _signed(value: float) -> str:
    """A number as a term of a sum, with its sign before it."""
    return f"{'−' if value < 0 else '+'} {number(abs(value), 3)}"
