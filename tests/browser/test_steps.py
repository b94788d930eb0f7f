"""What a step of a slider sends to the browser: what follows the slider, and no more."""

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from dashboard.ui.language import texts_in
from tests.benchmarks.visitor import Visitor

FR = {name: texts_in(name, "fr") for name in ("home", "perceptron", "network", "latent")}


@pytest.mark.parametrize(
    ("page", "label", "messages", "kilobytes"),
    [
        ("", FR["home"]["network"]["layers"], 11, 30),
        ("perceptron", FR["perceptron"]["controls"]["noise"], 16, 60),
        ("neural_network", FR["network"]["controls"]["noise"], 26, 60),
        ("latent_space", FR["latent"]["size"], 22, 50),
    ],
)
def test_a_step_sends_what_it_changes(app, page, label, messages, kilobytes):
    """A message costs the server's processor; components' scripts alone were 72 kB."""

    async def step() -> tuple[int, float]:
        visitor = Visitor(app, page)
        await visitor.open()
        slider = next(control for control in visitor.controls() if control.label == label)
        before = visitor.messages, visitor.received
        await visitor.move(slider, random.Random(1))
        await visitor.close()
        assert not visitor.failures
        return visitor.messages - before[0], (visitor.received - before[1]) / 1e3

    with ThreadPoolExecutor(1) as threads:  # Playwright's loop runs in this one
        sent, size = threads.submit(asyncio.run, step()).result()
    assert sent <= messages and size < kilobytes
