"""Pace and forecast, reckoned by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stats.judging.pace import Clock, Forecast, by_season, by_trend, by_year_end, evenly, path

YEAR = 2011 * 4
HALF = Clock(YEAR, YEAR + 3, YEAR + 1)
NUMBERS = st.floats(0, 1e6)


@pytest.mark.parametrize("now, elapsed, left, begun, over", [
    (YEAR - 1, 0.0, 4, False, False), (YEAR, 0.25, 3, True, False), (YEAR + 1, 0.5, 2, True, False),
    (YEAR + 3, 1.0, 0, True, True), (YEAR + 7, 1.0, 0, True, True),
])  # fmt: skip
def test_time_goes_by_quarter_by_quarter(now: int, elapsed: float, left: int, begun: bool, over: bool) -> None:
    clock = Clock(YEAR, YEAR + 3, now)
    assert (clock.elapsed, clock.left, clock.begun, clock.over) == (elapsed, left, begun, over)


def test_a_state_moves_on_the_straight_line_to_its_target() -> None:
    two_years = Clock(YEAR, YEAR + 7, YEAR + 1)
    assert path(0.74, 0.80, two_years) == pytest.approx(0.755)  # a quarter of the six points
    assert path(0.90, 0.80, two_years) == pytest.approx(0.875), "downwards as well"


def test_a_year_is_foretold_by_what_the_same_quarters_came_to_before() -> None:
    found = by_season(6.0, [(10, 24), (11, 22), (12, 24)])
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((6 * 70 / 33, 12.0, 14.4))
    assert (found.method, found.basis) == ("season", 3)


def test_one_earlier_year_gives_no_band_and_years_that_began_with_nothing_none_either() -> None:
    assert by_season(6.0, [(10, 24)]) == Forecast(14.4, None, None, "season", 1)
    found = by_season(6.0, [(10, 20), (0, 20)])
    assert found is not None and (found.value, found.low) == (24.0, None)


def test_where_all_came_late_in_the_year_so_far_says_nothing() -> None:
    assert by_season(0.0, [(0, 20), (0, 10)]) is None
    assert by_season(5.0, []) is None and by_season(5.0, [(0, 0)]) is None


def test_what_begins_anew_each_year_is_foretold_by_its_earlier_ends() -> None:
    found = by_year_end(0.4, [(0.2, 0.25), (0.3, 0.45)], 1.0)
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((0.4 * 0.70 / 0.50, 0.5, 0.6))
    assert (found.method, found.basis) == ("year_end", 2)
    full = by_year_end(0.8, [(0.2, 0.25), (0.3, 0.45)], 1.0)
    assert full is not None and (full.value, full.high) == (1.0, 1.0), "a rate stays a rate"
    assert by_year_end(0.4, [], 1.0) is None


def test_without_earlier_years_it_goes_on_as_so_far() -> None:
    assert evenly(412.0, HALF) == Forecast(824.0, None, None, "even", 0)
    assert evenly(0.0, Clock(YEAR, YEAR + 3, YEAR - 1)) is None


def test_a_state_goes_on_as_in_its_last_quarters() -> None:
    found = by_trend([0.1, 0.70, 0.71, 0.73, 0.74, 0.76], HALF, 0.0, 1.0)  # changes 1, 2, 1, 2 points; two are left
    assert found is not None
    assert (found.value, found.low, found.high) == pytest.approx((0.79, 0.78, 0.80))
    assert (found.method, found.basis) == ("trend", 4)


def test_two_values_make_no_trend_and_a_rate_stays_a_rate() -> None:
    assert by_trend([0.5, 0.6], HALF, 0.0, 1.0) is None
    found = by_trend([0.8, 0.9, 1.0], HALF, 0.0, 1.0)
    assert found is not None and found.value == 1.0
    sinking = by_trend([3.0, 2.0, 1.0], HALF, 0.0, None)
    assert sinking is not None and sinking.value == 0.0


@given(NUMBERS, st.lists(st.tuples(NUMBERS, NUMBERS), max_size=4))
def test_a_seasonal_forecast_lies_in_its_band(so_far: float, years: list[tuple[float, float]]) -> None:
    found = by_season(so_far, [(part, part + rest) for part, rest in years])
    if found and found.low is not None and found.high is not None:
        assert found.low * (1 - 1e-9) - 1e-9 <= found.value <= found.high * (1 + 1e-9) + 1e-9


@given(st.lists(st.floats(0, 1), min_size=3, max_size=9), st.integers(0, 8))
def test_a_trend_lies_in_its_band(values: list[float], left: int) -> None:
    found = by_trend(values, Clock(0, 8, 8 - left), 0.0, 1.0)
    assert found is not None and found.low is not None and found.high is not None
    assert 0 <= found.low <= found.value + 1e-9 and found.value <= found.high + 1e-9 and found.high <= 1
