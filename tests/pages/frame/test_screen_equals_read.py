"""What stands on the screen is what a fresh process reads, and what a second reckoning in plain Python comes to.

The boards are walked with the filters on offer: the county, areas, unions; spans; spans to compare with; kinds. Every
span and kind is met on some board in `make test`; `make soak` meets every span on every board.
"""

import json
import multiprocessing
import re
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from base.periods import Span
from pages.view.choices import offer_against, offer_spans
from stats.catalogue import Catalogue, load_catalogue
from stats.exports.style.figure_table import table_of
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Selection
from stats.organisations import organisations, periods
from stats.readings import Reading, read
from stats.warehouse import Warehouse, open_warehouse
from tests.contracts.source import ROOT
from tests.lib.catalogue import kept_source
from tests.lib.dashboard.drawing import draw, drawings_on
from tests.lib.oracles.reckoned_figures import reckon_figure
from tests.lib.oracles.reckoning import Reckoning
from tests.pages.conftest import OpenPage, as_read, words

CATALOGUE = load_catalogue()
BOARDS = tuple(CATALOGUE.boards)
FEW = 1  # selections a board in `make test`; tests/pages/screens/test_board.py looks at one more
_CELLS = re.compile(r"<td>(?:<a [^>]*>)?(.*?)(?:</a>)?</td>", re.DOTALL)
_TABLES = re.compile(r'<table class="plain"[^>]*>.*?</table>', re.DOTALL)


@dataclass(frozen=True)
class Asked:
    """A board and what is looked at, with the code under which the bar offers the span to compare with."""

    board: str
    selection: Selection
    against: str = "usual"


def offered(county: Warehouse) -> list[Asked]:
    """Return, board by board, selections in which every span, comparison, kind and sampled organisation is met."""
    data, units = periods(county), sampled(county)
    spans, kinds = offer_spans(data), ["", *CATALOGUE.kinds]
    asked = []
    for place, board in enumerate(BOARDS):
        for turn in range(len(spans)):
            number = place * FEW + turn
            span = spans[number % len(spans)]
            compared = list(offer_against(span, data).items())
            code, (_, against) = compared[number % len(compared)]
            unit, kind = units[(place + turn) % len(units)], kinds[number % len(kinds)]
            asked.append(Asked(board, Selection(unit, span, against, kind), code))
    return asked


def few(asked: Sequence[Asked], turns: int) -> list[Asked]:
    """Return the first selections of each board."""
    by_board = {board: [one for one in asked if one.board == board] for board in BOARDS}
    return [one for found in by_board.values() for one in found[:turns]]


def sampled(county: Warehouse) -> list[str]:
    """Return the county, three areas and two unions, the last one opened late."""
    known = organisations(county)
    areas = [found.code for found in known if found.level in ("town", "park", "system")]
    unions = [found for found in known if found.level == "union"]
    late = max(unions, key=lambda found: (found.opened, found.code))
    return ["COUNTY", areas[0], areas[len(areas) // 2], areas[-1], unions[0].code, late.code]


def figures_in(store: Path, asked: Sequence[Asked]) -> list[list[Figure]]:
    """Return the figures of each board asked for, read from the store afresh."""
    catalogue, warehouse = load_catalogue(), open_warehouse(store)
    try:
        source = kept_source(warehouse, catalogue)
        return [
            [make_figure(source, panel, one.selection) for panel in catalogue.boards[one.board].panels] for one in asked
        ]
    finally:
        warehouse.close()


def in_fresh_process(store: Path, asked: Sequence[Asked]) -> list[list[Figure]]:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(figures_in, store, asked).result()


@pytest.fixture(scope="module")
def reckoning(county: Warehouse, catalogue: Catalogue) -> Reckoning:
    return Reckoning(county, catalogue)


def test_every_board_shows_what_a_fresh_process_reads(open_page: OpenPage, store: Path, county: Warehouse) -> None:
    _walk(open_page, store, few(offered(county), FEW))


@pytest.mark.soak
@pytest.mark.parametrize("board", BOARDS)
def test_every_span_of_every_board(board: str, open_page: OpenPage, store: Path, county: Warehouse) -> None:
    _walk(open_page, store, [one for one in offered(county) if one.board == board])


def _walk(open_page: OpenPage, store: Path, asked: Sequence[Asked]) -> None:
    app = open_page(store)
    for one, figures in zip(asked, in_fresh_process(store, asked), strict=True):
        _turn_to(app, one)
        _compare(app, one, figures)


def _turn_to(app: AppTest, asked: Asked) -> None:
    app.selectbox(key="unit").select(asked.selection.unit)  # of the bar that all pages with figures share
    app.selectbox(key="span").select(str(asked.selection.span))
    app._page_hash = calc_hash(asked.board)
    app.run()
    app.selectbox(key="against").select(asked.against)
    app.selectbox(key="kind").select(asked.selection.kind)
    app.run()
    assert not app.exception and not app.error and not app.warning, asked


def _compare(app: AppTest, asked: Asked, figures: Sequence[Figure]) -> None:
    """Compare the titles, the lines, every table's cells and every drawing's numbers."""
    page, expected = as_read(words(app)), 0
    drawn = [drawing["spec"]["data"] for drawing in drawings_on(app)]  # column by column
    tables = [[unescape(cell) for cell in _CELLS.findall(table)] for table in _TABLES.findall(page)]
    for figure in figures:
        assert f">{escape(figure.title)}</h3>" in page, (asked, figure.code)
        assert [line for line in figure.lines if f"<li>{escape(line)}</li>" not in page] == [], (asked, figure.code)
        if figure.is_listed:  # there is no second table of its numbers
            continue
        cells = [mark.label if at == 0 else mark.text for row in table_of(figure).rows for at, mark in enumerate(row)]
        texts = [mark.text for row in table_of(figure).rows for mark in row]
        assert cells in tables or texts in tables, (asked, figure.code)
        drawing = draw(figure, _palette())
        if drawing is not None:
            assert json.loads(drawing.to_json())["data"] in drawn, (asked, figure.code)
            expected += 1
    assert len(drawn) == expected, asked


def _palette() -> Any:
    from pages.view.stylesheet import palette

    return palette()


def test_the_command_line_tells_the_same(store: Path, county: Warehouse) -> None:
    one = offered(county)[0]
    [figures] = figures_in(store, [one])
    figure, view = figures[0], one.selection
    command = [sys.executable, "-m", "stats", "figure", one.board, figure.code, "--unit", view.unit]
    command += ["--span", str(view.span), "--kind", view.kind, "--json", "--store", str(store)]
    command += ["--against", str(view.against)] if view.against else []
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True, timeout=120)
    told = json.loads(done.stdout)
    assert (told["title"], told["lines"]) == (figure.title, list(figure.lines))
    shown = [[mark.value for mark in series.marks] for series in figure.series]
    assert [[mark["value"] for mark in series["marks"]] for series in told["series"]] == shown


@pytest.mark.parametrize("step", [2, pytest.param(1, marks=pytest.mark.soak)])
def test_every_reading_is_what_the_rows_come_to(
    county: Warehouse, catalogue: Catalogue, reckoning: Reckoning, step: int
) -> None:
    """All indicators, the county, areas and unions, spans on offer: reckoned again from the rows as they came.

    Each organisation with every second span, and each span with every second organisation; all with `make soak`.
    """
    wrong, right = [], 0
    for at, unit in enumerate(sampled(county)):
        for span in offer_spans(periods(county))[at % step :: step]:
            for reading in read(county, catalogue, unit, span):
                fault = _fault(reading, reckoning, catalogue, unit, span)
                wrong += [fault] if fault else []
                right += not fault
    assert not wrong, f"{len(wrong)} of {right + len(wrong)}: {wrong[:5]}"


def _fault(
    reading: Reading, reckoning: Reckoning, catalogue: Catalogue, unit: str, span: Span
) -> tuple[Any, ...] | None:
    """Return what differs, or None. An unknown reading must have no rows behind it; a known one at least a zero."""
    indicator = catalogue.indicators[reading.indicator]
    again = reckoning.indicator(indicator, unit, span)
    if reading.value is None:
        return (indicator.code, unit, str(span), None, again) if again else None
    same = pytest.approx(again or 0.0, rel=1e-9, abs=1e-6) == reading.value
    return None if same else (indicator.code, unit, str(span), reading.value, again)


@pytest.mark.parametrize("turns", [FEW, pytest.param(len(BOARDS) * FEW, marks=pytest.mark.soak)])
def test_every_figure_is_what_the_rows_come_to(
    turns: int, county: Warehouse, catalogue: Catalogue, reckoning: Reckoning
) -> None:
    source, compared = kept_source(county, catalogue), 0
    for one in few(offered(county), turns):
        for panel in catalogue.boards[one.board].panels:
            for found, again, what in reckon_figure(source, panel, one.selection, reckoning):
                assert found == pytest.approx(again, rel=1e-9, abs=1e-6), (one, panel.code, what)
                compared += 1
    assert compared > 100 * turns
