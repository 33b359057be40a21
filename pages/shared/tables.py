"""Tables: the other figures by domain, organisations side by side."""

from collections.abc import Callable, Mapping, Sequence
from html import escape

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from pages.shared.card import say_verdict
from pages.shared.links import board_address, indicator_address
from pages.shared.notices import show_empty
from stats.catalogue import Catalogue
from stats.catalogue_models import Indicator
from stats.formats import MISSING
from stats.readings import Reading
from stats.sentences import say_reading, sign_movement
from stats.standings import Standing
from stats.tables import UnitColumn, unit_table

MOST_LISTED = 300  # organisations; nobody reads more, and each is sent with every run
_UNIT = "单位"
_TABLE = "units"
_HEAD = "<tr><th>指标</th><th>数值</th><th>比上期</th><th>已报/应报</th></tr>"
_DEEPEST = 0.32  # the shade of a column's largest value, as a share of the series colour


def draw_domains(readings: Sequence[Reading], catalogue: Catalogue) -> None:
    """Draw a table a domain, in the catalogue's order; a name leads to its indicator, a domain to its board."""
    blocks = []
    for domain in catalogue.domains.values():
        rows = [
            _row(reading, catalogue.indicators[reading.indicator])
            for reading in readings
            if catalogue.indicators[reading.indicator].domain == domain.code
        ]
        if rows:
            table = f'<table class="plain"><thead>{_HEAD}</thead><tbody>{"".join(rows)}</tbody></table>'
            way = f'<a href="{escape(board_address(domain.code))}" target="_self">{escape(domain.name)} ›</a>'
            blocks.append(f'<section class="domain"><h3>{way}</h3>{table}</section>')
    st.html(f'<div class="domains">{"".join(blocks)}</div>')


def draw_unit_table(
    standings: Mapping[str, Sequence[Standing]], units: Mapping[str, str], indicators: Sequence[tuple[Indicator, str]]
) -> None:
    """Draw organisations as rows, indicators as columns: a click on a heading sorts, a larger value is darker."""
    table = unit_table(standings, units, indicators)
    if not table.columns:
        return show_empty("这一期间还没有这些单位的数据。")
    frame = pd.DataFrame(
        {column.heading: column.values for column in table.columns}, index=pd.Index(table.units, name=_UNIT)
    )
    shades = pd.DataFrame({column.heading: map(_shade, column.shades) for column in table.columns}, index=frame.index)
    styler = frame.style.format({column.heading: _speaker(column) for column in table.columns}, na_rep=MISSING)
    styler = styler.apply(lambda _: shades, axis=None)
    codes = list(units)
    st.dataframe(
        styler,
        key=_TABLE,
        on_select=lambda: _go_to(codes),
        selection_mode="single-row",
        height="content",
        placeholder=MISSING,
        alt="各单位的主要指标",
        column_config=_explain(table.columns),
    )


def say_left_out(count: int, shown: int, name: str) -> str:
    """Return that only the largest of very many are listed, and where the others are found; "" when all are."""
    return f"；共{count:,}个，只列{name}最多的{shown:,}个，其余见“指标”页的排名" if shown < count else ""


def _go_to(codes: Sequence[str]) -> None:
    """Look at the organisation whose row was picked."""
    picked = st.session_state[_TABLE].selection.rows
    if picked:
        st.session_state["unit"] = codes[picked[0]]


def _row(reading: Reading, indicator: Indicator) -> str:
    verdict = f"<small>{say_verdict(reading, indicator)}</small>" if reading.goal else ""
    name = f'<a href="{escape(indicator_address(reading))}" target="_self">{escape(reading.name)}</a>{verdict}'
    cover = f"{reading.reported:,}/{reading.expected:,}" if reading.expected else MISSING
    return (
        f'<tr><td>{name}</td><td class="strong">{escape(say_reading(reading, indicator))}</td>'
        f"<td>{escape(sign_movement(reading, indicator))}</td><td>{cover}</td></tr>"
    )


def _speaker(column: UnitColumn) -> Callable[[object], str]:
    """Return how a column's values are written: as everywhere else."""
    said: dict[object, str] = dict(zip(column.values, column.texts, strict=True))
    return lambda value: said.get(value, MISSING)


def _shade(shade: float) -> str:
    return f"background-color: rgba(60, 139, 197, {shade * _DEEPEST:.2f})" if shade else ""


def _explain(columns: Sequence[UnitColumn]) -> dict[str, ColumnConfig]:
    """Return a column's definition where its heading is pointed at."""
    return {column.heading: st.column_config.NumberColumn(help=column.explained) for column in columns}
