"""The span that pages open on: the year as far as most have reported it."""

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from base.periods import parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.totals.present import present_span
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.county import town_one, town_two, write_register, write_roster


@pytest.mark.parametrize(
    ("opens_with", "span"),
    [(0.5, "2011Q1..2011Q2"), (0.99, "2011Q1"), (1.0, "2011Q1")],
)
def test_a_quarter_that_few_have_reported_does_not_count_as_present(
    opens_with: float, span: str, county: Warehouse, catalogue: Catalogue
) -> None:
    reporting = catalogue.reporting.model_copy(update={"opens_with": opens_with})
    known = replace(catalogue, reporting=reporting)
    assert present_span(county, known) == parse_span(span)


def test_forms_that_nobody_uses_are_not_waited_for(tmp_path: Path, catalogue: Catalogue) -> None:
    """Of the rosters all came for the first quarter and two of five for the second; no other form was ever sent."""
    files = [
        write_register(tmp_path),
        write_roster(tmp_path, "甲镇", "2008年一季度", town_one()),
        write_roster(tmp_path, "乙乡", "2008年一季度", town_two()),
        write_roster(tmp_path, "乙乡", "2008年二季度", town_two()),
    ]
    assert load_paths(files, tmp_path / "store").count("accepted") == len(files)
    with closing(open_warehouse(tmp_path / "store")) as warehouse:
        assert present_span(warehouse, catalogue) == parse_span("2008Q1")
