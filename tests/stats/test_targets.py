"""Targets: which one a value is held against, and each comparator by its own rule."""

from dataclasses import replace

import pytest

from stats.catalogue import Catalogue
from stats.periods import parse_span
from stats.readings import Reading, read
from stats.targets import Target, is_met, read_targets
from stats.warehouse import Warehouse

BLANK = Target("x", "COUNTY", 2011, ">=", None, None, "文件", "组织部", "2011-12-31", "", "")


@pytest.fixture(scope="module")
def warehouse(county: Warehouse) -> Warehouse:
    return county


@pytest.mark.parametrize("comparator, low, high, value, met", [
    (">=", 0.8, None, 0.8, True), (">=", 0.8, None, 0.79, False), (">=", 400, None, 560, True),
    ("<=", 5, None, 5, True), ("<=", 5, None, 6, False),
    ("=", 1000, None, 1000, True), ("=", 1000, None, 1400, True), ("=", 1000, None, 999, False),
    ("range", 1, 2, 1, True), ("range", 1, 2, 2, True), ("range", 1, 2, 3, False), ("range", 1, 2, 0, False),
    ("text", None, None, 7, None), (">=", 400, None, None, None),
])  # fmt: skip
def test_each_comparator_has_its_rule(
    comparator: str, low: float | None, high: float | None, value: float | None, met: bool | None, catalogue: Catalogue
) -> None:
    upward = catalogue.indicators["union_members"]
    assert is_met(replace(BLANK, comparator=comparator, value=low, high=high), upward, value) is met


@pytest.mark.parametrize("state, met", [("done", True), ("doing", False), ("todo", False)])
def test_a_task_is_met_when_it_is_done(state: str, met: bool, catalogue: Catalogue) -> None:
    task = replace(BLANK, comparator="task", state=state)
    assert is_met(task, catalogue.indicators["task_publicity_month"], None) is met


def test_all_21_targets_of_the_report_are_there(warehouse: Warehouse, catalogue: Catalogue) -> None:
    targets = [target for target in read_targets(warehouse, catalogue) if target.unit == "COUNTY"]
    assert len(targets) == 21
    masked = [target for target in targets if target.year == 2012]
    assert {target.indicator for target in masked} == {
        "enterprise_unionization_rate", "worker_membership_rate", "enterprise_wage_bargaining_rate"}  # fmt: skip
    assert all("20xx" in target.remark for target in masked), "the masked year is said"


def one(warehouse: Warehouse, catalogue: Catalogue, code: str, span: str) -> Reading:
    return read(warehouse, catalogue, "COUNTY", parse_span(span), [code])[0]


def test_a_three_year_sum_is_not_held_against_a_one_year_target(warehouse: Warehouse, catalogue: Catalogue) -> None:
    assert one(warehouse, catalogue, "trained_person_times", "2008Q1..2010Q4").target is None
    year = one(warehouse, catalogue, "trained_person_times", "2011Q1..2011Q4")
    assert (year.target, year.comparator) == (1000, "=")


def test_a_stock_is_held_against_the_next_target_year(warehouse: Warehouse, catalogue: Catalogue) -> None:
    rate = one(warehouse, catalogue, "worker_membership_rate", "2010Q1..2010Q4")
    assert (rate.target, rate.comparator, rate.met) == (0.89, ">=", False)
    assert rate.goal is not None and rate.goal.year == 2012


def test_attainment_is_value_over_target_and_not_capped(warehouse: Warehouse, catalogue: Catalogue) -> None:
    attained = read(warehouse, catalogue, "COUNTY", parse_span("2011Q1..2011Q2"), ["target_completion_rate"])
    assert len(attained) > 5
    for reading in attained:
        if reading.value is not None:
            assert reading.value == pytest.approx((reading.numerator or 0) / (reading.denominator or 1))
