"""What a figure's change consists of, for what is held by organisations that each report it."""

from html import escape

import streamlit as st

from base.periods import Span, parse_span
from pages.view import cached
from pages.view.declared_now import catalogue_now
from pages.view.filters import View
from stats.figures.elements.figure_model import Figure, Mark, Selection
from stats.readings import Reading

_NAMED = 2  # organisations of each part


def draw_change(view: View, reading: Reading, span: Span | None) -> None:
    """Draw the parts that add up to the change; nothing where they are not known, or are not those of the reading."""
    figure = parts_of_change(view, reading, span)
    if figure is not None:
        draw_steps(figure)


def draw_steps(figure: Figure) -> None:
    """Draw the parts of a change with the organisations that changed most."""
    steps = figure.series[0].marks
    named = {series.name: series.marks for series in figure.series[1:]}
    rows = "".join(
        f"<tr><td>{escape(step.label)}<small>{escape(_say_largest(step, named.get(step.label, ())))}</small></td>"
        f'<td class="strong">{escape(step.text)}</td></tr>'
        for step in steps
    )
    st.html(
        f"<h3>变化是怎么来的</h3>"
        f'<table class="plain parts"><thead><tr><th>部分</th><th>数值</th></tr></thead>'
        f'<tbody>{rows}</tbody></table><p class="base">{escape(figure.note)}</p>'
    )


def parts_of_change(view: View, reading: Reading, span: Span | None) -> Figure | None:
    """Return the parts of a reading's change, from what it is compared with to itself; None where there are none."""
    catalogue = catalogue_now()
    indicator = catalogue.indicators[reading.indicator]
    item = catalogue.items[indicator.numerator]
    if indicator.is_rate or item.time != "last" or catalogue.forms[item.form].ledger or reading.previous is None:
        return None
    against = parse_span(reading.against) if reading.against else None
    figure = cached.change(view.build, item.code, Selection(reading.unit, span or view.span, against))
    ends = [mark.value for mark in figure.series[0].marks] if figure.series else []
    return figure if ends and (ends[0], ends[-1]) == (reading.previous, reading.value) else None


def _say_largest(step: Mark, marks: tuple[Mark, ...]) -> str:
    """Return how many organisations a part has, and those of them that changed most."""
    largest = "、".join(f"{mark.label}{mark.text}" for mark in marks[:_NAMED] if mark.key)
    return "，".join(filter(None, (step.note, f"变动大的有{largest}" if largest else "")))
