"""Derived rows: rows computed from others and never added to them; below a total also recognised by their values."""

from collections.abc import Iterator, Sequence

from etl.layout.table_rows import RankedRow
from etl.layout.text_kinds import is_change, is_rate
from etl.sums.column_totals import Sums


def set_apart(items: list[RankedRow], sums: Sums) -> list[str]:
    """Mark rows that are computed from others as derived, and return remarks.

    If no other details are left, such rows stay details: a list of rates is a table as well.
    """
    if not any(item.kind in ("detail", "subset") for item in items):
        for item in items:
            item.kind = "detail" if item.kind == "derived" else item.kind
        return []
    derived = list(_below_total(items, sums))
    for item in derived:
        item.kind = "derived"
    rows = "、".join(str(item.row.row) for item in derived)
    return [f"第 {rows} 行在合计之下，按名称或数推断是由上面各行算出来的，没有相加"] if derived else []


def _below_total(items: Sequence[RankedRow], sums: Sums) -> Iterator[RankedRow]:
    """Yield the rows below the last grand total that, by name or values, are no details."""
    at = max((n for n, item in enumerate(items) if item.kind == "total" and item.rank == 2), default=len(items))
    above = [item for item in items[:at] if item.kind == "detail"]
    for n, item in enumerate(items[at + 1 :], at + 1):
        if not above or item.kind not in ("detail", "derived"):
            continue
        named = is_rate(item.row.label) or is_change(item.row.label)
        reckoned = _is_mean(item, items[at], len(above), sums) or _is_rest(item, items[at], items[n - 1], sums)
        if item.kind == "detail" and (named or reckoned):
            yield item


def _is_mean(item: RankedRow, total: RankedRow, rows: int, sums: Sums) -> bool:
    """Return whether all figures of a row are a total divided by the number of rows above it."""
    whole, own = sums.take(total), sums.take(item)
    near = [
        abs(number - whole[column] / rows) <= 0.51 * 10.0 ** -sums.places(item.row.row, column)
        for column, number in own.items()
        if whole.get(column)
    ]
    return rows > 1 and len(near) > 0 and all(near) and any(own.values())


def _is_rest(item: RankedRow, total: RankedRow, before: RankedRow, sums: Sums) -> bool:
    """Return whether a row is the difference of a total and the derived row between: 比去年 below 合计, 上年同期."""
    if before.kind != "derived":
        return False
    whole, previous, own = sums.take(total), sums.take(before), sums.take(item)
    known = [column for column in own if column in whole and column in previous]
    return any(own[c] for c in known) and all(
        abs(whole[c] - previous[c] - own[c]) <= 1e-6 * (1 + abs(whole[c])) for c in known
    )
