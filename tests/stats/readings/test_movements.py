"""What changed most: real changes only, the largest first, with the right words for better and worse."""

from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.judging.targets import is_flow
from stats.readings import Reading, read
from stats.readings.movements import largest_changes, main_mover, say_change_of
from stats.warehouse import Warehouse
from tests.stats.made_readings import first_indicator, make_reading

SPAN, AGAINST = "2010Q1..2010Q4", "2009Q1..2009Q4"


def test_a_rise_of_what_should_rise_is_for_the_better(catalogue: Catalogue) -> None:
    people = first_indicator("person")
    found = say_change_of(_moved(catalogue, people.code, 100.0, 150.0), catalogue.indicators)
    assert (found.state, found.verdict) == ("met", "向好")
    assert "比2009年末增加50人（增长50.0%）。" in found.words


def test_a_fall_of_what_should_rise_is_for_the_worse(catalogue: Catalogue) -> None:
    people = first_indicator("person")
    found = say_change_of(_moved(catalogue, people.code, 100.0, 60.0), catalogue.indicators)
    assert (found.state, found.verdict) == ("behind", "要注意")
    assert "减少40人（下降40.0%）" in found.words


def test_where_there_is_no_better_nothing_is_judged(catalogue: Catalogue) -> None:
    code = next(one.code for one in catalogue.indicators.values() if one.direction == "none" and one.summary == "total")
    assert say_change_of(_moved(catalogue, code, 100.0, 200.0), catalogue.indicators).state == "none"


def test_a_change_that_a_missing_return_may_explain_is_not_told(catalogue: Catalogue) -> None:
    people = first_indicator("person")
    silent = _moved(catalogue, people.code, 100.0, 60.0, complete=False, comparable_change=None)
    assert largest_changes([silent], catalogue) == []


def test_the_comparable_change_decides_and_is_said_where_it_differs(catalogue: Catalogue) -> None:
    people = first_indicator("person")
    late = _moved(catalogue, people.code, 1000.0, 900.0, complete=False, comparable_change=80.0)
    [told] = largest_changes([late], catalogue)
    assert "与2009年末相比，两期都报的单位增加80人" in told.words
    assert told.state == "none"
    assert "下降" not in told.words


def test_a_handful_is_no_news(catalogue: Catalogue) -> None:
    people = first_indicator("person")
    assert largest_changes([_moved(catalogue, people.code, 2.0, 5.0)], catalogue) == []


def test_a_sum_is_not_held_against_another_season(county: Warehouse, catalogue: Catalogue) -> None:
    spring, winter, year_before = (parse_span(text) for text in ("2010Q2", "2010Q1", "2009Q2"))
    for against, some in ((winter, False), (year_before, True)):
        told = largest_changes(read(county, catalogue, "COUNTY", spring, (), against), catalogue, most=100)
        flows = [one for one in told if is_flow(catalogue, catalogue.indicators[one.reading.indicator])]
        assert bool(flows) is some and len(told) > len(flows)


def test_the_county_is_told_of_its_largest_changes_first(county: Warehouse, catalogue: Catalogue) -> None:
    readings = read(county, catalogue, "COUNTY", parse_span(SPAN), (), parse_span(AGAINST))
    told = largest_changes(readings, catalogue)
    assert 3 <= len(told) <= 6
    numerators = [catalogue.indicators[one.reading.indicator].numerator for one in told]
    assert len(set(numerators)) == len(told)
    assert all(one.reading.change and one.reading.previous for one in told)


def _moved(catalogue: Catalogue, code: str, before: float, now: float, **other: object) -> Reading:
    told = {"previous": before, "change": now - before, "comparable_change": now - before, "complete": True} | other
    return make_reading(catalogue.indicators[code], now, span=SPAN, against=AGAINST, **told)


def test_the_main_mover_goes_the_same_way_and_furthest(catalogue: Catalogue) -> None:
    people = first_indicator("person").code
    whole = _moved(catalogue, people, 100.0, 150.0)
    parts = [_moved(catalogue, people, before, after) for before, after in ((10.0, 15.0), (60.0, 20.0), (30.0, 115.0))]
    assert main_mover(whole, parts) == parts[2]
    assert main_mover(whole, parts[1:2]) is None and main_mover(whole, []) is None


def test_a_rate_of_a_few_cases_is_nobodys_doing(catalogue: Catalogue) -> None:
    rate = first_indicator("percent").code
    whole = _moved(catalogue, rate, 0.9, 0.7, numerator=70.0, denominator=100.0)
    few = _moved(catalogue, rate, 1.0, 0.0, numerator=0.0, denominator=2.0)
    many = _moved(catalogue, rate, 0.9, 0.8, numerator=24.0, denominator=30.0)
    assert main_mover(whole, [few, many]) == many and main_mover(whole, [few]) is None
