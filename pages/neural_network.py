from dashboard import shell

shell.enter("neural_network")

from dashboard.network import views  # once the frame is up

with shell.page("neural_network"):
    views.demonstration()
