"""The rows in force by form and quarter, with which a new return is compared.

A form and quarter is fetched once, when first needed, and updated with what this load accepts. So a file is compared
with the data in force at the moment it is examined, whatever the order of file names in a load.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from etl.known import ORGANISATION, Column
from etl.model.nouns import Return
from stats.catalogue import Catalogue
from stats.catalogue.models import Form

Identity = tuple[str, int]  # reporter, quarter
# reporter, quarter, row key, day, organisation, the row's fields as JSON
Stored = Iterable[tuple[str, int, str, date | None, str, str]]
Fetch = Callable[[str, int, int], Stored]  # form, first and last quarter


@dataclass(frozen=True)
class _Held:
    """The rows of one return: their keys and days, and the columns that some rule needs."""

    keys: list[str]
    days: list[date | None]
    columns: dict[str, list[object]]

    def column(self, code: str) -> Column:
        return dict(zip(self.keys, self.columns[code], strict=True))

    def with_more(self, more: "_Held") -> "_Held":
        """Return these rows followed by others; of equal keys the last counts."""
        columns = {code: [*column, *more.columns[code]] for code, column in self.columns.items()}
        return _Held([*self.keys, *more.keys], [*self.days, *more.days], columns)


@dataclass
class _Quarter:
    """The returns of a form in a quarter, stored and accepted since, and the columns built from them so far."""

    stored: dict[Identity, _Held] | None = None
    accepted: dict[Identity, _Held] = field(default_factory=dict)
    laid: dict[str, dict[str, object]] = field(default_factory=dict)
    filers: dict[str, set[str]] | None = None  # who filed rows of a key


class PastRows:
    """Rows in force, by form and quarter, with the columns that some rule needs."""

    def __init__(self, catalogue: Catalogue, fetch: Fetch, last_reported: Callable[[], Iterable[tuple[str, int]]]):
        """Start empty: `fetch` and `last_reported` query the store when a rule first needs it."""
        self._forms = catalogue.forms
        self._columns = {form.code: _columns_needed(form, catalogue) for form in catalogue.forms.values()}
        self._fetch = fetch
        self._fetch_last = last_reported
        self._quarters: dict[tuple[str, int], _Quarter] = {}
        self._last: dict[str, int] | None = None

    def add(self, returns: Iterable[Return]) -> None:
        """Add the accepted returns of a file: each replaces the earlier one of its form, reporter and quarter.

        A supplement (补报) does not replace it, nor does a further sheet of the same return.
        """
        fresh: set[tuple[str, Identity]] = set()
        for filed in returns:
            name = filed.form.code, (filed.reporter, filed.period)
            supplements = filed.act == "supplement" or name in fresh
            fresh.add(name)
            codes = self._columns[filed.form.code]
            if codes:
                columns: dict[str, list[object]] = {code: [*filed.column(code)] for code in codes}
                columns[ORGANISATION] = [*filed.units]
                held = _Held(filed.keys, filed.days, columns)
                if supplements and (before := self._in_force(filed)):
                    held = before.with_more(held)
                self._lay_over(filed, held)
                self._quarter(filed.form.code, filed.period).accepted[filed.reporter, filed.period] = held
                if self._last is not None and _by_unit(filed.form):
                    self._note_reported(held.keys, filed.quarter)

    def column(self, form: str, period: int, code: str) -> Column:
        """Return a column's values of a form in a quarter, by row key; None where blank.

        For a register, the latest row of each key until then counts.
        """
        laid = self._quarter(form, period).laid
        if code not in laid:
            laid[code] = self._lay(form, period, code)
        return laid[code]

    def filed_by(self, form: str, period: int, keys: Collection[str]) -> set[str]:
        """Return who filed rows of these keys, of which `column` tells for the quarter."""
        quarter = self._quarter(form, period)
        if quarter.filers is None:
            quarter.filers = {}
            for (reporter, _), held in self._returns(form, period).items():
                for key in held.keys:
                    quarter.filers.setdefault(key, set()).add(reporter)
        return set().union(*(quarter.filers.get(key, ()) for key in keys))

    def filed(self, form: str, period: int, code: str) -> Column:
        """Return a column's values in the rows of a form that were filed for a quarter, by row key."""
        stored = self._returns_stored(form, 0 if _is_state(self._forms[form]) else period, period)
        returns = stored | self._quarter(form, period).accepted
        columns = (held.column(code) for (_, quarter), held in returns.items() if quarter == period)
        return {key: value for column in columns for key, value in column.items()}

    def last_reported(self) -> Mapping[str, int]:
        """Return the last quarter for which each organisation is in a roster."""
        if self._last is None:
            self._last = dict(self._fetch_last())
            for (form, period), quarter in self._quarters.items():
                for held in quarter.accepted.values() if _by_unit(self._forms[form]) else ():
                    self._note_reported(held.keys, self._forms[form].quarter(period))
        return self._last

    def _note_reported(self, units: Iterable[str], period: int) -> None:
        assert self._last is not None
        self._last |= {unit: max(period, self._last.get(unit, 0)) for unit in units}

    def _in_force(self, filed: Return) -> _Held | None:
        quarter, identity = self._quarter(filed.form.code, filed.period), (filed.reporter, filed.period)
        first = 0 if _is_state(filed.form) else filed.period
        stored = self._returns_stored(filed.form.code, first, filed.period)
        return quarter.accepted.get(identity) or stored.get(identity)

    def _quarter(self, form: str, period: int) -> _Quarter:
        return self._quarters.setdefault((form, period), _Quarter())

    def _lay(self, form: str, period: int, code: str) -> dict[str, object]:
        returns = self._returns(form, period)
        if _is_state(self._forms[form]):
            return _last_told(self._forms[form], returns, code)
        laid: dict[str, object] = {}
        for _, rows in sorted(returns.items(), key=lambda pair: pair[0][1]):
            laid |= rows.column(code)
        return laid

    def _returns(self, form: str, period: int) -> dict[Identity, _Held]:
        """Return the returns in force of a form in a quarter, of a register those before it as well."""
        state = _is_state(self._forms[form])
        returns = dict(self._returns_stored(form, 0 if state else period, period))
        for (other, quarter), held in self._quarters.items():
            if other == form and (quarter == period or (state and quarter < period)):
                returns |= held.accepted
        return returns

    def _lay_over(self, filed: Return, rows: _Held) -> None:
        """Update the built columns, or drop them if an earlier row may come into force again."""
        for (form, period), other in self._quarters.items():
            if form == filed.form.code and period >= filed.period:
                other.filers = None
        quarter, identity = self._quarter(filed.form.code, filed.period), (filed.reporter, filed.period)
        if _is_state(filed.form):
            for (form, period), later in self._quarters.items():
                if form == filed.form.code and period >= filed.period:
                    later.laid.clear()
        elif identity in quarter.accepted or identity in (quarter.stored or {}):
            quarter.laid.clear()
        else:
            for code, laid in quarter.laid.items():
                laid |= rows.column(code)

    def _returns_stored(self, form: str, first: int, period: int) -> dict[Identity, _Held]:
        quarter = self._quarter(form, period)
        if quarter.stored is None:
            codes = sorted(self._columns[form])
            columns = [*codes, ORGANISATION]
            quarter.stored = {}
            rows = list(self._fetch(form, first, period)) if codes else []
            fields = json.loads(f"[{','.join(row[5] for row in rows)}]")  # at once: it spares a call for each row
            for (reporter, reported, key, day, unit, _), values in zip(rows, fields, strict=True):
                held = quarter.stored.setdefault((reporter, reported), _Held([], [], {code: [] for code in columns}))
                held.keys.append(key)
                held.days.append(day)
                held.columns[ORGANISATION].append(unit)
                for code in codes:
                    held.columns[code].append(values.get(code))
        return quarter.stored


def _last_told(form: Form, returns: Mapping[Identity, _Held], code: str) -> dict[str, object]:
    """Return the values of the last row of each key, in the order that the warehouse uses (150_order.sql)."""
    laid: dict[str, object] = {}
    places: dict[str, tuple[date | int, ...]] = {}
    for (_, quarter), held in returns.items():
        for key, stated, value in zip(held.keys, held.days, held.columns[code], strict=True):
            day = stated or date.min
            place: tuple[date | int, ...] = (day, quarter) if form.standing else (quarter, day)
            if key not in places or place >= places[key]:
                places[key], laid[key] = place, value
    return laid


def _columns_needed(form: Form, catalogue: Catalogue) -> frozenset[str]:
    """Return the columns of a form that a rule of its own or of another form needs later."""
    columns = {
        across.right for other in catalogue.forms.values() for across in other.across if across.form == form.code
    }
    columns |= (
        {str(form.label)}
        if any(other.refers and other.refers.form == form.code for other in catalogue.forms.values())
        else set()
    )
    own = {code for across in form.across for code in (across.left, *across.where, *filter(None, (across.by,)))}
    own |= {form.refers.by, form.refers.named} if form.refers else set()
    numbers = {column.code for column in form.columns if column.numeric and not form.ledger}
    sized = {column.code for column in form.sized}
    sized |= set(form.subject) if form.reversible else set()
    steady = {code for item in catalogue.items_of(form.code) if item.time == "last" for code in item.named_columns()}
    sized |= {*steady, form.date or form.key[0]} if form.is_register or not form.ledger else set()
    return frozenset(columns | own | numbers | sized | {*form.history.columns(), *form.history.alike})


def _by_unit(form: Form) -> bool:
    """Return whether a form has one row per organisation and quarter, under the organisation's code."""
    return not form.ledger and form.key == form.subject


def _is_state(form: Form) -> bool:
    """Return whether a form is a register: its last row of a key stays in force."""
    return form.until == "next"
