"""指标: what a figure means, its course, who stands where, its quarters; the numbers those of the readings."""

import re
from pathlib import Path

import pytest

from base.formats import say_value
from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.organisations import organisations
from stats.readings import read, read_areas
from stats.warehouse import Warehouse
from tests.pages.conftest import OpenPage, as_read, words

PAGE = "indicator.py"
YEAR = parse_span("2010Q1..2010Q4")


def test_it_says_what_it_is(open_page: OpenPage, store: Path, catalogue: Catalogue) -> None:
    app = open_page(store, PAGE)
    app.selectbox(key="figure").select("worker_membership_rate").run()
    found, page = catalogue.indicators["worker_membership_rate"], words(app)
    for part in (found.question, found.why, found.base, found.trap or "", found.history[0].what, "÷", "逐季的数"):
        assert part in page


def test_the_ranking_has_every_area_best_first_as_the_readings_say(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    app = open_page(store, PAGE, span="2010Q1..2010Q4")
    app.selectbox(key="figure").select("worker_membership_rate").run()
    rows = _ranking(words(app))
    found = catalogue.indicators["worker_membership_rate"]
    readings = read_areas(county, catalogue, YEAR, [found.code])
    expected = {one.unit_name: say_value(one.value, one.measure, found.decimals) for one in readings}
    assert dict(rows) == expected
    values = [float(value.rstrip("%")) for _, value in rows]
    assert values == sorted(values, reverse=True)


def test_a_kind_ranks_the_unions_of_that_kind(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    app = open_page(store, PAGE)
    app.selectbox(key="unit").select("T01").run()
    app.selectbox(key="kind").select("nonpublic").run()
    wanted = {
        one.name
        for one in organisations(county)
        if one.parent == "T01" and one.category in catalogue.categories("nonpublic") and one.open_in(YEAR.last)
    }
    assert {name for name, _ in _ranking(words(app))} == wanted
    assert "蒋家嘴镇的非公有制单位工会排名" in words(app)


def test_the_quarters_are_the_readings_of_the_quarters(
    open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    app = open_page(store, PAGE)
    found = catalogue.indicators[app.selectbox(key="figure").value]
    table = as_read(words(app)).split('class="plain quarters"')[1]
    for code, name in (("2010Q4", "2010年四季度"), ("2008Q1", "2008年一季度")):
        value = read(county, catalogue, "COUNTY", parse_span(code), [found.code])[0].value
        said = say_value(value, catalogue.unit_of(found), found.decimals)
        assert re.search(rf'<td>{name}</td><td class="strong">{re.escape(said)}</td>', table)


def test_another_base_of_the_same_question_is_a_click_away(
    open_page: OpenPage, store: Path, catalogue: Catalogue
) -> None:
    found = next(one for one in catalogue.indicators.values() if one.settings)
    app = open_page(store, PAGE)
    app.selectbox(key="figure").select(found.code).run()
    app.button_group(key=f"setting-{found.code}").set_value(found.settings[0]).run()
    assert app.selectbox(key="figure").value == found.settings[0]
    assert catalogue.indicators[found.settings[0]].base in words(app)


def test_an_indicator_that_only_the_county_has_is_not_ranked(
    open_page: OpenPage, store: Path, catalogue: Catalogue
) -> None:
    code = next(found.code for found in catalogue.indicators.values() if found.summary == "streak_years")
    app = open_page(store, PAGE)
    app.selectbox(key="figure").select(code).run()
    assert "没有分到这些单位的数" in words(app)


@pytest.mark.parametrize("unit", ["T01001", "T01", "COUNTY"])
def test_every_level_has_its_page(unit: str, open_page: OpenPage, store: Path) -> None:
    app = open_page(store, PAGE, unit=unit)
    assert not app.error and not app.exception and not app.warning


def _ranking(page: str) -> list[tuple[str, str]]:
    """Return the names and values of the ranking, in the order on the page."""
    table = as_read(page).split('class="plain ranking"')[1].split("</table>")[0]
    return re.findall(r'target="_self">([^<]+)</a>.*?<td class="strong">([^<]+)</td>', table)
