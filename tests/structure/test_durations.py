"""Spans of time add up in hours, and are no count."""

from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.intake import check_paths
from etl.read import read_sheets
from etl.survey import survey
from tests.lib.county import begin_store
from tests.messy.returns import aid, book


def hours(folder: Path, *spans: timedelta) -> Path:
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    rows = [["加班时长统计（2025年）"], ["单位", "加班时长"], *([f"{at}街", span] for at, span in enumerate(spans))]
    for row in [*rows, ["合计", sum(spans, timedelta())]]:
        sheet.append(row)
    for at in range(3, sheet.max_row + 1):
        sheet.cell(at, 2).number_format = "[h]:mm"
    made.save(folder / "加班.xlsx")
    return folder / "加班.xlsx"


@pytest.mark.parametrize("minutes", [(1590, 180), (20, 20, 20), (1, 7, 1440, 3000)])
def test_b03_spans_of_time_are_hours_and_add_up(minutes: tuple[int, ...], tmp_path: Path) -> None:
    (sheet,) = read_sheets(hours(tmp_path, *(timedelta(minutes=one) for one in minutes)))
    (table,) = survey(sheet, "加班.xlsx")
    assert table.totals[0].agrees is True
    assert table.sum(2) == pytest.approx(sum(minutes) / 60)


def test_b03_a_span_is_shown_as_hours_and_minutes(tmp_path: Path) -> None:
    (sheet,) = read_sheets(hours(tmp_path, timedelta(minutes=1590), timedelta(seconds=5)))
    assert [sheet.cells[row, 2].text for row in (3, 4)] == ["26:30", "0:00:05"]


def test_b03_a_count_shown_as_a_span_of_time_is_told(tmp_path: Path) -> None:
    store = tmp_path / "store"
    begin_store(store)
    (judged,) = check_paths([book(aid({"amount": 1, "persons": timedelta(days=1)}))(tmp_path)], store)
    assert [one.problem for one in judged.findings] == ["填的是“24:00”"]
