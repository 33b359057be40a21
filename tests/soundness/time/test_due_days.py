"""The year's days: what is due by declared rules and reported days, settled or past its day, counted by hand."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import astuple
from datetime import date
from pathlib import Path

import pytest

from base.periods import Span, parse_quarter
from etl.collection.returns_due import count_returns, quarters_due, returns_due
from etl.collection.status import status
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.due_days import DueEntry, DueState
from stats.due_days.rows_due import rows_due
from stats.due_days.targets_due import targets_due
from stats.figures.elements.figure_model import Source
from stats.warehouse import open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, UNITS, copy_of, town_one, town_two, write_changes, write_register, write_roster

FIRST, SECOND = "2008年一季度", "2008年二季度"
DAY = date(2008, 7, 20)


def term(union: str, began: str, ends: str, held: str | None = None) -> Row:
    return {"union": union, "began": began, "ends": ends, "elected": held}


def contract(number: str, union: str, employer: str, end: str, start: str = "2008-01-10") -> Row:
    return {"number": number, "type": "集体合同", "scope": "单独", "unit": union, "employer": employer,
            "employer_code": employer, "scale": "是", "enterprises": 1, "workers": 10, "start": start,
            "end": end}  # fmt: skip


def goal(unit: str, value: int, due: str) -> Row:
    return {"indicator": "工会会员人数", "unit": unit, "year": 2008, "comparator": "≥", "value": value, "measure": "人",
            "document": "《年初要点》", "owner": "组织部", "due": due, "date": "2008-01-10",
            "issued": "2008-01-05"}  # fmt: skip


def _write(folder: Path) -> None:
    """Write two quarters. 甲中学工会 is closed on 10 July; 乙乡 sends nothing for the second quarter."""
    school = next(unit for unit in UNITS if unit["unit_name"] == "甲中学工会")
    contracts = [
        contract("H1", "甲一厂工会", "甲一厂", "2008-06-30"),
        contract("H2", "甲二厂工会", "甲二厂", "2008-06-30"),
        contract("H3", "甲中学工会", "甲中学", "2008-12-31"),
        contract("H4", "乙一厂工会", "乙一厂", "2008-07-20"),
    ]
    terms = [
        term("甲一厂工会", "2005-04-10", "2008-04-10"),
        term("甲二厂工会", "2005-05-01", "2008-05-01"),
        term("乙一厂工会", "2005-09-01", "2008-09-01"),
    ]
    renewed = [contract("H5", "甲一厂工会", "甲一厂", "2009-06-30", "2008-06-20")]
    held = [
        term("甲一厂工会", "2005-04-10", "2008-04-10", "2008-04-20"),
        term("甲一厂工会", "2008-04-20", "2011-04-20"),
    ]
    summary = load_paths(
        [
            write_register(folder),
            write_book(folder / "目标.xlsx", Form("R13", REPORTER, FIRST, [
                goal("甲镇", 90, "2008-06-30"), goal("乙乡", 100, "2008-12-31")])),
            write_roster(folder, "甲镇", FIRST, town_one()),
            write_roster(folder, "乙乡", FIRST, town_two()),
            write_book(folder / "合同1.xlsx", Form("R03", REPORTER, FIRST, contracts)),
            write_book(folder / "换届1.xlsx", Form("R36", REPORTER, FIRST, terms)),
            write_roster(folder, "甲镇", SECOND, town_one()),
            write_book(folder / "合同2.xlsx", Form("R03", REPORTER, SECOND, renewed)),
            write_book(folder / "换届2.xlsx", Form("R36", REPORTER, SECOND, held)),
            write_changes(folder, "2008年三季度", school | {"status": "撤销", "effective": "2008-07-10"}),
        ],
        folder / "store",
    )  # fmt: skip
    assert summary.count("returned") == 0, [found.sentence() for one in summary.outcomes for found in one.findings]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of(_write, tmp_path_factory.mktemp("days"))


@pytest.fixture(scope="module")
def source(store: Path, catalogue: Catalogue) -> Iterator[Source]:
    with closing(open_warehouse(store)) as warehouse:
        yield Source(warehouse, catalogue)


def _of(entries: list[DueEntry], words: str) -> dict[int, DueEntry]:
    return {entry.day.month: entry for entry in entries if words in entry.what}


def test_contracts_that_end_are_told_by_month_renewed_or_not(source: Source) -> None:
    ends = _of(rows_due(source, "COUNTY", 2008, DAY), "到期的合同")
    assert {month: (entry.what, entry.state) for month, entry in ends.items()} == {
        6: ("到期的合同2份", DueState.LATE),
        7: ("到期的合同1份", DueState.OPEN),
        12: ("到期的合同1份", DueState.OPEN),
    }, "the last day itself is not past"
    assert ends[6].words == "已续签1份，已过期没有办的1份"
    assert ends[6].whom == "甲二厂工会" and ends[7].whom == "乙一厂工会"
    assert ends[12].whom == "甲镇", "what the closed school left is its township's"


def test_an_election_held_is_done_and_one_past_its_day_is_not(source: Source) -> None:
    terms = _of(rows_due(source, "COUNTY", 2008, DAY), "任期届满")
    assert {month: entry.state for month, entry in terms.items()} == {
        4: DueState.DONE, 5: DueState.LATE, 9: DueState.OPEN
    }  # fmt: skip
    assert terms[4].words == "已换届1家"
    assert _of(rows_due(source, "COUNTY", 2011, DAY), "任期届满")[4].state == DueState.OPEN, "the new term"


def test_an_area_has_its_own_alone(source: Source) -> None:
    assert {entry.whom for entry in rows_due(source, "T02", 2008, DAY)} == {"乙一厂工会"}
    assert [entry.whom for entry in targets_due(source, "T01", 2008, DAY)] == ["甲镇，组织部"]


def test_a_target_is_late_only_where_the_data_reach_its_day(source: Source) -> None:
    first, second = targets_due(source, "COUNTY", 2008, DAY)
    assert (first.day, first.state) == (date(2008, 6, 30), DueState.DONE)
    assert (second.day, second.state, second.whom) == (date(2008, 12, 31), DueState.OPEN, "乙乡")
    (later,) = targets_due(source, "T02", 2008, date(2009, 3, 1))
    assert later.state == DueState.OPEN and "数据只到2008年" in later.words, "nothing is late that only has not come"
    assert targets_due(source, "COUNTY", 2009, DAY) == [], "no day is invented"


def test_returns_are_due_on_the_declared_day_with_who_lacks(source: Source) -> None:
    reporting, second = source.catalogue.reporting, parse_quarter("2008Q2")
    data = Span(parse_quarter("2008Q1"), second)
    quarters = quarters_due(reporting, 2008, data, DAY)
    assert quarters == [parse_quarter(quarter) for quarter in ("2008Q1", "2008Q2", "2008Q3")]
    found = count_returns(source.warehouse, [second], _quarterly(source.catalogue))
    entries = returns_due(second, reporting.due_day(second), found, DAY)
    assert {entry.day for entry in entries} == {reporting.due_day(second)}
    roster = next(entry for entry in entries if "《基层工会组织情况表》" in entry.what)
    line = next(line for line in found if line.form_name == "基层工会组织情况表" and line.area == "T02")
    assert roster.state == DueState.LATE and roster.words.startswith("已过期，还差") and line.expected == 2
    assert roster.whom == "乙乡", "only forms that the same areas owe stand together"
    in_time = returns_due(second, reporting.due_day(second), found, date(2008, 7, 15))
    early = next(entry for entry in in_time if "《基层工会组织情况表》" in entry.what)
    assert early.state == DueState.OPEN, "the due day itself is in time"
    came = sum(line.received == line.expected for line in found)
    assert came and sum(entry.state == DueState.DONE for entry in entries) == 1


def test_returns_of_a_year_are_counted_as_their_status_is(store: Path, source: Source) -> None:
    quarters = range(parse_quarter("2007Q4"), parse_quarter("2009Q1") + 1)  # before, in and after those with data
    forms = _quarterly(source.catalogue)
    by_status = [
        (quarter, line.area, line.area_name, line.form, line.form_name, line.expected, line.received)
        for quarter in quarters
        for line in status(store, quarter).of_forms(forms).lines
    ]
    assert [astuple(line) for line in count_returns(source.warehouse, quarters, forms)] == by_status
    assert {True, False} == {expected == received for *_, expected, received in by_status}


def _quarterly(catalogue: Catalogue) -> list[str]:
    return [form.code for form in catalogue.forms.values() if form.frequency == "quarter"]
