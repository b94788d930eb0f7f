"""What is raised where a file that ships with the app is not there or not as it was: a model, a data set."""


class Missing(RuntimeError):
    """A file of the app's own is missing or damaged; the message names it and what makes it again."""
