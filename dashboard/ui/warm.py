"""Heavy modules, loaded once a process."""

from __future__ import annotations

import gc
import importlib

import streamlit as st


@st.cache_resource(max_entries=16, show_spinner=False)
def warm_up(*modules: str) -> None:
    """Load modules, and spare every later garbage collection the walk over what they hold."""
    for module in modules:
        importlib.import_module(module)
    gc.freeze()
