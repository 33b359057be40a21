"""The large numbers at the head of a board: what its first panels are about, with the change and who reported."""

from collections.abc import Iterator, Sequence

import streamlit as st

from pages.shared.card import FOLDED, small_card_of
from pages.shared.fold import say_more
from pages.view.declared_now import catalogue_now
from stats.catalogue.boards import Board
from stats.readings import Reading

_MOST = 4


def draw_large_numbers(board: Board, readings: Sequence[Reading]) -> None:
    """Draw the first figures of the board that are known, in the order of its panels."""
    known = {reading.indicator: reading for reading in readings if reading.value is not None}
    shown = [known[code] for code in dict.fromkeys(_named(board)) if code in known][:_MOST]
    if shown:
        cards = (small_card_of(reading, catalogue_now().indicators[reading.indicator]) for reading in shown)
        st.html(f'<div class="folded"><div class="cards small">{"".join(cards)}</div>{say_more(FOLDED)}</div>')


def _named(board: Board) -> Iterator[str]:
    for panel in board.panels:
        if panel.kind in ("course", "rates"):
            yield from panel.indicators
        elif panel.kind == "areas":
            yield panel.indicator
