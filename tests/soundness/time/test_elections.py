"""Elections of committees quarter by quarter, counted by hand: on time, late, overdue; a closed union has none."""

from collections.abc import Iterator

import pytest

from base.periods import Span, parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.catalogue.boards import AgeingPanel, RecordsPanel
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Selection, Source
from stats.readings import read
from stats.totals import declared, totals_of
from stats.warehouse import open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, UNITS, write_changes, write_register
from tests.lib.oracles.reckoning import Reckoning

FIRST, SECOND, THIRD = "2008年一季度", "2008年二季度", "2008年三季度"


def term(union: str, began: str, ends: str, held: str | None = None) -> Row:
    return {"union": union, "began": began, "ends": ends, "elected": held}


ON_TIME = term("甲一厂工会", "2005-04-10", "2008-04-10")
LATE = term("甲二厂工会", "2005-05-01", "2008-05-01")
CLOSED = term("甲中学工会", "2005-06-01", "2008-06-01")  # the school is closed in the third quarter
WAITING = term("乙一厂工会", "2005-07-20", "2008-07-20")
LAST_DAY = term("乙政府工会", "2005-06-30", "2008-06-30")  # runs on the last day of the second quarter


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Source]:
    folder = tmp_path_factory.mktemp("elections")
    school = next(unit for unit in UNITS if unit["unit_name"] == "甲中学工会")
    elected = [ON_TIME | {"elected": "2008-04-01"}, term("甲一厂工会", "2008-04-01", "2011-04-01")]
    late = [LATE | {"elected": "2008-07-15"}, term("甲二厂工会", "2008-07-15", "2011-07-15")]
    files = [
        write_register(folder),
        write_book(folder / "1.xlsx", Form("R36", REPORTER, FIRST, [ON_TIME, LATE, CLOSED, WAITING, LAST_DAY])),
        write_book(folder / "2.xlsx", Form("R36", REPORTER, SECOND, elected)),
        write_changes(folder, THIRD, school | {"status": "撤销", "effective": "2008-07-10"}),
        write_book(folder / "3.xlsx", Form("R36", REPORTER, THIRD, late)),
    ]
    summary = load_paths(files, folder / "store")
    assert summary.count("accepted") == 5, [outcome.findings for outcome in summary.outcomes]
    warehouse = open_warehouse(folder / "store")
    yield Source(warehouse, catalogue)
    warehouse.close()


@pytest.mark.parametrize(
    ("item", "second", "third"),
    [("elections_due", 3, 2), ("elections_within", 1, 0), ("elections_overdue", 2, 2), ("elections_open", 5, 4)],
)
def test_each_election_counts_where_it_was_known(source: Source, item: str, second: float, third: float) -> None:
    totals, counted = totals_of(source.warehouse, "COUNTY"), declared(source.warehouse).items[item]
    reckoning = Reckoning(source.warehouse, source.catalogue)
    for quarter, value in (("2008Q2", second), ("2008Q3", third)):
        period = parse_span(quarter).first
        assert (totals.in_quarter(counted, period) or 0) == value
        assert (reckoning.quarter(source.catalogue.items[item], "COUNTY", period) or 0) == value


def test_the_share_held_on_time(source: Source) -> None:
    def share(span: str) -> float | None:
        return read(source.warehouse, source.catalogue, "COUNTY", parse_span(span), ["election_on_time_rate"])[0].value

    assert share("2008Q2") == pytest.approx(1 / 3) and share("2008Q2..2008Q3") == pytest.approx(1 / 5)


def shown(source: Source, panel: str, span: Span) -> Figure:
    chosen = source.catalogue.board("cadres").panel(panel)
    assert isinstance(chosen, AgeingPanel | RecordsPanel)
    return make_figure(source, chosen, Selection("COUNTY", span))


@pytest.mark.parametrize(
    ("quarter", "listed", "late"),
    [
        ("2008Q1", ["甲一厂工会", "甲二厂工会", "甲中学工会"], 0),
        ("2008Q2", ["甲二厂工会", "甲中学工会", "乙政府工会", "乙一厂工会"], 2),
        ("2008Q3", ["乙政府工会", "乙一厂工会"], 2),
    ],
)
def test_the_list_holds_what_comes_soon_and_what_is_overdue(
    source: Source, quarter: str, listed: list[str], late: int
) -> None:
    figure = shown(source, "due", parse_span(quarter))
    columns = {series.name: [mark.text for mark in series.marks] for series in figure.series}
    assert columns["单位"] == listed and sum(text.startswith("△") for text in columns["期限"]) == late
    if quarter == "2008Q2":
        assert columns["离期限"] == ["已过60天", "已过29天", "还有0天", "还有20天"]
    assert f"没有换届的工会{len(listed)}家" in figure.title and ("已过期限" in figure.title) == bool(late)


def test_what_is_overdue_is_told_by_age_and_what_comes_by_month(source: Source) -> None:
    overdue = shown(source, "overdue", parse_span("2008Q2"))
    assert "超期没有换届的工会2家" in overdue.title
    assert {mark.label: mark.value for mark in overdue.series[0].marks if mark.value} == {"90天以内": 2}
    coming = shown(source, "coming", parse_span("2008Q2"))
    assert {mark.label: mark.value for mark in coming.series[0].marks if mark.value} == {"7月": 1}
