"""A run to take away: a PyTorch script that makes the same data, starts from the same weights, visits the
points in the same order and ends with the same loss."""

import inspect

from dashboard.datasets import plane, plane_generators
from dashboard.datasets.plane import Split
from dashboard.network.engine import BETA1, BETA2, DECAY, EPSILON, Shape
from dashboard.network.settings import Settings, layer_sizes
from dashboard.network.trainer import DROPOUT, INITIAL, ORDER, loss_for

FORMULAS = {
    "x1": "x1",
    "x2": "x2",
    "x1sq": "x1**2",
    "x2sq": "x2**2",
    "x1x2": "x1 * x2",
    "sinx1": "np.sin(x1)",
    "sinx2": "np.sin(x2)",
}

LAYERS = {
    "tanh": "nn.Tanh()",
    "relu": "nn.ReLU()",
    "sigmoid": "nn.Sigmoid()",
    "gelu": "nn.GELU()",
    "linear": "nn.Identity()",
}

INITIALISATIONS = {
    "xavier": "limit = np.sqrt(6 / (before + after))\n"
    "    weight = rng.uniform(-limit, limit, (after, before))",
    "he": "weight = rng.normal(0, np.sqrt(2 / before), (after, before))",
    "zeros": "weight = np.zeros((after, before))",
}

OPTIMISERS = {
    "sgd": "torch.optim.SGD(groups, lr=RATE)",
    "momentum": f"torch.optim.SGD(groups, lr=RATE, momentum={DECAY})",
    "adam": f"torch.optim.Adam(groups, lr=RATE, betas=({BETA1}, {BETA2}), eps={EPSILON})",
}


LOSSES = {
    "binary_cross_entropy": ("nn.BCEWithLogitsLoss()", "network(x).squeeze(1), y"),
    "cross_entropy": ("nn.CrossEntropyLoss()", "network(x), y.long()"),
    "squared_error": ("nn.MSELoss()", "network(x).squeeze(1), y"),
}


def script(settings: Settings, split: Split, epochs: int) -> str:
    """The source of a script that trains the network of `settings` on `split` and prints its final losses.

    `epochs` is the length of the run, which is not `settings.epochs` if it was stopped or resumed. Generated
    points are made by the code that made them, the visitor's own are written out. The script needs numpy and
    torch alone.
    """
    sizes = layer_sizes(settings, split.outputs)
    parts = [
        HEAD.format(settings=settings, epochs=epochs, sizes=sizes),
        _data(settings, split),
        _features(settings),
        _network(settings, sizes),
        _training(settings, split),
    ]
    text = ""
    for part in parts:
        part = part.strip("\n")
        text += ("\n\n\n" if part.startswith("def ") else "\n\n") + part
    return text.strip("\n") + "\n"


HEAD = '''
"""A small network on points of the plane ({settings.data}), trained with PyTorch."""

import numpy as np
import torch
from torch import nn

# Twice the usual precision, so that the run can be compared with another digit by digit;
# one thread, because sharing out such small products takes longer than computing them.
torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)

EPOCHS, BATCH, RATE, SEED = {epochs}, {settings.batch_size}, {settings.learning_rate!r}, {settings.seed}
SIZES = {sizes!r}  # neurons per layer, inputs first
'''


def _data(settings: Settings, split: Split) -> str:
    if settings.data == "own":
        names = ("train_points", "train_targets", "test_points", "test_targets")
        return "\n".join(f"{name} = np.array({getattr(split, name).tolist()})" for name in names)
    generator = plane.CLASSES[settings.data][0] if split.task == "classes" else plane.VALUES[settings.data]
    called = [getattr(plane_generators, name, None) for name in generator.__code__.co_names]
    sources = [inspect.getsource(f) for f in (*called, generator) if inspect.isfunction(f)]
    return "\n\n".join(sources) + DATA.format(
        settings=settings, name=generator.__name__, train=len(split.train_points)
    )


DATA = """

data_rng = np.random.default_rng({settings.data_seed})
points, targets = {name}(data_rng, {settings.size}, {settings.noise!r})
dealt = data_rng.permutation(len(points))
train, test = dealt[:{train}], dealt[{train}:]
train_points, train_targets = points[train], targets[train]
test_points, test_targets = points[test], targets[test]
"""


def _features(settings: Settings) -> str:
    columns = ", ".join(FORMULAS[slug] for slug in settings.inputs)
    return f"""
def features(points):
    x1, x2 = points[:, 0], points[:, 1]
    return torch.from_numpy(np.stack([{columns}], axis=1))


x_train, y_train = features(train_points), torch.from_numpy(train_targets)
x_test, y_test = features(test_points), torch.from_numpy(test_targets)
"""


def _network(settings: Settings, sizes: Shape) -> str:
    layer = LAYERS[settings.activation]
    silence, silencer = "", ""
    if settings.dropout:
        silence = SILENCE.format(chance=settings.dropout, rows=sum(sizes[1:-1]) + len(sizes) - 2)
        silencer = ", Silence()"
    return f"""{silence}
rng = np.random.default_rng([SEED, {INITIAL}])
layers = []
for before, after in zip(SIZES, SIZES[1:]):
    {INITIALISATIONS[settings.initialisation]}
    linear = nn.Linear(before, after)
    with torch.no_grad():
        linear.weight.copy_(torch.from_numpy(weight))
        linear.bias.zero_()
    layers.append(nn.Sequential(linear, {layer}{silencer}))
layers[-1] = linear  # the last layer answers as it is
network = nn.Sequential(*layers)
"""


SILENCE = """
DROPOUT, MASK_ROWS = {chance!r}, {rows}


class Silence(nn.Module):
    \"\"\"nn.Dropout, with the masks of the run that is reproduced.\"\"\"

    def forward(self, x):
        return x * self.mask if self.training else x

"""


def _training(settings: Settings, split: Split) -> str:
    loss, arguments = LOSSES[loss_for(split)]
    penalty = f" + {settings.l1!r} * sum(w.abs().sum() for w in weights)" if settings.l1 else ""
    dropout_rng = f"dropout_rng = np.random.default_rng([SEED, {DROPOUT}])\n" if settings.dropout else ""
    masks = MASKS if settings.dropout else ""
    return f"""
weights = [p for p in network.parameters() if p.ndim == 2]
biases = [p for p in network.parameters() if p.ndim == 1]
groups = [{{"params": weights, "weight_decay": {settings.l2!r}}}, {{"params": biases}}]
optimiser = {OPTIMISERS[settings.optimiser]}
criterion = {loss}


def loss_on(x, y):
    return criterion({arguments})


order_rng = np.random.default_rng([SEED, {ORDER}])
{dropout_rng}for epoch in range(EPOCHS):
    network.train()
    order = torch.from_numpy(order_rng.permutation(len(x_train)))
    for batch in order.split(BATCH):
{masks}        optimiser.zero_grad()
        (loss_on(x_train[batch], y_train[batch]){penalty}).backward()
        optimiser.step()

network.eval()
with torch.no_grad():
    print(f"train loss {{loss_on(x_train, y_train).item():.12f}}")
    print(f"test loss {{loss_on(x_test, y_test).item():.12f}}")
"""


MASKS = """\
        mask = (dropout_rng.random((MASK_ROWS, len(batch))) >= DROPOUT) / (1 - DROPOUT)
        start = 0
        for layer in layers[:-1]:
            width = layer[0].out_features
            layer[-1].mask = torch.from_numpy(mask[start : start + width].T)
            start += width + 1  # the run drew one row more per layer
"""
