"""Subsets: 其中 rows, and the rows that together with them add up to the row above."""

from collections.abc import Sequence

from etl.layout.table import Subset
from etl.layout.table_rows import RankedRow
from etl.sums.column_totals import Sums
from etl.sums.scope import agree

_REACH = 15  # 其中 rows below one row that are tried


def find_subsets(items: list[RankedRow], sums: Sums) -> tuple[list[Subset], set[int], list[str]]:
    """Return the 其中 rows with those that continue them, their positions among the items, and remarks.

    They are processed from the last to the first, so that nested parts are known before the rows around them.
    """
    claimed: dict[int, Subset] = {}
    remarks: list[str] = []
    for at in reversed([at for at, item in enumerate(items) if item.kind == "subset"]):
        parents = _parents(items, at)
        closed = next((subset for p in parents if (subset := _close(items, at, p, claimed, sums))), None)
        if closed is None:
            of = items[parents[-1]].row.row if parents else None
            claimed[at] = Subset(items[at].row, of, False)
            remarks += _too_large(items, at, parents, sums)
            continue
        parent, members = closed
        if items[parent].kind == "total" and any(items[m].kind != "subset" for m in members):
            if agree(sums.compare(items[parent], [item for item in items if item.kind == "detail"])):
                claimed[at] = Subset(items[at].row, items[parent].row.row, False)
            else:
                remarks += _free(items, members)
            continue
        claimed.update({m: Subset(items[m].row, items[parent].row.row, True) for m in members})
        remarks += _say(items, parent, members, sums)
    return [claimed[at] for at in sorted(claimed)], set(claimed), list(reversed(remarks))


def _parents(items: Sequence[RankedRow], at: int) -> list[int]:
    """Return the rows that a 其中 row may belong to: those above, up to the first that is not a 其中 row."""
    parents = []
    for above in range(at - 1, -1, -1):
        if items[above].kind not in ("detail", "total", "subset"):
            break
        parents.append(above)
        if items[above].kind != "subset":
            break
    return parents


def _close(
    items: list[RankedRow], at: int, parent: int, claimed: dict[int, Subset], sums: Sums
) -> tuple[int, list[int]] | None:
    """Return parent and members if the row and those below add up to the parent in at least half of the columns."""
    members: list[int] = []
    for here in range(at, min(at + _REACH, len(items))):
        if here in claimed:
            continue
        if items[here].kind not in ("detail", "subset"):
            return None
        members.append(here)
        checks = sums.compare(items[parent], [items[m] for m in members])
        agreed = [check for check in checks if check.agrees and check.written > 0]
        if agreed and 2 * len(agreed) >= len(checks):
            return parent, members
        if 2 * sum(check.added is not None and check.added > check.written for check in checks) > len(checks):
            return None
    return None


def _free(items: list[RankedRow], members: list[int]) -> list[str]:
    """Turn marked rows into details if, with unmarked ones, they are all that a total covers."""
    marked = [m for m in members if items[m].kind == "subset"]
    for m in marked:
        items[m].kind = "detail"
    return [f"第 {_rows([items[m].row.row for m in marked])} 行写了“其中”或“#”，按数推断是合计下的一行，算作明细"]


def _say(items: list[RankedRow], parent: int, members: list[int], sums: Sums) -> list[str]:
    remarks = []
    unmarked = [items[m].row.row for m in members if items[m].kind != "subset"]
    of = items[parent].row.row
    if unmarked:
        remarks.append(f"第 {_rows(unmarked)} 行没有写“其中”，按数推断是第 {of} 行的组成部分，没有另算")
    for check in sums.compare(items[parent], [items[m] for m in members]):
        if check.agrees is False and check.added is not None:
            compared = f"写的是 {check.written:.12g}，各组成部分合计 {check.added:.12g}，不符"
            remarks.append(f"第 {of} 行{sums.name(check.column)}{compared}")
    return remarks


def _too_large(items: list[RankedRow], at: int, parents: list[int], sums: Sums) -> list[str]:
    if not parents:
        return [f"第 {items[at].row.row} 行写了“其中”，上面没有它所属的行"]
    larger = [
        check
        for check in sums.compare(items[parents[-1]], [items[at]])
        if check.added is not None and check.added > check.written and not sums.has_negative(check.column)
    ]
    where = "、".join(sums.name(check.column) for check in larger)
    return (
        [f"第 {items[at].row.row} 行的其中数大于第 {items[parents[-1]].row.row} 行的总数（{where}）"] if larger else []
    )


def _rows(numbers: list[int]) -> str:
    return "、".join(str(number) for number in numbers)
