"""The journey: spreadsheets in, figures out, and back to the cell. The first test a newcomer reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from base.periods import parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.readings import Reading, read
from stats.readings.trace import trace
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.county import town_one, town_two, write_register, write_roster

FIRST, SECOND = parse_span("2008Q1"), parse_span("2008Q2")


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """Two townships reported the first quarter, one of them the second as well."""
    inbox, store = tmp_path_factory.mktemp("sent"), tmp_path_factory.mktemp("store")
    write_register(inbox)
    write_roster(inbox, "甲镇", "2008年一季度", town_one(), total={"members": 100, "workers": 160})
    write_roster(inbox, "乙乡", "2008年一季度", town_two())
    write_roster(inbox, "甲镇", "2008年二季度", town_one(members=60))
    summary = load_paths([inbox], store)
    assert [outcome.what for outcome in summary.outcomes] == ["accepted"] * 4
    opened = open_warehouse(store)
    yield opened
    opened.close()


def reading(warehouse: Warehouse, catalogue: Catalogue, unit: str, span: str, code: str) -> Reading:
    return read(warehouse, catalogue, unit, parse_span(span), [code])[0]


def test_a_stock_is_the_sum_of_the_unions_at_the_last_quarter(warehouse: Warehouse, catalogue: Catalogue) -> None:
    county = reading(warehouse, catalogue, "COUNTY", "2008Q1", "union_members")
    assert (county.value, county.reported, county.expected) == (118, 5, 5)


def test_a_rate_is_divided_last(warehouse: Warehouse, catalogue: Catalogue) -> None:
    share = reading(warehouse, catalogue, "COUNTY", "2008Q1", "union_unit_member_share")
    assert (share.numerator, share.denominator) == (118, 193)
    assert share.value == pytest.approx(118 / 193)


def test_it_works_for_a_township_and_for_a_single_union(warehouse: Warehouse, catalogue: Catalogue) -> None:
    assert reading(warehouse, catalogue, "T01", "2008Q1", "union_members").value == 100
    assert reading(warehouse, catalogue, "T01001", "2008Q1", "union_members").value == 50


def test_who_has_not_reported_is_missing_and_not_zero(warehouse: Warehouse, catalogue: Catalogue) -> None:
    town = reading(warehouse, catalogue, "T02", "2008Q2", "union_members")
    assert (town.value, town.reported, town.expected) == (None, 0, 2)


def test_like_is_compared_with_like(warehouse: Warehouse, catalogue: Catalogue) -> None:
    county = reading(warehouse, catalogue, "COUNTY", "2008Q2", "union_members")
    assert (county.value, county.previous, county.change) == (110, 118, -8)
    assert county.comparable_change == 10, "the three unions that reported both times grew by ten"


def test_every_figure_is_followed_to_the_cells_it_came_from(warehouse: Warehouse, catalogue: Catalogue) -> None:
    cells = trace(warehouse, catalogue, "union_members", "COUNTY", FIRST)
    assert sum(cell.value for cell in cells) == 118
    for cell in cells:
        sheet = load_workbook(Path(cell.file))[cell.sheet]
        assert str(sheet[cell.address].value) == cell.raw
