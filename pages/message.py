from dashboard import shell

shell.enter("message")

from dashboard.message import views

with shell.page("message"):
    views.demonstration()
