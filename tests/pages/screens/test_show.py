"""投影: one finding a screen, in the order of 总览 and the boards, for what the filters are set to."""

import re
from html import escape
from pathlib import Path

from streamlit.testing.v1 import AppTest

from base.periods import parse_quarter
from stats.attainment import attainments
from stats.attainment.attainment_words import say_behind_targets
from stats.catalogue import Catalogue
from stats.warehouse import Warehouse
from tests.lib.dashboard.drawing import drawings_on
from tests.pages.conftest import OpenPage, words

PAGE = "show.py"


def test_it_begins_with_the_overview_and_counts_the_screens(
    open_page: OpenPage, store: Path, catalogue: Catalogue
) -> None:
    app = open_page(store, PAGE, span="2010Q1..2010Q4")
    leading = [found for found in catalogue.indicators.values() if found.headline]
    page = words(app)
    assert '<h1 class="finding">示例县总工会</h1><p class="kicker">2010年</p>' in page
    large = re.findall(r'<p class="large"><button[^>]*>([^<]+)</button><span>([^<]+)<', page)
    assert large[:2] == [("369", "家"), ("38,124", "人")]
    assert page.count('<p class="large">') == 4
    assert _at(app) == (1, 2 + len(leading) + len(catalogue.boards))
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
    assert re.search(r'<p class="huge"><button [^>]*data-figure="union_members"[^>]*>38,124</button><span>人<', page)
    for said in ("比2009年末增加", "已报369/369", "口径："):
        assert said in page


def test_the_filters_hold(open_page: OpenPage, store: Path) -> None:
    page = words(open_page(store, PAGE, unit="T02", span="2009Q4"))
    assert '<h1 class="finding">岩嘴乡</h1><p class="kicker">2009年四季度</p>' in page


def test_a_drawing_is_as_large_the_second_time(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, step=str(_at(open_page(store, PAGE))[1] - 1))
    first = drawings_on(app)
    assert first and all(first)
    assert drawings_on(app.run()) == first


def test_w37_it_begins_with_the_page_it_was_called_from_and_leads_back(
    open_page: OpenPage, store: Path, catalogue: Catalogue
) -> None:
    board = next(reversed(catalogue.boards.values()))
    other = next(indicator for indicator in catalogue.indicators.values() if not indicator.headline)
    for address, name, back in (
        ({"of": board.code}, board.name, f"./{board.code}?"),
        ({"of": "goals"}, "目标完成", "./goals?"),
        ({"of": "indicator", "figure": other.code}, other.name, "./indicator?"),
        ({"of": "papers"}, "总览", "./papers?"),
        ({"of": ""}, "总览", "./?"),
        ({"of": "//example.invalid"}, "总览", "./?"),
    ):
        page = words(open_page(store, PAGE, **address))
        shown = re.findall(r'class="at">\d+ / \d+　([^<]+)<', page)
        led = re.findall(r'<a class="out" href="([^"?]+\?)', page)
        assert (shown, led) == ([name], [back]), address


def test_w37_the_targets_have_a_screen_with_who_is_responsible(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    page = words(open_page(store, PAGE, of="goals", span="2011Q1..2011Q2"))
    reached = attainments(county, catalogue, "COUNTY", parse_quarter("2011Q2"))
    for attainment, sentence in say_behind_targets(reached, catalogue)[:6]:
        assert f"<li>{escape(sentence)}<small>{attainment.goal.owner}</small></li>" in page


def test_a_step_that_is_no_step_begins_anew(open_page: OpenPage, store: Path) -> None:
    assert _at(open_page(store, PAGE, step="0"))[0] == 1
    assert _at(open_page(store, PAGE, step="什么"))[0] == 1
    assert _at(open_page(store, PAGE, step="²"))[0] == 1


def _at(app: AppTest) -> tuple[int, int]:
    found = re.search(r'class="at">(\d+) / (\d+)', words(app))
    return (int(found[1]), int(found[2])) if found else (0, 0)
