"""看板: every board draws every panel as its figure says, for a county, an area, a union, and without data."""

import json
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest
from plotly.offline import get_plotlyjs_version
from streamlit.testing.v1 import AppTest

from base.periods import format_quarter, parse_span
from stats.__main__ import main
from stats.catalogue import load_catalogue
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Selection, Source
from stats.organisations import organisations
from stats.warehouse import Warehouse
from tests.contracts.source import ROOT
from tests.lib.catalogue import kept_source
from tests.lib.dashboard.drawing import drawings_on
from tests.pages.conftest import OpenPage, as_read, words

CATALOGUE = load_catalogue()
BOARDS = tuple(CATALOGUE.boards)
YEAR = "2010Q1..2010Q4"


def open_board(open_page: OpenPage, store: Path, code: str, **address: str) -> AppTest:
    """Return a board as at its own address; all boards are one file, so it is found by its address's last part."""
    return open_page(store, code, **address)


@pytest.fixture(scope="module")
def source(county: Warehouse) -> Source:
    return kept_source(county, CATALOGUE)


def figures(source: Source, board: str, unit: str, span: str) -> Iterator[Figure]:
    for panel in CATALOGUE.boards[board].panels:
        yield make_figure(source, panel, Selection(unit, parse_span(span)))


def _selections(source: Source) -> list[tuple[str, str]]:
    """Return the county, an area and a union in a year, and a union in a quarter before it was opened."""
    return [("COUNTY", YEAR), ("T01", YEAR), ("T01001", YEAR), _opened_late(source)]


@pytest.mark.parametrize("board", CATALOGUE.boards)
def test_every_panel_says_what_its_figure_says_and_every_drawing_can_be_heard(
    board: str, open_page: OpenPage, store: Path, source: Source
) -> None:
    """Each board for one of the selections, and all of them on some boards; in the soak for all.

    One more of each board is compared to the last number by tests/pages/frame/test_screen_equals_read.py.
    """
    app = open_board(open_page, store, board)
    for drawing in drawings_on(app):
        assert "口径：" in drawing["said"]
        assert {trace["type"] for trace in drawing["spec"]["data"]} <= {"scatter", "bar"}
    selections = _selections(source)
    _look(app, source, board, [selections[BOARDS.index(board) % len(selections)]])


@pytest.mark.soak
@pytest.mark.parametrize("board", CATALOGUE.boards)
def test_every_panel_says_what_its_figure_says_for_each_selection(
    board: str, open_page: OpenPage, store: Path, source: Source
) -> None:
    _look(open_board(open_page, store, board), source, board, _selections(source))


def _look(app: AppTest, source: Source, board: str, selections: Sequence[tuple[str, str]]) -> None:
    """See that a board says what its figures say, for organisations and spans."""
    for unit, span in selections:
        app.selectbox(key="unit").select(unit)
        app.selectbox(key="span").select(span)
        app.run()
        assert not app.exception and not app.error and not app.warning, (board, unit, span)
        page = words(app)
        for figure in figures(source, board, unit, span):
            assert f">{escape(figure.title)}</h3>" in page, (unit, figure.code)
            for line in figure.lines:
                assert f"<li>{escape(line)}</li>" in page, (unit, figure.code)


def test_a_figure_on_screen_is_the_one_of_the_command_line(
    open_page: OpenPage, store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    board = next(iter(CATALOGUE.boards.values()))
    page = as_read(words(open_board(open_page, store, board.code, span="2010Q1..2010Q4")))
    for panel in board.panels:
        asked = ["figure", board.code, panel.code, "--unit", "COUNTY", "--span", YEAR, "--json", "--store", str(store)]
        assert main(asked) == 0
        told = json.loads(capsys.readouterr().out)
        assert escape(told["title"]) in page
        if panel.kind != "records":
            shown = [mark["text"] for mark in told["series"][0]["marks"] if mark["value"] is not None]
            assert [text for text in shown if f"<td>{escape(text)}</td>" not in page] == [], panel.code


def test_an_organisations_name_leads_to_the_same_board_for_it(open_page: OpenPage, store: Path) -> None:
    board, panel = _first_of("areas")
    page = words(open_board(open_page, store, board))
    assert f'href="{board}?unit={quote("蒋家嘴镇")}&amp;span=' in page, panel


@pytest.mark.parametrize("kind", ["matrix", "ladder"])
def test_a_table_of_who_has_what_holds_each_share_and_leads_on(
    open_page: OpenPage, store: Path, source: Source, kind: str
) -> None:
    code, panel = _first_of(kind)
    unit = "T01" if kind == "matrix" else "COUNTY"
    app = open_board(open_page, store, code)
    app.selectbox(key="unit").select(unit)
    app.selectbox(key="span").select(YEAR)
    page = words(app.run())
    found = next(one for one in figures(source, code, unit, YEAR) if one.code == panel)
    table = page.split(f'aria-label="{escape(found.title)}">')[1].split("</table>")[0]
    named = found.series[1:] if kind == "matrix" else found.series[0].marks
    assert [one for one in named if f"unit={quote(_name_of(source, one.key))}&amp;" not in table] == []
    rows = [row.count("<td") for row in table.split("<tr>")[2:]]
    assert rows == [1 + len(found.series)] * len(found.series[0].marks)
    assert [one.text for one in found.series[0].marks if f">{escape(one.shown_text)}<" not in table] == []
    lacking = sum(mark.value == 0 and one.measure == "%" for one in found.series for mark in one.marks)
    assert table.count("--shade:1.00") == lacking > 0


def test_who_cannot_be_compared_is_not_sorted_among_those_behind(
    open_page: OpenPage, store: Path, source: Source
) -> None:
    code, panel = _first_of("distances")
    page = words(open_board(open_page, store, code, span="2010Q1..2010Q4"))
    table = page.split("sortable distances")[1].split("</table>")[0]
    rows = [row.split("<td")[2:] for row in table.split("<tr")[2:]]
    found = next(one for one in figures(source, code, "COUNTY", YEAR) if one.code == panel)
    for at, series in enumerate(found.series):
        sorted_by = [mark.behind for mark in series.marks]
        keys = sorted_by if any(key is not None for key in sorted_by) else [mark.value for mark in series.marks]
        assert sum("data-value=" in row[at] for row in rows) == sum(key is not None for key in keys), series.name
    assert "基数不足10，不比" in table


def _name_of(source: Source, code: str) -> str:
    return next(one.name for one in organisations(source.warehouse) if one.code == code)


def test_another_base_can_be_chosen_and_is_said(open_page: OpenPage, store: Path) -> None:
    board, code, indicator = next(
        (board.code, panel.code, CATALOGUE.indicators[panel.indicator])
        for board in CATALOGUE.boards.values()
        for panel in board.panels
        if panel.kind == "areas" and CATALOGUE.indicators[panel.indicator].settings
    )
    other = CATALOGUE.indicators[indicator.settings[0]]
    app = open_board(open_page, store, board)
    assert f"口径：{escape(indicator.base)}" in words(app)
    app.segmented_control(key=f"base-{code}").select(other.code).run()
    assert not app.exception
    assert f"口径：{escape(other.base)}" in words(app)


def test_the_browser_draws_with_the_edition_that_checks_the_drawings() -> None:
    (library,) = (ROOT / "pages" / "browser" / "plotly").glob("*.js")
    assert library.name == f"plotly-basic-{get_plotlyjs_version()}.min.js"
    assert f"plotly.js (basic - minified) v{get_plotlyjs_version()}" in library.read_text(encoding="utf-8")[:200]


def test_every_figure_can_be_saved(open_page: OpenPage, store: Path) -> None:
    board = next(iter(CATALOGUE.boards.values()))
    app = open_board(open_page, store, board.code)
    labels = [button.proto.label for button in app.get("download_button")]
    assert labels.count("纯文本（CSV）") == labels.count("表格（Excel）") == len(board.panels)
    assert words(app).count('class="picture"') > 0


def test_a_board_that_is_not_there_is_answered(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = next(iter(CATALOGUE.boards))
    assert main(["figure", f"{code}x", "p", "--unit", "COUNTY", "--span", YEAR, "--store", str(store)]) == 2
    assert f"是不是“{code}”？" in capsys.readouterr().err


def _first_of(kind: str) -> tuple[str, str]:
    return next(
        (board.code, panel.code) for board in CATALOGUE.boards.values() for panel in board.panels if panel.kind == kind
    )


def _opened_late(source: Source) -> tuple[str, str]:
    """Return a union that was opened after the first quarter with data, and that quarter."""
    known = organisations(source.warehouse)
    first = min(found.opened for found in known)
    young = next(found for found in known if found.level == "union" and found.opened > first)
    return young.code, f"{format_quarter(first)}..{format_quarter(first)}"


def test_the_first_line_says_the_coverage_of_what_the_first_panel_shows(open_page: OpenPage, store: Path) -> None:
    board = next(one for one in CATALOGUE.boards.values() if one.panels[0].kind == "course")
    name = CATALOGUE.indicators[board.panels[0].indicators[0]].name
    assert f"<span>{name}已报" in open_board(open_page, store, board.code).get("html")[0].proto.body
