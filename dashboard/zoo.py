"""pretrained/<name>/ -> a ready, checked, eval-mode torch module.

Each folder holds `weights.safetensors` and `card.json`. The card says how to build the module, what
it was trained on and how well it does; its SHA-256 says whether the weights are the ones it describes.
"""

import dataclasses
import hashlib
import importlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load as parse_safetensors
from torch import nn

from dashboard.missing import Missing

PRETRAINED = Path(__file__).resolve().parents[1] / "pretrained"
WEIGHTS = "weights.safetensors"
CARD = "card.json"


class ZooError(Missing):
    """A card or a weights file is missing, damaged or does not match; the message names it and the recipe."""


class NoSuchModel(ZooError, ValueError):
    """No model has this name."""


@dataclass(frozen=True)
class Card:
    """What is known of one pretrained model.

    Attributes:
        architecture: class of `dashboard.models`, as "module.Class"; `arguments` are its keywords.
        dataset: title, url and licence of the training data, and how many examples were used.
        recipe: the command that makes the model; `check` the one that measures `measured` again.
        training: epochs, batch, seconds, machine, processes, ... of the run that made it.
        parameters: number of trainable weights.
        measured: figures on the real test set, of the weights as shipped.
        preprocessing: what the module expects as input.
        sha256: digest of the weights file.
        prepare: of a classifier, what makes its input of an image: a name of `classifiers.PREPARERS`.
        classes: of a classifier, what its outputs mean: a name of `classifiers.CLASSES`.
        calibration: of a classifier, the fields of `calibration.Calibration`; None until it is measured.
        notes: what else a user should know, limits first.
    """

    name: str
    architecture: str
    arguments: dict[str, Any]
    dataset: dict[str, Any]
    licence: str
    recipe: str
    check: str
    seed: int
    training: dict[str, Any]
    parameters: int
    measured: dict[str, float]
    preprocessing: str
    sha256: str
    prepare: str = ""
    classes: str = ""
    calibration: dict[str, Any] | None = None
    notes: str = ""


_loaded: dict[tuple[Path, str], nn.Module] = {}
_loading = Lock()


def names(folder: Path = PRETRAINED) -> tuple[str, ...]:
    """Every model that ships, in alphabetical order."""
    return tuple(sorted(path.parent.name for path in folder.glob(f"*/{CARD}")))


def card(name: str, folder: Path = PRETRAINED) -> Card:
    """The card of one model.

    Raises:
        NoSuchModel: no model has this name; the message lists those that do.
        ZooError: the card cannot be read or lacks a field.
    """
    if name not in (known := names(folder)):
        raise NoSuchModel(f"no pretrained model {name!r}; there are: {', '.join(known) or 'none'}")
    path = folder / name / CARD
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        return Card(**fields)
    except (ValueError, TypeError, AttributeError) as error:
        raise ZooError(f"{path} is not a card ({error}); {_remedy(name)}") from error


def load(name: str, folder: Path = PRETRAINED, keep: bool = True) -> nn.Module:
    """The model, on the CPU in float32, in eval mode, its weights frozen; one copy per process.

    Callers share the module: they must not change it. Who makes something else of the weights and keeps that
    need not ``keep`` the module.

    Raises:
        NoSuchModel: no model has this name.
        ZooError: the weights are missing, truncated, altered or of another architecture.
    """
    with _loading:
        module = _loaded.get((folder, name)) or _read(card(name, folder), folder / name / WEIGHTS)
        if keep:
            _loaded[folder, name] = module
        return module


def forget(name: str, folder: Path = PRETRAINED) -> None:
    """Read the model anew the next time: its files have been written anew."""
    with _loading:
        _loaded.pop((folder, name), None)


def one_thread() -> None:
    """What every call of a model begins with: under load two threads were measured many times slower."""
    torch.set_num_threads(1)


@contextmanager
def inference() -> Iterator[None]:
    """How models are called where no gradient is needed, on a page as in a notebook: on one thread."""
    one_thread()
    with torch.inference_mode():
        yield


def build(architecture: str, arguments: dict[str, Any]) -> nn.Module:
    """A fresh module of `dashboard.models` from its "module.Class" and keyword arguments.

    Raises:
        ValueError: there is no such class.
    """
    module, _, name = architecture.partition(".")
    try:
        made = getattr(importlib.import_module(f"dashboard.models.{module}"), name)
    except (ImportError, AttributeError) as error:
        raise ValueError(f"no architecture {architecture!r} in dashboard.models") from error
    return made(**arguments)


def parameters(module: nn.Module) -> int:
    """How many trainable numbers a module has."""
    return sum(parameter.numel() for parameter in module.parameters())


def write_card(made: Card, folder: Path) -> None:
    """Write `folder`/card.json."""
    content = {key: value for key, value in dataclasses.asdict(made).items() if value not in ("", None)}
    (folder / CARD).write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _read(described: Card, path: Path) -> nn.Module:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ZooError(f"{path} cannot be read ({error.strerror}); {_remedy(described.name)}") from error
    if hashlib.sha256(content).hexdigest() != described.sha256:
        raise ZooError(f"{path} is not the file that its card describes; {_remedy(described.name)}")
    try:
        # Building draws random weights that are overwritten at once: that must not move the caller's seed.
        # And a caller in inference mode must not leave later ones with weights that no gradient passes.
        with torch.random.fork_rng(devices=[]), torch.inference_mode(False):
            module = build(described.architecture, described.arguments)
        module.load_state_dict(parse_safetensors(content), strict=True)
    except (SafetensorError, RuntimeError, ValueError, TypeError) as error:
        raise ZooError(f"{path} does not fit its card ({error}); {_remedy(described.name)}") from error
    return module.eval().requires_grad_(False)


def _remedy(name: str) -> str:
    return f"restore it from the repository or make it again with: python -m dashboard.recipes {name}"
