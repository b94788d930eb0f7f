"""The layers of a network on screen, for the demonstrations that show them."""
