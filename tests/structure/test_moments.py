"""A day with the time of day: the ways of writing it, what is none, and cells of every kind of file."""

from datetime import date, datetime
from pathlib import Path

import pytest

from base.periods import parse_span
from etl.extract.moments import parse_moment
from etl.intake import load_paths
from etl.model.finding import Finding
from etl.read.spreadsheetml import read_spreadsheetml
from stats.warehouse import open_warehouse
from tests.lib.books import Form, Row, address, write_book
from tests.lib.county import REPORTER, write_register

QUARTER = "2008年二季度"
AT = "2008-05-03 14:30"


@pytest.mark.parametrize(
    "text",
    [
        "2008-5-3 14:30",
        "2008/5/3 2:30 PM",
        "2008.05.03 14:30:00",
        "2008-05-03T14:30:00",
        "2008年5月3日14时30分",
        "2008年5月3日 14:30",
        "2008年5月3日下午2点半",
        "2008年5月3号下午2时30分",
        "5月3日14时30分",
        "５月３日　１４：３０",
        "二〇〇八年五月三日十四时三十分",
        "五月三日下午两点半",
        "39571.6041666667",
        "2008/5/3 下午 2:30",
        "2008-5-3,14:30",
    ],
)
def test_a_moment_is_read_however_it_is_written(text: str) -> None:
    assert parse_moment(text, 2008) == AT


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2008-5-3 0:00", "2008-05-03 00:00"),
        ("2008-5-3 24:00", "2008-05-04 00:00"),
        ("2008-5-3 12:05 AM", "2008-05-03 00:05"),
        ("2008-5-3 中午12点", "2008-05-03 12:00"),
        ("2008年5月3日9时5分", "2008-05-03 09:05"),
        ("2008年5月3日14时", "2008-05-03 14:00"),
        ("2008-5-3 14:30:25", "2008-05-03 14:30:25"),
    ],
)
def test_hours_of_the_day_are_told_apart(text: str, moment: str) -> None:
    assert parse_moment(text, 2008) == moment


@pytest.mark.parametrize(
    "text",
    [
        "2008-5-3",
        "2008年5月3日",
        "39571",
        "14:30",
        "2008-5-3 14",
        "2008-5-314:30",
        "2008-5-3 14:3",
        "2008-5-3 14:60",
        "2008-5-3 25:00",
        "2008-2-30 14:30",
        "2008-5-3 下午",
        "2008-5-3 上午14:30",
        "2008-5-3 晚上12点",
        "2008-5-3 14:30-15:00",
        "约2008-5-3 14:30",
        "2008-5-3 1430",
        "2008年5月",
        "无",
    ],
)
def test_what_names_no_moment_is_none(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse_moment(text, 2008)


def test_without_a_year_it_needs_the_return_s() -> None:
    with pytest.raises(ValueError, match="5月3日"):
        parse_moment("5月3日14时30分")


def event(number: str, known: object, responded: object = None, **other: object) -> Row:
    row: Row = {"number": number, "known": known, "unit": "甲一厂工会", "kind": "集体诉求", "responded": responded}
    return row | other


def load(folder: Path, *rows: Row, period: str = QUARTER) -> list[Finding]:
    book = write_book(folder / f"五个第一{period}.xlsx", Form("R25", REPORTER, period, rows))
    return list(load_paths([write_register(folder), book], folder / "store").outcomes[-1].findings)


def test_a_cell_and_a_text_are_the_same_moment(tmp_path: Path) -> None:
    rows = [event("1", datetime(2008, 5, 3, 14, 30)), event("2", "5月3日下午2时30分"), event("3", "2008/5/3 2:30 PM")]
    assert load(tmp_path, *rows) == []
    warehouse = open_warehouse(tmp_path / "store")
    with warehouse.cursor() as cursor:
        read = cursor.execute("""select distinct fields ->> 'known' from raw.record where form = 'R25'""").fetchall()
        seen = cursor.execute("""select raw from raw.datum d join core.item i on i.id = d.item
            where i.code = 'first_events' order by d.id""").fetchall()
    warehouse.close()
    assert read == [(AT,)]
    assert seen == [("1",), ("2",), ("3",)]


@pytest.mark.parametrize("day", [date(2008, 5, 3), datetime(2008, 5, 3), "2008-05-03", "5月3日"])
def test_a_day_alone_is_not_midnight(tmp_path: Path, day: object) -> None:
    findings = load(tmp_path, event("1", datetime(2008, 5, 2, 9, 0), day))
    assert [(one.rule, one.severity, one.address) for one in findings] == [
        ("bad_value", "return", address("R25", "responded"))
    ]
    assert "日期和时刻" in findings[0].requirement and "14:30" in findings[0].todo


def test_an_answer_before_the_event_goes_back(tmp_path: Path) -> None:
    early, same = event("1", "2008-5-3 14:30", "2008-5-3 14:20"), event("2", "2008-5-3 14:30", "2008-5-3 14:30")
    findings = load(tmp_path, early, same)
    assert [(one.rule, one.severity) for one in findings] == [("relation", "return")]
    assert "得知时间" in str(findings[0]) and "首次响应时间" in str(findings[0])


def test_an_event_told_again_keeps_its_quarter(tmp_path: Path) -> None:
    assert load(tmp_path, event("1", "2008-6-30 9:00")) == []
    later = write_book(
        tmp_path / "续.xlsx", Form("R25", REPORTER, "2008年三季度", [event("1", "2008-6-30 9:00", "2008-7-1 8:00")])
    )
    assert load_paths([later], tmp_path / "store").outcomes[-1].findings == ()
    warehouse = open_warehouse(tmp_path / "store")
    with warehouse.cursor() as cursor:
        quarters = cursor.execute("""select distinct first from core.in_force where form = 'R25'""").fetchall()
    warehouse.close()
    assert quarters == [(parse_span("2008Q2").first,)], "the quarter of the event, not of the return"


def test_a_workbook_in_xml_keeps_the_time_of_day() -> None:
    cells = "".join(
        f'<Cell><Data ss:Type="DateTime">{text}</Data></Cell>'
        for text in ("2008-05-03T14:30:00.000", "2008-05-03T00:00:00.000")
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    book = (
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="表"><Table>'
        f"<Row>{cells}</Row></Table></Worksheet></Workbook>"
    )
    read = read_spreadsheetml(book)[0].cells
    assert [(read[1, at].raw, read[1, at].kind) for at in (1, 2)] == [(AT, "date"), ("2008-05-03", "date")]
