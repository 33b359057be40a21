"""What goes on in the sample county from quarter to quarter: rounds of bargaining, and returns sent in anew."""

from collections.abc import Iterator
from typing import Any

import pytest

from etl.sample.county.calendar import QUARTERS, last_day
from etl.sample.draw_sheets import Filled
from etl.sample.form_rows.offers import STAGES
from etl.sample.returns import Sample
from stats.catalogue import Catalogue

Row = dict[str, Any]


@pytest.fixture(scope="module")
def sample(catalogue: Catalogue) -> Sample:
    return Sample(catalogue)


@pytest.fixture(scope="module")
def sheets(sample: Sample) -> list[Filled]:
    return [sheet for book in sample.books() for sheet in book.sheets]


def rows_of(sheets: list[Filled], form: str, **wanted: Any) -> Iterator[tuple[int, Row]]:
    """Yield the rows of a form that hold the wanted values, each with its quarter, oldest first."""
    for quarter in QUARTERS:
        for sheet in sheets:
            if (sheet.form.code, sheet.quarter) == (form, quarter):
                for row in sheet.rows:
                    if all(row.get(column) == value for column, value in wanted.items()):
                        yield quarter, row


def test_rounds_of_bargaining_end_in_the_contracts_of_the_ledger(sheets: list[Filled]) -> None:
    latest = {row["number"]: row for _, row in rows_of(sheets, "R17")}
    contracts = {row["number"]: row for _, row in rows_of(sheets, "R03", type="wage", scope="single")}
    signed = [row for row in latest.values() if row.get("filed")]
    assert len(signed) > 250 and all(row["filed"] == contracts[row["contract"]]["filed"] for row in signed)
    assert all(row["employer_code"] == contracts[row["contract"]]["employer_code"] for row in signed)
    refused = {row["employer_code"] for row in latest.values() if row["scale"] == "yes" and not row.get("signed")}
    assert refused, "some above-scale enterprises have not come to an agreement"


def test_a_round_is_told_again_with_what_has_happened_since(sheets: list[Filled]) -> None:
    told: dict[str, list[tuple[int, Row]]] = {}
    for quarter, row in rows_of(sheets, "R17"):
        told.setdefault(row["number"], []).append((quarter, row))
    for versions in told.values():
        days = [[row[stage] for stage in STAGES if row.get(stage)] for _, row in versions]
        assert [len(known) for known in days] == sorted({len(known) for known in days})
        assert all(max(known) <= last_day(quarter) for (quarter, _), known in zip(versions, days, strict=True))


def test_a_corrected_roster_follows_a_wrong_one(sample: Sample) -> None:
    corrected = [book for book in sample.books() if "更正" in book.path]
    assert len(corrected) == 3
    for book in corrected:
        first = next(other for other in sample.books() if other.path == book.path.replace("（更正）", ""))
        assert first.path < book.path, "they are taken in by name"
        [right], wrong = book.sheets, next(sheet for sheet in first.sheets if sheet.form.code == "R01")
        differing = [(old, new) for old, new in zip(wrong.rows, right.rows, strict=True) if old != new]
        assert 3 <= len(differing) <= 5 and all(old["members"] < new["members"] for old, new in differing)
