"""What changed in the span, the largest changes first, each with a link to its indicator."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from pages.shared.fold import say_rest
from pages.view.links import indicator_address
from stats.catalogue import Catalogue
from stats.readings import Reading
from stats.readings.movements import Movement, largest_changes

_AT_FIRST = 3  # on a phone, as look.css says
_NOTHING = (
    "和相比的那一期比，没有可以放心说的大变化：要么数没有动，要么那一期没有数据，要么是不同季节的发生数，不宜相比。"
)


def draw_movements(readings: Sequence[Reading], catalogue: Catalogue) -> None:
    movements = largest_changes(readings, catalogue)
    items = "".join(map(_item, movements)) if movements else f"<li>{_NOTHING}</li>"
    button = say_rest(len(movements) - _AT_FIRST, "项变化")
    st.html(f'<div class="folded"><ol class="moves">{items}</ol>{button}</div>')


def _item(movement: Movement) -> str:
    verdict = f"{movement.state.sign} {movement.verdict}" if movement.verdict else "变化"
    way = escape(indicator_address(movement.reading))
    words = escape(movement.words)
    return f'<li><span class="{movement.state}">{escape(verdict)}</span><a href="{way}" target="_self">{words}</a></li>'
