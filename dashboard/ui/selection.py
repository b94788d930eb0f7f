"""Picks in figures: choices whose options depend on what is shown."""

import streamlit as st

from dashboard.ui import state


def fitted(control: state.Choice) -> str:
    """The control's value, or its default if it belongs to something else that was shown before."""
    value = state.get(control)
    if value not in control.options:
        value = control.default
        state.put(control, value)
    return value


def ringed(key: str, identity: str, chosen: int) -> int:
    """Which item has the ring in a figure: the one that was chosen when the figure was made.

    A click moves the ring in the browser. Were the figure made again for each, it would be put up anew.

    Args:
        key: of the figure, in the session.
        identity: the same for the same figure, another for another.
    """
    known, first = st.session_state.get(key, ("", chosen))
    if known != identity:
        first = chosen
        st.session_state[key] = (identity, chosen)
    return first
