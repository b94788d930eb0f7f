from dashboard import shell

shell.enter()

with shell.page("home"):
    pass
