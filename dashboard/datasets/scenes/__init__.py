"""A small drawn world: what a scene holds, what it looks like, and what can be said of it."""

from dashboard.datasets.scenes.render import render
from dashboard.datasets.scenes.sampling import sample
from dashboard.datasets.scenes.world import Scene, Subject

__all__ = ["Scene", "Subject", "render", "sample"]
