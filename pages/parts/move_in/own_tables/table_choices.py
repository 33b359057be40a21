"""What somebody says of a whole table: what is not read, how it lies, and for which time it is."""

from collections.abc import Mapping, Sequence

import streamlit as st

from base.china_days import today
from base.month_spans import format_period, period_of, say_period
from etl.layout_proposals.chosen_columns import Chosen
from etl.layout_proposals.own_table import OwnTable
from etl.layout_proposals.proposal import say_path
from etl.own_layouts.named_periods import general_path
from pages.view.foreign_text import as_written
from stats.catalogue.models import Form

_PERIODS = 8  # the last ones, of which a list that is whole each time may be


def choose_parts(tables: Sequence[OwnTable], form: Form, county: str, mark: str) -> tuple[Chosen, str | None]:
    """Return what is chosen, and the column of the form that names across the top fill, None for a level table.

    `mark` is the file's: of another file all is asked anew.
    """
    units = {column.code: column.label for column in form.columns if column.type == "unit"}
    with st.expander("不读的、横着排的、不是一期的"):
        unused, rest = _unused(tables[0], form, mark)
        left_out = _left_out(tables, mark)
        across = _column("横着排的名称是哪一栏", units, f"layout-across-{mark}")
        by_sheet = _column("工作表的名称是哪一栏", units, f"layout-by-sheet-{mark}")
        by_days, whole = _time(form, mark)
    chosen = Chosen(
        columns=dict.fromkeys(unused, ()),
        rest_unused=rest,
        left_out=left_out,
        named_by_sheet=by_sheet,
        dated_by=form.date if by_days else None,
        period=whole,
        reporter=county,
    )
    return chosen, across


def _unused(table: OwnTable, form: Form, mark: str) -> tuple[list[str], bool]:
    paths = (general_path(path, form.months)[0] for path in table.header.paths.values())
    shown = {path: say_path(path) for path in paths}
    unused = st.multiselect(
        "不用的栏",
        list(shown),
        format_func=shown.__getitem__,
        placeholder="没有",
        key=f"layout-unused-{mark}",
    )
    return unused, st.checkbox("没有认出的栏都不用", key=f"layout-rest-{mark}")


def _left_out(tables: Sequence[OwnTable], mark: str) -> tuple[str, ...]:
    sheets = list(dict.fromkeys(table.sheet.name for table in tables))
    label = "不读的工作表，例如汇总表"
    return tuple(st.multiselect(label, sheets, placeholder="没有", key=f"layout-left-out-{mark}"))


def _column(label: str, columns: Mapping[str, str], key: str) -> str | None:
    return st.selectbox(
        as_written(label),
        list(columns),
        index=None,
        placeholder="没有这样排",
        format_func=columns.__getitem__,
        key=key,
    )


def _time(form: Form, mark: str) -> tuple[bool, str | None]:
    """Return whether the last day tells the period, and the period of a list that is whole each time."""
    by_days = bool(form.date) and st.checkbox(
        "表上没有写时间的，按最后的日期认报告期", value=form.standing, key=f"layout-by-days-{form.code}-{mark}"
    )
    if not form.standing:
        return by_days, None
    newest = period_of(today(), form.months)
    whole = st.selectbox(
        "每份都是全部的，后一份代替前一份：算作哪一期",
        range(newest, newest - _PERIODS, -1),
        index=None,
        placeholder="不是这样",
        format_func=lambda number: say_period(number, form.months),
        key=f"layout-whole-{mark}",
    )
    return by_days, None if whole is None else format_period(whole, form.months)
