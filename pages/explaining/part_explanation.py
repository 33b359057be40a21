"""The panel of a number that is no reading: its definition, the parts beside it, its coverage, and its cells."""

from html import escape

import streamlit as st

from base.formats import PERCENT, say_exact, say_value
from pages.explaining.change_parts import draw_steps
from pages.explaining.few_cells import draw_cells_behind
from pages.explaining.read_behind import read_behind, read_largest
from pages.shared.definition import draw_entries
from pages.view.filters import View
from pages.view.links import address
from stats.figures.behind.behind_model import Behind
from stats.figures.elements.figure_model import Figure, Mark, Series

_SHOWN = 5


def draw_part(view: View, board: str, figure: Figure, at: int, mark: Mark) -> None:
    """Draw all that explains a mark of a figure's series at that place."""
    series = figure.series[at]
    sentence = f"{mark.label}，{series.name}：{mark.shown_text}" if series.name != mark.label else mark.shown_text
    under = "；".join(filter(None, (mark.note, figure.title)))
    st.html(f'<p class="sum"><b>{escape(sentence)}</b></p><p class="under">{escape(under)}</p>')
    st.html(f'<p class="base">{escape("　".join(filter(None, (figure.base, figure.who, figure.when))))}</p>')
    st.html(f"<h3>{escape(figure.coverage)}</h3>")
    if figure.kind == "change":
        _draw_change(figure, mark)
    else:
        _draw_beside("各部分", "部分", series, mark)
    behind = read_behind(view, board, figure, at, mark.key)
    if behind is not None:
        _draw_largest(view, behind)
        draw_cells_behind(behind, mark.label)
    _draw_definition(view, figure)


def _draw_change(figure: Figure, mark: Mark) -> None:
    """Draw the parts of a change, and the organisations of the part that is asked about."""
    draw_steps(figure)
    own = next((series for series in figure.series[1:] if series.name == mark.label), None)
    if own:
        _draw_beside("这一部分有哪些单位", "单位", own)


def _draw_beside(heading: str, named: str, series: Series, mark: Mark | None = None) -> None:
    """Draw the marks of a series as a table, the one that is asked about marked."""
    rows = "".join(
        f"<tr{' class=current' if row is mark else ''}><td>{escape(row.label)}<small>{escape(row.note)}</small></td>"
        f'<td class="strong">{escape(row.shown_text)}</td></tr>'
        for row in series.marks
    )
    head = f"<tr><th>{escape(named)}</th><th>{escape(series.name)}</th></tr>"
    st.html(f'<h3>{escape(heading)}</h3><table class="plain parts"><thead>{head}</thead><tbody>{rows}</tbody></table>')


def _draw_largest(view: View, behind: Behind) -> None:
    """Draw which organisations right below make up most of it; nothing for a single one."""
    sums = read_largest(view, behind)
    whole = sum(value for _, value in sums)
    if len(sums) < 2 or whole <= 0:
        return
    rows = "".join(_row(name, value, whole, behind.measure) for name, value in sums[:_SHOWN])
    others = sums[_SHOWN:]
    rest = _row(f"其余{len(others):,}个", sum(value for _, value in others), whole, behind.measure) if others else ""
    st.html(
        "<h3>主要由哪些单位构成</h3>"
        '<table class="plain parts"><thead><tr><th>单位</th><th>数值</th><th>占比</th></tr></thead>'
        f"<tbody>{rows}{rest}</tbody></table>"
    )


def _row(name: str, value: float, whole: float, measure: str) -> str:
    share = say_value(value / whole, PERCENT, 1)
    return (
        f'<tr><td>{escape(name)}</td><td class="strong">{escape(say_exact(value, measure))}</td><td>{share}</td></tr>'
    )


def _draw_definition(view: View, figure: Figure) -> None:
    st.html("<h3>这个数的定义</h3>")
    draw_entries(
        {
            "回答什么问题": figure.question,
            "口径": figure.base.removeprefix("口径："),
            "数据来自": figure.source.partition("：")[2] or figure.source,
            "计量单位": figure.measure,
            "注意": figure.note,
        }
    )
    if figure.indicator:
        way = escape(address("indicator", figure=figure.indicator, unit=view.unit.code))
        st.html(f'<a class="way" href="{way}">看走势、排名和逐季的数 ›</a>')
