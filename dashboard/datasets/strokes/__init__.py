"""Digits and other drawings made from templates of pen strokes, drawn and prepared as on the page's sheet."""

from dashboard.datasets.strokes.digits import FORMS
from dashboard.datasets.strokes.examples import STRANGE, digits, strange
from dashboard.datasets.strokes.others import MADE, TAUGHT, UNSEEN

__all__ = ["FORMS", "MADE", "STRANGE", "TAUGHT", "UNSEEN", "digits", "strange"]
