"""The rows in force of one form, reporter and quarter, and how the rows of a file differ from them."""

import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from etl.model.nouns import Return
from stats.catalogue.models import Form

Fields = Mapping[str, object]  # a row's values by column code, as stored in the warehouse
_STATES = ("next", "next_in_year")


@dataclass(frozen=True)
class KeptRow:
    """A row in force: its key, its organisation's code, its values."""

    key: str
    unit: str
    fields: Fields


@dataclass(frozen=True)
class FiledAs:
    """A file behind the rows in force: its receipt, its name, how it was taken in, and all who report in it."""

    submission: int
    name: str
    act: str
    reporters: Collection[str]


@dataclass(frozen=True)
class InForce:
    """The rows in force of a form, reporter and quarter, and the files they came in, oldest first."""

    rows: Sequence[KeptRow]
    sources: Sequence[FiledAs]

    @cached_property
    def by_key(self) -> Mapping[str, KeptRow]:
        """Return the rows by key; of a register the last of each."""
        return {row.key: row for row in self.rows}


@dataclass(frozen=True)
class Differing:
    """A value that would change."""

    key: str
    column: str
    before: object
    after: object


def tells_states(form: Form) -> bool:
    """Return whether a form's rows are states or events of what their key names, so that a key recurs."""
    return form.until in _STATES


def fields_of(filed: Return, number: int) -> Fields:
    """Return the values of a row as stored in the warehouse."""
    return {
        code: value.isoformat() if isinstance(value, date) else value
        for code, column in filed.columns.items()
        if (value := column[number]) is not None
    }


def rows_of(group: Iterable[Return]) -> dict[str, Fields]:
    """Return the rows of the sheets of one return, by key; of equal keys the last."""
    return {key: fields_of(filed, number) for filed in group for number, key in enumerate(filed.keys)}


def lost(group: Sequence[Return], rows: Sequence[KeptRow]) -> list[KeptRow]:
    """Return the rows in force that the sheets do not hold."""
    here = Counter(key for filed in group for key in filed.keys)
    gone = []
    for row in rows:
        if here[row.key]:
            here[row.key] -= 1
        else:
            gone.append(row)
    return gone


def differing(
    form: Form, before: Mapping[str, Fields], after: Mapping[str, Fields], states: bool = False
) -> list[Differing]:
    """Return the values that differ in rows present in both; texts that no item uses are ignored.

    States and events differ each time under the same key, so they are not compared.
    """
    if tells_states(form) and not states:
        return []
    codes = [column.code for column in form.columns if column.type != "text" and column.code not in form.key]
    return [
        Differing(key, code, before[key].get(code), fields.get(code))
        for key, fields in after.items()
        if key in before
        for code in codes
        if before[key].get(code) != fields.get(code)
    ]


def same_as_in_force(filed: Return, stored: InForce | None) -> bool:
    """Return whether taking a return in would change nothing."""
    if stored is None or len(stored.rows) != filed.size or lost([filed], stored.rows):
        return False
    return not differing(filed.form, {row.key: row.fields for row in stored.rows}, rows_of([filed]))


def in_force_of(filed: Return, fetch: Callable[..., list[Any]]) -> InForce:
    """Return what is in force of the form, reporter and quarter of a return; `fetch` asks the store, by SQL file."""
    name = {"form": filed.form.code, "reporter": filed.reporter, "period": filed.period}
    rows, sources = (fetch(f"{part}_in_force.sql", **name) for part in ("rows", "sources"))
    kept = [KeptRow(key, unit, json.loads(fields)) for key, unit, fields in rows]
    return InForce(kept, [FiledAs(*source) for source in sources])
