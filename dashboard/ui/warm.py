"""Heavy modules, loaded once a process."""

from __future__ import annotations

import gc
import importlib

import streamlit as st


@st.cache_resource(max_entries=16, show_spinner=False)
def warm_up(*modules: str) -> None:
    """Load modules, and keep them out of every later garbage collection.

    Streamlit collects garbage after each script run; walking over the objects of heavy libraries costs
    each visitor hundreds of milliseconds unless they are frozen.
    """
    for module in modules:
        importlib.import_module(module)
    gc.collect()
    gc.freeze()
