"""The front page's drawings show what they are given."""

import json

import numpy as np
import pytest

from dashboard.home import cost, figures

DRAWING = {
    "pixels": "px",
    "digits": "dg",
    "image": "image",
    "copy": "copy",
    "hover_input": "in",
    "hover": "{layer} {n_in} {parameters}",
}
CHART = dict.fromkeys(("x", "y", "seen", "chosen", "possible", "proportional", "hover"), "text")


def texts(figure):
    return [
        text
        for trace in figure.data
        if trace.type == "scatter" and trace.mode == "markers+text"
        for text in trace.text
    ]


def test_few_neurons_are_all_drawn_and_many_are_not():
    assert [figures.shown(n) for n in (1, 10, 12)] == [1, 10, 12]
    drawn = [figures.shown(n) for n in cost.WIDTHS]
    assert drawn == sorted(drawn) and drawn[-1] <= figures.MOST
    assert len(set(drawn)) == len(drawn), "each width must look different"


@pytest.mark.parametrize("neurons", [1, 2, 7, 12, 16, 64, 784])
def test_places_are_centred_with_a_gap_for_what_is_left_out(neurons):
    places = figures.heights(neurons)
    assert len(places) == figures.shown(neurons)
    assert places[0] == -places[-1]
    assert (np.diff(places) == -2).sum() == (len(places) < neurons)


@pytest.mark.parametrize("layers", range(cost.MOST_LAYERS + 1))
def test_network_has_a_column_and_the_true_count_for_each_layer(layers):
    sizes = cost.sizes(layers, 128)
    figure = figures.network(sizes, DRAWING, str)
    neurons = next(trace for trace in figure.data if trace.mode == "markers")
    assert np.bincount(neurons.x).tolist() == [figures.shown(n) for n in sizes]
    counts, digits = texts(figure)[: len(sizes)], texts(figure)[-10:]
    assert counts == ["<b>784</b><br>px", *["<b>128</b><br>"] * layers, "<b>10</b><br>dg"]
    assert texts(figure).count("<b>⋮</b>") == layers + 1
    assert digits == list("0123456789")
    assert neurons.hovertext[0] == "in"
    assert neurons.hovertext[figures.shown(784)] == f"1 784 {784 * sizes[1] + sizes[1]}"


def test_links_join_every_drawn_pair_once():
    figure = figures.network((784, 16, 10), DRAWING, str)
    lines = [trace for trace in figure.data if trace.type == "scatter" and trace.mode == "lines"]
    links = np.concatenate([np.column_stack([t.x, t.y]).reshape(-1, 3, 2)[:, :2] for t in lines])
    assert len(links) == len(np.unique(links.round(6), axis=0)) == 12 * 4 + 4 * 10
    assert {t.line.color for t in lines} == {figures.BLUE, figures.ORANGE}


def test_the_hourglass_ends_in_an_image():
    figure = figures.network((784, 64, 16, 64, 784), DRAWING, str, rebuilds=True)
    images = [trace for trace in figure.data if trace.type == "heatmap"]
    assert [image.hovertemplate.split("<")[0] for image in images] == ["image", "copy"]
    assert all(np.shape(image.z) == (28, 28) for image in images)
    assert texts(figure)[:5:4] == ["<b>784</b><br>px"] * 2


def test_the_digit_has_ink_inside_and_its_copy_is_softer():
    digit = figures.digit()
    copy = figures.blurred(digit)
    assert digit.dtype == copy.dtype == np.uint8
    assert digit.max() == 255 and 0.1 < (digit > 0).mean() < 0.4
    edge = np.concatenate([digit[0], digit[-1], digit[:, 0], digit[:, -1]])
    assert not edge.any()
    assert copy.max() < digit.max()
    assert copy.mean() == pytest.approx(digit.mean(), rel=0.05)


def test_costs_mark_the_chosen_network_on_logarithmic_axes():
    seen = [figures.Measured(7850, 4e-5, "a"), figures.Measured(55050, 2e-4, "b")]
    figure = figures.costs(seen, seen[1], [7850, 55050, 1720330], CHART, str)
    proportional, possible, measured, chosen = figure.data
    assert figure.layout.xaxis.type == figure.layout.yaxis.type == "log"
    assert list(measured.x) == [7850, 55050]
    assert list(measured.y) == pytest.approx([0.04, 0.2])
    assert (chosen.x[0], chosen.y[0]) == (55050, pytest.approx(0.2))
    assert list(possible.x) == [7850, 55050, 1720330]
    rates = np.array(proportional.y) / np.array(proportional.x)
    assert rates == pytest.approx(0.2 / 55050)
    low, high = (10**edge for edge in figure.layout.yaxis.range)
    drawn = [*measured.y, *proportional.y, *possible.y]
    assert low < min(drawn) and max(drawn) < high


def test_figures_stay_light_and_let_the_theme_through():
    largest = figures.network(cost.sizes(cost.MOST_LAYERS, 512), DRAWING, str)
    assert len(largest.to_json()) < 80_000
    assert json.loads(largest.to_json())["layout"]["paper_bgcolor"] == "rgba(0,0,0,0)"
