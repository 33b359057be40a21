"""Of a form of months an organisation owes the months at whose end it is open, and those it sent before count."""

from contextlib import closing
from pathlib import Path

import pytest

from base.month_spans import MONTH, YEAR, say_period
from base.periods import Span
from etl.collection.remind import remind
from etl.collection.status import Status, status
from etl.intake import check_paths, load_paths
from etl.publishing.publish_catalogue import publish_catalogue
from stats.catalogue_in_force import catalogue_in_force
from stats.organisations import missing
from stats.readings import Reading
from stats.warehouse import open_warehouse
from tests.etl.published.frequencies import FORMS, Shown, declared, write_return
from tests.lib.books import Row
from tests.lib.county import begin_store, copy_of, write_changes

APRIL, MAY, JUNE = range(2009 * YEAR + 3, 2009 * YEAR + 6)
QUARTER = APRIL // 3
MOVED = {"level": "基层工会", "parent": "T01", "org_type": "单一", "status": "在册", "effective": "2009-05-20"}
CHANGES: list[Row] = [
    {"unit_code": "T02001", "unit_name": "乙一厂工会", "category": "私营", **MOVED},
    {"unit_code": "T02002", "unit_name": "乙政府工会", "category": "机关", **MOVED},
    {"unit_code": "T03", "unit_name": "丙乡", "level": "乡镇", "parent": "COUNTY", "cluster": "东片", "status": "在册",
     "effective": "2009-05-10"},
    {"unit_code": "T02", "unit_name": "乙乡", "level": "乡镇", "parent": "COUNTY", "cluster": "东片", "status": "合并",
     "effective": "2009-05-20", "successor": "T01"},
]  # fmt: skip
NUMBERS = {
    ("甲镇", APRIL): (10, 200), ("乙乡", APRIL): (20, 300),
    ("甲镇", MAY): (11, 210), ("丙乡", MAY): (31, 400),
    ("甲镇", JUNE): (12, 220), ("丙乡", JUNE): (32, 410), ("乙乡", JUNE): (22, 310),
}  # fmt: skip
SENT = {APRIL: ("甲镇", "乙乡"), MAY: ("甲镇", "丙乡"), JUNE: ("甲镇", "丙乡")}


def make(folder: Path) -> None:
    """Make a store in which a township is founded and another one closes in May, each with its months."""
    store = begin_store(folder / "store")
    publish_catalogue(store, declared(), "李四", "月报")
    assert load_paths([write_changes(folder, "2009年二季度", *CHANGES)], store).count("accepted") == 1
    files = [write_return(folder, "month", month, NUMBERS, towns) for month, towns in SENT.items()]
    summary = load_paths(files, store)
    assert summary.count("accepted") == 3, [outcome.findings for outcome in summary.outcomes]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return copy_of(make, tmp_path)


def status_of(store: Path, month: int) -> Status:
    return status(store, QUARTER, month=month)


def read(store: Path, span: Span, code: str, unit: str = "COUNTY") -> Reading:
    with closing(open_warehouse(store)) as warehouse:
        return Shown(warehouse).read(code, str(span), unit)


def test_a_month_is_owed_by_those_open_at_its_end(store: Path, tmp_path: Path) -> None:
    for month in SENT:
        assert (status_of(store, month).expected, status_of(store, month).received) == (2, 2), say_period(month, MONTH)
        reading = read(store, Span(month, month), "month_flow")
        assert (reading.reported, reading.expected) == (2, 2)
        assert reading.value == sum(NUMBERS[town, month][0] for town in SENT[month])
    lines = [line for line in status(store, QUARTER).lines if line.form == FORMS["month"]]
    assert {line.area_name: (line.expected, line.received) for line in lines} == {
        "甲镇": (1, 1), "乙乡": (1, 1), "丙乡": (1, 1),
    }  # fmt: skip
    load_paths([write_return(tmp_path, "month", JUNE + 1, {("甲镇", JUNE + 1): (13, 230)}, ("甲镇",))], store)
    july = status(store, QUARTER + 1, month=JUNE + 1)
    assert {lacking.unit_name for lacking in july.missing} == {"丙乡"}
    assert "乙乡" not in remind(july, catalogue_in_force(store).reporting)
    with closing(open_warehouse(store)) as warehouse:
        lacking = {each.unit_name for each in missing(warehouse, JUNE + 1) if each.form == FORMS["month"]}
    assert lacking == {"丙乡"}


def test_what_it_sent_while_it_was_open_is_in_its_quarter(store: Path) -> None:
    quarter = Span(QUARTER, QUARTER)
    reading = read(store, quarter, "month_flow")
    assert reading.value == sum(NUMBERS[town, month][0] for month, towns in SENT.items() for town in towns)
    assert (reading.reported, reading.expected) == (6, 6)
    assert read(store, quarter, "month_flow", "T02").value == NUMBERS["乙乡", APRIL][0]
    assert read(store, quarter, "month_stock").value == NUMBERS["甲镇", JUNE][1] + NUMBERS["丙乡", JUNE][1]
    assert read(store, Span(APRIL, APRIL), "month_stock", "T02").value == NUMBERS["乙乡", APRIL][1]


def test_what_it_sends_for_a_month_after_it_closed_is_sent_back(store: Path, tmp_path: Path) -> None:
    path = write_return(tmp_path, "month", JUNE, NUMBERS, ("甲镇", "丙乡", "乙乡"))
    (examined,) = check_paths([path], store)
    assert examined.verdict == "returned"
    assert "closed_unit" in {finding.rule for finding in examined.findings}
