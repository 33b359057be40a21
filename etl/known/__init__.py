"""Known: the data in force that a new return is compared with."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from etl.known.in_force import InForce
from etl.known.targets_in_force import TargetsInForce

Column = Mapping[str, object]  # a column's values, by row key
ORGANISATION = ""  # in place of a column: the code of the row's organisation


class FiledIn(NamedTuple):
    """A file that holds a row, and all who report in it."""

    name: str
    reporters: Collection[str]


Rival = tuple[str, date | None, Mapping[str, object], FiledIn]  # key, day, the row's values, its file


def _nowhere(keys: Collection[str]) -> Mapping[str, FiledIn]:
    return {}


def _nobody(form: str, period: int, keys: Collection[str]) -> Collection[str]:
    return ()


def _no_column(form: str, period: int, code: str) -> Column:
    return {}


def _no_return() -> InForce | None:
    return None


def _never() -> bool:
    return False


def _no_quarters() -> Mapping[str, int]:
    return {}


def _no_filings(form: str, first: int) -> Sequence[int]:
    return ()


def _no_rivals() -> Iterable[Rival]:
    return ()


def _no_units() -> Collection[str]:
    return ()


@dataclass(kw_only=True, frozen=True)
class Known:
    """The data in force when a file is examined: everything accepted before it, including in the same load.

    `elsewhere` tells which of some row keys other returns of the form hold, with their files; `column` returns a
    column's values in a quarter (for a register: its state in that quarter), None where a row is blank; `filed`
    those of the rows filed for that very quarter, `filed_by` who filed rows of some keys then; `quarters` the
    quarters from one on for which a form was filed; `last_reported` the last quarter for which each organisation is
    in an accepted roster; `rivals` the rows with the same keys in other reporters' returns of the same quarter, for
    forms in which the last row of a key is in force; `targets` the targets of the documents in force; `in_force`
    the rows of the same form, reporter and quarter; `filled_after` whether a later quarter of the same form and
    reporter is filled; `counted_units` the organisations of which returns in force say something, registers apart.
    """

    elsewhere: Callable[[Collection[str]], Mapping[str, FiledIn]] = _nowhere
    column: Callable[[str, int, str], Column] = _no_column
    filed_by: Callable[[str, int, Collection[str]], Collection[str]] = _nobody
    filed: Callable[[str, int, str], Column] = _no_column
    quarters: Callable[[str, int], Sequence[int]] = _no_filings
    last_reported: Callable[[], Mapping[str, int]] = _no_quarters
    rivals: Callable[[], Iterable[Rival]] = _no_rivals
    targets: TargetsInForce = field(default_factory=lambda: TargetsInForce(tuple))
    in_force: Callable[[], InForce | None] = _no_return
    filled_after: Callable[[], bool] = _never
    counted_units: Callable[[], Collection[str]] = _no_units
