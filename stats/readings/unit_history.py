"""Unit history: an organisation's profile: expected returns, what it last reported, its rows in the ledgers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from base.formats import MISSING, say_exact
from base.periods import Span, say_day
from stats.catalogue import INDICATORS, Catalogue
from stats.catalogue.models import Column, Form
from stats.warehouse import Warehouse, run_query

MOST_ROWS = 200  # rows shown per ledger; an area has thousands


@dataclass(kw_only=True, frozen=True)
class Filing:
    """A return expected of an organisation for a quarter.

    `submission` is the number of the receipt that is in the figures and `file` its sender's name for it, None while
    there is none; `above` are the organisation and its ancestors, whose files may hold its row.
    """

    form: str
    form_name: str
    period: int
    submission: int | None
    file: str | None
    above: tuple[str, ...]


@dataclass(frozen=True)
class Reported:
    """A row as an organisation last reported it: column labels and texts, by group of headers."""

    form_name: str
    period: int
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]


@dataclass(kw_only=True, frozen=True)
class Ledger:
    """The rows of a ledger about an organisation or one below it, the latest first, as texts.

    `lasting`: they are in force at the end of the span, such as a contract; else they happened within it. `count` may
    exceed the number of rows given.
    """

    form: str
    name: str
    lasting: bool
    count: int
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def filings(warehouse: Warehouse, unit: str, span: Span) -> list[Filing]:
    """Return the returns expected of an organisation in a span, the latest quarter first."""
    rows = run_query(warehouse, "filings.sql", unit=unit, first=span.first, last=span.last)
    return [Filing(**row | {"above": tuple(row["above"] or ())}) for row in rows]


def reported(warehouse: Warehouse, catalogue: Catalogue, unit: str, last: int) -> list[Reported]:
    """Return what an organisation last reported up to a quarter, form by form."""
    rows = run_query(warehouse, "rows_reported.sql", unit=unit, last=last)
    return [_reported(catalogue, row) for row in rows]


def ledgers(warehouse: Warehouse, catalogue: Catalogue, unit: str, span: Span) -> list[Ledger]:
    """Return the ledgers about an organisation or one below it, those with lasting rows first."""
    by_form: dict[str, list[dict[str, Any]]] = {}
    parameters = {"unit": unit, "first": span.first, "last": span.last, "most": MOST_ROWS}
    for row in run_query(warehouse, "ledger_rows.sql", **parameters):
        by_form.setdefault(row["form"], []).append(row)
    tables = [_ledger(catalogue, catalogue.forms[form], rows) for form, rows in by_form.items()]
    return sorted(tables, key=lambda ledger: (not ledger.lasting, ledger.form))


def say_cell(value: object, column: Column, catalogue: Catalogue) -> str:
    """Return a value of a form's row in words: the name of a code, a date in Chinese, a number with its unit."""
    if value in (None, ""):
        return MISSING
    if column.type == "code" and column.codes:
        return catalogue.codes[column.codes].name_of(str(value))
    if column.type == "indicator":
        return catalogue.codes[INDICATORS].name_of(str(value))
    if column.type in ("date", "moment"):
        day, _, clock = str(value).partition(" ")
        return f"{say_day(date.fromisoformat(day))}{clock}"
    if isinstance(value, int | float):
        return say_exact(value, catalogue.measures[column.measure].name if column.measure else "")
    return str(value)


def _reported(catalogue: Catalogue, row: Mapping[str, Any]) -> Reported:
    form, fields = catalogue.forms[row["form"]], json.loads(row["fields"])
    groups: dict[str, list[tuple[str, str]]] = {}
    for column in form.columns:
        if column.code not in form.subject:
            above, _, label = column.name.rpartition("/")
            groups.setdefault(above, []).append((label, say_cell(fields.get(column.code), column, catalogue)))
    return Reported(form.name, row["period"], tuple((above, tuple(pairs)) for above, pairs in groups.items()))


def _ledger(catalogue: Catalogue, form: Form, rows: list[dict[str, Any]]) -> Ledger:
    held = [json.loads(row["fields"]) for row in rows]
    columns = [column for column in form.columns if any(fields.get(column.code) not in (None, "") for fields in held)]
    texts = tuple(tuple(say_cell(fields.get(column.code), column, catalogue) for column in columns) for fields in held)
    headings = tuple(column.label for column in columns)
    return Ledger(
        form=form.code,
        name=form.name,
        lasting=rows[0]["lasting"],
        count=rows[0]["count"],
        headings=headings,
        rows=texts,
    )
