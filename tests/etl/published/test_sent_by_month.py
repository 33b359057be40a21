"""Returns of months, half-years and years: their periods, blank forms, due days, ledgers and corrections."""

import json
from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from base.errors import UserError
from base.month_spans import MONTH, QUARTER, YEAR, say_period
from base.periods import parse_quarter, parse_span
from etl.__main__ import main as etl_main
from etl.collection.remind import remind
from etl.collection.returns_due import count_of, count_returns, months_due, returns_due
from etl.collection.status import status
from etl.collection.templates import make_template
from etl.intake import check_paths, load_paths
from etl.publishing.publish_catalogue import publish_catalogue
from stats.__main__ import main as stats_main
from stats.catalogue import USUAL_PACKS
from stats.catalogue_declared import Declared, check_declared
from stats.catalogue_in_force import catalogue_in_force
from stats.papers.references import reference
from stats.readings import read_units
from stats.readings.coverage_words import say_reported, say_uncovered
from stats.readings.trace import trace
from stats.totals.series import series_of_each
from stats.warehouse import open_warehouse
from tests.etl.published.frequencies import (
    FORMS,
    LENGTHS,
    YEARS,
    Shown,
    declared,
    expected,
    form,
    make,
    numbers_of,
    write_return,
)
from tests.lib.county import begin_store, copy_of


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return copy_of(make, tmp_path)


def write_ledger(folder: Path, said: str, rows: Sequence[tuple[object, ...]]) -> Path:
    """Write the file of one month of the ledger of visits."""
    book = Workbook()
    head = ("编号", "走访日期", "乡镇", "走访户次")
    for row in ((f"{said}月度走访台账",), ("填报单位：示例县总工会", f"报告期：{said}"), head, *rows):
        book.worksheets[0].append(row)
    book.save(folder / f"台账{said}.xlsx")
    return folder / f"台账{said}.xlsx"


def test_what_is_due_in_a_year_is_counted_as_the_status_is(store: Path) -> None:
    quarters = range(parse_quarter("2009Q1"), parse_quarter("2010Q1") + 1)
    longer = [FORMS[frequency] for frequency in ("quarter", "half_year", "year")]
    by_status = [(line, quarter) for quarter in quarters for line in status(store, quarter).of_forms(longer).lines]
    with closing(open_warehouse(store)) as warehouse:
        counted = count_returns(warehouse, quarters, longer)
    assert [(one.period, one.area, one.form, one.expected, one.received) for one in counted] == [
        (quarter, line.area, line.form, line.expected, line.received) for line, quarter in by_status
    ]


def test_what_is_due_in_a_quarter_is_in_when_all_its_months_are(store: Path, tmp_path: Path) -> None:
    due = {line.form: line for line in status(store, parse_span("2009Q4").first).lines if line.form in FORMS.values()}
    assert {form: (line.expected, line.received) for form, line in due.items()} == {
        code: (1, 1) for code in FORMS.values()
    }
    january = 2010 * YEAR
    numbers = {("甲镇", january): (55, 210), ("乙乡", january): (66, 220), ("甲镇", january + 1): (77, 230)}
    load_paths([write_return(tmp_path, "month", month, numbers) for month in (january, january + 1)], store)
    lines = [line for line in status(store, january // QUARTER).lines if line.form in FORMS.values()]
    assert {line.form for line in lines} == {FORMS["month"], FORMS["quarter"]}
    assert all(line.received == 0 for line in lines)
    catalogue = catalogue_in_force(store)
    months = months_due(catalogue.reporting, 2010, parse_span("2008Q1..2010Q1"), date(2010, 3, 1))
    assert [say_period(month, MONTH) for month in (months[0], months[-1])] == ["2009年12月", "2010年11月"]
    of_january, of_february = (status(store, january // QUARTER, month=month) for month in (january, january + 1))
    assert [(of.period_name, of.expected, of.received) for of in (of_january, of_february)] == [
        ("2010年1月", 2, 2),
        ("2010年2月", 2, 1),
    ]
    assert of_january.due == date(2010, 1, 31) + timedelta(catalogue.reporting.due_days)
    letter = remind(of_february, catalogue.reporting, today=date(2010, 2, 10))
    assert "2010年2月的报表请于" in letter and "乙乡：缺1张表（《月度走访表》）" in letter
    asked = of_february.period, of_february.due, count_of(of_february)
    (entry,) = returns_due(*asked, date(2010, 3, 1), of_february.period_name)
    assert entry.what.startswith("2010年2月《月度走访表》") and entry.whom == "乙乡"
    with closing(open_warehouse(store)) as warehouse:
        shown = Shown(warehouse)
        towns = read_units(warehouse, catalogue, ["T01", "T02"], parse_span("2010Q1"), ["month_stock"])
        assert [(town.value, town.absent) for town in towns] == [(None, "months_lacking"), (None, "unreported")]
        courses = series_of_each(warehouse, catalogue, "year_flow", ["T01", "T02"], parse_span("2008Q1..2010Q1"))
        assert [len(points) for points, _ in courses.values()] == [2, 2]
        for code in ("month_flow", "month_stock"):
            begun = shown.read(code, "2010Q1")
            due = 6 if code == "month_flow" else 2
            assert (begun.value, begun.absent, begun.reported, begun.expected) == (None, "months_lacking", 0, due)
            assert shown.read(code, "2009Q1..2010Q1").until == parse_span("2009Q4").first
        assert shown.read("year_flow", "2009Q1..2010Q1").value == expected("year", "flow", parse_span("2009"))


def test_the_cells_of_a_quarter_of_which_a_month_lacks_are_not_shown(store: Path, tmp_path: Path) -> None:
    """Nor counted: of the township that sent one month alone the quarter before is read."""
    months = range(2010 * YEAR, 2010 * YEAR + 3)
    numbers = {("乙乡", month): (66, 220) for month in months} | {("甲镇", months[0]): (55, 210)}
    load_paths([write_return(tmp_path, "month", month, numbers) for month in months], store)
    with closing(open_warehouse(store)) as warehouse:
        for unit, span in (("T01", "2009Q4..2010Q1"), ("T02", "2009Q4..2010Q1"), ("T01", "2010M01..2010M02")):
            value = Shown(warehouse).read("month_flow", span, unit).value
            cells = trace(warehouse, catalogue_in_force(store), "month_flow", unit, parse_span(span))
            assert sum(cell.value for cell in cells) == value, (unit, span)


def test_a_quarter_counts_the_returns_of_its_months(store: Path, tmp_path: Path) -> None:
    """What adds up holds the months that came of one that sent some alone; a stock counts who sent all of them."""
    months = range(2010 * YEAR, 2010 * YEAR + 3)
    numbers = {("乙乡", month): (66, 220) for month in months} | {("甲镇", months[0]): (55, 210)}
    load_paths([write_return(tmp_path, "month", month, numbers) for month in months], store)
    with closing(open_warehouse(store)) as warehouse:
        catalogue, span = catalogue_in_force(store), parse_span("2010Q1")
        flow, stock = read_units(warehouse, catalogue, ["COUNTY"], span, ["month_flow", "month_stock"])
        both = read_units(warehouse, catalogue, ["COUNTY", "T02"], span, ["month_flow"])
        assert (flow.value, flow.reported, flow.expected) == (3 * 66 + 55, 4, 6)
        assert (stock.value, stock.reported, stock.expected) == (220, 1, 2)
        assert [(reading.reported, reading.expected) for reading in both] == [(4, 6), (3, 3)]
        assert say_uncovered([flow])[0].endswith("：按已报4/6份计算，未报的不在内。")
        assert say_reported(flow, catalogue) == "据已报的4份报表（应报6份），"


def test_a_form_that_was_sent_is_not_sent_by_another_length(store: Path) -> None:
    """What was sent for months would be taken for quarters, or for no period at all."""
    for frequency, other in (("month", "quarter"), ("year", "quarter"), ("quarter", "year"), ("quarter", "month")):
        files = declared().files
        path = f"forms/{FORMS[frequency]}.yml"
        changed = files[path].replace(f"frequency: {frequency}", f"frequency: {other}")
        with pytest.raises(UserError, match="报送周期"):
            publish_catalogue(
                store, Declared(USUAL_PACKS, files | {path: changed}), "李四", "改报送周期", meaning="改为另一种"
            )


_VISITS = """\
name: 月度走访台账
question: 每月走访了谁？
layouts: [ledger]
frequency: month
assigned: {level: [county]}
subject: [area]
key: [number]
date: day
columns:
  - {code: number, name: 编号, type: text, required: true, identifier: true}
  - {code: day, name: 走访日期, type: date, required: true}
  - {code: area, name: 乡镇, type: unit, required: true}
  - {code: visits, name: 走访户次, type: integer, measure: person_time, required: true}
"""


def test_a_ledger_of_months_counts_by_its_days(tmp_path: Path) -> None:
    item = "ledger_visits: {name: 台账走访, measure: person_time, time: sum, form: X15, take: visits}\n"
    name = "indicators/month_flow.yml"
    files = declared().files
    own = {
        "forms/X15.yml": _VISITS,
        "items.yml": item,
        name: files[name].replace("numerator: month_flow", "numerator: ledger_visits"),
    }
    store = begin_store(tmp_path / "store")
    publish_catalogue(store, Declared(USUAL_PACKS, own), "李四", "台账")
    rows = {
        "2009年1月": [("1", date(2009, 1, 5), "甲镇", 3), ("2", date(2009, 1, 31), "乙乡", 4)],
        "2009年2月": [("本期无",)],
        "2009年3月": [("3", date(2009, 3, 1), "甲镇", 5)],
    }
    paths = [write_ledger(tmp_path, said, told) for said, told in rows.items()]
    wrong = write_ledger(
        tmp_path, "2009年4月", [("4", date(2009, 5, 1), "甲镇", 6), ("5", date(2009, 3, 9), "甲镇", 7)]
    )
    summary = load_paths([*paths, wrong], store)
    assert [outcome.what for outcome in summary.outcomes] == ["accepted"] * 3 + ["returned"], summary.outcomes
    assert {finding.rule for finding in summary.outcomes[-1].findings} == {"future_date", "early_date"}
    with closing(open_warehouse(store)) as warehouse:
        reading = Shown(warehouse).read("month_flow", "2009Q1")
        (town,) = Shown(warehouse).read_all("2009Q1", ["month_flow"], "T01").values()
    assert (reading.value, reading.reported, reading.expected, town.value) == (12, 3, 3, 8)


def test_a_corrected_month_replaces_that_month_alone(store: Path, tmp_path: Path) -> None:
    month = 2009 * YEAR + 4
    before = expected("month", "flow", parse_span("2009Q2")) or 0
    numbers = numbers_of("month") | {("甲镇", month): (120, 230)}
    path = write_return(tmp_path, "month", month, numbers).rename(tmp_path / "月度2009年5月更正.xlsx")
    outcome = load_paths([path], store).outcomes[0]
    assert outcome.what == "accepted", outcome.findings
    with closing(open_warehouse(store)) as warehouse:
        after = Shown(warehouse).read("month_flow", "2009Q2").value
    assert after == before - numbers_of("month")["甲镇", month][0] + 120


PERIODS = [
    ("month", "2009年二季度", "returned"),
    ("half_year", "2009年二季度", "returned"),
    ("year", "2009年下半年", "returned"),
    ("year", "2009年12月", "returned"),
    ("month", "2009年1—5月", "returned"),
    ("month", "2009年12月", "accepted"),
    ("year", "2009", "accepted"),
    ("half_year", "2009年7—12月", "accepted"),
]


def test_the_period_of_a_return_is_one_of_its_form(store: Path, tmp_path: Path) -> None:
    paths = []
    for at, (frequency, period, _) in enumerate(PERIODS):
        number = YEARS.whole(LENGTHS[frequency])[-1]
        book = load_workbook(write_return(tmp_path, frequency, number, numbers_of(frequency)))
        book.worksheets[0]["A1"], book.worksheets[0]["B2"] = "走访表", f"报告期：{period}"
        paths.append(tmp_path / f"表{at}.xlsx")
        book.save(paths[-1])
    examined = check_paths(paths, store)
    assert [one.verdict for one in examined] == [verdict for *_, verdict in PERIODS]
    told = [finding.requirement for one in examined for finding in one.findings if finding.rule == "no_period"]
    assert told == [
        f"应写明是哪一期，例如 {said}" for said in ("2010年12月", "2010年下半年", "2010年", "2010年", "2010年12月")
    ]


def test_the_status_of_a_month_is_asked_by_its_code(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert etl_main(["status", "--period", "2009M05", "--json", "--store", str(store)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["period"], told["expected"], told["received"]) == ("2009M05", 2, 2)
    assert {line["form"] for line in told["lines"]} == {FORMS["month"]}
    assert etl_main(["status", "--period", "2009M13", "--store", str(store)]) != 0


def test_a_month_is_read_and_cited_in_a_paper(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--unit", "COUNTY", "--span", "2009M05", "--store", str(store)]
    assert stats_main(["read", "month_flow", "quarter_flow", "--json", *asked]) == 0
    month, quarter = json.loads(capsys.readouterr().out)
    flow = expected("month", "flow", parse_span("2009M05"))
    assert (month["span"], month["value"], quarter["absent"]) == ("2009M05..2009M05", flow, "of_quarters")
    assert stats_main(["brief", *asked, "--out", str(tmp_path / "五月")]) == 0
    with closing(open_warehouse(store)) as warehouse:
        build = f"{warehouse.build}|{warehouse.built_at}"
    ref = reference("month_flow", "COUNTY", month["span"], build)
    capsys.readouterr()
    assert stats_main(["cite", ref, "--store", str(store)]) == 0
    assert f"{flow}人次" in (cited := capsys.readouterr().out) and "2009年5月" in cited


def test_a_template_of_each_length_is_read_back(store: Path, tmp_path: Path) -> None:
    numbers = {frequency: YEARS.whole(length)[-1] for frequency, length in LENGTHS.items()}
    paths = [
        make_template(store, FORMS[frequency], "COUNTY", number, tmp_path / f"{frequency}.xlsx")
        for frequency, number in numbers.items()
    ]
    found = {filed.form.code: filed.period for one in check_paths(paths, store) for filed in one.returns}
    assert found == {FORMS[frequency]: number for frequency, number in numbers.items()}


_LEDGER = form("year").replace("[roster]", "[ledger]\ndate: day")
_DAY = "columns:\n  - {code: day, name: 日期, type: date}\n"
_ACROSS = "across: [{left: flow, op: <=, form: R01, right: members}]\n"
UNFIT = {
    "a ledger of years": (_LEDGER.replace("columns:\n", _DAY), "台账"),
    "an unknown frequency": (form("month").replace("frequency: month", "frequency: week"), "frequency"),
    "a check against a quarter": (form("year") + _ACROSS, "逐行核对"),
}


@pytest.mark.parametrize("fault", UNFIT)
def test_what_works_by_the_quarter_alone_refuses_other_lengths(fault: str, tmp_path: Path) -> None:
    content, said = UNFIT[fault]
    store = begin_store(tmp_path / "store")
    with pytest.raises(UserError, match=said):
        check_declared(store, Declared(USUAL_PACKS, {"forms/X11.yml": content}))
