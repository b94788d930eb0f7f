"""A bare Streamlit app: one slider, and the images of the latent page's bottleneck, nothing else."""

import numpy as np
import streamlit as st

from dashboard.datasets.images import sample
from dashboard.latent.coders import SIZES, coder
from dashboard.latent.figures.bottleneck import error_picture, grey

image = sample("digits").images[0] / 255.0
size = st.select_slider("Combien de nombres ?", SIZES, 8)
st.image(grey(image), width=200)
for kind in ("autoencoder", "pca"):
    rebuilt = coder("digits", size, kind).reconstruct(image[None])[0].astype(np.float64)
    st.image(grey(rebuilt), width=200)
    st.image(error_picture(image, rebuilt, "light"), width=200)
