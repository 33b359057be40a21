"""Implied totals: rows that are sums without saying so, found by their figures when a grand total is doubled."""

from collections.abc import Collection, Iterator
from itertools import accumulate, combinations, islice

from etl.layout.table import Check
from etl.layout.table_rows import RankedRow
from etl.sums.column_totals import Sums
from etl.sums.scope import agree

_MANY = 50_000  # maximum rows searched for unlabelled sums
_LEVELS = (2, 3, 4)  # a figure that stands on so many levels counts so many times
_GRAND = 5  # maximum grand totals tried
_CUTS = 50  # maximum positions checked exactly where one list may end and the same figures begin again
_REACH = 100  # maximum rows or blocks checked below one if nothing says when to stop
_FEW = 14  # up to so many rows, every subset is tried for a group whose rows are unknown

ImpliedTotals = dict[int, list[RankedRow]]  # the position of a row that is a sum, and the rows that make it up


def find_implied(items: list[RankedRow], sums: Sums) -> tuple[ImpliedTotals, list[str]]:
    """Return the unlabelled rows that are sums, if a grand total agrees only without them.

    Columns that do not add up, because of an error or because they are no sums, are ignored; those decide in which all
    rows add up to a multiple of the total.
    """
    for at in islice((n for n, item in enumerate(items) if item.rank == 2), _GRAND):
        details = [n for n, item in enumerate(items) if item.kind == "detail"]
        checks = sums.compare(items[at], [items[n] for n in details])
        if len(details) < 3 or agree(checks):
            return {}, []
        several = [{check.column for check in checks if _holds_times(check, times)} for times in _LEVELS]
        ways = [(_whole_parents, set(sums.columns))]
        finds = (_groups, _parents, _parents_below, _nested)
        ways += [(find, columns) for columns in (set(sums.columns), *several) for find in finds]
        for find, columns in ways:
            if columns and (text := find(items, at, details, _ColumnSums(sums, columns))):
                return text, list(_say(items, at, text, sums))
    return {}, []


def _holds_times(check: Check, times: int) -> bool:
    """Return whether all rows add up to a multiple of the total, as when each figure is repeated on several levels."""
    if not check.written or check.added is None:
        return False
    return abs(check.added - times * check.written) <= _near(check.written, times)


class _ColumnSums:
    """The sums of some columns of a table."""

    def __init__(self, sums: Sums, columns: Collection[int]) -> None:
        self.sums = sums
        self.columns = columns

    def take(self, item: RankedRow) -> dict[int, float]:
        """Return an item's figures by column."""
        return self.sums.take(item, sorted(self.columns))

    def make_up(self, total: RankedRow, parts: list[RankedRow]) -> bool:
        """Return whether rows add up to another in all of the columns, at least one of them not zero."""
        checks = [check for check in self.sums.compare(total, parts) if check.column in self.columns]
        return any(check.written for check in checks) and all(check.agrees for check in checks)


def _say(items: list[RankedRow], at: int, implied: ImpliedTotals, sums: Sums) -> Iterator[str]:
    rows = "、".join(str(items[n].row.row) for n in implied)
    yield f"第 {rows} 行没有写“合计”“小计”，按数推断是其他各行之和，没有重复相加"
    leaves = [part.row.row for parts in implied.values() for part in parts]
    details = len([item for item in items if item.kind == "detail"]) - len(implied)
    if len(leaves) != details or len(set(leaves)) < details:
        return  # some rows are in no group or in several, so the groups need not add up to the total
    for check in sums.compare(items[at], [items[n] for n in implied]):
        if check.agrees is False and check.added is not None:
            text = f"第 {items[at].row.row} 行“{items[at].row.label}”写的是 {check.written:.12g}"
            yield f"第 {rows} 行{sums.name(check.column)}相加是 {check.added:.12g}，{text}，不符"


def _groups(items: list[RankedRow], at: int, details: list[int], sums: _ColumnSums) -> ImpliedTotals:
    """Return the shorter of two runs of rows that each add up to the total: the same figures, grouped."""
    for cut in _cuts(items, at, details, sums):
        first, second = details[:cut], details[cut:]
        if all(sums.make_up(items[at], [items[n] for n in run]) for run in (first, second)):
            groups, leaves = sorted((first, second), key=len)
            return _shared_out(items, groups, [items[leaf] for leaf in leaves], sums)
    return {}


def _cuts(items: list[RankedRow], at: int, details: list[int], sums: _ColumnSums) -> Iterator[int]:
    """Yield positions where the rows above and those below both come near to the total in its first column."""
    column, written = next(((c, number) for c, number in sums.take(items[at]).items() if number), (0, 0.0))
    so_far = list(accumulate(sums.take(items[n]).get(column, 0.0) for n in details)) if column else []
    near = _near(written, len(details))
    if so_far and abs(so_far[-1] - 2 * written) <= 2 * near:
        yield from islice((cut for cut in range(2, len(details) - 1) if abs(so_far[cut - 1] - written) <= near), _CUTS)


def _near(written: float, rows: int) -> float:
    """Return the largest difference at which a sum of rows still agrees with a written number."""
    return 0.05 * (rows + 2) + 2e-9 * (1 + abs(written))


def _shared_out(items: list[RankedRow], groups: list[int], leaves: list[RankedRow], sums: _ColumnSums) -> ImpliedTotals:
    """Return for each group the rows that add up to it in all columns; the rest belong to the last one."""
    every = _ColumnSums(sums.sums, sums.sums.columns)
    shares = {n: _selection(items[n], leaves, every) for n in groups}
    missing = [n for n in groups if not shares[n]]
    rest = [leaf for leaf in leaves if not any(leaf in parts for parts in shares.values())]
    for n in missing:
        last = len(missing) == 1 and sums.make_up(items[n], rest)
        shares[n] = rest if last else _selection(items[n], rest, sums)
    return shares


def _selection(group: RankedRow, leaves: list[RankedRow], sums: _ColumnSums) -> list[RankedRow]:
    """Return the rows that add up to a group, [] when no subset does or there are too many to try."""
    if len(leaves) > _FEW:
        return []
    column = next(iter(sums.take(group)), 0)
    written = sums.take(group).get(column, 0.0)
    for size in range(1, len(leaves)):
        for chosen in combinations(leaves, size):
            near = abs(sum(sums.take(leaf).get(column, 0.0) for leaf in chosen) - written) <= 0.01 * abs(written) + 1
            if near and sums.make_up(group, list(chosen)):
                return list(chosen)
    return []


def _whole_parents(items: list[RankedRow], at: int, details: list[int], sums: _ColumnSums) -> ImpliedTotals:
    """Return rows that are each the sum of the rows just below, if every row belongs to one of them."""
    parents = _parents(items, at, details, sums)
    return parents if len(details) == len(parents) + sum(map(len, parents.values())) else {}


def _parents(items: list[RankedRow], at: int, details: list[int], sums: _ColumnSums) -> ImpliedTotals:
    """Return the rows that are each the sum of the rows just below, if the total agrees without them."""
    implied: ImpliedTotals = {}
    position, tried = 0, 0
    while position < len(details) and tried < _MANY:
        end, agrees = _run_below(items, details, position, sums)
        tried += end - position
        if agrees:
            implied[details[position]] = [items[n] for n in details[position + 1 : end]]
        position = end if agrees else position + 1
    rest = [items[n] for n in details if n not in implied]
    return implied if implied and position == len(details) and sums.make_up(items[at], rest) else {}


def _parents_below(items: list[RankedRow], at: int, details: list[int], sums: _ColumnSums) -> ImpliedTotals:
    """Return the rows that are each the sum of the rows just above them, if without them the total agrees."""
    parents = _parents(items, at, details[::-1], sums)
    return {n: parts[::-1] for n, parts in sorted(parents.items())}


def _run_below(items: list[RankedRow], details: list[int], position: int, sums: _ColumnSums) -> tuple[int, bool]:
    """Return up to where the rows below one were summed, and whether they add up to it.

    Running sums are kept from row to row; only a sum near the written number is checked exactly. Once a sum exceeds it,
    the search stops, unless the column has negative numbers.
    """
    head = items[details[position]]
    written = {column: number for column, number in sums.take(head).items() if number}
    added = dict.fromkeys(written, 0.0)
    if not written:
        return position, False
    rising = [column for column in written if not sums.sums.has_negative(column)]
    last = len(details) if rising else min(len(details), position + _REACH)
    for end in range(position + 1, last):
        for column, number in sums.sums.take(items[details[end]], written).items():
            added[column] += number
        if end < position + 2:
            continue
        near = {c: abs(added[c] - number) <= _near(number, end - position) for c, number in written.items()}
        if all(near.values()) and sums.make_up(head, [items[n] for n in details[position + 1 : end + 1]]):
            return end + 1, True
        if any(added[column] > written[column] > 0 and not near[column] for column in rising):
            return end, False
    return last, False


def _nested(items: list[RankedRow], at: int, details: list[int], sums: _ColumnSums) -> ImpliedTotals:
    """Return the rows that are each the sum of rows below, over several levels.

    From the last row up, each row either takes the blocks just below it, or begins a block of its own.
    """
    implied: ImpliedTotals = {}
    # the head of each block and the rows without parts in it, the last first
    blocks: list[tuple[int, list[RankedRow]]] = []
    tried = 0
    for n in reversed(details):
        taken = _blocks_below(items[n], blocks, items, sums)
        tried += taken + 1
        leaves = [leaf for _, block in reversed(blocks[len(blocks) - taken :]) for leaf in block]
        if taken:
            implied[n] = leaves
            del blocks[-taken:]
        blocks.append((n, leaves or [items[n]]))
        if tried > _MANY:
            return {}
    several = any(len(parts) > 1 for parts in implied.values())  # two equal rows may be one row written twice
    rest = [items[n] for n in details if n not in implied]
    return dict(sorted(implied.items())) if several and sums.make_up(items[at], rest) else {}


def _blocks_below(
    head: RankedRow, blocks: list[tuple[int, list[RankedRow]]], items: list[RankedRow], sums: _ColumnSums
) -> int:
    """Return how many of the last blocks add up to a row, 0 if none do."""
    written = {column: number for column, number in sums.take(head).items() if number}
    added = dict.fromkeys(written, 0.0)
    rising = [column for column in written if not sums.sums.has_negative(column)]
    leaves: list[RankedRow] = []
    for count, (n, block) in enumerate(islice(reversed(blocks), _REACH if written else 0), 1):
        leaves += block
        for column, number in sums.sums.take(items[n], written).items():
            added[column] += number
        near = {c: abs(added[c] - number) <= _near(number, len(leaves)) for c, number in written.items()}
        if all(near.values()) and items[n].row.label != head.row.label and sums.make_up(head, leaves):
            return count
        if any(added[column] > written[column] > 0 and not near[column] for column in rising):
            return 0
    return 0
