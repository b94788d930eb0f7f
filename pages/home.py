from dashboard import shell

shell.enter("home")

from dashboard.home import views  # once the frame is up

with shell.page("home"):
    views.invitation(shell.link)
    views.network()
    views.latent(shell.link)
    views.analogy(shell.link)
    views.demonstrations([(page.slug, page.icon) for page in shell.PAGES[1:]], shell.link)
