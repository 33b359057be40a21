"""Targets at a date: each comparator by its own rule, and what can't be told kept apart from what is behind."""

from collections import Counter
from dataclasses import replace
from math import ceil, fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.periods import parse_quarter, parse_span
from stats.attainment import Attainment, attainments
from stats.attainment.attainment_words import say_attainment, say_pace, say_state, say_states
from stats.catalogue import Catalogue
from stats.catalogue.models import Valid
from stats.judging.pace import Clock
from stats.judging.verdicts import judge, with_all
from stats.readings import Reading, read
from stats.warehouse import Warehouse
from tests.stats.made_readings import first_indicator, make_reading, target_of_2011

YEAR = 2011 * 4
GOAL = target_of_2011(100.0)
UP = first_indicator("person", direction="up")
DOWN = first_indicator("person", direction="down")
PLAIN = first_indicator("person", direction="none")
RATE = first_indicator("percent", valid=Valid(min=0, max=1))
HALF, END = Clock(YEAR, YEAR + 3, YEAR + 1), Clock(YEAR, YEAR + 3, YEAR + 3)


def reading(value: float | None, reported: int = 1, expected: int = 1) -> Reading:
    return replace(make_reading(UP, value), reported=reported, expected=expected)


@pytest.mark.parametrize("comparator, low, high, value, clock, flow, state", [
    (">=", 100, None, 100, HALF, True, "met"), (">=", 100, None, 50, HALF, True, "on_pace"),
    (">=", 100, None, 49, HALF, True, "behind"), (">=", 100, None, 99, END, True, "behind"),
    ("=", 100, None, 140, END, True, "met"), ("=", 100, None, 50, HALF, True, "on_pace"),
    ("<=", 100, None, 40, HALF, True, "on_pace"), ("<=", 100, None, 60, HALF, True, "behind"),
    ("<=", 100, None, 101, HALF, True, "behind"), ("<=", 100, None, 100, END, True, "met"),
    ("<=", 100, None, 90, HALF, False, "met"), ("<=", 100, None, 101, END, False, "behind"),
    ("range", 100, 200, 150, HALF, True, "met"), ("range", 100, 200, 60, HALF, True, "on_pace"),
    ("range", 100, 200, 201, END, True, "behind"),
])  # fmt: skip
def test_each_comparator_has_its_states(
    comparator: str, low: float, high: float | None, value: float, clock: Clock, flow: bool, state: str
) -> None:
    goal = replace(GOAL, comparator=comparator, value=float(low), high=high)
    pace = low * clock.elapsed if flow else float(low)
    assert judge(goal, UP, reading(value), clock, pace, flow)[0] == state


def test_a_task_is_behind_only_after_its_day() -> None:
    for state, clock, wanted in (("done", HALF, "met"), ("doing", HALF, "on_pace"), ("todo", END, "behind")):
        task = replace(GOAL, comparator="task", value=None, state=state)
        assert judge(task, UP, reading(None), clock, None, False)[0] == wanted


def test_what_cannot_be_told_is_not_behind() -> None:
    early = Clock(YEAR, YEAR + 3, YEAR - 1)
    assert judge(replace(GOAL, value=None, comparator="text"), UP, reading(3), HALF, None, True) == (
        "unknown",
        "no_number",
    )
    assert judge(GOAL, PLAIN, reading(3), HALF, 50.0, True) == ("unknown", "no_verdict")
    assert judge(GOAL, UP, reading(None), HALF, 50.0, True) == ("unknown", "no_data")
    assert judge(GOAL, UP, reading(3), early, None, True) == ("unknown", "not_begun")
    task = replace(GOAL, comparator="task", value=None)
    assert judge(task, UP, reading(None), early, None, False) == ("unknown", "not_begun")
    assert judge(replace(task, state="done"), UP, reading(None), early, None, False) == ("met", "")


def test_returns_that_are_lacking_may_decide_it() -> None:
    assert judge(GOAL, UP, reading(40, 8, 10), HALF, 50.0, True) == ("unknown", "lacking"), "40 of 8 are 50 of 10"
    assert judge(GOAL, UP, reading(39, 8, 10), HALF, 50.0, True) == ("behind", "")
    assert judge(replace(GOAL, comparator="<="), DOWN, reading(95, 8, 10), END, 100.0, True) == ("unknown", "lacking")
    assert with_all(replace(reading(0.95, 8, 10), denominator=10.0), RATE) == 1.0, "a rate stays a rate"


@pytest.fixture(scope="module")
def half_year(county: Warehouse, catalogue: Catalogue) -> dict[str, Attainment]:
    return {one.goal.indicator: one for one in attainments(county, catalogue, "COUNTY", parse_quarter("2011Q2"))}


def test_every_target_of_the_report_has_its_rule(half_year: dict[str, Attainment], catalogue: Catalogue) -> None:
    assert len(half_year) == 22
    rules = Counter(one.goal.comparator for one in half_year.values())
    assert rules == {">=": 8, "=": 7, "range": 1, "task": 3, "text": 3}
    assert all(say_attainment(one, catalogue) for one in half_year.values())
    assert all(one.state == "unknown" for one in half_year.values() if one.goal.comparator == "text")


def test_what_the_report_says_is_not_reached_is_not_reached(
    half_year: dict[str, Attainment], county: Warehouse, catalogue: Catalogue
) -> None:
    fees = half_year["fee_collection_rate"]
    halves, wholes = (
        fsum(
            read(county, catalogue, "COUNTY", parse_span(f"{year}Q1..{year}Q{end}"), ["fee_collection_rate"])[0].value
            or 0
            for year in (2008, 2009, 2010)
        )
        for end in (2, 4)
    )
    assert fees.pace == pytest.approx(halves / wholes), "as much of the year-end's rate as at the half of earlier years"
    assert (fees.goal.value, fees.way, fees.state) == (1.0, "season", "behind")


def test_the_pace_of_each_kind_is_reckoned_again(
    half_year: dict[str, Attainment], county: Warehouse, catalogue: Catalogue
) -> None:
    students, rate = half_year["students_aided"], half_year["enterprise_unionization_rate"]
    assert (students.pace, students.reading.span) == (20.0, "2011Q1..2011Q2")
    before = read(county, catalogue, "COUNTY", parse_span("2010Q4"), ["enterprise_unionization_rate"])[0].value or 0.0
    assert rate.start == before and rate.pace == pytest.approx(before + (0.8 - before) * 2 / 8)
    assert rate.needed_count == ceil(0.8 * (rate.reading.denominator or 0) - (rate.reading.numerator or 0) - 1e-9)


def test_a_forecast_by_season_rests_on_the_years_before(
    half_year: dict[str, Attainment], county: Warehouse, catalogue: Catalogue
) -> None:
    code = "extreme_hardship_aid_times"
    known = {
        (year, half): read(county, catalogue, "COUNTY", parse_span(f"{year}Q1..{year}Q{2 if half else 4}"), [code])[
            0
        ].value
        for year in (2008, 2009, 2010)
        for half in (True, False)
    }
    share = fsum(known[year, True] or 0 for year in (2008, 2009, 2010)) / fsum(
        known[year, False] or 0 for year in (2008, 2009, 2010)
    )
    found = half_year[code]
    assert found.forecast is not None and found.forecast.value == pytest.approx((found.reading.value or 0) / share)


def test_missing_returns_of_the_last_quarter_are_said_and_nothing_is_foretold_from_them(
    half_year: dict[str, Attainment], catalogue: Catalogue
) -> None:
    found = half_year["worker_membership_rate"]
    assert (found.state, found.reason, found.forecast) == ("unknown", "lacking", None)
    assert "还有28份报表没报" in say_attainment(found, catalogue)


def test_targets_of_a_year_that_has_not_come_are_neither_met_nor_behind(
    county: Warehouse, catalogue: Catalogue
) -> None:
    found = attainments(county, catalogue, "COUNTY", parse_quarter("2010Q4"))
    numbers = [one for one in found if one.goal.comparator not in ("task", "text")]
    assert {(one.state, one.reason) for one in numbers} == {("unknown", "not_begun")}


def test_tasks_stand_as_they_did_at_the_date(county: Warehouse, catalogue: Catalogue) -> None:
    """What was reported done in June was not done in March, and the count of what is done says the same."""
    found = {one.goal.indicator: one for one in attainments(county, catalogue, "COUNTY", parse_quarter("2011Q1"))}
    tasks = [one for one in found.values() if one.goal.comparator == "task"]
    assert {(one.state, one.reading.value) for one in tasks} == {("on_pace", 0.0)}
    assert found["model_worker_tasks_done"].reading.value == 0


def test_beyond_the_data_nothing_is_claimed(
    half_year: dict[str, Attainment], county: Warehouse, catalogue: Catalogue
) -> None:
    for later in ("2011Q4", "2013Q1"):
        found = {one.goal.indicator: one for one in attainments(county, catalogue, "COUNTY", parse_quarter(later))}
        assert found == half_year, "the last quarter with data is told, and as of that quarter"


def test_what_is_entered_once_a_year_has_no_pace_and_is_told_by_its_forecast(
    county: Warehouse, catalogue: Catalogue
) -> None:
    """A contest is entered for a year: in January nobody has, and in June nearly all who will."""
    for quarter in ("2011Q1", "2011Q2"):
        found = {one.goal.indicator: one for one in attainments(county, catalogue, "COUNTY", parse_quarter(quarter))}
        contest = found["ankang_cup_coverage"]
        assert (contest.goal.value, contest.pace, contest.start, contest.state) == (0.5, None, None, "unlikely")
        assert contest.forecast is not None and contest.forecast.method == "year_end"


def test_an_organisation_without_targets_has_none(county: Warehouse, catalogue: Catalogue) -> None:
    assert attainments(county, catalogue, "T01", parse_quarter("2011Q2")) == []
    assert say_states([]) == "没有定目标"


def test_states_are_told_by_sign_and_word_and_counted(half_year: dict[str, Attainment]) -> None:
    assert {say_state(one)[0] for one in half_year.values()} == {"✓", "○", "△", "？", "—"}
    said = say_states(half_year.values())
    counted = Counter(one.state for one in half_year.values() if one.reason != "no_number")
    tasks = sum(one.reason == "no_number" for one in half_year.values())
    assert (
        said.startswith("22项目标中")
        and f"没有定数量{tasks}项" in said
        and f"已达到{counted['met']}项" in said
        and f"无法判断{counted['unknown']}项" in said
    )


def test_what_is_printed_of_a_difference_fits_what_stands_beside_it() -> None:
    found = Attainment(goal=GOAL, reading=reading(2.0), clock=HALF, state="on_pace", pace=1.5)
    assert say_pace(found, UP) == "按时间进度应到1.5人，已有2人", "the pace keeps its half"
    rate = replace(make_reading(RATE, 0.4444), measure="%")
    behind = Attainment(goal=replace(GOAL, value=0.5), reading=rate, clock=HALF, state="behind", pace=0.4537)
    assert say_pace(behind, RATE) == "按时间进度应到45.4%，慢1.0个百分点"


@given(
    st.sampled_from([">=", "=", "<="]), st.floats(0, 300), st.floats(0, 300), st.floats(0, 100),
    st.sampled_from([HALF, END]), st.booleans(),
)  # fmt: skip
def test_more_of_what_is_wanted_is_never_worse(
    comparator: str, value: float, more: float, pace: float, clock: Clock, grows: bool
) -> None:
    goal, indicator = replace(GOAL, comparator=comparator), DOWN if comparator == "<=" else UP
    low, high = (
        ["behind", "on_pace", "met"].index(judge(goal, indicator, reading(one), clock, pace, grows)[0])
        for one in sorted((value, more))
    )
    assert low >= high if comparator == "<=" else low <= high
