"""Answer progress: which mistakes of the last answer have been fixed, which are left, which are new."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from etl.model.finding import Finding

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d*)")
_ROW = re.compile(r"()第(\d+)行")
_SAYS_WHAT = re.compile(r"[“\d]")  # sentences with a value or a name are recognised again in any cell
_Key = Callable[[Finding], Hashable]


@dataclass(frozen=True)
class Progress:
    """The number of places reported last time, of these how many are fixed and left, and how many are new."""

    before: int
    fixed: int
    left: int
    new: int

    def sentence(self) -> str:
        """Return it as words: 上次 12 处，已改 10 处，新增 1 处."""
        return f"上次 {self.before} 处，已改 {self.fixed} 处" + (f"，新增 {self.new} 处" if self.new else "")


def compare(before: Iterable[Finding], now: Iterable[Finding]) -> Progress:
    """Return the progress of a file since its last answer. Notes are not counted.

    A mistake is still there if the same cell has the same finding; or another cell the same sentence with its value
    (rows moved); or a sentence without a value stands as many rows away as other mistakes moved; or anything else is
    now wrong with the same cell.
    """
    before, now = list(before), list(now)
    left, new = _places(before), _places(now)
    unlisted, still = _unlisted(before), _unlisted(now)
    total = len(left) + unlisted.total()
    for shift in _shifts(left, new):
        left, new = _without_pairs(left, new, _moved(shift), _moved(0))
    left, new = _without_pairs(left, new, _words, _words)
    left, new = _without_pairs(left, new, _place, _place)
    listed = Counter(map(_in_column, new)) & (unlisted - still)  # only counted last time, so not new
    fixed = len(left) + (unlisted - still).total() - listed.total()
    return Progress(total, fixed, total - fixed, len(new) - listed.total() + (still - unlisted).total())


def _places(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity != "note" and not finding.others]


def _unlisted(findings: Iterable[Finding]) -> Counter[Hashable]:
    """Return how many places are only counted, by rule, sheet and column."""
    counted: Counter[Hashable] = Counter()
    for finding in findings:
        if finding.severity != "note" and finding.others:
            counted[_in_column(finding)] += finding.others
    return counted


def _in_column(finding: Finding) -> Hashable:
    return finding.rule, finding.sheet, finding.column


def _without_pairs(
    before: list[Finding], now: list[Finding], old: _Key, new: _Key
) -> tuple[list[Finding], list[Finding]]:
    """Return the remainder of both after pairing those with equal keys, one to one."""
    waiting = Counter(key for finding in now if (key := new(finding)) is not None)
    gone = waiting & Counter(key for finding in before if (key := old(finding)) is not None)
    return _less(before, old, gone), _less(now, new, gone)


def _less(findings: Sequence[Finding], key: _Key, gone: Counter[Hashable]) -> list[Finding]:
    taken, kept = Counter(gone), []
    for finding in findings:
        own = key(finding)
        if taken[own] > 0:
            taken[own] -= 1
        else:
            kept.append(finding)
    return kept


def _shifts(before: list[Finding], now: list[Finding]) -> list[int]:
    """Return the possible row shifts of mistakes, likeliest first; a single one counts only if it quotes a value."""
    support: Counter[int] = Counter({0: 0})
    rows: dict[Hashable, set[int]] = {}
    for finding in now:
        rows.setdefault(_kind(finding), set()).add(_row(finding))
    for finding in before:
        for row in rows.get(_kind(finding), ()):
            support[row - _row(finding)] += 2 if _SAYS_WHAT.search(finding.problem) else 1
    likeliest = sorted(support, key=lambda shift: (-support[shift], abs(shift)))
    return [shift for shift in likeliest if support[shift] > 1 or shift == 0]


def _moved(shift: int) -> _Key:
    return lambda finding: (_kind(finding), _row(finding) + shift)


def _kind(finding: Finding) -> Hashable:
    return finding.rule, finding.sheet, _column(finding), finding.column, finding.problem


def _words(finding: Finding) -> Hashable | None:
    same = finding.rule, finding.column, finding.problem
    return same if _SAYS_WHAT.search(finding.problem) else None


def _place(finding: Finding) -> Hashable:
    """Return the cell as key; without a cell, the rule is part of the key."""
    return finding.sheet, finding.address or finding.rule


def _column(finding: Finding) -> str:
    match = _CELL.match(finding.address)
    return match[1] if match else ""


def _row(finding: Finding) -> int:
    match = _CELL.match(finding.address) or _ROW.match(finding.address)
    return int(match[2]) if match else 0
