"""Dates of a workbook with the 1904 date system are the same in cells that show them as plain numbers."""

from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl.utils.datetime import to_excel

from etl.intake import check_paths
from tests.lib.books import address
from tests.lib.county import begin_store
from tests.lib.files.formats import table_of, write_table
from tests.messy.returns import aid, book

DAY = date(2008, 2, 1)


@pytest.mark.parametrize("since_1904", [False, True])
@pytest.mark.parametrize("kind", ["xlsx", "moved.xlsx", "xls", "xlsb", "ods", "xml"])
def test_a19_plain_numbers_are_days_of_their_workbook(kind: str, since_1904: bool, tmp_path: Path) -> None:
    store = tmp_path / "store"
    begin_store(store)
    epoch = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
    path = book(aid({"amount": 1, "date": int(to_excel(DAY, epoch))}), name="原表.xlsx")(tmp_path)
    (judged,) = check_paths([write_table(table_of(path, since_1904=since_1904), kind, tmp_path)], store)
    assert judged.returns[0].column("date") == [DAY] and judged.verdict == "accepted"


def test_a19_dates_shown_as_dates_stay_the_same_in_an_old_workbook(tmp_path: Path) -> None:
    store = tmp_path / "store"
    begin_store(store)
    path = book(aid({"amount": 1, "date": DAY}), name="原表.xlsx")(tmp_path)
    table = table_of(path, since_1904=True, formats={address("R07", "date"): "yyyy-mm-dd"})
    for kind in ("xlsx", "xls"):
        (judged,) = check_paths([write_table(table, kind, tmp_path)], store)
        assert judged.returns[0].column("date") == [DAY]
