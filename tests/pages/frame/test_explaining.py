"""The panel that a press on a figure opens: its numbers are those of the page and of a fresh reading, its cells too."""

import re
from html import escape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access.accounts.roles import Role
from base.periods import parse_span
from etl.journal import read_entries
from stats.attainment import attainments
from stats.catalogue import Catalogue
from stats.figures import make_figure
from stats.figures.elements.figure_model import Selection, Source
from stats.readings import Reading, read
from stats.readings.sentences import formula_of, say_context, say_finding, say_reading
from stats.readings.trace import trace
from stats.warehouse import Warehouse
from tests.lib.catalogue import first_panel
from tests.pages.conftest import PRESSED, OpenPage, words

SPAN = "2011Q1..2011Q2"


def press(app: AppTest, figure: str = "", unit: str = "", span: str = "", *, of_target: bool = False, **of: str) -> str:
    """Press a figure, or a mark of one, as explain.js tells it; return what the panel says."""
    from pages.explaining.asked_figure import ASKED, AskedFigure  # its caches want a running page

    before = words(app)
    app.session_state[ASKED] = AskedFigure(figure=figure, unit=unit, span=span, of_target=of_target, **of)
    app.run()
    assert not app.exception and (not app.error or of)
    return words(app).replace(before, "")


def _says(panel: str, reading: Reading, catalogue: Catalogue) -> None:
    indicator = catalogue.indicators[reading.indicator]
    for sentence in (
        say_finding(reading, indicator),
        say_context(reading, indicator),
        formula_of(reading, indicator, catalogue),
        reading.base,
        indicator.question,
    ):
        assert escape(sentence) in panel, (reading.indicator, sentence)


@pytest.mark.parametrize("code", ["union_members", "worker_membership_rate"])
def test_the_panel_of_a_card_says_what_is_read(
    code: str, open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    app = open_page(store, "overview.py", span=SPAN)
    [reading] = read(county, catalogue, "COUNTY", parse_span(SPAN), [code])
    card = re.search(rf'data-code="{code}">.*?</section>', words(app))
    assert card and "".join(PRESSED.findall(card[0])[:1]) in say_reading(reading, catalogue.indicators[code])
    panel = press(app, code, "COUNTY")
    _says(panel, reading, catalogue)
    cells = trace(county, catalogue, code, "COUNTY", parse_span(reading.span))
    assert f"{sum(cell.role == 'numerator' for cell in cells):,}格相加得" in panel and "两者不一致" not in panel
    largest = max((cell for cell in cells if cell.role == "numerator"), key=lambda cell: cell.value)
    assert escape(f"表“{largest.sheet}” {largest.address}：原文“{largest.raw}”") in panel
    assert f"看全部{len(cells):,}格" in panel and "trace?" in panel


def test_the_panel_names_who_lacks_and_the_parts_of_the_change(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    [reading] = read(county, catalogue, "COUNTY", parse_span(SPAN), ["union_members"])
    assert reading.expected > reading.reported
    panel = press(open_page(store, "overview.py", span=SPAN), "union_members", "COUNTY")
    assert f"已报{reading.reported}/{reading.expected}" in panel
    assert f"缺{reading.expected - reading.reported}份" in panel and "submissions?quarter=2011Q2" in panel
    assert "变化是怎么来的" in panel and "本期未报" in panel and "两期都报的单位" in panel
    assert "主要由哪些单位构成" in panel and "其余" in panel


def test_a_figure_of_another_organisation_quarter_or_target_is_explained_as_itself(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    app = open_page(store, "overview.py", span=SPAN)
    [area] = read(county, catalogue, "T02", parse_span(SPAN), ["union_members"])
    _says(press(app, "union_members", "T02"), area, catalogue)
    [quarter] = read(county, catalogue, "COUNTY", parse_span("2010Q3"), ["union_members"])
    _says(press(app, "union_members", span="2010Q3"), quarter, catalogue)
    known = [one for one in attainments(county, catalogue, "COUNTY", parse_span(SPAN).last) if one.reading.value]
    _says(press(app, known[0].goal.indicator, of_target=True), known[0].reading, catalogue)


def test_a_clerk_is_told_who_may_see_the_cells_of_others(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, "overview.py", Role.CLERK, "T01", span=SPAN)
    panel = press(app, "union_members", "T02")
    assert "只给县总工会看" in panel and 'class="cells"' not in panel
    others = [entry.name for entry in read_entries(store) if "蒋家嘴镇" not in entry.name]
    assert others and [name for name in others if name in panel] == []


@pytest.mark.parametrize(
    ("page", "least"),
    [("overview.py", 100), ("organisation", 20), ("targets.py", 30), ("unit.py", 20), ("indicator.py", 30)],
)
def test_figures_can_be_pressed_everywhere(page: str, least: int, open_page: OpenPage, store: Path) -> None:
    app = open_page(store, page, span=SPAN)
    assert not app.exception and len(PRESSED.findall(words(app))) >= least
    told = press(app, "no_such_indicator")
    assert "的指标" in told and "数字从哪些格来" not in told


@pytest.mark.parametrize("kind", ["split", "funnel", "change"])
def test_a_number_that_is_no_reading_is_explained_as_well(
    kind: str, open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    board, panel = first_panel(kind)
    view = Selection("COUNTY", parse_span(SPAN))
    figure = make_figure(Source(county, catalogue), panel, view)
    mark = figure.series[0].marks[1]
    app = open_page(store, board.code, span=SPAN)
    assert f'data-panel="{panel.code}"' in words(app) and f'data-series="0" data-mark="{mark.key}"' in words(app)
    told = press(app, board=board.code, panel=panel.code, series="0", mark=mark.key)
    for line in (f"{mark.label}，{figure.series[0].name}：{mark.text}", figure.title, figure.base, figure.coverage):
        assert escape(line) in told
    assert escape(figure.question) in told and "这个数的定义" in told
    assert ("变化是怎么来的" in told) if kind == "change" else ("格相加得" in told and "两者不一致" not in told)
    assert press(app, board=board.code, panel=panel.code, series="0", mark="nothing").count("已经不在图上") == 1
    clerk = open_page(store, board.code, Role.CLERK, "T01", span=SPAN)
    seen = press(clerk, board=board.code, panel=panel.code, series="0", mark=mark.key)
    names = re.findall(r"<small>(\S+\.xlsx) 表", seen)
    assert all("蒋家嘴镇" in name for name in names)
