"""差在哪里: of one target, the fewest that would bring it, as a list to hand out."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from access.verbs import Verb
from pages.shared import cached
from pages.shared.filters import View
from pages.shared.handing_out import handing_out
from pages.shared.notices import show_empty
from pages.shared.records import draw_records
from stats.attainment import Attainment
from stats.attainment_words import say_state
from stats.exports.figure_file import csv_of, xlsx_of
from stats.figure import Figure

_FILES = (
    ("CSV", csv_of, "csv", "text/csv"),
    ("Excel", xlsx_of, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)


def draw_gap(view: View, found: Sequence[Attainment]) -> None:
    """Ask for a target that is not reached, and draw who would bring it."""
    short = {one.goal.indicator: one for one in found if one.needed and one.needed > 0}
    if not short:
        return show_empty("有数量的目标都已达到，没有要补的差额。")
    names = {code: f"{one.reading.name}（{say_state(one)}）" for code, one in short.items()}
    code = st.selectbox("哪一项目标", list(names), format_func=lambda one: names[one], key="gap", bind="query-params")
    figure = cached.gap(view.build, view.unit.code, view.span.last, code)
    with st.container(border=True, key="panel-gap"):
        st.html(f'<h3 class="says">{escape(figure.title)}</h3>')
        draw_records(view, figure)
        st.html(f'<ul class="lines">{"".join(f"<li>{escape(line)}</li>" for line in figure.lines)}</ul>')
        if figure.series:
            _offer_files(figure, f"差在哪里_{short[code].reading.name}_{view.unit.name}")


def _offer_files(figure: Figure, name: str) -> None:
    with st.container(horizontal=True, key="ways-gap"):
        for label, make, ending, mime in _FILES:
            st.download_button(
                label,
                data=handing_out(Verb.EXPORTED, f"{name}.{ending}", partial(make, figure)),
                file_name=f"{name}.{ending}",
                mime=mime,
                on_click="ignore",
                type="tertiary",
                key=f"save-gap-{ending}",
            )
