"""Organisations beside each other: the same values as their readings, places and medians as anyone would count them."""

import pytest

from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.organisations import Organisation, organisations, peers_of
from stats.readings import AREA_LEVELS, read_units
from stats.readings.standings import (
    Standing,
    among,
    largest,
    say_place,
    say_place_among,
    say_spread,
    share_of_largest,
    standings,
)
from stats.warehouse import Warehouse
from tests.stats.made_readings import first_indicator

SPANS = ("2010Q1..2010Q4", "2008Q1..2010Q4", "2011Q2", "2008Q1")
PEOPLE = first_indicator("person")


@pytest.mark.parametrize("span", SPANS)
def test_values_and_coverage_are_those_of_the_readings(span: str, county: Warehouse, catalogue: Catalogue) -> None:
    found = organisations(county)
    units = [one.code for one in found if one.level in AREA_LEVELS] + ["COUNTY"]
    units += [one.code for one in found if one.level == "union"][:40]
    asked = parse_span(span)
    placed = standings(county, catalogue, list(catalogue.indicators), units, asked)
    beside = {(code, one.unit): one for code, ones in placed.items() for one in ones}
    compared = 0
    for reading in read_units(county, catalogue, units, asked):
        one = beside.get((reading.indicator, reading.unit))
        if one is not None:
            parts = (one.value, one.numerator, one.denominator, one.reported, one.expected)
            wanted = (reading.value, reading.numerator, reading.denominator, reading.reported, reading.expected)
            assert parts == wanted, (reading.indicator, reading.unit)
            compared += 1
    assert compared > 100 * len(AREA_LEVELS)


def test_equal_values_share_a_place_and_the_unknown_have_none(county: Warehouse, catalogue: Catalogue) -> None:
    areas = [one.code for one in organisations(county) if one.level in AREA_LEVELS]
    placed = standings(county, catalogue, ["collective_contracts"], areas, parse_span("2010Q4"))["collective_contracts"]
    for one in placed:
        better = sum(other.value is not None and one.value is not None and other.value > one.value for other in placed)
        assert one.place == (None if one.value is None else better + 1)


def test_the_smallest_is_best_where_the_figure_should_fall(county: Warehouse, catalogue: Catalogue) -> None:
    code = next(one.code for one in catalogue.indicators.values() if one.direction == "down" and one.summary == "total")
    areas = [one.code for one in organisations(county) if one.level in AREA_LEVELS]
    values = [one.value for one in standings(county, catalogue, [code], areas, parse_span("2010Q4"))[code]]
    known = [value for value in values if value is not None]
    assert known == sorted(known)


def test_the_median_and_the_place_of_one() -> None:
    placed = _placed(9.0, 5.0, 5.0, 1.0, None)
    found = among(placed, "U1")
    assert found is not None
    assert (found.known, found.median, found.alike) == (4, 5.0, 2)
    assert say_place(found) == "并列第2/4"
    assert say_place_among(found, "各乡镇") == "在各乡镇（4家）里并列第2"


def test_nobody_stands_among_none() -> None:
    assert among(_placed(9.0, None), "U0") is None
    assert among(_placed(9.0, 5.0, None), "U2") is None


def test_the_spread_says_who_has_no_data() -> None:
    said = say_spread(_placed(9.0, 5.0, 1.0, None), PEOPLE, "人")
    assert said == "3家有数据：最大9人，中位数5人，最小1人；另有1家没有数据，不排名"


def test_bars_begin_at_zero() -> None:
    assert share_of_largest(_placed(8.0, 2.0, None, -3.0)) == [1.0, 0.25, 0.0, 0.0]
    assert share_of_largest(_placed(0.0, None)) == [0.0, 0.0]


def test_peers_are_of_the_area_and_kind_while_there_are_enough(county: Warehouse) -> None:
    found = organisations(county)
    for one in found:
        peers = peers_of(one, found, 8043, "私营")
        assert (peers is None) == (one.level == "county")
        if peers and one.open_in(8043):
            assert one.code in peers.codes
            assert all(other.open_in(8043) for other in _of(found, peers.codes))
            assert len({other.parent for other in _of(found, peers.codes)}) == 1


def _of(found: list[Organisation], codes: tuple[str, ...]) -> list[Organisation]:
    return [one for one in found if one.code in codes]


def _placed(*values: float | None) -> list[Standing]:
    known = sorted((value for value in values if value is not None), reverse=True)
    return [
        Standing(
            unit=f"U{number}",
            value=value,
            numerator=value,
            denominator=None,
            reported=1,
            expected=1,
            place=None if value is None else known.index(value) + 1,
        )
        for number, value in enumerate(values)
    ]


def test_of_very_many_the_largest_are_listed_in_their_order() -> None:
    placed = [
        Standing(unit=unit, value=value, numerator=value, denominator=None, reported=1, expected=1)
        for unit, value in (("b", 9.0), ("c", 5.0), ("a", 1.0))
    ]
    assert largest(["a", "b", "c", "d"], placed, 2) == ["b", "c"]
    assert largest(["d", "a"], placed, 2) == ["d", "a"], "all of them where they are few"
