"""A ledger's stock is built up over many quarters: a missing one is reported and prevents comparison."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from base.periods import parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.judging.imputed import supplied
from stats.readings import Reading, read
from stats.readings.coverage_words import say_reported, say_uncovered
from stats.warehouse import open_warehouse
from tests.lib.books import Form, write_book
from tests.lib.county import REPORTER, town_one, write_register, write_roster

QUARTERS = ("2010Q1", "2010Q2", "2010Q3", "2010Q4")
# A form that only adds rows, and two kinds of rows that are counted as a stock.
LIBRARIES, BASES = "worker_libraries", "training_bases"
KINDS = {LIBRARIES: "建立职工书屋", BASES: "建立培训基地"}


def said(quarter: str) -> str:
    return f"{quarter[:4]}年{'一二三四'[int(quarter[-1]) - 1]}季度"


def send(folder: Path, quarter: str) -> None:
    """Write the ledger of one quarter: each adds one library and one base."""
    rows = [
        {"number": f"{kind}{quarter}", "date": f"{quarter[:4]}-{int(quarter[-1]) * 3 - 1:02}-10", "unit": "甲镇",
         "kind": kind, "title": f"{kind}{quarter}"}
        for kind in KINDS.values()
    ]  # fmt: skip
    write_book(folder / f"台账{quarter}.xlsx", Form("R08", REPORTER, said(quarter), rows))


def readings(folder: Path, catalogue: Catalogue, lacking: Sequence[str], span: str, unit: str) -> list[Reading]:
    """Load all quarters except the missing ones and return the readings at the end of a span."""
    write_register(folder / "sent")
    for quarter in QUARTERS:
        write_roster(folder / "sent", "甲镇", said(quarter), town_one())
        if quarter not in lacking:
            send(folder / "sent", quarter)
    load_paths([folder / "sent"], folder / "store")
    with closing(open_warehouse(folder / "store")) as warehouse:
        found = read(warehouse, catalogue, unit, parse_span(span), list(KINDS))
        for one in found:
            assert supplied(warehouse, catalogue, catalogue.indicators[one.indicator], one, parse_span(span)) is None
        return found


@pytest.mark.parametrize("unit", ["COUNTY", "T01"])
def test_a06_a_quarter_that_never_came_lacks_in_what_a_ledger_holds(
    tmp_path: Path, catalogue: Catalogue, unit: str
) -> None:
    for one in readings(tmp_path, catalogue, ["2010Q2"], "2010Q4", unit):
        assert (one.value, one.reported, one.expected, one.complete) == (3, 3, 4, False)
        assert (one.previous, one.change) == (2, 1)  # nothing is missing between the third quarter and the fourth
        assert say_reported(one, catalogue) == "据已报的3份报表（应报4份），"
        assert say_uncovered([one]) == [f"{one.name}：按已报3/4份计算，未报的不在内。"]


@pytest.mark.parametrize("span", ["2010Q4", "2010Q3..2010Q4"])
def test_a06_what_came_between_can_not_be_held_against_what_stood_before(
    tmp_path: Path, catalogue: Catalogue, span: str
) -> None:
    for one in readings(tmp_path, catalogue, ["2010Q3"], span, "COUNTY"):
        assert (one.value, one.reported, one.expected) == (3, 3, 4)
        assert (one.previous, one.change, one.comparable_change) == (None, None, None)


def test_a06_with_nothing_lacking_the_quarter_itself_is_told(tmp_path: Path, catalogue: Catalogue) -> None:
    for one in readings(tmp_path, catalogue, [], "2010Q4", "COUNTY"):
        assert (one.value, one.reported, one.expected, one.complete, one.change) == (4, 1, 1, True, 1)
