"""投影: one finding a screen, in the order of 总览 and the boards, for what the filters are set to."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from stats.catalogue import Catalogue
from tests.lib.dashboard.drawing import drawings_on
from tests.pages.conftest import OpenPage, words

PAGE = "show.py"


def test_it_begins_with_the_overview_and_counts_the_screens(
    open_page: OpenPage, store: Path, catalogue: Catalogue
) -> None:
    app = open_page(store, PAGE, span="2010Q1..2010Q4")
    leading = [found for found in catalogue.indicators.values() if found.headline]
    assert "2010年末工会组织数369家、工会会员人数38,124人" in words(app)
    assert _at(app) == (1, 1 + len(leading) + len(catalogue.boards))
    assert app.button(key="go-back").disabled and not app.button(key="go-next").disabled


def test_every_screen_says_one_finding(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE)
    findings = []
    for _ in range(_at(app)[1]):
        assert not app.exception and not app.error and not app.warning
        findings += re.findall(r'<h1 class="finding">([^<]+)<', words(app))
        if not app.button(key="go-next").disabled:
            app.button(key="go-next").click().run()
    assert len(findings) == len(set(findings)) == _at(app)[1]
    assert app.button(key="go-next").disabled


def test_a_headline_figure_is_said_with_change_base_and_coverage(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, span="2010Q1..2010Q4")
    for _ in range(2):
        app.button(key="go-next").click().run()
    page = words(app)
    assert '<p class="huge">38,124<span>人</span></p>' in page
    for said in ("比2009年末增加", "已报369/369", "口径："):
        assert said in page


def test_the_filters_hold(open_page: OpenPage, store: Path) -> None:
    page = words(open_page(store, PAGE, unit="T02", span="2009Q4"))
    assert "岩嘴乡　2009年四季度" in page


def test_a_drawing_is_as_large_the_second_time(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, step=str(_at(open_page(store, PAGE))[1] - 1))
    first = drawings_on(app)
    assert first and all(first)
    assert drawings_on(app.run()) == first


def test_a_step_that_is_no_step_begins_anew(open_page: OpenPage, store: Path) -> None:
    assert _at(open_page(store, PAGE, step="0"))[0] == 1
    assert _at(open_page(store, PAGE, step="什么"))[0] == 1
    assert _at(open_page(store, PAGE, step="²"))[0] == 1


def _at(app: AppTest) -> tuple[int, int]:
    found = re.search(r'class="at">(\d+) / (\d+)', words(app))
    return (int(found[1]), int(found[2])) if found else (0, 0)
