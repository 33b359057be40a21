"""What target documents in force set already, in memory, so that the same target is not set twice without a word."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.model.nouns import Return, Row, address_of
from stats.catalogue.models import FormRole

Identity = tuple[str, int]  # who filed it, for which quarter
Stored = tuple[str, int, str, str, str, int | None, int | None, str]
_FIELDS = ("indicator", "year", "comparator", "value", "high", "measure", "document", "issued", "date")


@dataclass(kw_only=True, frozen=True)
class TargetSet:
    """A row that sets a target: which one, its values, the document and its day, and the place of the row.

    `stated` holds the comparator, the value and its upper bound as they were read, `day` the day of issue, else that of
    filing. `place` is the file, the sheet and the address; the address is "" where it is not known. `reporter`
    filed it.
    """

    of: tuple[str, str, str]
    stated: tuple[str, float | None, float | None]
    measure: str
    document: str
    day: str
    place: tuple[str, str, str]
    reporter: str


class TargetsInForce:
    """The rows in force that set targets. A later return of the same reporter and quarter replaces the earlier one."""

    def __init__(self, fetch: Callable[[], Iterable[Stored]]) -> None:
        """Keep nothing yet: `fetch` asks the store when a rule first needs it."""
        self._fetch = fetch
        self._stored: dict[Identity, list[TargetSet]] | None = None
        self._accepted: dict[Identity, list[TargetSet]] = {}

    def add(self, returns: Iterable[Return], file: str) -> None:
        """Take in accepted returns."""
        for filed in returns:
            if filed.form.role == FormRole.TARGETS:
                self._accepted[filed.reporter, filed.period] = list(targets_in(filed, file))

    def all(self) -> list[TargetSet]:
        """Return every row in force, the quarter filed last at the end."""
        if self._stored is None:
            self._stored = {}
            for reporter, period, unit, fields, *place in self._fetch():
                self._stored.setdefault((reporter, period), []).append(_as_stored(reporter, unit, fields, place))
        known = self._stored | self._accepted
        return [target for identity in sorted(known, key=lambda key: (key[1], key[0])) for target in known[identity]]


def targets_in(filed: Return, file: str) -> Iterator[TargetSet]:
    """Yield what the rows of a return set, in their order."""
    for row in filed.rows:
        cell = cell_of_value(row)
        fields = {code: row.values.get(code) for code in _FIELDS}
        yield _target(fields, row.unit, (file, filed.sheet, cell), filed.reporter)


def cell_of_value(row: Row) -> str:
    """Return the address of a row's target value, else of the name of what it is a target of."""
    cell = row.cells.get("value") or row.cells.get("indicator")
    return cell.address if cell else f"第{row.row}行"


def _as_stored(reporter: str, unit: str, fields: str, place: Sequence[Any]) -> TargetSet:
    sheet, row, column, file = place
    address = address_of((row, column)) if row and column else ""
    return _target(json.loads(fields), unit, (file, sheet, address), reporter)


def _target(fields: Mapping[str, Any], unit: str, place: tuple[str, str, str], reporter: str) -> TargetSet:
    words = {code: "" if fields.get(code) is None else str(fields[code]) for code in _FIELDS}
    return TargetSet(
        of=(words["indicator"], unit, words["year"]),
        stated=(words["comparator"], _number(fields.get("value")), _number(fields.get("high"))),
        measure=words["measure"],
        document=words["document"],
        day=words["issued"] or words["date"],
        place=place,
        reporter=reporter,
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
