"""Forms of months, half-years and years, declared by a county: their numbers add up to every span that holds them."""

import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from math import fsum, isclose
from pathlib import Path

import pytest

from base.month_spans import MONTH, QUARTER, Months, format_period, months_of
from base.periods import Span, format_quarter, parse_quarter, parse_span, span_of
from etl.intake import load_paths
from etl.publishing.publish_catalogue import publish_catalogue
from stats.attainment import attainments
from stats.catalogue_in_force import catalogue_under
from stats.readings.trace import trace
from stats.totals.series import absences, by_quarter, several_series
from stats.warehouse import open_warehouse
from tests.etl.published.frequencies import (
    CODES,
    LENGTHS,
    TOWNS,
    YEARS,
    Shown,
    declared,
    expected,
    make,
    numbers_of,
    write_return,
)
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, begin_store, copy_of, write_register
from tests.reckoner.county import County
from tests.reckoner.declared import Declared as reckoned
from tests.reckoner.figures import Figures

SPANS = [
    *(f"{year}Q{quarter}" for year in (2008, 2009) for quarter in range(1, 5)),
    *("2009M01", "2009M05", "2009M06", "2008M12..2009M01", "2009M02..2009M08"),
    *("2008H1", "2008H2", "2009H1", "2008", "2009", "2008..2009", "2009S", "2008Q2..2009Q1", "2008Q3..2009Q4"),
]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return copy_of(make, tmp_path)


@pytest.fixture
def shown(store: Path) -> Iterator[Shown]:
    with closing(open_warehouse(store)) as warehouse:
        yield Shown(warehouse)


def test_every_span_is_the_sum_of_its_flows_and_the_last_of_its_stocks(shown: Shown) -> None:
    for text in SPANS:
        span = parse_span(text)
        for unit, towns in (("COUNTY", TOWNS), ("T02", TOWNS[1:])):
            for code, reading in shown.read_all(text, CODES, unit).items():
                frequency, column = code.rsplit("_", 1)
                assert reading.value == expected(frequency, column, span, towns), (code, text, unit)
                if reading.value is None:
                    assert reading.absent == f"of_{frequency}s"
                else:
                    whole = len(span.months.whole(LENGTHS[frequency])) * len(towns)
                    assert reading.reported == reading.expected == (len(towns) if column == "stock" else whole)


def test_quarters_are_their_months_and_years_their_quarters(shown: Shown) -> None:
    for unit in ("COUNTY", "T01"):
        for quarter in range(parse_quarter("2008Q1"), parse_quarter("2010Q1")):
            months = [Span(month, month) for month in months_of(quarter, QUARTER).whole(MONTH)]
            read = [shown.read_all(str(month), ["month_flow", "month_stock"], unit) for month in months]
            whole = shown.read_all(format_quarter(quarter), ["month_flow", "month_stock"], unit)
            assert fsum(month["month_flow"].value or 0.0 for month in read) == whole["month_flow"].value
            assert read[-1]["month_stock"].value == whole["month_stock"].value
    quarters = [shown.read_all(f"2009Q{quarter}", CODES) for quarter in range(1, 5)]
    year = shown.read_all("2009", CODES)
    for frequency in ("month", "quarter"):
        flows = [quarter[f"{frequency}_flow"].value or 0.0 for quarter in quarters]
        assert sum(flows) == year[f"{frequency}_flow"].value
        assert quarters[-1][f"{frequency}_stock"].value == year[f"{frequency}_stock"].value


def test_a_number_is_compared_with_one_of_the_same_length(shown: Shown) -> None:
    for code in CODES:
        frequency, column = code.rsplit("_", 1)
        reading = shown.read(code, "2009")
        assert reading.previous == expected(frequency, column, parse_span("2008")), code
        assert reading.complete and reading.comparable_change == reading.change
    months = shown.read_all("2009M05", ["month_flow", "month_stock"])
    assert months["month_flow"].previous == expected("month", "flow", parse_span("2008M05"))
    assert months["month_stock"].previous == expected("month", "stock", parse_span("2009M04"))
    assert all(month.complete and month.comparable_change == month.change for month in months.values())
    chosen = shown.read("month_flow", "2009M05", against="2009M04")
    assert chosen.previous == expected("month", "flow", parse_span("2009M04"))
    shifted = shown.read("half_year_flow", "2008Q3..2009Q4")
    assert shifted.value == expected("half_year", "flow", parse_span(shifted.span)) and shifted.since is None


def test_a_rate_of_two_lengths_is_of_whole_periods_of_both(shown: Shown) -> None:
    whole = shown.read("visits_share", "2008Q2..2009Q4")
    assert whole.span == "2009Q1..2009Q4"
    assert whole.value is not None and whole.numerator == expected("month", "flow", parse_span("2009"))
    assert isclose(whole.value, (whole.numerator or 0) / (expected("year", "stock", parse_span("2009")) or 1))
    part = shown.read("visits_share", "2009Q2..2009Q4")
    assert (part.value, part.absent) == (None, "of_years")


def test_a_figure_leads_to_cells_that_add_up_under_the_period_of_their_return(shown: Shown) -> None:
    catalogue = catalogue_under(shown.warehouse)
    for text in ("2009", "2009H1", "2009Q2", "2009M05", "2009M02..2009M08"):
        span = parse_span(text)
        for code in CODES:
            frequency, column = code.rsplit("_", 1)
            cells = trace(shown.warehouse, catalogue, code, "COUNTY", span)
            assert sum(cell.value for cell in cells) == (expected(frequency, column, span) or 0), (code, text)
            periods = span.months.whole(LENGTHS[frequency])
            asked = periods if column == "flow" else periods[-1:]
            assert {cell.period for cell in cells} == {format_period(number, LENGTHS[frequency]) for number in asked}


def test_a_course_has_a_point_for_each_period_that_a_span_holds(shown: Shown) -> None:
    catalogue = catalogue_under(shown.warehouse)
    for text, years in (("2008..2009", 2), ("2008Q2..2009Q4", 1)):
        span = parse_span(text)
        courses = several_series(shown.warehouse, catalogue, [*CODES, "visits_share"], "COUNTY", span)
        assert len(courses["year_flow"]) == len(courses["visits_share"]) == years
        for code, points in courses.items():
            values = [shown.read(code, str(point.span)).value for point in points]
            assert [point.value for point in points] == values and None not in values, code
            assert not absences(shown.warehouse, catalogue, code, "COUNTY", span)
    year, half = (by_quarter(courses[code])[-1] for code in ("year_flow", "half_year_stock"))
    assert (year.change, half.span) == (None, parse_span("2009H2"))
    assert half.change == (expected("half_year", "stock", parse_span("2009H2")) or 0) - (
        expected("half_year", "stock", parse_span("2009H1")) or 0
    )


def target(name: str) -> Row:
    """Return a row that sets a target of the county for 2009, of which any sum or stock here falls short."""
    return {
        "indicator": name, "unit": REPORTER, "year": 2009, "comparator": "≥", "value": 100_000, "measure": "人次",
        "document": "《要点》", "issued": "2009-01-05", "owner": "保障部", "due": "2009-12-31", "date": "2009-01-05",
    }  # fmt: skip


def test_a_target_is_judged_at_the_ends_of_whole_periods(store: Path, tmp_path: Path) -> None:
    goals = [target(name) for name in ("月度走访人次", "半年度走访人次", "年度走访人次", "年度在册人次")]
    summary = load_paths([write_book(tmp_path / "目标.xlsx", Form("R13", REPORTER, "2009年一季度", goals))], store)
    assert summary.count("accepted") == 1, summary.outcomes
    found: dict[str, list[tuple[str, str, str, float | None]]] = defaultdict(list)
    with closing(open_warehouse(store)) as warehouse:
        catalogue = catalogue_under(warehouse)
        for text in ("2009M05", "2009Q2", "2009Q3", "2009Q4"):
            for one in attainments(warehouse, catalogue, "COUNTY", parse_span(text).last):
                found[one.goal.indicator].append((one.state, one.reason, one.reading.span, one.pace))
    half, whole = ("behind", "", "2009Q1..2009Q2", 50_000.0), ("behind", "", "2009Q1..2009Q4", 100_000.0)
    not_yet = ("unknown", "not_begun", "2008Q1..2008Q4", None)
    may = ("behind", "", "2009M01..2009M05", pytest.approx(100_000 * 5 / 12))
    assert found["month_flow"] == [may, half, ("behind", "", "2009Q1..2009Q3", 75_000.0), whole]
    assert found["half_year_flow"][1:] == [half, half, whole]
    assert found["year_flow"] == found["year_stock"] == [not_yet, not_yet, not_yet, whole]
    with closing(open_warehouse(store)) as warehouse:
        shown = Shown(warehouse)
        monthly, half_yearly = (shown.read(f"{name}_flow", "2009M01..2009M05") for name in ("month", "half_year"))
    assert monthly.judged and monthly.judged.pace == may[-1] and half_yearly.judged is None


def test_every_length_is_what_the_spreadsheets_come_to(tmp_path: Path) -> None:
    """With a third of the rows missing, for each organisation and every third span of two years."""
    store, chance = begin_store(tmp_path / "store"), random.Random(20091231)
    publish_catalogue(store, declared(), "李四", "各种报送周期的表")
    sent = [(frequency, number) for frequency in LENGTHS for number in YEARS.whole(LENGTHS[frequency])]
    files = [
        write_return(tmp_path, frequency, number, numbers_of(frequency), towns)
        for frequency, number in sent
        if (towns := [town for town in TOWNS if chance.random() > 1 / 3])
    ]
    assert load_paths(files, store).count("accepted") == len(files) > len(sent) / 2
    figures = Figures(County([write_register(tmp_path), *files], reckoned(own=declared().files)))
    codes, first = [*CODES, "visits_share"], YEARS.first // QUARTER
    spans = [Span(begin, end) for begin in range(first, first + 8) for end in range(begin, first + 8)][::3]
    months = {span_of(Months(*sorted(chance.choices(YEARS.whole(MONTH), k=2)))) for _ in range(20)} - {*spans}
    with closing(open_warehouse(store)) as warehouse:
        shown = Shown(warehouse)
        found = {
            (unit, str(span), code): (reading.value, figures.value(code, unit, span.first, span.last))
            for unit in ("COUNTY", "T01", "T02")
            for span in spans
            for code, reading in shown.read_all(str(span), codes, unit).items()
        }
        found |= {
            (unit, str(span), code): (reading.value, figures.in_months(code, unit, span.months.first, span.months.last))
            for unit in ("COUNTY", "T01", "T02")
            for span in months
            if span.each == MONTH
            for code, reading in shown.read_all(str(span), ["month_flow", "month_stock"], unit).items()
        }
    wrong = {key: pair for key, pair in found.items() if pair[0] != pytest.approx(pair[1])}
    assert not wrong and sum(value is not None for value, _ in found.values()) > len(found) / 3
