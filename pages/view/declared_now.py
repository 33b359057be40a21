"""What is declared as of the build on the screen: the catalogue, and the board to be drawn in this run."""

import streamlit as st

from base.errors import UserError
from pages.view import cached
from stats.catalogue import Catalogue
from stats.catalogue.boards import Board
from stats.catalogue_in_force import catalogue_in_force
from store.builds import store_path

_BOARD = "board"


def catalogue_now() -> Catalogue:
    """Return the catalogue of the current build, or the one in force where there is none that can be read."""
    try:
        return cached.catalogue(cached.current())
    except UserError:
        return catalogue_in_force(store_path())


def name_board(code: str) -> None:
    """Set the board for the page that is about to run."""
    st.session_state[_BOARD] = code


def board_shown() -> Board:
    """Return the board to be drawn in this run: one page file draws all boards, and the frame says which."""
    return catalogue_now().board(st.session_state[_BOARD])
