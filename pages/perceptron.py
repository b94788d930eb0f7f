from dashboard import shell

shell.enter("perceptron")

from dashboard.perceptron import views  # noqa: E402  (loaded once the frame is up)

with shell.page("perceptron"):
    views.demonstration()
