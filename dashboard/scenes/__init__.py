"""The game in words: a scene described in a text, and drawn again from the text alone."""
