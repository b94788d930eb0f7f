from dashboard import shell

shell.enter("image_generation")

from dashboard.generation import views  # once the frame is up

with shell.page("image_generation"):
    views.demonstration()
