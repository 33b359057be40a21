"""The keys of the rows in force, in memory, so that duplicates are found without querying the warehouse."""

from collections.abc import Collection, Iterable, Mapping
from itertools import groupby

from etl.known import FiledIn
from etl.model.examination import Examination
from etl.model.nouns import Return
from stats.catalogue import Catalogue
from stats.catalogue.models import Form

Reporter = tuple[str, int]  # who reported, for which quarter
_Holders = dict[str, tuple[int, ...]]  # by row key: the indices of the returns that hold it


class KeyIndex:
    """Row keys by the identity of their return: form, reporter, quarter. A later return replaces the earlier's keys."""

    def __init__(self, catalogue: Catalogue, rows: Iterable[tuple[str, str, int, str, str]]) -> None:
        """Start with the rows in force: form, reporter, quarter, key and file name of each, return by return."""
        self._forms = catalogue.forms
        self._returns: list[tuple[Reporter, str]] = []
        self._held: dict[tuple[str, Reporter], list[tuple[int, list[str]]]] = {}
        self._holders: dict[tuple[str, int | None], _Holders] = {}
        self._filled: dict[tuple[str, str], set[int]] = {}
        self._stored: dict[str, set[int]] = {}  # by form: the quarters of the rows that this began with
        self._report_in: dict[str, set[str]] = {}  # all who report in files of a name
        for (form, reporter, period, name), group in groupby(rows, lambda row: (*row[:3], row[4])):
            self._hold(self._forms[form], (reporter, period), [row[3] for row in group], name)
            self._stored.setdefault(form, set()).add(period)

    def add(self, examination: Examination) -> None:
        """Add the keys of an accepted submission; they replace those of earlier returns unless it is a supplement."""
        fresh: set[tuple[str, Reporter]] = set()
        for filed in examination.returns:
            reporter = filed.reporter, filed.period
            if filed.act != "supplement" and (filed.form.code, reporter) not in fresh:
                self._let_go(filed.form, reporter)
            fresh.add((filed.form.code, reporter))
            self._hold(filed.form, reporter, filed.keys, examination.submission.name)

    def stored(self, form: str, first: int, last: int) -> bool:
        """Return whether rows of a form were in force for one of these quarters before anything was added."""
        return any(first <= period <= last for period in self._stored.get(form, ()))

    def holds(self, filed: Return) -> bool:
        """Return whether rows of the same form, reporter and quarter are in force."""
        return (filed.form.code, (filed.reporter, filed.period)) in self._held

    def filled_after(self, filed: Return) -> bool:
        """Return whether rows of the same form and reporter are in force for a later quarter."""
        return any(period > filed.period for period in self._filled.get((filed.form.code, filed.reporter), ()))

    def quarters(self, form: str, first: int) -> list[int]:
        """Return the quarters from one on for which returns of a form are in force, in their order."""
        filled = (quarters for (other, _), quarters in self._filled.items() if other == form)
        return sorted(period for period in set().union(*filled) if period >= first)

    def elsewhere(self, filed: Return, keys: Collection[str]) -> Mapping[str, FiledIn]:
        """Return the keys that other returns of the form hold, each with its file.

        For ledgers these are the returns of any quarter, else those of the same quarter. A register's rows are states,
        so the same key recurs on purpose.
        """
        if filed.form.repeats_keys:
            return {}
        holders, own = self._holders_of(filed.form, filed.period), (filed.reporter, filed.period)
        held = {key: [self._returns[number] for number in holders[key]] for key in holders.keys() & set(keys)}
        others = {key: [name for reporter, name in returns if reporter != own] for key, returns in held.items()}
        return {key: FiledIn(names[0], self._report_in[names[0]]) for key, names in others.items() if names}

    def shared_keys(self, filed: Return) -> list[str]:
        """Return the keys that another reporter's return of the form for the same quarter also holds."""
        holders = self._holders_of(filed.form, filed.period)
        return [
            key
            for key in holders.keys() & set(filed.keys)
            for (reporter, period), _ in (self._returns[number] for number in holders[key])
            if reporter != filed.reporter and period == filed.period
        ]

    def _holders_of(self, form: Form, period: int) -> _Holders:
        return self._holders.setdefault((form.code, None if form.ledger else period), {})

    def _hold(self, form: Form, reporter: Reporter, keys: list[str], name: str) -> None:
        number, holders = len(self._returns), self._holders_of(form, reporter[1])
        self._report_in.setdefault(name, set()).add(reporter[0])
        self._returns.append((reporter, name))
        self._held.setdefault((form.code, reporter), []).append((number, keys))
        self._filled.setdefault((form.code, reporter[0]), set()).add(reporter[1])
        shared = {key: (*holders[key], number) for key in holders.keys() & set(keys)}
        holders |= dict.fromkeys(keys, (number,)) | shared

    def _let_go(self, form: Form, reporter: Reporter) -> None:
        gone = self._held.pop((form.code, reporter), [])
        self._filled.get((form.code, reporter[0]), set()).discard(reporter[1])
        holders, numbers = self._holders_of(form, reporter[1]), {number for number, _ in gone}
        for key in {key for _, keys in gone for key in keys}:
            if rest := tuple(other for other in holders[key] if other not in numbers):
                holders[key] = rest
            else:
                del holders[key]
