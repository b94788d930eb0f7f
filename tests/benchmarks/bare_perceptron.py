"""A bare Streamlit app: one slider and the Perceptron page's two figures, nothing else."""

import streamlit as st

from dashboard.perceptron.experiment import Settings, experiment
from dashboard.perceptron.views.board import board
from dashboard.perceptron.views.compare import errors_per_epoch

settings = Settings(noise=st.slider("Bruit", 0.0, 0.6, step=0.02))
result = experiment(settings)
board(settings, result)
errors_per_epoch([("rosenblatt", result)])
