"""Preview: what accepting a file would change, value by value, against what is in force."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from etl.compare.sheets_together import TWICE, name_return
from etl.journal import RETURNED
from etl.known.in_force import tells_states
from etl.model.examination import Examination
from etl.model.nouns import Return, Row
from stats.catalogue import Catalogue
from stats.catalogue.models import Column, Form
from stats.catalogue_in_force import catalogue_in_force
from stats.warehouse import Warehouse, open_warehouse, run_query
from store.builds import current_build

Values = dict[str, Any]  # parsed values by column code, as stored in the warehouse


@dataclass(kw_only=True, frozen=True)
class ValueChange:
    """One value that would change. `before` is None for a new one, `after` None for one that is removed.

    Values are written as on screen: dates as 2008-03-31, codes by their names, money in 元, as `column` says.
    `row_name` names the row: the organisation in a roster, the number or name in a ledger. `unit` is "" when it isn't
    registered.
    """

    form: str
    form_name: str
    period: int
    unit: str
    unit_name: str
    row_name: str
    column: str
    before: str | None
    after: str | None


def changes(store: Path, examinations: Iterable[Examination]) -> list[ValueChange]:
    """Return what accepting examined files would change, against the returns of the same identity in force.

    Files that would be returned change nothing. Examinations must still hold their returns (see `check_paths`).
    """
    wanted = [
        (examination.submission.seq, group)
        for examination in examinations
        if examination.verdict != RETURNED
        for group in _groups(examination)
    ]
    catalogue = catalogue_in_force(store)
    if current_build(store) is None:
        return [change for _, group in wanted for change in _compare(group, [], {}, catalogue)]
    with closing(open_warehouse(store)) as warehouse:
        names = {row["code"]: row["name"] for row in run_query(warehouse, "organisations.sql")}
        stored = [(seq, group, _in_force(warehouse, group[0])) for seq, group in wanted]
    return [
        change
        for seq, group, rows in stored
        if all(row["submission"] <= seq for row in rows)  # otherwise a later file replaced it
        for change in _compare(group, rows, names, catalogue)
    ]


def _groups(examination: Examination) -> list[list[Return]]:
    """Return the sheets of a file grouped by return, without those among which nobody has chosen yet."""
    groups: dict[str, list[Return]] = {}
    for filed in examination.returns:
        groups.setdefault(name_return(filed), []).append(filed)
    open_choices = {finding.about for finding in examination.findings if finding.rule == TWICE}
    return [group for name, group in groups.items() if name not in open_choices]


def _in_force(warehouse: Warehouse, filed: Return) -> list[dict[str, Any]]:
    identity = {"form": filed.form.code, "reporter": filed.reporter, "period": filed.period}
    return run_query(warehouse, "records_in_force.sql", **identity)


def _compare(
    group: Sequence[Return], stored: list[dict[str, Any]], names: dict[str, str], catalogue: Catalogue
) -> Iterator[ValueChange]:
    """Yield the changes of one return, row by row in the sheets' order, then the rows that are removed."""
    form, period, adds = group[0].form, group[0].period, group[0].act == "supplement"
    old = _by_key((row["key"], (row["unit"], json.loads(row["fields"]))) for row in stored)
    rows = [(row.key, (row.unit, _stored(row))) for filed in group for row in filed.rows]
    new = _by_key(rows if tells_states(form) else dict(rows).items())
    if adds and tells_states(form):
        old = {}
    for key in [*new, *(key for key in old if key not in new and not adds)]:
        unit, values = new.get(key) or old[key]
        before, after = old.get(key, ("", {}))[1], new.get(key, ("", {}))[1]
        named = names.get(unit) or unit
        row_name = _row_name(form, values, named)
        for column in form.columns:
            sides = [_say(column, side.get(column.code), catalogue) for side in (before, after)]
            if sides[0] != sides[1]:
                label = _label(column, catalogue)
                yield ValueChange(
                    form=form.code,
                    form_name=form.name,
                    period=period,
                    unit=unit,
                    unit_name=named,
                    row_name=row_name,
                    column=label,
                    before=sides[0],
                    after=sides[1],
                )


def _by_key(rows: Iterable[tuple[str, tuple[str, Values]]]) -> dict[tuple[str, int], tuple[str, Values]]:
    """Return the rows by key; rows with the same key are numbered."""
    met: dict[str, int] = defaultdict(int)
    by_key = {}
    for key, row in rows:
        by_key[key, met[key]] = row
        met[key] += 1
    return by_key


def _stored(row: Row) -> Values:
    return {code: value.isoformat() if isinstance(value, date) else value for code, value in row.values.items()}


def _row_name(form: Form, values: Values, unit_name: str) -> str:
    if not form.ledger and form.key == form.subject:
        return unit_name
    texts = [unit_name if code in form.subject else str(values.get(code) or "") for code in form.key]
    return " ".join(filter(None, texts))


def _label(column: Column, catalogue: Catalogue) -> str:
    """Return the sender's name for the column, with the stored unit of money and goods."""
    measured = column.type == "amount" and column.measure
    return f"{column.label}（{catalogue.measures[column.measure or ''].name}）" if measured else column.label


def _say(column: Column, value: Any, catalogue: Catalogue) -> str | None:
    if value is None or value == "":
        return None
    if column.type == "code":
        return catalogue.codes[column.codes or ""].name_of(str(value))
    if column.type == "indicator":
        return catalogue.indicators[value].name if value in catalogue.indicators else str(value)
    return f"{value:,.10g}" if isinstance(value, int | float) else str(value)
