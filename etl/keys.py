"""The keys of the rows in force, in memory: what would be reported twice is seen without asking the warehouse."""

from collections.abc import Iterable, Iterator, Mapping

from etl.examine import Examination
from etl.known import key_of
from etl.nouns import Return
from stats.catalogue import Catalogue
from stats.catalogue_models import Form

Reporter = tuple[str, int]  # who reported, for which quarter
_Holders = dict[str, dict[Reporter, str]]  # by row key: the returns that hold it, and the file each stands in


class KeyIndex:
    """Row keys by the identity of their return: form, reporter, quarter. A later return replaces the earlier's keys."""

    def __init__(self, catalogue: Catalogue, rows: Iterable[tuple[str, str, int, str, str]]) -> None:
        self._forms = catalogue.forms
        self._held: dict[tuple[str, Reporter], list[str]] = {}
        self._holders: dict[tuple[str, int | None], _Holders] = {}
        for form, reporter, period, key, name in rows:
            self._hold(self._forms[form], (reporter, period), key, name)

    def add(self, examination: Examination) -> None:
        """Take in the keys of an accepted submission."""
        for found in examination.returns:
            reporter = found.reporter, found.period
            holders = self._holders_of(found.form, found.period)
            for key in self._held.pop((found.form.code, reporter), ()):
                holders.get(key, {}).pop(reporter, None)
            for row in found.rows:
                self._hold(found.form, reporter, key_of(row), examination.submission.name)

    def elsewhere(self, found: Return) -> Mapping[str, str]:
        """Return the keys other returns of the form hold: of any quarter for ledgers, else of the same quarter.

        A register's rows are states, so the same key comes again on purpose.
        """
        if found.form.until in ("next", "next_in_year"):
            return {}
        return _Elsewhere(self._holders_of(found.form, found.period), (found.reporter, found.period))

    def _holders_of(self, form: Form, period: int) -> _Holders:
        return self._holders.setdefault((form.code, None if form.ledger else period), {})

    def _hold(self, form: Form, reporter: Reporter, key: str, name: str) -> None:
        self._held.setdefault((form.code, reporter), []).append(key)
        self._holders_of(form, reporter[1]).setdefault(key, {})[reporter] = name


class _Elsewhere(Mapping[str, str]):
    """The keys that others than one reporter hold, each with the file it stands in."""

    def __init__(self, holders: _Holders, own: Reporter) -> None:
        self._holders = holders
        self._own = own

    def __getitem__(self, key: str) -> str:
        held = self._holders.get(key, {})
        for reporter, name in held.items():
            if reporter != self._own:
                return name
        raise KeyError(key)

    def __iter__(self) -> Iterator[str]:
        return (key for key, held in self._holders.items() if held.keys() - {self._own})

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return bool(self._holders)
