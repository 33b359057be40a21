"""Known: what the store holds already that a new return must be held against."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from etl.checking.in_force import InForce
from etl.checking.targets_set import TargetsSet

Column = Mapping[str, object]  # what stands in a column, by row key
Rival = tuple[str, date | None, Mapping[str, object], str]  # key, day, what the row says, file it stands in


def _nowhere(keys: Collection[str]) -> Mapping[str, str]:
    return {}


def _no_column(form: str, period: int, code: str) -> Column:
    return {}


def _no_return() -> InForce | None:
    return None


def _never() -> bool:
    return False


def _no_quarters() -> Mapping[str, int]:
    return {}


def _no_rivals() -> Iterable[Rival]:
    return ()


@dataclass(frozen=True)
class Known:
    """What is in force when a file is examined: what was accepted before it, in this very load too.

    `elsewhere` tells which of some row keys other returns of the form hold, and the file each stands in; `column` what
    stands in a column of a form in a quarter (of a register: its state in that quarter), None where a row has nothing;
    `last_reported` the last quarter for which each organisation stands in an accepted roster; `rivals` the rows under
    the same keys in others' returns of the form for the same quarter, where the last row of a key holds; `targets` what
    target documents in force set; `in_force` what is there of this very form, reporter and quarter; `filled_after`
    whether a later quarter of form and reporter is filled.
    """

    elsewhere: Callable[[Collection[str]], Mapping[str, str]] = _nowhere
    column: Callable[[str, int, str], Column] = _no_column
    last_reported: Callable[[], Mapping[str, int]] = _no_quarters
    rivals: Callable[[], Iterable[Rival]] = _no_rivals
    targets: TargetsSet = field(default_factory=lambda: TargetsSet(tuple))
    in_force: Callable[[], InForce | None] = _no_return
    filled_after: Callable[[], bool] = _never
