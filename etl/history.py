"""History: the rows in force by form and quarter, so that a new return can be held against what came before it.

A form and quarter is fetched once, when first asked for; what this load accepts is laid over it. So a file is compared
with what is in force at the moment it is examined, whatever the order in which the files of a load are named.
"""

import json
from collections.abc import Callable, Iterable, Mapping

from etl.known import Rows, Values, key_of
from etl.nouns import Return
from stats.catalogue import Catalogue
from stats.catalogue_models import Form

Identity = tuple[str, int]  # reporter, quarter
Stored = Iterable[tuple[str, int, str, str]]  # reporter, quarter, row key, the row's fields as JSON
Fetch = Callable[[str, int, int], Stored]  # form, first and last quarter


class Past:
    """Rows in force, by form and quarter, with the columns that some rule needs."""

    def __init__(self, catalogue: Catalogue, fetch: Fetch, last_reported: Callable[[], Iterable[tuple[str, int]]]):
        """Keep nothing yet: `fetch` and `last_reported` ask the store when a rule first needs it."""
        self._forms = catalogue.forms
        self._columns = {form.code: _columns_needed(form, catalogue) for form in catalogue.forms.values()}
        self._fetch = fetch
        self._fetch_last = last_reported
        self._stored: dict[tuple[str, int], dict[Identity, dict[str, Values]]] = {}
        self._accepted: dict[tuple[str, int], dict[Identity, dict[str, Values]]] = {}
        self._laid: dict[tuple[str, int], dict[str, Values]] = {}
        self._last: dict[str, int] | None = None

    def add(self, returns: Iterable[Return]) -> None:
        """Take in accepted returns: each replaces the earlier one of its form, reporter and quarter."""
        for found in returns:
            code = found.form.code
            if self._columns[code]:
                rows = self._kept(found)
                self._lay_over(found, rows)
                self._accepted.setdefault((code, found.period), {})[found.reporter, found.period] = rows
                if self._last is not None and _by_unit(found.form):
                    self._last |= {unit: max(found.period, self._last.get(unit, 0)) for unit in rows}

    def rows(self, form: str, period: int) -> Rows:
        """Return the rows of a form in a quarter by row key; of a register, the latest row of each key until then."""
        if (form, period) not in self._laid:
            self._laid[form, period] = self._lay(form, period)
        return self._laid[form, period]

    def last_reported(self) -> Mapping[str, int]:
        """Return the last quarter for which each organisation stands in a roster of its own kind."""
        if self._last is None:
            self._last = dict(self._fetch_last())
            for (form, period), returns in self._accepted.items():
                for rows in returns.values() if _by_unit(self._forms[form]) else ():
                    self._last |= {unit: max(period, self._last.get(unit, 0)) for unit in rows}
        return self._last

    def _lay(self, form: str, period: int) -> dict[str, Values]:
        first = 0 if _is_state(self._forms[form]) else period
        returns = dict(self._returns_stored(form, first, period))
        quarters = [place[1] for place in self._accepted if place[0] == form] if first == 0 else [period]
        for quarter in quarters:
            returns |= self._accepted.get((form, quarter), {}) if quarter <= period else {}
        laid: dict[str, Values] = {}
        for _, rows in sorted(returns.items(), key=lambda pair: pair[0][1]):
            laid |= rows
        return laid

    def _lay_over(self, found: Return, rows: Mapping[str, Values]) -> None:
        """Bring what is laid up to date; a register, of which an earlier row may come up again, is laid anew."""
        code, place, identity = found.form.code, (found.form.code, found.period), (found.reporter, found.period)
        if _is_state(found.form):
            self._laid = {at: laid for at, laid in self._laid.items() if at[0] != code or at[1] < found.period}
        elif place in self._laid:
            stored = self._stored.get(place, {}).get(identity, {})
            for key in self._accepted.get(place, {}).get(identity, stored):
                self._laid[place].pop(key, None)
            self._laid[place].update(rows)

    def _returns_stored(self, form: str, first: int, period: int) -> dict[Identity, dict[str, Values]]:
        if (form, period) not in self._stored:
            returns: dict[Identity, dict[str, Values]] = {}
            columns = self._columns[form]
            for reporter, quarter, key, fields in self._fetch(form, first, period) if columns else ():
                held = json.loads(fields)
                returns.setdefault((reporter, quarter), {})[key] = {code: held[code] for code in columns & held.keys()}
            self._stored[form, period] = returns
        return self._stored[form, period]

    def _kept(self, found: Return) -> dict[str, Values]:
        codes = sorted(self._columns[found.form.code])
        return {key_of(row): {code: row.values[code] for code in codes if code in row.values} for row in found.rows}


def _columns_needed(form: Form, catalogue: Catalogue) -> frozenset[str]:
    """Return the columns of a form that a rule of its own or of another form looks at later."""
    asked = {across.right for other in catalogue.forms.values() for across in other.across if across.form == form.code}
    own = {code for across in form.across for code in (across.left, *across.where)}
    numbers = {column.code for column in form.columns if column.numeric and not form.ledger}
    return frozenset(asked | own | numbers | set(form.history.columns()))


def _by_unit(form: Form) -> bool:
    """Return whether a form has one row an organisation and quarter, under the organisation's code."""
    return not form.ledger and form.key == form.subject


def _is_state(form: Form) -> bool:
    """Return whether a form is a register: what it said last of a key holds on."""
    return form.until == "next"
