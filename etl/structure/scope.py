"""Scope: the detail rows that a total row covers: all, or those above or below it up to the next total."""

from collections.abc import Iterator, Sequence

from etl.structure.figures import Added
from etl.structure.rows import Item
from etl.structure.sums import Sums
from etl.structure.table import Check


class Scope:
    """Finds for each total of a table what it covers."""

    def __init__(self, items: list[Item], sums: Sums) -> None:
        self._items = items
        self._sums = sums
        self._whole = details_of(items)
        self._all_added = sums.add(self._whole)  # once, because a sheet may repeat its grand total on every page
        self.totals = [at for at, item in enumerate(items) if item.kind == "total"]
        self._order = {at: order for order, at in enumerate(self.totals)}

    def covered(self, at: int) -> list[Item]:
        """Return the details that a total covers: the first likely choice that agrees, else the likeliest."""
        total, likeliest = self._items[at], list[Item]()
        for choice, added in self._choices(at):
            likeliest = likeliest or choice
            if choice and agree(self._sums.hold(total, added)):
                return choice
        return likeliest

    def _choices(self, at: int) -> Iterator[tuple[list[Item], Added]]:
        grand = self._items[at].rank == 2
        if grand:
            yield self._whole, self._all_added
        before, after = self._bounds(at, self._items[at].rank)
        near, next_one = self._bounds(at, 0)
        wide, narrow = [(before + 1, at), (at + 1, after)], [(near + 1, at), (at + 1, next_one)]
        for start, end in [*wide, *narrow] if grand else [*narrow, *wide]:
            choice = details_of(self._items[start:end])
            yield choice, self._sums.add(choice)

    def _bounds(self, at: int, rank: int) -> tuple[int, int]:
        """Return the next totals of a rank or a higher one, above and below."""
        order = self._order[at]
        above = (n for n in reversed(self.totals[:order]) if self._items[n].rank >= rank)
        below = (n for n in self.totals[order + 1 :] if self._items[n].rank >= rank)
        return next(above, -1), next(below, len(self._items))


def details_of(items: Sequence[Item]) -> list[Item]:
    """Return the detail rows among the rows."""
    return [item for item in items if item.kind == "detail"]


def agree(checks: tuple[Check, ...]) -> bool:
    """Return whether a total agrees with what was added up, in one column at least and against none."""
    told = [check.agrees for check in checks]
    return bool(told) and False not in told and True in told
