"""Which board is on the screen. All boards are drawn by one page file; the frame says which it is in this run."""

import streamlit as st

from stats.catalogue import load_catalogue
from stats.catalogue_boards import Board

_BOARD = "board"


def name_board(code: str) -> None:
    """Say which board the page about to run is to draw."""
    st.session_state[_BOARD] = code


def board_shown() -> Board:
    """Return the board to be drawn in this run."""
    return load_catalogue().board(st.session_state[_BOARD])
