"""Scope: the detail rows a total row covers: all, or those above or below it, over several levels of subtotals."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from etl.layout.table import Check

Span = tuple[int, int]  # from the first row of a table's details and totals that is covered up to the first that is not
_MOST = 8  # maximum preceding totals tried as the start of a total's details
_SHARE = 0.5  # minimum share of a total's figures that must agree for details that are not the likeliest


class RankedRows:
    """The details and totals of a table from the top down, by rank: 0 for a detail, 1 for a subtotal, 2 for a total."""

    def __init__(self, ranks: Sequence[int]) -> None:
        self._size = len(ranks)
        self.totals = [at for at, rank in enumerate(ranks) if rank]
        self._grand = [at for at in self.totals if ranks[at] == 2]
        inner = [at for at, rank in enumerate(ranks) if rank < 2] if len(self._grand) < len(self.totals) else []
        self._heads = bool(inner) and bool(ranks[inner[0]]) and not ranks[inner[-1]]
        self._sided = self._heads or (bool(inner) and not ranks[inner[0]] and bool(ranks[inner[-1]]))
        self._levels = dict(self._find_levels())

    def spans(self, at: int) -> list[Span]:
        """Return the spans a total may cover, the likeliest first, each with at least one detail."""
        sides = [self._above(at), self._below(at)]
        own, other = reversed(sides) if self._heads else sides
        whole = (0, self._size)
        outermost = at == (self._grand[0] if self._heads else self._grand[-1]) if at in self._grand else False
        other = [] if self._sided else other  # subtotals are on the same side of their details throughout a table
        ordered = [whole, *own, *other] if outermost else [*own, whole, *other]
        return [span for span in dict.fromkeys(ordered) if self._has_details(span)]

    def _find_levels(self) -> Iterator[tuple[int, int]]:
        """Yield for each total the number of levels between it and its details."""
        step, level = (-1 if self._heads else 1), 0
        ordered = self.totals[::step]
        for before, at in zip([None, *ordered], ordered, strict=False):
            level = level + 1 if before is not None and at - before == step else 0
            yield at, level

    def _above(self, at: int) -> list[Span]:
        order = bisect_left(self.totals, at)
        before = (self.totals[n] for n in range(order - 1, -1, -1))
        same = next((n for n in before if self._levels[n] >= self._levels[at]), -1)
        near = reversed(self.totals[max(0, order - _MOST) : order])
        return [(start + 1, at) for start in [same, *near, -1]]

    def _below(self, at: int) -> list[Span]:
        order = bisect_left(self.totals, at) + 1
        after = (self.totals[n] for n in range(order, len(self.totals)))
        same = next((n for n in after if self._levels[n] >= self._levels[at]), self._size)
        return [(at + 1, end) for end in [same, *self.totals[order : order + _MOST], self._size]]

    def _has_details(self, span: Span) -> bool:
        start, end = span
        return end - start > bisect_left(self.totals, end) - bisect_left(self.totals, start)


def pick(spans: Iterable[Span], hold: Callable[[Span], Sequence[Check]]) -> Span | None:
    """Return the span a total covers: the first that agrees, else one where most columns do, else the likeliest."""
    best: Span | None = None
    most = 0.0
    for span in spans:
        checks = hold(span)
        if agree(checks):
            return span
        share = _agreeing(checks)
        if best is None or (share >= _SHARE and share > most):
            best, most = span, share
    return best


def agree(checks: Sequence[Check]) -> bool:
    """Return whether a total agrees with sums in at least one column and differs in none."""
    return all(check.agrees is not False for check in checks) and any(c.agrees and c.written for c in checks)


def _agreeing(checks: Sequence[Check]) -> float:
    """Return the share of a total's nonzero figures that agree with the sums."""
    verdicts = [check.agrees for check in checks if check.written]
    return verdicts.count(True) / len(verdicts) if verdicts else 0.0
