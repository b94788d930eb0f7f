"""Train, measure and write the pretrained models.

python -m dashboard.recipes                       list the recipes
python -m dashboard.recipes NAME                  train NAME, write pretrained/NAME/
python -m dashboard.recipes NAME --onward         the same from the weights that ship, where a recipe can
python -m dashboard.recipes --check [NAME]        measure the shipped models against their cards
python -m dashboard.recipes --measure NAME        measure a shipped model and write its card anew
python -m dashboard.recipes --publish FILE NAME   publish what `learning.keep` wrote elsewhere
torchrun --nproc_per_node 4 -m dashboard.recipes NAME
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

import torch
from torch import distributed

from dashboard import zoo
from dashboard.datasets.images import DATASETS, Split, load, sample_path, write_sample
from dashboard.datasets.shipped import SAMPLES
from dashboard.latent import coders
from dashboard.message import frames
from dashboard.recipes import (
    arrays,
    autoencoders,
    classifiers,
    components,
    films,
    flows,
    generation,
    message,
    photos,
    recognition,
    scenes,
)
from dashboard.recipes.learning import figures, learn, load_kept, onward, training_of
from dashboard.recipes.publish import check, measure, publish
from dashboard.recipes.recipe import HELD_OUT, Recipe
from dashboard.recipes.training import device_of, fastest, rank

RECIPES: dict[str, Recipe] = {
    recipe.name: recipe
    for recipe in classifiers.RECIPES + components.RECIPES + autoencoders.RECIPES + flows.RECIPES
}
# Extracts of the data sets, by the name of their recipe.
SPLITS: dict[str, Split] = {"sample": "test", "training-sample": "train"}
# What ships beside the models: the extracts of each data set; where it has coders, the test set's maps, its
# errors once rebuilt, and what the generation page compares with.
ARRAYS = [
    f"{dataset}-{kind}"
    for dataset in DATASETS
    for kind in (*SPLITS, *(("maps", "errors", *generation.MAKERS) if dataset in coders.DATASETS else ()))
]


def _fonts(data: Path | None) -> None:
    from dashboard.recipes import fonts  # what makes fonts is needed by this recipe only

    fonts.make()


# What is neither trained here nor an array: published weights, how far classifiers can be believed, the
# front page's films, the message's examples, what the view on luck opens with, and the fonts.
OTHERS: dict[str, Callable[[Path | None], object]] = {
    "photos": photos.make,
    "recognition": recognition.make,
    "films": lambda data: films.make(),
    "frames": lambda data: frames.write_examples(),
    "luck": lambda data: arrays.luck(),
    "fonts": _fonts,
}
# Models with a check of their own.
CHECKS = {photos.NAME: photos.check, message.NAME: message.check}
CHECKPOINTS = Path("checkpoints")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m dashboard.recipes", description="Make the pretrained models."
    )
    parser.add_argument("name", nargs="?", help="the recipe; without it they are listed")
    best = fastest()
    parser.add_argument("--device", default=best, choices=["cpu", "cuda"], help=f"{best} unless told")
    parser.add_argument("--seconds", type=float, help="learn by the clock, in place of the recipe's epochs")
    parser.add_argument("--data", type=Path, help="folder of the IDX files (else they are fetched once)")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    parser.add_argument("--onward", action="store_true", help="go on from the weights that ship")
    parser.add_argument("--check", action="store_true", help="measure what ships against its card")
    parser.add_argument("--measure", action="store_true", help="measure what ships and write its card anew")
    parser.add_argument("--publish", type=Path, metavar="FILE", help="publish what another machine learned")
    asked = parser.parse_args(arguments)
    known = [*RECIPES, *scenes.RECIPES, *ARRAYS, *OTHERS, message.NAME]
    if asked.name is not None and asked.name not in known:
        parser.error(f"no recipe {asked.name!r}; there are: {', '.join(known)}")
    if asked.check and asked.name in CHECKS:
        return say(asked.name, CHECKS[asked.name](asked.data))
    if asked.check and asked.name in [*ARRAYS, *OTHERS]:
        parser.error(f"{asked.name} has no card to check")
    if asked.check:
        shipped = [name for name in (*RECIPES, *scenes.RECIPES) if name in zoo.names()]
        return check_all([asked.name] if asked.name else shipped, asked.data)
    if asked.measure:
        if asked.name not in zoo.names() or asked.name not in {**RECIPES, **scenes.RECIPES}:
            parser.error("--measure needs the name of a shipped model")
        card = (
            scenes.measure(asked.name)
            if asked.name in scenes.RECIPES
            else measure(RECIPES[asked.name], asked.data)
        )
        print(f"{asked.name}: {figures(card.measured)}")
    elif asked.publish:
        if asked.name not in RECIPES:
            parser.error("--publish needs the name of a recipe")
        publish_kept(RECIPES[asked.name], asked.publish, asked.data)
    elif asked.name is None:
        list_recipes()
    elif asked.name == message.NAME:
        message.make(asked.data, CHECKPOINTS, asked.resume)
    elif asked.name in OTHERS:
        OTHERS[asked.name](asked.data)
    elif asked.name in ARRAYS:
        make_arrays(asked.name, asked.data)
    elif asked.name in scenes.RECIPES:
        print(f"{asked.name}: {figures(scenes.make(asked.name, asked.resume).measured)}")
    else:
        recipe = RECIPES[asked.name]
        if asked.onward and recipe.onward is None:
            parser.error(f"{asked.name} does not go on from the weights that ship")
        train(recipe, device_of(asked.device), asked.data, asked.resume, asked.seconds, asked.onward)
    return 0


def list_recipes() -> None:
    for name, recipe in RECIPES.items():
        state = "shipped" if name in zoo.names() else "not made yet"
        print(f"{name:24} {recipe.architecture:28} {recipe.schedule.epochs:3} epochs  {state}")
    state = "shipped" if message.NAME in zoo.names() else "not made yet"
    print(f"{message.NAME:24} {'codec.MessageCodec':28} {message.SCHEDULE.epochs:3} epochs  {state}")
    for scene in scenes.RECIPES.values():
        state = "shipped" if scene.name in zoo.names() else "not made yet"
        print(f"{scene.name:24} {scene.architecture:28} {scene.budget.seconds:6.0f} s      {state}")
    for name in ARRAYS:
        print(f"{name:24} arrays in {SAMPLES.name}/, not a model")
    for name in OTHERS:
        print(f"{name:24} not trained here")


def make_arrays(name: str, data: Path | None) -> None:
    dataset = next(dataset for dataset in DATASETS if name.startswith(dataset))
    if name.endswith("-maps"):
        arrays.maps(dataset)
    elif name.endswith("-errors"):
        arrays.errors(dataset)
    elif (kind := name.removeprefix(f"{dataset}-")) in generation.MAKERS:
        generation.MAKERS[kind](dataset, data)
    else:
        split = SPLITS[kind]
        whole = load(dataset, split, data)
        # What was held out of training is no training image.
        write_sample(whole[:-HELD_OUT] if split == "train" else whole, sample_path(dataset, split))


def train(
    recipe: Recipe,
    device: torch.device,
    data: Path | None,
    resume: bool,
    seconds: float | None,
    from_shipped: bool = False,
) -> None:
    """Train one model, alone or as one of torchrun's processes; the first process writes the result."""
    if "WORLD_SIZE" in os.environ:
        distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
    before = zoo.card(recipe.name) if from_shipped else None
    followed = onward(recipe) if from_shipped else recipe
    outcome = learn(
        followed,
        load(recipe.dataset, "train", data),
        device,
        checkpoint=CHECKPOINTS / f"{recipe.name}.pt",
        resume=resume,
        seconds=seconds,
    )
    if rank() == 0:
        training = training_of(followed, outcome, device)
        if before is not None:
            training["began"] = {"sha256": before.sha256, **before.training}
        announce(publish(recipe, outcome.model.cpu(), training, data))
    if distributed.is_initialized():
        distributed.destroy_process_group()


def publish_kept(recipe: Recipe, kept: Path, data: Path | None) -> None:
    """Publish what was learned on another machine, which kept it in a file."""
    objective = recipe.objective(recipe.model())
    training = load_kept(objective, kept)
    announce(publish(recipe, objective.model.eval(), training, data))


def announce(card: zoo.Card) -> None:
    print(f"{card.name}: {figures(card.measured)} on the test set, {card.parameters} parameters")


def check_all(chosen: list[str], data: Path | None) -> int:
    """0 when every card tells the truth, else 1; prints what was found."""
    differences = {
        name: scenes.check(name) if name in scenes.RECIPES else check(RECIPES[name], data) for name in chosen
    }
    return max([say(name, found) for name, found in differences.items()], default=0)


def say(name: str, differences: list[str]) -> int:
    """Print how a model differs from its card; 0 if it does not, else 1."""
    print("\n".join(differences) or f"{name}: as its card says: {figures(zoo.card(name).measured)}")
    return int(bool(differences))


if __name__ == "__main__":
    sys.exit(main())
