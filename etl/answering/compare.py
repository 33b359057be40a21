"""Compare: what of the mistakes told last time has been mended, what is left, what is new."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from etl.findings import Finding

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d*)")
_ROW = re.compile(r"()第(\d+)行")
_SAYS_WHAT = re.compile(r"[“\d]")  # words that hold a value or a name are known again wherever they stand
_Key = Callable[[Finding], Hashable]


@dataclass(frozen=True)
class Progress:
    """How many places were told last time, and of these how many are fixed and left; and how many are new."""

    before: int
    fixed: int
    left: int
    new: int

    def sentence(self) -> str:
        """Return it as words: 上次 12 处，已改 10 处，新增 1 处."""
        return f"上次 {self.before} 处，已改 {self.fixed} 处" + (f"，新增 {self.new} 处" if self.new else "")


def compare(before: Iterable[Finding], now: Iterable[Finding]) -> Progress:
    """Return how far a file has come since its last answer. Hints are not counted.

    A mistake is still there when the same is said of the same cell; or the same words, with the value in them, of
    another cell (rows moved); or words without a value of a cell as many rows away as other mistakes moved; or
    anything else is wrong with the same cell now.
    """
    left, new = _places(before), _places(now)
    told = len(left)
    for shift in _shifts(left, new):
        left, new = _without_pairs(left, new, _moved(shift), _moved(0))
    left, new = _without_pairs(left, new, _words, _words)
    left, new = _without_pairs(left, new, _place, _place)
    return Progress(told, len(left), told - len(left), len(new))


def _places(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity != "note"]


def _without_pairs(
    before: list[Finding], now: list[Finding], old: _Key, new: _Key
) -> tuple[list[Finding], list[Finding]]:
    """Return what is left of both when those of equal key are paired off, one to one."""
    waiting = Counter(key for finding in now if (key := new(finding)) is not None)
    gone = waiting & Counter(key for finding in before if (key := old(finding)) is not None)
    return _less(before, old, gone), _less(now, new, gone)


def _less(findings: Sequence[Finding], key: _Key, gone: Counter[Hashable]) -> list[Finding]:
    taken, kept = Counter(gone), []
    for finding in findings:
        found = key(finding)
        if taken[found] > 0:
            taken[found] -= 1
        else:
            kept.append(finding)
    return kept


def _shifts(before: list[Finding], now: list[Finding]) -> list[int]:
    """Return by how many rows mistakes can have moved, likeliest first: one alone only when its words tell a value."""
    support: Counter[int] = Counter({0: 0})
    rows: dict[Hashable, set[int]] = {}
    for finding in now:
        rows.setdefault(_kind(finding), set()).add(_row(finding))
    for finding in before:
        for row in rows.get(_kind(finding), ()):
            support[row - _row(finding)] += 2 if _SAYS_WHAT.search(finding.found) else 1
    likeliest = sorted(support, key=lambda shift: (-support[shift], abs(shift)))
    return [shift for shift in likeliest if support[shift] > 1 or shift == 0]


def _moved(shift: int) -> _Key:
    return lambda finding: (_kind(finding), _row(finding) + shift)


def _kind(finding: Finding) -> Hashable:
    return finding.rule, finding.sheet, _column(finding), finding.column, finding.found


def _words(finding: Finding) -> Hashable | None:
    same = finding.rule, finding.column, finding.found
    return same if _SAYS_WHAT.search(finding.found) else None


def _place(finding: Finding) -> Hashable:
    """Return the cell; without one, the rule has to be the same too."""
    return finding.sheet, finding.address or finding.rule


def _column(finding: Finding) -> str:
    found = _CELL.match(finding.address)
    return found[1] if found else ""


def _row(finding: Finding) -> int:
    found = _CELL.match(finding.address) or _ROW.match(finding.address)
    return int(found[2]) if found else 0
