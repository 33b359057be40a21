"""A month as the span of a page: offered where forms of months were sent, answered by those forms alone."""

import json
from pathlib import Path

import pytest

from base.month_spans import QUARTER, YEAR
from base.periods import Span, parse_span, span_of
from etl.intake import load_paths
from etl.publishing.publish_catalogue import publish_catalogue
from pages.view.choices import ends_after, name_ends, name_span, offer_against, offer_spans
from stats.__main__ import main as stats_main
from tests.etl.published.frequencies import declared, numbers_of, write_return
from tests.lib.county import begin_store, copy_of
from tests.pages.conftest import OpenPage, words

DATA, MONTHS = parse_span("2008Q1..2009Q4"), parse_span("2009M02..2009M05")
MAY = 2009 * YEAR + 4


def make_months(folder: Path) -> None:
    """Make a store with four months of a form of months, and two quarters of one of quarters."""
    store = begin_store(folder / "store")
    publish_catalogue(store, declared(), "李四", "月报")
    sent = [("month", month) for month in (MAY - 12, MAY - 2, MAY - 1, MAY)] + [("quarter", MAY // QUARTER - 1)]
    files = [write_return(folder, frequency, number, numbers_of(frequency)) for frequency, number in sent]
    assert load_paths(files, store).count("accepted") == len(files)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_of(make_months, tmp_path_factory.mktemp("months"))


def flow(month: int) -> int:
    return sum(numbers_of("month")[town, month][0] for town in ("甲镇", "乙乡"))


def test_a_month_is_read_on_pages_from_the_forms_of_months(store: Path, open_page: OpenPage) -> None:
    app = open_page(store, "indicator.py", figure="month_flow", span="2009M05")
    assert app.selectbox(key="span").value == "2009M05..2009M05" and not app.warning
    page = words(app)
    assert f"2009年5月，示例县总工会的月度走访人次为{flow(MAY)}人次" in page
    assert "<span>数据截至2009年5月</span>" in page
    assert "比2008年5月" in page and "<th>月份</th>" in page and ">2009年4月<" in page
    app.selectbox(key="against").select("previous").run()
    assert "2009年4月" in words(app) and not app.exception
    by_quarter = words(open_page(store, "indicator.py", figure="quarter_flow", span="2009M05"))
    assert "2009年5月" in by_quarter and "只有整季度的数" in by_quarter and "<th>季度</th>" in by_quarter


def test_a_paper_says_the_last_month_that_was_sent(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--unit", "COUNTY", "--span", "2009M04..2009M07", "--store", str(store)]
    assert stats_main(["placeholders", "--json", *asked]) == 0
    values = json.loads(capsys.readouterr().out)["values"]
    assert (values["期间"], values["截至"]) == ("2009年4—5月", "2009年5月末")


@pytest.mark.parametrize("page", ["", "unit.py", "trace.py", "targets.py", "papers.py", "show.py", "B02"])
def test_every_page_can_be_looked_at_for_a_month(page: str, store: Path, open_page: OpenPage) -> None:
    app = open_page(store, page, span="2009M05")
    assert not app.exception and not app.error, app.exception
    assert "2009年5月" in words(app)


def test_a_month_is_no_choice_where_nobody_sends_one(towns: Path, open_page: OpenPage) -> None:
    app = open_page(towns, span="2008M02")
    assert "2008M02" in app.warning[0].value and app.selectbox(key="span").value == "2008Q1..2008Q1"
    assert not [name for name in app.selectbox(key="span").options if "月" in name]


def test_what_the_data_have_is_offered() -> None:
    offered = offer_spans(DATA, halves=True, months=MONTHS, statistical=True)
    assert [str(span) for span in offered[-4:]] == [f"2009M0{month}..2009M0{month}" for month in (5, 4, 3, 2)]
    assert "2009统计年度（2008年四季度至2009年三季度）" in map(name_span, offered)
    begun = offer_spans(parse_span("2008Q1..2010Q2"), statistical=True)
    assert parse_span("2009Q4..2010Q2") in begun and parse_span("2007Q4..2008Q3") not in begun
    assert {"2009年上半年", "2008年下半年"} <= set(map(name_span, offered))
    plain = offer_spans(DATA)
    assert all(span.each == QUARTER and span.months.first % YEAR != 9 or span.length == 1 for span in plain)


def test_a_month_is_compared_with_other_months() -> None:
    may = parse_span("2009M05")
    offered = offer_against(may, DATA)
    assert offered["previous"][1] == parse_span("2009M04") and offered["year"][1] == parse_span("2008M05")
    others = [other for _, other in offered.values() if other]
    assert all(other.each == may.each and other.length == 1 for other in others) and len(others) == 23
    long = parse_span("2009M02..2009M04")
    assert all(other == span_of(other.months) for _, other in offer_against(long, DATA).values() if other)


def test_a_span_may_begin_and_end_with_a_month() -> None:
    ends = name_ends(DATA, MONTHS)
    assert ends["2009M05"] == "2009年5月" and ends["2008Q1"] == "2008年一季度"
    later = ends_after("2009M03", ends)
    assert list(later) == ["2009Q1", "2009Q2", "2009Q3", "2009Q4", "2009M03", "2009M04", "2009M05"]
    assert parse_span("2009M03..2009Q2") == Span(2009 * YEAR + 2, 2009 * YEAR + 5)
