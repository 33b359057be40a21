"""Tables: the other figures by domain, organisations side by side."""

from collections.abc import Mapping, Sequence
from html import escape

import streamlit as st

from pages.shared.card import say_verdict
from pages.shared.downloads import copying
from pages.shared.fold import say_more, say_rest
from pages.view.links import address, explained, indicator_address, marks_of
from pages.view.notices import show_empty
from pages.view.scripts import bring
from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator
from stats.readings import Reading
from stats.readings.movements import sign_movement
from stats.readings.origins import cover_in_short
from stats.readings.sentences import say_reading
from stats.readings.standings import Standing
from stats.readings.unit_table import UnitColumn, unit_table

MOST_LISTED = 300  # organisations listed; each is sent with every run
_UNIT = "单位"
_HEAD = "<tr><th>指标</th><th>数值</th><th>比上期</th><th>已报/应报</th></tr>"


def draw_domains(readings: Sequence[Reading], catalogue: Catalogue, at_first: int = 3) -> None:
    """Draw one table per field of work, in the order of the menu, with links to indicators and boards.

    A phone folds away all but the first few rows of the first field: three, as look.css says, or none.
    """
    blocks, first = [], 0
    for board in catalogue.boards.values():
        rows = [
            _row(reading, catalogue.indicators[reading.indicator])
            for reading in readings
            if catalogue.fields[catalogue.indicators[reading.indicator].domain].code == board.code
        ]
        if rows:
            table = f'<table class="plain"><thead>{_HEAD}</thead><tbody>{"".join(rows)}</tbody></table>'
            way = f'<a href="{escape(address(board.code))}" target="_self">{escape(board.name)} ›</a>'
            blocks.append(f'<section class="domain"><h3>{way}</h3>{table}</section>')
            first = first or min(len(rows), at_first)
    button = say_rest(len(readings) - first, "个指标")
    shown = "first" if at_first else "none"
    st.html(
        f'<div class="taken folded {shown}"><div class="domains">{"".join(blocks)}</div>'
        f"{button}{copying('各项指标')}</div>"
    )


def draw_unit_table(
    standings: Mapping[str, Sequence[Standing]], units: Mapping[str, str], indicators: Sequence[tuple[Indicator, str]]
) -> None:
    """Draw organisations as rows, indicators as columns: a click on a heading sorts, a larger value is darker.

    They are given sorted by the first indicator. A phone shows the first few of both, and the others when asked.
    """
    table = unit_table(standings, units, indicators)
    if not table.columns:
        return show_empty("这一期间还没有这些单位的数据。")
    head = _heading(_UNIT) + "".join(
        _heading(column.heading, column.explained, column.code) for column in table.columns
    )
    rows = "".join(
        f"<tr{marks_of(unit=code)}>{_named(code, name)}{_cells(table.columns, at)}</tr>"
        for at, (code, name) in enumerate(zip(units, table.units, strict=True))
    )
    st.html(
        '<div class="taken folded few-rows few-columns">'
        '<div class="scroll" tabindex="0" role="region" aria-label="各单位的主要指标">'
        f'<table class="plain sortable"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        f"{say_more(f'看全部{len(units):,}个单位和{len(table.columns):,}个指标')}{copying('各单位的主要指标')}</div>"
    )
    bring("sort")


def say_left_out(count: int, shown: int, name: str) -> str:
    """Return a remark that only the largest are listed, and where the others are; "" when all are listed."""
    return f"；共{count:,}个，只列{name}最多的{shown:,}个，其余见“指标”页的排名" if shown < count else ""


def _row(reading: Reading, indicator: Indicator) -> str:
    verdict = f"<small>{say_verdict(reading, indicator)}</small>" if reading.goal else ""
    name = f'<a href="{escape(indicator_address(reading))}" target="_self">{escape(reading.name)}</a>{verdict}'
    cover = cover_in_short(reading)
    value = explained(say_reading(reading, indicator), indicator.code, reading.unit)
    return (
        f'<tr><td>{name}</td><td class="strong">{value}</td>'
        f"<td>{escape(sign_movement(reading, indicator))}</td><td>{escape(cover)}</td></tr>"
    )


def _heading(name: str, definition: str = "", code: str = "") -> str:
    """Return a heading that sort.js sorts by, with the definition as a tooltip."""
    return f'<th{marks_of(code)}><button type="button" title="{escape(definition)}">{escape(name)}</button></th>'


def _named(code: str, name: str) -> str:
    return f'<td><a href="{escape(address("", unit=code))}">{escape(name)}</a></td>'


def _cells(columns: Sequence[UnitColumn], at: int) -> str:
    return "".join(_cell(column.values[at], column.texts[at], column.shades[at]) for column in columns)


def _cell(value: float | None, text: str, shade: float) -> str:
    sorted_by = "" if value is None else f' data-value="{value}"'
    darker = f' style="--shade:{shade:.2f}"' if shade else ""
    return f"<td{sorted_by}{darker}>{escape(text) if value is None else explained(text)}</td>"
