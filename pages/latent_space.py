from dashboard import shell

shell.enter("latent_space")

from dashboard.latent import views

with shell.page("latent_space"):
    views.demonstration()
