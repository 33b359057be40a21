"""Organisations: who there is, for which quarters there are data, and who has not reported."""

from dataclasses import dataclass

from stats.periods import Span
from stats.warehouse import Warehouse, run_query


@dataclass(frozen=True)
class Organisation:
    """An organisation; `level` is county, town, park, system or union, `closed` the last quarter it was open."""

    code: str
    name: str
    level: str
    parent: str
    opened: int
    closed: int | None


@dataclass(frozen=True)
class Missing:
    """A return that is expected and has not come."""

    form: str
    form_name: str
    unit: str
    unit_name: str
    area: str
    area_name: str


def organisations(warehouse: Warehouse) -> list[Organisation]:
    """Return every organisation that is or was, by code."""
    return [Organisation(**row) for row in run_query(warehouse, "organisations.sql")]


def periods(warehouse: Warehouse) -> Span:
    """Return the first and last quarter with data."""
    return Span(**run_query(warehouse, "periods.sql")[0])


def missing(warehouse: Warehouse, period: int) -> list[Missing]:
    """Return the returns expected for a quarter that have not come, by area and form."""
    return [Missing(**row) for row in run_query(warehouse, "missing.sql", period=period)]
