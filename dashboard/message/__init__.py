"""The message: a photo as a text, sent, received and understood."""
