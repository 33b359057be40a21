"""The cells behind a figure: compared with it, grouped, listed, and shown in the sheet as sent."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from base.formats import say_exact
from base.month_spans import parse_months, say_months
from pages.shared.cell_in_sheet import draw_sheet
from pages.shared.definition import NO_CELL_SHOWN, draw_sums, measure_of
from pages.shared.paging import page_of
from pages.shared.row_list import draw_plain, offer_copy
from pages.view.filters import View
from pages.view.foreign_text import as_written
from pages.view.person import acts
from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator
from stats.readings import Reading
from stats.readings.trace import CellRef
from stats.readings.unit_table import find_cells, group_cells


def draw_cells(
    view: View, cells: Sequence[CellRef], reading: Reading, indicator: Indicator, catalogue: Catalogue
) -> None:
    measures = {cell.item: measure_of(catalogue.items[cell.item], catalogue) for cell in cells}
    draw_sums(cells, reading, indicator, catalogue)
    cells = acts().cells(cells)
    if not cells:
        st.caption(NO_CELL_SHOWN)
        return
    words = st.text_input("筛选", placeholder="输入单位、文件、表、格或原文中的字词，用空格隔开", key="words")
    matching = find_cells(cells, words)
    if not matching:
        st.caption(f"{len(cells):,}格中没有含“{as_written(words)}”的。")
        return
    with st.expander("按单位和文件小计"):
        _draw_groups(matching, measures)
    picked = _draw_list(matching, measures)
    draw_sheet(view.build, picked)


def _draw_groups(cells: Sequence[CellRef], measures: dict[str, str]) -> None:
    rows = [
        {
            "单位": group.unit_name,
            "数据项": group.item_name,
            "文件": group.name,
            "格数": f"{group.count:,}",
            "小计": say_exact(group.total, measures[group.item]),
        }
        for group in group_cells(cells)
    ]
    shown = page_of(rows, "组", "groups")
    draw_plain("按单位和文件小计", list(rows[0]), (list(row.values()) for row in shown))


def _draw_list(cells: Sequence[CellRef], measures: dict[str, str]) -> CellRef:
    """Draw the cells page by page and return the selected one, initially the first."""
    shown = page_of(cells, "格", "cells")
    rows = [
        {
            "单位": cell.unit_name,
            "报告期": say_months(parse_months(cell.period)),
            "数据项": cell.said_item,
            "文件": cell.name,
            "表": cell.sheet,
            "格": cell.address,
            "原文": cell.raw,
            "数值": say_exact(cell.value, measures[cell.item]),
        }
        for cell in shown
    ]
    event = st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height="content" if len(rows) < 12 else 420,
        key="picked",
        on_select="rerun",
        selection_mode="single-row-required",
        alt="构成这个数字的格",
    )
    offer_copy("构成这个数字的格", list(rows[0]), lambda: (list(row.values()) for row in rows), "cells")
    picked = event.selection.rows
    return shown[picked[0]] if picked and picked[0] < len(shown) else shown[0]
