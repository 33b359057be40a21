"""What needs attention, each in a sentence: returns not in, targets not reached, figures on part of the returns."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from pages.shared import cached
from pages.shared.filters import View
from stats.catalogue import load_catalogue
from stats.periods import say_quarter
from stats.readings import Reading
from stats.sentences import say_behind, say_implausible, say_overdue, say_uncovered


def draw_attention(view: View, readings: Sequence[Reading]) -> None:
    indicators = load_catalogue().indicators
    overdue = [found for found in cached.missing(view.build, view.data.last) if view.holds(found.unit, found.area)]
    quarter = say_quarter(view.data.last)
    covered = say_implausible(readings, indicators) + say_uncovered(readings)
    st.html(
        '<div class="notes">'
        + _block("报送", say_overdue(overdue, view.data.last), f"{quarter}的报表已经报齐。")
        + _block("目标", say_behind(readings, indicators), "已定目标都已达到，或这一期间没有可比的目标。")
        + _block("覆盖", covered, "各项指标都按应报单位报齐。")
        + "</div>"
    )


def _block(title: str, sentences: Sequence[str], otherwise: str) -> str:
    items = "".join(f"<li>{escape(sentence)}</li>" for sentence in sentences or [otherwise])
    return f"<section><h3>{title}</h3><ul>{items}</ul></section>"
