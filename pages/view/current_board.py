"""The board on the screen. One page file draws all boards; the frame says which one in this run."""

import streamlit as st

from pages.view import cached
from stats.catalogue.boards import Board

_BOARD = "board"


def name_board(code: str) -> None:
    """Set the board for the page that is about to run."""
    st.session_state[_BOARD] = code


def board_shown() -> Board:
    """Return the board to be drawn in this run."""
    return cached.catalogue_now().board(st.session_state[_BOARD])
