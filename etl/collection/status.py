"""Status: who had to report what for a quarter, what was received and when, and what is missing."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from base import china_days
from base.month_spans import MONTH, QUARTER, format_period, last_day_of, say_period
from base.periods import format_quarter, say_quarter
from etl.journal import HELD, RETURNED, Entry, read_entries
from etl.model.receipt_state import MissingState, ReceiptState
from stats.catalogue import Catalogue
from stats.catalogue_in_force import catalogue_under
from stats.warehouse import Warehouse, open_warehouse, run_query

_SEPARATOR = "|"
_LATEST: dict[ReceiptState | None, MissingState] = {HELD: MissingState.HELD, RETURNED: MissingState.RETURNED}


@dataclass(kw_only=True, frozen=True)
class StatusLine:
    """One form in one area: numbers of returns. `on_time` is None for a quarter that was entered retrospectively.

    Each expected return is one of received, held, returned or still missing, so the parts never exceed the whole.
    """

    form: str
    form_name: str
    area: str
    area_name: str
    expected: int
    received: int
    on_time: int | None
    held: int
    returned: int


@dataclass(kw_only=True, frozen=True)
class MissingReturn:
    """A return that is not in the figures: not sent, returned, or held.

    `size` is the organisation's size when it last reported, None when it never did; `size_measure` its unit of measure.
    `seq` is the number of the receipt that was returned or is held, None when nothing was received.
    """

    form: str
    form_name: str
    unit: str
    unit_name: str
    area: str
    area_name: str
    state: MissingState
    size: float | None
    size_measure: str
    seq: int | None


@dataclass(kw_only=True, frozen=True)
class Status:
    """The status of reporting for one quarter, or for one month of the forms of months. `due` is the last day on time.

    `hindsight` means that the quarter was due before the store received anything, so nothing could be on time (补录).
    """

    period: int
    due: date
    hindsight: bool
    lines: tuple[StatusLine, ...]
    missing: tuple[MissingReturn, ...]
    month: int | None = None

    @property
    def period_name(self) -> str:
        """Return the quarter or month in Chinese."""
        return say_quarter(self.period) if self.month is None else say_period(self.month, MONTH)

    @property
    def period_code(self) -> str:
        """Return the code of the quarter or month."""
        return format_quarter(self.period) if self.month is None else format_period(self.month, MONTH)

    @property
    def expected(self) -> int:
        """Return how many returns are expected."""
        return sum(line.expected for line in self.lines)

    @property
    def received(self) -> int:
        """Return how many expected returns are in the figures."""
        return sum(line.received for line in self.lines)

    @property
    def on_time(self) -> int | None:
        """Return how many came on time, or None for a quarter entered retrospectively."""
        return None if self.hindsight else sum(line.on_time or 0 for line in self.lines)

    @property
    def held(self) -> int:
        """Return how many are held."""
        return sum(line.held for line in self.lines)

    @property
    def returned(self) -> int:
        """Return how many were returned and not sent again."""
        return sum(line.returned for line in self.lines)

    def of_area(self, area: str) -> "Status":
        """Return the part of one area."""
        lines = tuple(line for line in self.lines if line.area == area)
        missing = tuple(filing for filing in self.missing if filing.area == area)
        return replace(self, lines=lines, missing=missing)

    def of_forms(self, forms: Collection[str]) -> "Status":
        """Return the part of some forms, by code."""
        lines = tuple(line for line in self.lines if line.form in forms)
        missing = tuple(filing for filing in self.missing if filing.form in forms)
        return replace(self, lines=lines, missing=missing)


def status(store: Path, period: int, build: int | None = None, month: int | None = None) -> Status:
    """Return the status of reporting for a quarter, by area and form, in the current build or a given one.

    Of a form of months a return counts as one when those of all months of the quarter are there. With `month`
    (base/month_spans.py), one of the quarter, it is the status of that month, of the forms of months alone.
    A return counts as on time when its first accepted file was received by the due day, even if a correction or a
    confirmation came later. Raises UserError when there are no data at all, or the build is no longer kept.
    """
    entries = read_entries(store)
    with closing(open_warehouse(store, build)) as warehouse:
        catalogue = catalogue_under(warehouse)
        asked = {"period": period, "month": month, "size": catalogue.reporting.size}
        rows = run_query(warehouse, "returns_due.sql", **asked)
        pending = _pending(warehouse, entries)
    if month is not None:
        rows = [row for row in rows if catalogue.forms[row["form"]].months == MONTH]
    last = last_day_of(period, QUARTER) if month is None else last_day_of(month, MONTH)
    due = catalogue.reporting.due_after(last)
    days = {entry.seq: _day(entry) for entry in entries}
    hindsight = due < min(days.values(), default=date.max)
    missing = [_missing(row, pending, catalogue, (period, month)) for row in rows if row["submission"] is None]
    lines = _lines(rows, missing, None if hindsight else lambda seq: days.get(seq, date.max) <= due)
    return Status(period=period, due=due, hindsight=hindsight, lines=lines, missing=tuple(missing), month=month)


def _day(entry: Entry) -> date:
    return datetime.fromisoformat(entry.at).astimezone(china_days.CHINA).date()


def _pending(warehouse: Warehouse, entries: Iterable[Entry]) -> dict[str, Entry]:
    """Return the latest returned or held file by its return (form|reporter|period), unless a later one was accepted."""
    in_force = {
        _SEPARATOR.join((row["form"], row["reporter"], str(row["period"]))): row["submission"]
        for row in run_query(warehouse, "identities_in_force.sql")
    }
    return {
        about: entry
        for entry in entries
        if entry.what in (RETURNED, HELD)
        for about in {*entry.returns, *(finding.about for finding in entry.findings)}
        if in_force.get(about, 0) < entry.seq
    }


def _missing(
    row: dict[str, Any], pending: dict[str, Entry], catalogue: Catalogue, when: tuple[int, int | None]
) -> MissingReturn:
    period, month = when
    own = catalogue.forms[row["form"]].ending_in(period) if month is None else [month]
    abouts = (_SEPARATOR.join((row["form"], reporter, str(number))) for reporter in row["above"] for number in own)
    files = [pending[about] for about in abouts if about in pending]
    latest = max(files, key=lambda entry: entry.seq, default=None)
    state = MissingState.MISSING if latest is None else _LATEST[latest.what]
    measure = catalogue.measures[catalogue.items[catalogue.reporting.size].measure].name
    named = {code: row[code] for code in ("form", "form_name", "unit", "unit_name", "area", "area_name")}
    return MissingReturn(
        **named, state=state, size=row["size"], size_measure=measure, seq=latest.seq if latest else None
    )


def _lines(
    rows: list[dict[str, Any]], missing: list[MissingReturn], on_time: Callable[[int], bool] | None
) -> tuple[StatusLine, ...]:
    """Count the rows by area and form, in their order of appearance."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    states: dict[tuple[str, str], list[MissingState]] = defaultdict(list)
    for row in rows:
        groups[row["area"], row["form"]].append(row)
    for filing in missing:
        states[filing.area, filing.form].append(filing.state)
    return tuple(
        StatusLine(
            form=group[0]["form"],
            form_name=group[0]["form_name"],
            area=group[0]["area"],
            area_name=group[0]["area_name"],
            expected=len(group),
            received=sum(row["submission"] is not None for row in group),
            on_time=None if on_time is None else sum(map(on_time, filter(None, (row["submission"] for row in group)))),
            held=states[place].count(MissingState.HELD),
            returned=states[place].count(MissingState.RETURNED),
        )
        for place, group in groups.items()
    )
