"""Yearly targets and tasks (R13), as the work report sets them, and the documents that set them (R39)."""

from datetime import date

from etl.sample.county.calendar import quarter_of
from etl.sample.county.county_state import COUNTY
from etl.sample.county.sources import Row, read_rows

DATES = ("due", "date")


def target_rows(quarter: int) -> list[Row]:
    """Return the targets filed in a quarter. Rates stay as the text written, such as 80%."""
    rows = (_target(row) for row in read_rows("targets.csv"))
    return [row for row in rows if quarter_of(row["date"]) == quarter]


def document_rows(quarter: int) -> list[Row]:
    """Return the documents registered in a quarter: those that came into force, and those that ceased to be."""
    rows = (_registered(row) for row in read_rows("documents.csv"))
    return [row for row in rows if quarter_of(row["effective"]) == quarter]


def _registered(row: dict[str, str]) -> Row:
    words: Row = {column: text or None for column, text in row.items()}
    return words | {column: date.fromisoformat(row[column]) for column in ("issued", "effective")}


def _target(row: dict[str, str]) -> Row:
    dates = {column: date.fromisoformat(row[column]) for column in DATES}
    numbers = {column: _number(row[column]) for column in ("year", "value", "high")}
    words = {column: text or None for column, text in row.items()}
    return words | dates | numbers | {"unit": COUNTY}


def _number(text: str) -> int | str | None:
    return int(text) if text.isdigit() else text or None
