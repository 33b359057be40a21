"""The keys of the rows in force, in memory: what would be reported twice is seen without asking the warehouse."""

from collections.abc import Iterable

from etl.check import Known, key_of
from etl.examine import Examination
from etl.nouns import Return

Identity = tuple[str, str, int]


class KeyIndex:
    """Row keys by the identity of their return: form, reporter, quarter. A later return replaces the earlier's keys."""

    def __init__(self, rows: Iterable[tuple[str, str, int, str, str]]) -> None:
        self._keys: dict[str, dict[Identity, dict[str, str]]] = {}
        for form, reporter, period, key, name in rows:
            self._keys.setdefault(form, {}).setdefault((form, reporter, period), {})[key] = name

    def add(self, examination: Examination) -> None:
        """Take in the keys of an accepted submission."""
        for found in examination.returns:
            identity = (found.form.code, found.reporter, found.period)
            self._keys.setdefault(found.form.code, {})[identity] = {
                key_of(row): examination.submission.name for row in found.rows
            }

    def known(self, found: Return) -> Known:
        """Return the keys other returns of the form hold: of any quarter for ledgers, else of the same quarter.

        A register's rows are states, so the same key comes again on purpose.
        """
        if found.form.until in ("next", "next_in_year"):
            return Known()
        keys: dict[str, str] = {}
        for (_, reporter, period), held in self._keys.get(found.form.code, {}).items():
            other = (reporter, period) != (found.reporter, found.period)
            if other and (found.form.ledger or period == found.period):
                keys |= held
        return Known(keys)
