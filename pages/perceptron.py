from dashboard import shell

shell.enter("perceptron")

from dashboard.perceptron import views

with shell.page("perceptron"):
    views.demonstration()
