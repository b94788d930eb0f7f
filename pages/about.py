from dashboard import shell

shell.enter("about")

from dashboard.about import views  # once the frame is up

with shell.page("about"):
    views.about()
