"""The app within the limits of one visitor: what ``deploy/serve.py`` serves."""

from starlette.middleware import Middleware
from streamlit.starlette import App

from dashboard.shell import ROOT
from dashboard.ui.serving import MIDDLEWARE
from deploy.limits import Pace, UploadLimit

app = App(ROOT / "streamlit_app.py", middleware=[Middleware(UploadLimit), Middleware(Pace), *MIDDLEWARE])
