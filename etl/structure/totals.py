"""Totals: which detail rows each total row covers, and whether it agrees with them; sums without a word for it."""

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import accumulate, combinations, islice

from etl.structure.rows import Item
from etl.structure.scope import Outline, Span, agree, pick
from etl.structure.sums import Sums
from etl.structure.table import Check, Total

_MANY = 50_000  # so many rows are added up in search of rows that are sums without a word for it
_GRAND = 5  # so many grand totals are tried for that
_CUTS = 50  # so many places are looked at exactly where one list may end and the same figures begin once more
_FEW = 14  # of so many rows or fewer, every selection is tried for a group without a name for its rows


def check_totals(items: list[Item], sums: Sums) -> tuple[list[Total], list[str]]:
    """Return the total rows with what they cover and remarks; rows found to be sums are turned into totals.

    `items` holds details and totals only, in the order of the sheet.
    """
    implied, remarks = _implied(items, sums)
    for at in implied:
        items[at].kind = "total"
    totals = []
    remarks += _drop_nameless(items, sums)
    for at, found in _covered(items, sums):
        item = items[at]
        covered = implied.get(at, found)
        total = Total(item.row, tuple(part.row.row for part in covered), sums.compare(item, covered))
        totals.append(total)
        remarks += _say(total, sums)
    return totals, remarks


def _covered(items: list[Item], sums: Sums) -> Iterator[tuple[int, list[Item]]]:
    """Yield each total's position and the details that it covers."""
    kept = [at for at, item in enumerate(items) if item.kind in ("detail", "total")]
    outline = Outline([(items[at].rank or 1) if items[at].kind == "total" else 0 for at in kept])
    whole = details_of(items)
    all_added = sums.add(whole)  # once, because a sheet may repeat its grand total on every page

    def covered(span: Span) -> list[Item]:
        return whole if span == (0, len(kept)) else details_of([items[at] for at in kept[slice(*span)]])

    def hold(at: int, span: Span) -> tuple[Check, ...]:
        parts = covered(span)
        return sums.hold(items[kept[at]], all_added if parts is whole else sums.add(parts))

    for at in outline.totals:
        span = pick(outline.spans(at), partial(hold, at))
        yield kept[at], covered(span) if span else []


def details_of(items: Iterable[Item]) -> list[Item]:
    """Return the detail rows among the rows."""
    return [item for item in items if item.kind == "detail"]


def _drop_nameless(items: list[Item], sums: Sums) -> list[str]:
    """Take rows without a name out of the details when a grand total agrees only without them."""
    nameless = [item for item in items if item.kind == "detail" and not item.row.label]
    named = [item for item in details_of(items) if item.row.label]
    grand = next((item for item in items if item.rank == 2), None)
    if not nameless or not named:
        return []
    rows = "、".join(str(item.row.row) for item in nameless[:10])
    if grand is None or agree(sums.compare(grand, details_of(items))):
        return [f"第 {rows} 行有数而没有名称，算作明细"]
    if not agree(sums.compare(grand, named)):
        return [f"第 {rows} 行有数而没有名称，算作明细"]
    for item in nameless:
        item.kind = "beside"
    return [f"第 {rows} 行有数而没有名称，除去后明细与合计相符，没有算作明细"]


def _implied(items: list[Item], sums: Sums) -> tuple[dict[int, list[Item]], list[str]]:
    """Return the rows that are sums though no word says so, when only without them a grand total agrees."""
    for at in islice((n for n, item in enumerate(items) if item.rank == 2), _GRAND):
        details = [n for n, item in enumerate(items) if item.kind == "detail"]
        if len(details) < 3 or agree(sums.compare(items[at], [items[n] for n in details])):
            return {}, []
        for find in (_groups, _parents):
            if found := find(items, at, details, sums):
                rows = "、".join(str(items[n].row.row) for n in found)
                return found, [f"第 {rows} 行没有写“合计”“小计”，按数推断是其他各行之和，没有重复相加"]
    return {}, []


def _groups(items: list[Item], at: int, details: list[int], sums: Sums) -> dict[int, list[Item]]:
    """Return the shorter of two runs of rows that each make up the total: the same figures grouped once more."""
    for cut in _cuts(items, at, details, sums):
        first, second = details[:cut], details[cut:]
        if all(_all_agree(sums.compare(items[at], [items[n] for n in run])) for run in (first, second)):
            groups, leaves = sorted((first, second), key=len)
            return {n: _selection(items[n], [items[leaf] for leaf in leaves], sums) for n in groups}
    return {}


def _cuts(items: list[Item], at: int, details: list[int], sums: Sums) -> Iterator[int]:
    """Yield where the rows above come near to the total, seen by its first column with a figure; the rest as well."""
    column, written = next(((c, number) for c, number in sums.take(items[at]).items() if number), (0, 0.0))
    so_far = list(accumulate(sums.take(items[n], [column]).get(column, 0.0) for n in details)) if column else []
    near = _near(written, len(details))
    if so_far and abs(so_far[-1] - 2 * written) <= 2 * near:
        yield from islice((cut for cut in range(2, len(details) - 1) if abs(so_far[cut - 1] - written) <= near), _CUTS)


def _near(written: float, rows: int) -> float:
    """Return how far a sum of rows may at most lie from what is written and still agree with it."""
    return 0.05 * (rows + 2) + 2e-9 * (1 + abs(written))


def _all_agree(checks: tuple[Check, ...]) -> bool:
    return any(check.written for check in checks) and all(check.agrees for check in checks)


def _selection(group: Item, leaves: list[Item], sums: Sums) -> list[Item]:
    """Return the rows that make up a group, [] when no selection does or there are too many to try."""
    if len(leaves) > _FEW:
        return []
    column = next(iter(sums.take(group)), 0)
    written = sums.take(group).get(column, 0.0)
    for size in range(1, len(leaves)):
        for chosen in combinations(leaves, size):
            near = abs(sum(sums.take(leaf).get(column, 0.0) for leaf in chosen) - written) <= 0.01 * abs(written) + 1
            if near and _all_agree(sums.compare(group, chosen)):
                return list(chosen)
    return []


def _parents(items: list[Item], at: int, details: list[int], sums: Sums) -> dict[int, list[Item]]:
    """Return the rows that are each the sum of the rows just below them, if without them the total agrees."""
    found: dict[int, list[Item]] = {}
    position, tried = 0, 0
    while position < len(details) and tried < _MANY:
        end, agrees = _run_below(items, details, position, sums)
        tried += end - position
        if agrees:
            found[details[position]] = [items[n] for n in details[position + 1 : end]]
        position = end if agrees else position + 1
    rest = [items[n] for n in details if n not in found]
    return found if found and position == len(details) and agree(sums.compare(items[at], rest)) else {}


def _run_below(items: list[Item], details: list[int], position: int, sums: Sums) -> tuple[int, bool]:
    """Return up to where the rows below one were added up, and whether so far they make it up.

    The sums are taken along from row to row; only where one comes near to what is written is it looked at exactly.
    """
    head = items[details[position]]
    written = {column: number for column, number in sums.take(head).items() if number}
    added = dict.fromkeys(written, 0.0)
    if not written:
        return position, False
    for end in range(position + 1, len(details)):
        for column, number in sums.take(items[details[end]], written).items():
            added[column] += number
        if end < position + 2:
            continue
        if any(abs(added[column] - number) <= _near(number, end - position) for column, number in written.items()):
            checks = sums.compare(head, [items[n] for n in details[position + 1 : end + 1]])
            if _all_agree(checks):
                return end + 1, True
            if any(check.added is not None and check.added > check.written > 0 for check in checks):
                return end, False
        elif any(added[column] > number > 0 for column, number in written.items()):
            return end, False
    return len(details), False


def _say(total: Total, sums: Sums) -> list[str]:
    """Return a remark for each column of a total that differs, and one when nothing could be compared."""
    row = f"第 {total.row.row} 行“{total.row.label}”"
    said = [
        f"{row}{sums.name(check.column)}写的是 {check.written:.12g}，明细合计 {check.added:.12g}，不符"
        for check in total.checks
        if check.agrees is False and check.added is not None
    ]
    open_ones = [sums.name(check.column) for check in total.checks if check.agrees is None]
    if not total.checks:
        said.append(f"{row}没有填数，无法核对")
    elif open_ones and not said:
        said.append(f"{row}有 {len(open_ones)} 栏因明细缺数，无法核对：{'、'.join(open_ones[:3])}")
    return said
