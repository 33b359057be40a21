"""A stock over the quarters: opening + new − closed = closing as the returns have it, and told where it is not so."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from base.periods import Span, parse_quarter, parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.catalogue.boards import StockPanel
from stats.figures.elements.figure_model import Figure, Selection, Source
from stats.figures.stock import make_stock, stock_quarters
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import write_register
from tests.lib.dashboard.drawing import PALETTE, draw

ITEMS = ("hardship_opening", "hardship_opened", "hardship_closed", "hardship_archives")
COLUMNS = ("opening", "opened", "closed", "closing")
FIRST = parse_quarter("2008Q1")


def panel(opening: str | None = ITEMS[0]) -> StockPanel:
    return StockPanel(
        code="files", kind="stock", closing=ITEMS[3], opening=opening, plus=(ITEMS[1],), minus=(ITEMS[2],)
    )


def figure(source: Source, unit: str, span: str, opening: str | None = ITEMS[0]) -> Figure:
    return make_stock(source, panel(opening), Selection(unit, parse_span(span)))


def numbers(found: Figure) -> list[list[float | None]]:
    """Return the values by series: opening, came, went, closing."""
    return [[mark.value for mark in series.marks] for series in found.series]


@pytest.fixture(scope="module")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return Source(county, catalogue)


@pytest.mark.parametrize("unit", ["COUNTY", "T05", "S01"])
def test_every_number_is_what_the_returns_add_up_to(source: Source, county: Warehouse, unit: str) -> None:
    with county.cursor() as cursor:
        rows = cursor.execute(
            """
            select a.period, d.unit, d.fields from raw.record d join core.active a on a.id = d."return"
            where d.form = 'R06'"""
        ).fetchall()
    sums: dict[tuple[int, str], float] = defaultdict(float)
    for period, area, fields in rows:
        for column in COLUMNS if unit in ("COUNTY", area) else ():
            sums[period, column] += json.loads(fields)[column]
    found = figure(source, unit, "2009Q1..2010Q4")
    quarters = range(parse_quarter("2009Q1"), parse_quarter("2010Q4") + 1)
    assert numbers(found) == [[sums[quarter, column] for quarter in quarters] for column in COLUMNS]


def test_the_report_s_files_add_up_and_the_title_says_so(source: Source) -> None:
    found = figure(source, "COUNTY", "2010Q1..2010Q4")
    assert found.title.startswith("2010年末，建档困难职工人数3,960人：期初3,628人，新建")
    assert not any(mark.note for mark in found.marks())
    assert "对不上" not in found.title


def test_without_an_item_of_its_own_the_opening_is_the_last_closing(source: Source) -> None:
    own, last = figure(source, "COUNTY", "2010Q1..2010Q4"), figure(source, "COUNTY", "2010Q1..2010Q4", None)
    assert numbers(own) == numbers(last)
    assert figure(source, "COUNTY", "2008Q1", None).series[0].marks[0].value is None


def test_what_does_not_add_up_is_told_and_what_is_missing_is_not_held_against_it() -> None:
    values = {
        (code, FIRST + at): value
        for code, course in zip(ITEMS, ([10, 12, 15, None], [3, 4, 1, 2], [1, 1, 1, 1], [12, 14, 15, 16]), strict=True)
        for at, value in enumerate(course)
    }
    found = stock_quarters(panel(), values, range(FIRST, FIRST + 4), "人")
    assert [quarter.faults for quarter in found] == [
        (),
        ("△ 按增减应为15人",),
        ("△ 期初15人，上季度末是14人",),
        (),
    ]


@pytest.fixture(scope="module")
def gapped(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Source]:
    """A township's files over three quarters of which the second was never sent in."""
    folder = tmp_path_factory.mktemp("gapped")
    files = [write_register(folder)]
    for period, opening, closing in (("2008年一季度", 5, 6), ("2008年三季度", 8, 9)):
        row: Row = {
            "area": "甲镇",
            "type": "困难职工",
            "opening": opening,
            "opened": 2,
            "closed": 1,
            "closing": closing,
        }
        files.append(write_book(Path(folder) / f"{period}.xlsx", Form("R06", "示例县总工会", period, [row])))
    assert load_paths(files, folder / "store").count("accepted") == 3
    warehouse = open_warehouse(folder / "store")
    yield Source(warehouse, catalogue)
    warehouse.close()


def test_a_quarter_that_was_not_reported_is_a_gap_and_not_zero(gapped: Source) -> None:
    found = figure(gapped, "T01", "2008Q1..2008Q3")
    assert numbers(found) == [[5, None, 8], [2, None, 2], [1, None, 1], [6, None, 9]]
    assert found.series[-1].marks[1].text == "—"
    drawing = draw(found, PALETTE)
    assert drawing is not None
    assert list(drawing.data[0].y) == [6, None, 9] and drawing.data[0].connectgaps is False
    assert list(drawing.data[2].y) == [-1, None, -1], "what went is drawn downwards"


def test_nothing_at_all_is_said(gapped: Source) -> None:
    found = make_stock(gapped, panel(), Selection("T02", Span(FIRST, FIRST)))
    assert not found.known and "未报送" in found.title
