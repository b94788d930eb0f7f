"""The app, and the script that it runs for each visitor."""

import streamlit as st

from dashboard.shell import main
from dashboard.ui.serving import MIDDLEWARE

if __name__ == "__main__":
    main()
else:
    app = st.App(__file__, middleware=MIDDLEWARE)
