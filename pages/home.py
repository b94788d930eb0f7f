from dashboard import shell

shell.enter("home")

from dashboard.home import views  # once the frame is up

with shell.page("home"):
    slugs = [page.slug for page in shell.PAGES if page.sections]
    views.front(shell.link)
    views.demonstrations(slugs, shell.link)
    views.ideas(shell.link, slugs)
