from dashboard import shell

shell.enter("home")

from dashboard.home import views  # once the frame is up

with shell.page("home"):
    views.front(shell.link)
    views.demonstrations([page.slug for page in shell.PAGES if page.sections], shell.link)
    views.ideas(shell.link)
