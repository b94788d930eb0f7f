from dashboard import shell

shell.enter("image_recognition")

from dashboard.recognition import views

with shell.page("image_recognition"):
    views.demonstration()
