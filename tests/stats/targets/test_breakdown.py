"""A target parted among those below: the parts add up exactly, a rate is reached by all together."""

from math import fsum

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stats.attainment.breakdown import Share, break_down, together

COUNTS = st.lists(st.integers(0, 5000), min_size=1, max_size=30)
RATES = st.lists(st.tuples(st.floats(0, 1), st.integers(1, 5000)), min_size=1, max_size=30)


@given(st.integers(0, 20_000), COUNTS)
def test_the_parts_of_a_count_add_up_to_it(goal: int, bases: list[int]) -> None:
    assume(sum(bases))
    shares = [Share(f"{place}", "", None, float(base)) for place, base in enumerate(bases)]
    parts = break_down(float(goal), shares, "base")
    assert fsum(part or 0 for part in parts) == goal == together(parts, shares, rate=False)
    for part, base in zip(parts, bases, strict=True):
        assert part is not None and abs(part - goal * base / sum(bases)) < 1


@given(st.floats(0, 1), RATES)
def test_raised_by_the_same_points_all_together_reach_the_goal(goal: float, held: list[tuple[float, int]]) -> None:
    shares = [Share(f"{place}", "", now, float(base)) for place, (now, base) in enumerate(held)]
    parts = break_down(goal, shares, "points")
    reached, before = together(parts, shares, rate=True), together([None] * len(shares), shares, rate=True)
    assert reached is not None and before is not None
    assert reached == pytest.approx(max(goal, before), abs=1e-9)
    assert all(part is not None and now - 1e-12 <= part <= 1 for part, (now, _) in zip(parts, held, strict=True))


def test_who_has_no_base_gets_no_rate_and_no_part() -> None:
    shares = [Share("a", "甲", 0.5, 10.0, 4.0), Share("b", "乙", None, None, None)]
    assert break_down(0.8, shares, "same") == [0.8, None]
    assert break_down(10.0, shares, "last_year") == [10.0, 0.0]
    assert break_down(10.0, [Share("b", "乙", None, None)], "base") == [None]
