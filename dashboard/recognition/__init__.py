"""What an image shows, and why the network thinks so: `recognise(image)` in a notebook."""

from dashboard.recognition.recognise import Prediction, recognise
from dashboard.scenes.describing import describe

__all__ = ["Prediction", "describe", "recognise"]
