"""Monotonicity: a supplement only adds to figures, and raising a number lowers no sum."""

import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.periods import parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue, load_catalogue
from stats.readings import read_units
from stats.warehouse import open_warehouse
from tests.lib.books import Row
from tests.lib.county import town_one, town_two, write_register, write_roster

PERIOD, SPAN = "2008年一季度", parse_span("2008Q1")
UNITS, TOWNS = ["COUNTY", "T01", "T02"], ("甲镇", "乙乡")
# Columns that can be raised by so little without breaking a rule between columns.
RAISED = ("workers", "members", "workers_women", "cadres_part", "covered")
COUNTED = {"members", "cadres_part"}  # with figures of their own; the others are only bases of rates
Sums = dict[tuple[str, str], float]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Sums:
    """What a township's roster adds up to that came in one file."""
    return _loaded(tmp_path_factory.mktemp("whole"), {"甲镇": town_one()})


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Sums:
    """What the rosters add up to before a number is raised."""
    return _loaded(tmp_path_factory.mktemp("before"), _roomy())


@settings(max_examples=max(4, settings.default.max_examples // 6))
@given(later=st.sets(st.sampled_from(range(3)), min_size=1, max_size=2), twice=st.booleans())
def test_a02_a_supplement_adds_its_rows_and_takes_nothing_away(whole: Sums, later: set[int], twice: bool) -> None:
    rows = town_one()
    first = [row for at, row in enumerate(rows) if at not in later]
    more = [row for at, row in enumerate(rows) if at in later]
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        load_paths([write_register(folder), write_roster(folder, "甲镇", PERIOD, first)], folder / "parts")
        before = _sums(folder / "parts")
        added = write_roster(folder, "甲镇", PERIOD, more, name="甲镇（补报）.xlsx")
        for _ in range(1 + twice):
            load_paths([added], folder / "parts")
        after = _sums(folder / "parts")
        assert after == whole
        assert {key for key, value in before.items() if after[key] < value} == set()


@settings(max_examples=max(4, settings.default.max_examples // 6))
@given(
    town=st.sampled_from(("甲镇", "乙乡")), at=st.integers(0, 1), column=st.sampled_from(RAISED), by=st.integers(1, 9)
)
def test_a_number_that_is_raised_lowers_no_sum(before: Sums, town: str, at: int, column: str, by: int) -> None:
    rows = _roomy()
    rows[town][at][column] = int(rows[town][at][column]) + by
    with tempfile.TemporaryDirectory() as made:
        after = _loaded(Path(made), rows)
    assert {key for key, value in before.items() if after[key] < value} == set()
    assert (sum(after.values()) > sum(before.values())) is (column in COUNTED)


def _roomy() -> dict[str, list[Row]]:
    """Return the rosters of both townships, with room for any number to be raised."""
    rows = {"甲镇": town_one(), "乙乡": town_two()}
    for row in (*rows["甲镇"], *rows["乙乡"]):
        row |= {"workers": int(row["workers"]) + 40, "workers_women": 3}
    return rows


def _loaded(folder: Path, rows: dict[str, list[Row]]) -> Sums:
    sent = [write_register(folder), *(write_roster(folder, town, PERIOD, told) for town, told in rows.items())]
    assert load_paths(sent, folder / "store").count("accepted") == len(sent)
    return _sums(folder / "store")


def _sums(store: Path) -> Sums:
    """Return every known count and sum of the county and its townships, without rates."""
    catalogue = load_catalogue()
    codes = [code for code, found in catalogue.indicators.items() if _adds_up(catalogue, code)]
    with closing(open_warehouse(store)) as warehouse:
        found = read_units(warehouse, catalogue, UNITS, SPAN, codes)
    return {(one.indicator, one.unit): one.value for one in found if one.value is not None}


def _adds_up(catalogue: Catalogue, code: str) -> bool:
    found = catalogue.indicators[code]
    return not found.is_rate and found.summary == "total" and catalogue.items[found.numerator or ""].form == "R01"
