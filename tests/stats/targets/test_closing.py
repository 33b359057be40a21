"""Closing a gap: the fewest that would bring a target, each once, in a settled order; why where nobody is listed."""

from dataclasses import replace
from itertools import combinations, pairwise
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.periods import parse_quarter, parse_span
from stats.attainment import Attainment, attainments
from stats.attainment.shortfall import Candidate, Closing, close_shortfall, fewest
from stats.catalogue import Catalogue
from stats.figures.elements.figure_model import Source
from stats.figures.elements.order import places_by_sound
from stats.organisations import organisations
from stats.readings import read_units
from stats.warehouse import Warehouse


@pytest.fixture(scope="module")
def half_year(county: Warehouse, catalogue: Catalogue) -> dict[str, Attainment]:
    return {one.goal.indicator: one for one in attainments(county, catalogue, "COUNTY", parse_quarter("2011Q2"))}


def closing(half_year: dict[str, Attainment], code: str, county: Warehouse, catalogue: Catalogue) -> Closing:
    return close_shortfall(Source(county, catalogue), half_year[code])


def test_a_rate_is_closed_by_the_fewest_enterprises(
    half_year: dict[str, Attainment], county: Warehouse, catalogue: Catalogue
) -> None:
    found, rate = (
        closing(half_year, "enterprise_unionization_rate", county, catalogue),
        half_year["enterprise_unionization_rate"],
    )
    assert len(found.chosen) == rate.needed_count and found.enough
    top, bottom = rate.reading.numerator or 0, rate.reading.denominator or 1
    assert found.after == pytest.approx((top + len(found.chosen)) / bottom) and (found.after or 0) >= 0.8
    assert (top + len(found.chosen) - 1) / bottom < 0.8, "one less would not do"
    sizes = [one.size or 0 for one in found.chosen]
    assert sizes == sorted(sizes, reverse=True) and all(one.cell and one.cell.raw for one in found.chosen)


def test_a_rate_of_people_is_closed_by_those_that_add_most(
    half_year: dict[str, Attainment], county: Warehouse, catalogue: Catalogue
) -> None:
    found, rate = closing(half_year, "worker_membership_rate", county, catalogue), half_year["worker_membership_rate"]
    adds = [one.adds for one in found.chosen]
    wanted = 0.89 * (rate.reading.denominator or 0) - (rate.reading.numerator or 0)
    assert adds == sorted(adds, reverse=True)
    assert fsum(adds) >= wanted > fsum(adds[:-1])


def test_a_flow_lists_who_is_behind_last_year_and_says_when_that_is_not_enough(
    half_year: dict[str, Attainment], county: Warehouse, catalogue: Catalogue
) -> None:
    found = closing(half_year, "students_aided", county, catalogue)
    assert found.chosen and not found.enough
    assert found.after == (half_year["students_aided"].reading.value or 0) + fsum(one.adds for one in found.chosen)


def test_those_behind_last_year_are_the_ones_who_report_it(
    half_year: dict[str, Attainment], county: Warehouse, catalogue: Catalogue
) -> None:
    """Unions where unions report, townships where they do; what one did more takes nothing from another."""
    code = "trained_person_times"
    reporting = [one.code for one in organisations(county) if one.level == "union"]
    known = {
        (one.unit, year): one.value or 0
        for year in (2010, 2011)
        for one in read_units(county, catalogue, reporting, parse_span(f"{year}Q1..{year}Q2"), [code])
    }
    less = {unit: known[unit, 2010] - known[unit, 2011] for unit, year in known if year == 2010}
    listed = closing(half_year, code, county, catalogue).chosen
    unions = {one.unit: one.adds for one in listed if one.unit in less}
    assert unions == {unit: more for unit, more in less.items() if more > 0}
    assert all(one.area == one.name for one in listed if one.unit not in unions)


def test_what_was_not_paid_is_asked_of_each_union(
    half_year: dict[str, Attainment], county: Warehouse, catalogue: Catalogue
) -> None:
    found = closing(half_year, "fee_collection_rate", county, catalogue)
    adds = [one.adds for one in found.chosen]
    wanted = (half_year["fee_collection_rate"].reading.denominator or 0) - (
        half_year["fee_collection_rate"].reading.numerator or 0
    )
    assert adds == sorted(adds, reverse=True) and fsum(adds) >= wanted - 1e-6 > fsum(adds[:-1])
    assert "有报表没报，先催报" in found.note


def test_enterprises_of_one_name_are_two(
    county: Warehouse, catalogue: Catalogue, half_year: dict[str, Attainment]
) -> None:
    code = "enterprise_unionization_rate"
    goal = replace(
        half_year[code], goal=replace(half_year[code].goal, value=1.0), needed=1 - (half_year[code].reading.value or 0)
    )
    found = close_shortfall(Source(county, catalogue), goal)
    assert len({one.cell for one in found.chosen}) == len(found.chosen) == found.known
    assert found.after == 1.0, "every enterprise without a union is listed, also where two bear one name"


def test_equal_ones_stand_by_size_and_then_by_sound(
    half_year: dict[str, Attainment], county: Warehouse, catalogue: Catalogue
) -> None:
    chosen = closing(half_year, "enterprise_wage_bargaining_rate", county, catalogue).chosen
    names = frozenset(one.name for one in chosen)
    places = places_by_sound(county, names)
    keys = [(-one.adds, -(one.size or 0), places[one.name]) for one in chosen]
    assert keys == sorted(keys)
    assert any(one.size == other.size for one, other in pairwise(chosen)), "some are of one size"


def test_what_cannot_be_listed_is_said(
    half_year: dict[str, Attainment], county: Warehouse, catalogue: Catalogue
) -> None:
    assert "没有可以逐家列出的对象" in closing(half_year, "campaign_train_10k", county, catalogue).why_not
    assert "已经达到" in closing(half_year, "community_highlights", county, catalogue).why_not


@given(st.lists(st.integers(1, 30), max_size=9), st.integers(1, 60))
def test_no_smaller_choice_would_do(adds: list[int], wanted: int) -> None:
    candidates = [
        Candidate(name=f"{place}", unit="u", area="a", move="m", adds=float(add))
        for place, add in enumerate(sorted(adds, reverse=True))
    ]
    chosen = fewest(candidates, float(wanted))
    if sum(adds) < wanted:
        assert chosen == candidates
    else:
        enough = [size for size in range(len(adds) + 1) if any(sum(few) >= wanted for few in combinations(adds, size))]
        assert len(chosen) == min(enough)
