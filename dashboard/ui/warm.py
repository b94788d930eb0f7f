"""Heavy modules, loaded once a process; memory that is free again, given back to the machine."""

import ctypes
import gc
import importlib
import sys
import threading
import time

import streamlit as st

_EVERY = 10.0  # seconds


@st.cache_resource(max_entries=16, show_spinner=False)
def warm_up(*modules: str) -> None:
    """Load modules, and spare every later garbage collection the walk over what they hold."""
    for module in modules:
        importlib.import_module(module)
    gc.collect()
    gc.freeze()


def give_back_memory() -> None:
    """From now on, in a thread of its own: glibc keeps what was freed between blocks still in use, 46 MB once
    all pages have been drawn. Elsewhere than on Linux with glibc nothing is done."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None) if sys.platform == "linux" else None
    if trim is None:
        return

    def now_and_then() -> None:
        while True:
            time.sleep(_EVERY)
            trim(0)

    threading.Thread(target=now_and_then, name="give back", daemon=True).start()
