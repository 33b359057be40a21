"""Spans beyond the data, seasonal figures and unfinished years: what is stated about them and what is not."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from base.periods import parse_quarter, parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.figures import make_figure
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.fill_placeholders import Writer
from stats.readings import Reading, read
from stats.readings.movements import largest_changes
from stats.readings.sentences import headline, say_reading
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, town_one, town_two, write_register, write_roster

QUARTERS = {"2009Q1": 100, "2009Q2": 200, "2009Q3": 300, "2009Q4": 400, "2010Q1": 150, "2010Q2": 250}  # 元 raised
NIL = "本期无"
AIMED = ("甲一厂", "甲二厂", "甲中学", "乙一厂")  # enterprises of scale that may enter the contest


def said(quarter: str) -> str:
    return f"{quarter[:4]}年{'一二三四'[int(quarter[-1]) - 1]}季度"


def day(quarter: str) -> str:
    return f"{quarter[:4]}-{int(quarter[-1]) * 3 - 1:02}-10"


def write_ledgers(folder: Path, quarter: str, raised: int) -> None:
    """Write the county's returns for a quarter: money, a contest with yearly entries, awards and meetings."""
    money = {"number": f"F{quarter}", "date": day(quarter), "unit": "甲镇", "direction": "筹措", "kind": "筹措资金",
             "amount": raised}  # fmt: skip
    write_book(folder / f"帮扶{quarter}.xlsx", Form("R07", REPORTER, said(quarter), [money], money="元、公斤"))
    entered = {"1": AIMED[:1], "2": AIMED[1:3], "3": (), "4": AIMED[3:]}[quarter[-1]]
    rows: list[Row] = [
        {
            "employer_code": f"E{name}",
            "employer": name,
            "unit": f"{name}工会",
            "date": day(quarter),
            "scale": "是",
            "teams": 1,
            "workers": 5,
        }  # fmt: skip
        for name in entered
    ]
    write_book(folder / f"安康杯{quarter}.xlsx", Form("R15", REPORTER, said(quarter), rows or [{"employer_code": NIL}]))
    award = {"number": f"A{quarter}", "date": day(quarter), "unit": "甲一厂工会", "award": "县十大技术能手",
             "level": "县", "count": 10, "grantor": "县政府"}  # fmt: skip
    meeting = {"number": f"M{quarter}", "date": day(quarter), "unit": REPORTER, "kind": "政府与工会联席会议",
               "title": "会", "count": 1, "decided": 1, "fulfilled": 1}  # fmt: skip
    late, nothing = quarter[-1] == "3", {"number": NIL}  # both occur in the third quarter of each year
    write_book(folder / f"荣誉{quarter}.xlsx", Form("R09", REPORTER, said(quarter), [award if late else nothing]))
    write_book(folder / f"本级{quarter}.xlsx", Form("R16", REPORTER, said(quarter), [meeting if late else nothing]))


def write_employers(folder: Path) -> None:
    rows: list[Row] = [
        {
            "employer_code": f"E{name}",
            "employer_name": name,
            "area": "甲镇",
            "category": "私营",
            "legal": "是",
            "scale": "是",
            "workers": 50,
            "unionised": "是",
            "union": f"{name}工会",
            "effective": "2008-01-01",
            "status": "在册",
        }  # fmt: skip
        for name in AIMED
    ]
    for town in ("甲", "乙"):
        own = [row | {"area": "甲镇" if town == "甲" else "乙乡"} for row in rows if row["employer_name"][0] == town]
        write_book(folder / f"企业{town}.xlsx", Form("R00E", own[0]["area"], "2009年一季度", own))


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    folder = tmp_path_factory.mktemp("spans")
    write_register(folder / "sent")
    write_employers(folder / "sent")
    for quarter, raised in QUARTERS.items():
        write_ledgers(folder / "sent", quarter, raised)
        write_roster(folder / "sent", "甲镇", said(quarter), town_one())
        write_roster(folder / "sent", "乙乡", said(quarter), town_two())
    summary = load_paths([folder / "sent"], folder / "store")
    told = [finding.sentence() for outcome in summary.outcomes for finding in outcome.findings]
    assert summary.count("returned") + summary.count("held") == 0, told
    with closing(open_warehouse(folder / "store")) as found:
        yield found


def one(warehouse: Warehouse, catalogue: Catalogue, code: str, span: str, against: str = "") -> Reading:
    other = parse_span(against) if against else None
    return read(warehouse, catalogue, "COUNTY", parse_span(span), [code], other)[0]


def test_a07_a_span_ends_where_the_data_end(warehouse: Warehouse, catalogue: Catalogue) -> None:
    found = one(warehouse, catalogue, "aid_funds_raised", "2010Q1..2010Q4")
    assert (found.span, found.value, found.until) == ("2010Q1..2010Q2", 400, parse_quarter("2010Q2"))
    assert (found.against, found.previous, found.change) == ("2009Q1..2009Q2", 300, 100)
    sentence = headline(found, catalogue.indicators["aid_funds_raised"])
    assert sentence.startswith("2010年上半年，") and "比2009年上半年增加100元" in sentence
    chosen = one(warehouse, catalogue, "aid_funds_raised", "2010Q1..2010Q4", "2009Q1..2009Q4")
    assert chosen == found, "of the year chosen too only the same quarters count"


def test_a07_a_whole_span_is_read_as_it_is(warehouse: Warehouse, catalogue: Catalogue) -> None:
    found = one(warehouse, catalogue, "aid_funds_raised", "2010Q1..2010Q2")
    assert (found.span, found.until, found.against) == ("2010Q1..2010Q2", None, "2009Q1..2009Q2")


def test_a07_returns_that_end_earlier_than_others_end_their_own_figures(tmp_path: Path, catalogue: Catalogue) -> None:
    """In 2010 the rosters go up to the second quarter, the aid ledger to the first: its missing quarter is counted."""
    write_register(tmp_path / "sent")
    for quarter, raised in QUARTERS.items():
        if quarter != "2010Q2":
            write_ledgers(tmp_path / "sent", quarter, raised)
        write_roster(tmp_path / "sent", "甲镇", said(quarter), town_one())
    load_paths([tmp_path / "sent"], tmp_path / "store")
    with closing(open_warehouse(tmp_path / "store")) as found:
        money = one(found, catalogue, "aid_funds_raised", "2010Q1..2010Q4")
        assert (money.span, money.value, money.previous) == ("2010Q1..2010Q1", 150, 100)
        assert (money.reported, money.expected, money.complete) == (1, 2, False)
        assert one(found, catalogue, "union_members", "2010Q1..2010Q4").as_of == parse_quarter("2010Q2")


def test_a07_a_template_says_up_to_when(warehouse: Warehouse, catalogue: Catalogue) -> None:
    writer = Writer(Source(warehouse, catalogue), Selection("COUNTY", parse_span("2010Q1..2010Q4")))
    name = catalogue.indicators["aid_funds_raised"].name
    pieces = writer.pieces(
        f'{{{{期间}}}}：{{{{{name}}}}}，{{{{{name}(期间="2010年")}}}}，{{{{{name}(期间="2009年")}}}}'
    )
    text = "".join(piece if isinstance(piece, str) else piece.text for piece in pieces)
    assert text == "2010年上半年：400元，400元（到2010年二季度止），1,000元"


@pytest.mark.parametrize("span", ["2006Q1..2008Q4", "2007Q3..2008Q4"])
def test_a07_a_span_begins_where_the_data_begin(county: Warehouse, catalogue: Catalogue, span: str) -> None:
    found, whole = (one(county, catalogue, "fees_paid", span) for span in (span, "2008Q1..2008Q4"))
    assert (found.span, found.value, found.since) == ("2008Q1..2008Q4", whole.value, parse_quarter("2008Q1"))
    assert (found.previous, found.change, whole.since) == (None, None, None)
    assert headline(found, catalogue.indicators["fees_paid"]).startswith("2008年，")
    yearly = one(county, catalogue, "county_top10_skill_workers", span)
    assert (yearly.span, yearly.value) == ("2008Q1..2008Q4", 10), "not by the years of which nothing is known"


def test_a07_a_template_says_from_when(county: Warehouse, catalogue: Catalogue) -> None:
    writer = Writer(Source(county, catalogue), Selection("COUNTY", parse_span("2010Q1..2010Q2")))
    terms = [f'{{{{实收工会经费(期间="{span}")}}}}' for span in ("2007—2008年", "2008年", "2007—2011年")]
    text = "".join(piece if isinstance(piece, str) else piece.text for piece in writer.pieces("；".join(terms)))
    begun, year, only = text.split("；")
    assert begun == f"{year}（2008年一季度起）" and only.endswith("（只有2008年一季度至2011年二季度的）")
    members = writer.pieces('{{工会会员人数(期间="2007—2008年")}}')
    assert "起）" not in "".join(map(str, members)), "a stock is of the last day alone"


def test_a07_a_figure_ends_there_too(warehouse: Warehouse, catalogue: Catalogue) -> None:
    for panel in catalogue.board("aid").panels:
        figure = make_figure(Source(warehouse, catalogue), panel, Selection("COUNTY", parse_span("2010Q1..2010Q4")))
        assert "2010年，" not in figure.title and "2010年末" not in figure.when, panel.code


def test_a08_what_begins_anew_is_held_against_the_same_season(warehouse: Warehouse, catalogue: Catalogue) -> None:
    code = "ankang_cup_coverage"
    spring = one(warehouse, catalogue, code, "2010Q1")
    assert (spring.value, spring.previous, spring.against) == (0.25, 0.25, "2009Q1..2009Q1")
    assert one(warehouse, catalogue, code, "2010Q2").previous == 0.75
    unlike = one(warehouse, catalogue, code, "2010Q1", "2009Q4")
    assert (unlike.previous, unlike.change, unlike.comparable_change) == (None, None, None)
    told = largest_changes(read(warehouse, catalogue, "COUNTY", parse_span("2010Q1")), catalogue, most=50)
    assert not [found.words for found in told if found.reading.indicator == code]


def test_a09_what_happens_each_year_is_read_of_whole_years(warehouse: Warehouse, catalogue: Catalogue) -> None:
    code = "county_top10_skill_workers"
    indicator = catalogue.indicators[code]
    for span in ("2009Q1..2009Q4", "2009Q1..2010Q2", "2009Q1..2010Q4", "2009Q4"):
        found = one(warehouse, catalogue, code, span)
        assert (found.value, found.numerator, found.span) == (10, 10, "2009Q1..2009Q4"), span
    begun = one(warehouse, catalogue, code, "2010Q1..2010Q2")
    assert (begun.value, begun.absent) == (None, "not_yet")
    assert "本年尚未评选" in headline(begun, indicator) and "0" not in say_reading(begun, indicator)
    so_far = one(warehouse, catalogue, code, "2009Q2..2009Q3")
    assert (so_far.value, so_far.span) == (10, "2009Q1..2009Q3"), "of a year not over, what has happened so far"


def test_a09_an_unfinished_year_breaks_no_streak(warehouse: Warehouse, catalogue: Catalogue) -> None:
    for span in ("2009Q1..2009Q4", "2010Q1..2010Q2", "2010Q1..2010Q4", "2010Q2"):
        assert one(warehouse, catalogue, "joint_meeting_years", span).value == 1, span
