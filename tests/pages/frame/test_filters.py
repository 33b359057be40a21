"""The filter bar: what is compared with what, of which kind, and only where it does something."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from base.periods import Span, parse_span
from pages.view import choices
from pages.view.choices import offer_against, offer_spans
from stats.catalogue import Catalogue
from stats.organisations import organisations
from stats.readings import read
from stats.readings.sentences import say_movement
from stats.warehouse import Warehouse
from tests.pages.conftest import OpenPage, words

DATA = parse_span("2008Q1..2011Q2")
PAGES_WITH_KINDS = ("indicator.py",)
OTHERS = ("", "unit.py", "trace.py", "show.py")


@pytest.mark.parametrize("chosen", ["year", "2008Q4..2008Q4"])
def test_changes_are_measured_from_the_span_chosen(
    chosen: str, open_page: OpenPage, store: Path, county: Warehouse, catalogue: Catalogue
) -> None:
    app = open_page(store)
    app.selectbox(key="span").select("2010Q4..2010Q4").run()
    before = words(app)
    app.selectbox(key="against").select(chosen).run()
    page = words(app)
    span, against = parse_span("2010Q4"), parse_span("2009Q4" if chosen == "year" else chosen)
    leading = [code for code, found in catalogue.indicators.items() if found.headline]
    for reading in read(county, catalogue, "COUNTY", span, leading, against):
        said = say_movement(reading, catalogue.indicators[reading.indicator])
        assert said and said in page
    assert page != before


def test_pages_open_on_the_year_so_far(open_page: OpenPage, store: Path) -> None:
    app = open_page(store)
    assert app.selectbox(key="span").value == "2011Q1..2011Q2" and app.selectbox(key="against").value == "usual"
    assert "<b>2011年上半年</b>" in words(app)
    assert "发生数与上年同期相比，期末数与2010年末相比" in words(app)


def test_a_quarter_that_few_have_reported_is_offered_but_not_chosen() -> None:
    assert [str(span) for span in offer_spans(DATA, parse_span("2011Q1"))[:2]] == ["2011Q1..2011Q1", "2010Q1..2010Q4"]
    assert parse_span("2011Q1..2011Q2") in offer_spans(DATA, parse_span("2011Q1"))


def test_the_choice_is_said_in_the_first_line(open_page: OpenPage, store: Path) -> None:
    first = open_page(store, span="2010Q4", against="2009Q4").get("html")[0].proto.body
    assert "2010年四季度" in first and "与2009年四季度相比" in first


def test_the_span_before_may_be_named_by_its_quarters(open_page: OpenPage, store: Path) -> None:
    for span, before, choice in (("2010Q1..2010Q4", "2009Q1..2009Q4", "usual"), ("2010Q4", "2010Q3", "previous")):
        app = open_page(store, span=span, against=before)
        assert app.selectbox(key="against").value == choice
        assert not app.warning


def test_a_link_to_a_span_of_another_length_is_not_taken(open_page: OpenPage, store: Path) -> None:
    app = open_page(store, span="2010Q4", against="2009Q1..2009Q4")
    assert "不在可以和2010年四季度相比的期间里" in app.warning[0].value
    assert app.selectbox(key="against").value == "usual"


@pytest.mark.parametrize("span", ["2010Q1..2010Q4", "2011Q2", "2011Q1..2011Q2", "2008Q1..2010Q4", "2009Q2..2010Q1"])
def test_only_spans_of_the_same_length_apart_from_it_are_offered(span: str) -> None:
    asked = parse_span(span)
    offered = [other for _, other in offer_against(asked, DATA).values() if other is not None]
    assert all(other.length == asked.length for other in offered)
    assert all(other.last < asked.first or other.first > asked.last for other in offered)
    assert len(set(offered)) == len(offered) and (asked.previous in offered) == bool(asked.length % 4)


def test_a_whole_year_is_compared_with_whole_years() -> None:
    assert [str(other) for _, other in offer_against(Span(8040, 8043), DATA).values() if other] == ["2008Q1..2008Q4"]


@pytest.mark.parametrize("page", PAGES_WITH_KINDS)
def test_the_kind_is_offered_where_kinds_can_be_told_apart(page: str, open_page: OpenPage, store: Path) -> None:
    assert "kind" in [found.key for found in open_page(store, page).selectbox]


@pytest.mark.parametrize("page", OTHERS)
def test_no_page_offers_a_kind_it_cannot_honour(page: str, open_page: OpenPage, store: Path) -> None:
    assert "kind" not in [found.key for found in open_page(store, page).selectbox]


@pytest.fixture
def few_offered(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the sample county be one with too many unions for a list."""
    from pages.view import cached

    cached.units_offered.cache_clear()
    monkeypatch.setattr(choices, "MOST_OFFERED", 50)
    yield
    cached.units_offered.cache_clear()


def test_of_too_many_unions_those_of_the_area_looked_at_are_offered(
    few_offered: None, open_page: OpenPage, store: Path, county: Warehouse
) -> None:
    known = organisations(county)
    above = {found.name for found in known if found.level != "union"}
    app = open_page(store)
    assert set(app.selectbox(key="unit").options) == above
    app.selectbox(key="unit").select("T01").run()
    own = [found for found in known if found.parent == "T01"]
    assert {found.name for found in own} <= {name.partition("（")[0] for name in app.selectbox(key="unit").options}
    app.selectbox(key="unit").select(own[0].code).run()
    assert app.selectbox(key="unit").value == own[0].code and own[0].name in words(app)
    assert not app.warning


def test_a_link_to_a_union_is_taken_where_there_are_too_many_to_be_offered(
    few_offered: None, open_page: OpenPage, store: Path, county: Warehouse
) -> None:
    union = next(found for found in organisations(county) if found.level == "union" and found.parent == "T02")
    app = open_page(store, unit=union.code)
    assert app.selectbox(key="unit").value == union.code and not app.warning
    app.selectbox(key="unit").select("T01").run()
    assert union.name not in app.selectbox(key="unit").options
