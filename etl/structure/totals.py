"""Totals: which detail rows each total row covers, and whether it agrees with them; sums without a word for it."""

from collections.abc import Iterator, Sequence
from itertools import combinations

from etl.structure.rows import Item
from etl.structure.sums import Sums
from etl.structure.table import Check, Total

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
    for at, item in enumerate(items):
        if item.kind != "total":
            continue
        covered = implied[at] if at in implied else _covered(items, at, sums)
        total = Total(item.row, tuple(part.row.row for part in covered), sums.compare(item, covered))
        totals.append(total)
        remarks += _say(total, sums)
    return totals, remarks


def _drop_nameless(items: list[Item], sums: Sums) -> list[str]:
    """Take rows without a name out of the details when a grand total agrees only without them."""
    nameless = [item for item in items if item.kind == "detail" and not item.row.label]
    named = [item for item in _details(items) if item.row.label]
    grand = next((item for item in items if item.rank == 2), None)
    if not nameless or not named:
        return []
    rows = "、".join(str(item.row.row) for item in nameless[:10])
    if grand is None or _agree(sums.compare(grand, _details(items))):
        return [f"第 {rows} 行有数而没有名称，算作明细"]
    if not _agree(sums.compare(grand, named)):
        return [f"第 {rows} 行有数而没有名称，算作明细"]
    for item in nameless:
        item.kind = "beside"
    return [f"第 {rows} 行有数而没有名称，除去后明细与合计相符，没有算作明细"]


def _details(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if item.kind == "detail"]


def _agree(checks: tuple[Check, ...]) -> bool:
    told = [check.agrees for check in checks]
    return bool(told) and False not in told and True in told


def _covered(items: list[Item], at: int, sums: Sums) -> list[Item]:
    """Return the details that a total covers: the first likely choice that agrees, else the likeliest."""
    choices = [choice for choice in _choices(items, at) if choice]
    agreeing = (choice for choice in choices if _agree(sums.compare(items[at], choice)))
    return next(agreeing, choices[0] if choices else [])


def _choices(items: list[Item], at: int) -> Iterator[list[Item]]:
    rank = items[at].rank
    bounds = [n for n, item in enumerate(items) if item.kind == "total" and item.rank >= rank and n != at]
    before = max((n for n in bounds if n < at), default=-1)
    after = min((n for n in bounds if n > at), default=len(items))
    above, below = _details(items[before + 1 : at]), _details(items[at + 1 : after])
    others = [n for n, item in enumerate(items) if item.kind == "total" and n != at]
    near = max((n for n in others if n < at), default=-1)
    next_one = min((n for n in others if n > at), default=len(items))
    if rank == 2:
        yield _details(items)
        yield above
        yield below
    yield _details(items[near + 1 : at])
    yield _details(items[at + 1 : next_one])
    if rank != 2:
        yield above
        yield below


def _implied(items: list[Item], sums: Sums) -> tuple[dict[int, list[Item]], list[str]]:
    """Return the rows that are sums though no word says so, when only without them a grand total agrees."""
    for at in (n for n, item in enumerate(items) if item.rank == 2):
        details = [n for n, item in enumerate(items) if item.kind == "detail"]
        if len(details) < 3 or _agree(sums.compare(items[at], [items[n] for n in details])):
            return {}, []
        for found in (_groups(items, at, details, sums), _parents(items, at, details, sums)):
            if found:
                rows = "、".join(str(items[n].row.row) for n in found)
                return found, [f"第 {rows} 行没有写“合计”“小计”，按数推断是其他各行之和，没有重复相加"]
    return {}, []


def _groups(items: list[Item], at: int, details: list[int], sums: Sums) -> dict[int, list[Item]]:
    """Return the shorter of two runs of rows that each make up the total: the same figures grouped once more."""
    for cut in range(2, len(details) - 1):
        first, second = details[:cut], details[cut:]
        if all(_all_agree(sums.compare(items[at], [items[n] for n in run])) for run in (first, second)):
            groups, leaves = sorted((first, second), key=len)
            return {n: _selection(items[n], [items[leaf] for leaf in leaves], sums) for n in groups}
    return {}


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
    position = 0
    while position < len(details):
        run = _run_below(items, details, position, sums)
        if run:
            found[details[position]] = [items[n] for n in run]
        position += 1 + len(run)
    rest = [items[n] for n in details if n not in found]
    return found if found and _agree(sums.compare(items[at], rest)) else {}


def _run_below(items: list[Item], details: list[int], position: int, sums: Sums) -> list[int]:
    head = items[details[position]]
    for end in range(position + 3, len(details) + 1):
        run = details[position + 1 : end]
        checks = sums.compare(head, [items[n] for n in run])
        if _all_agree(checks) and any(check.written for check in checks):
            return run
        if any(check.added is not None and check.added > check.written > 0 for check in checks):
            break
    return []


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
