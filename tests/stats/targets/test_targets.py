"""Targets: which one a value is held against, and each comparator by its own rule."""

from dataclasses import replace
from pathlib import Path

import pytest

from base.periods import parse_quarter, parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.judging.targets import is_met, read_targets, replaced_targets
from stats.readings import Reading, read
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.books import Form, write_book
from tests.lib.county import REPORTER, write_register
from tests.stats.made_readings import target_of_2011

BLANK = replace(target_of_2011(0), value=None)


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


def test_all_21_targets_of_the_report_are_there_and_what_it_says_is_not_reached(
    warehouse: Warehouse, catalogue: Catalogue
) -> None:
    targets = [target for target in read_targets(warehouse, catalogue) if target.unit == "COUNTY"]
    status = [target for target in targets if target.indicator == "fee_collection_rate"]
    assert len(targets) == 21 + len(status) == 22
    assert [(target.comparator, target.value) for target in status] == [("=", 1.0)], "应收尽收 is 100%"
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


def target_row(document: str, value: str, **other: str) -> dict[str, str]:
    """Return a row of R13 that sets how many unions 甲镇 is to have."""
    row = {
        "indicator": "工会会员人数", "unit": "甲镇", "year": "2008", "comparator": "≥", "value": value, "measure": "人",
        "document": document, "owner": "组织部", "due": "2008-12-31", "date": "2008-03-10",
    }  # fmt: skip
    return row | other


def targets_of(tmp_path: Path, catalogue: Catalogue, *quarters: tuple[str, list[dict[str, str]]]):
    """Load the small county with R13 filed in these quarters; return its warehouse."""
    folder = tmp_path / "county"
    folder.mkdir()
    write_register(folder)
    for quarter, rows in quarters:
        write_book(folder / f"目标{quarter}.xlsx", Form("R13", REPORTER, quarter, rows))
    load_paths([folder], tmp_path / "store")
    return open_warehouse(tmp_path / "store")


def test_of_two_documents_the_later_counts_and_the_other_is_shown(tmp_path: Path, catalogue: Catalogue) -> None:
    early = target_row("《旧文件》", "100", issued="2008-01-05")
    late = target_row("《新文件》", "120", issued="2008-02-20")
    told_again = target_row("《旧文件》", "100", issued="2008-01-05", date="2008-06-20")
    warehouse = targets_of(tmp_path, catalogue, ("2008年一季度", [early, late]), ("2008年二季度", [told_again]))
    [goal] = read_targets(warehouse, catalogue)
    [other] = replaced_targets(warehouse, catalogue, goal)
    warehouse.close()
    assert (goal.document, goal.value, goal.set_on) == ("《新文件》", 120, "2008-02-20")
    assert (other.document, other.value) == ("《旧文件》", 100), "filing it again does not put it in force again"


def test_without_a_day_of_issue_the_day_first_filed_counts(tmp_path: Path, catalogue: Catalogue) -> None:
    first, second = target_row("《甲》", "100"), target_row("《乙》", "90", date="2008-06-20")
    again = target_row("《甲》", "100", date="2008-09-20")
    warehouse = targets_of(
        tmp_path, catalogue, ("2008年一季度", [first]), ("2008年二季度", [second]), ("2008年三季度", [again])
    )
    [goal] = read_targets(warehouse, catalogue)
    [other] = replaced_targets(warehouse, catalogue, goal)
    warehouse.close()
    assert (goal.document, goal.value) == ("《乙》", 90)
    assert (other.document, other.value, other.set_on) == ("《甲》", 100, "2008-03-10"), "filing it again is no new day"


def test_a_day_of_issue_once_told_is_kept_when_the_row_is_filed_again_without_it(
    tmp_path: Path, catalogue: Catalogue
) -> None:
    new = target_row("《新》", "120", issued="2008-02-20")
    old = target_row("《旧》", "100", date="2008-01-10")
    again = target_row("《新》", "120", date="2008-06-20")
    third = target_row("《旧》", "100", date="2008-06-20")
    warehouse = targets_of(tmp_path, catalogue, ("2008年一季度", [old, new]), ("2008年二季度", [again, third]))
    [goal] = read_targets(warehouse, catalogue)
    warehouse.close()
    assert (goal.document, goal.set_on) == ("《新》", "2008-02-20")


def test_a_task_stands_as_it_was_told_by_the_date(warehouse: Warehouse, catalogue: Catalogue) -> None:
    task = next(one for one in read_targets(warehouse, catalogue) if one.indicator == "task_model_worker_forum")
    states = [task.as_of(parse_quarter(quarter)).state for quarter in ("2010Q4", "2011Q1", "2011Q2", "2011Q4")]
    assert states == ["", "doing", "done", "done"]
    assert [one(warehouse, catalogue, task.indicator, span).met for span in ("2011Q1", "2011Q2")] == [False, True]


@pytest.mark.parametrize("words", ["全覆盖", "应收尽收", "100%"])
def test_full_coverage_is_a_hundred_percent(words: str, tmp_path: Path, catalogue: Catalogue) -> None:
    row = target_row("《文件》", words, indicator="职工入会率", measure="%", comparator="＝")
    warehouse = targets_of(tmp_path, catalogue, ("2008年一季度", [row]))
    [goal] = read_targets(warehouse, catalogue)
    warehouse.close()
    assert goal.value == 1.0
