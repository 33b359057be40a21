"""Score sheets for tests: rows of R18 for the small county."""

from pathlib import Path
from typing import Any

from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER

SCHEME = "town_work_2010"
SCHEME_NAME = "乡镇工会工作目标考核办法（2010年，示例）"
FILED = "2011年一季度"


def score_row(item: str, unit: str = "甲镇", **stages: Any) -> Row:
    """Return a row of a score sheet; stages are self, checked, final."""
    return {"scheme": SCHEME_NAME, "unit": unit, "item": item, "date": "2011-02-01", **stages}


def write_scores(folder: Path, *rows: Row, name: str = "考核评分表.xlsx", reporter: str = REPORTER) -> Path:
    """Write a score sheet of the county, filed in the year after the scored one."""
    return write_book(folder / name, Form("R18", reporter, FILED, list(rows)))
