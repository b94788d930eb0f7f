"""What an image shows, and why the network thinks so: `recognise(image)` in a notebook."""

from dashboard.recognition.recognise import Prediction, recognise

__all__ = ["Prediction", "recognise"]
