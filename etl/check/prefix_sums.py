"""Prefix sums: what any stretch of rows of a return adds up to, however many stretches are asked about."""

from bisect import bisect_left
from functools import cached_property
from itertools import accumulate

from etl.model.nouns import Return

_PARTS = 10**9  # numbers are added as integers of billionths, so that the difference of two sums is exact


class PrefixSums:
    """The columns of a return, added up once each: of all rows, and of those that are seen."""

    def __init__(self, filed: Return) -> None:
        self._found = filed
        self._sums: dict[tuple[str, bool], list[int]] = {}

    def whole(self, code: str, start: int, end: int) -> float:
        """Return what the rows from one index up to another add up to."""
        return self._added(code, False, start, end)

    def seen(self, code: str, start: int, end: int) -> float:
        """Return what those of the rows add up to that are not hidden."""
        return self._added(code, True, start, end)

    def hidden(self, start: int, end: int) -> list[int]:
        """Return the numbers in the sheet of the hidden ones among the rows."""
        within = slice(bisect_left(self._hidden, start), bisect_left(self._hidden, end))
        return [self._found.places[at] for at in self._hidden[within]]

    @cached_property
    def _hidden(self) -> list[int]:
        unseen = self._found.layout.sheet.unseen_rows
        return [at for at, row in enumerate(self._found.places) if row in unseen] if unseen else []

    def _added(self, code: str, seen_alone: bool, start: int, end: int) -> float:
        if (code, seen_alone) not in self._sums:
            left_out = {*self._hidden} if seen_alone else set()
            parts = (
                round(value * _PARTS) if isinstance(value, int | float) and at not in left_out else 0
                for at, value in enumerate(self._found.column(code))
            )
            self._sums[code, seen_alone] = list(accumulate(parts, initial=0))
        sums = self._sums[code, seen_alone]
        return (sums[end] - sums[start]) / _PARTS
