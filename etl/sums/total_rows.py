"""Total rows: which detail rows each total row covers, and whether it agrees with them; unlabelled sums."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from etl.labels.total_labels import total_rank
from etl.layout.table import Check, TotalRow
from etl.layout.table_rows import RankedRow
from etl.sums.column_totals import Sums
from etl.sums.implied import find_implied
from etl.sums.rate_columns import find_rates
from etl.sums.scope import RankedRows, Span, agree, pick


def check_totals(
    items: list[RankedRow], sums: Sums, numbered: Mapping[int, list[RankedRow]]
) -> tuple[list[TotalRow], set[int], list[str]]:
    """Return the total rows with what they cover, columns recognised as rates, and remarks.

    `items` holds details and totals only, in the order of the sheet. Rows recognised as sums are turned into totals.
    """
    implied, remarks = find_implied(items, sums)
    for at in implied:
        items[at].kind = "total"
    remarks += _drop_nameless(items, sums)
    known = implied | {at: numbered[item.row.row] for at, item in enumerate(items) if item.row.row in numbered}
    totals = [_total(items[at], known.get(at, covered), sums) for at, covered in _covered(items, sums)]
    if numbered:
        remarks.append(f"第 {'、'.join(map(str, numbered))} 行按编号和数推断是下面各行之和，没有重复相加")
    remarks += _outside(items, totals)
    rates = find_rates(totals, sums)
    for total in totals:
        total.checks = tuple(check for check in total.checks if check.column not in rates)
        remarks += _say(total, sums)
    if rates:
        named = "、".join(map(sums.name, sorted(rates)))
        remarks.append(f"{named}的合计不是各行之和，像是比率或平均数，没有核对相加")
    return totals, rates, remarks


def _outside(items: Sequence[RankedRow], totals: Sequence[TotalRow]) -> list[str]:
    """Return a remark on the details that no total covers, if there is a grand total."""
    covered = {row for total in totals for row in total.covers}
    if not covered or not any(item.kind == "total" and item.rank == 2 for item in items):
        return []
    outside = [str(item.row.row) for item in details_of(items) if item.row.row not in covered]
    return [f"第 {'、'.join(outside[:10])} 行不在合计所含的各行之内，算作明细"] if outside else []


def _total(item: RankedRow, covered: list[RankedRow], sums: Sums) -> TotalRow:
    unread = tuple(cell for cell in sums.worded(item) if not total_rank(cell.raw))
    return TotalRow(item.row, tuple(part.row.row for part in covered), sums.compare(item, covered), unread)


def _covered(items: list[RankedRow], sums: Sums) -> Iterator[tuple[int, list[RankedRow]]]:
    """Yield each total's position and the details that it covers."""
    kept = [at for at, item in enumerate(items) if item.kind in ("detail", "total")]
    outline = RankedRows([(items[at].rank or 1) if items[at].kind == "total" else 0 for at in kept])
    whole = details_of(items)
    all_added = sums.add(whole)  # once, because a sheet may repeat its grand total on every page

    def covered(span: Span) -> list[RankedRow]:
        return whole if span == (0, len(kept)) else details_of([items[at] for at in kept[slice(*span)]])

    def hold(at: int, span: Span) -> tuple[Check, ...]:
        parts = covered(span)
        return sums.hold(items[kept[at]], all_added if parts is whole else sums.add(parts))

    for at in outline.totals:
        span = pick(outline.spans(at), partial(hold, at))
        yield kept[at], covered(span) if span else []


def details_of(items: Iterable[RankedRow]) -> list[RankedRow]:
    """Return the detail rows among the rows."""
    return [item for item in items if item.kind == "detail"]


def _drop_nameless(items: list[RankedRow], sums: Sums) -> list[str]:
    """Remove rows without a name from the details if a grand total agrees only without them."""
    nameless = [item for item in items if item.kind == "detail" and not item.row.label]
    named = [item for item in details_of(items) if item.row.label]
    grand = next((item for item in items if item.rank == 2), None)
    if not nameless or not named:
        return []
    rows = "、".join(str(item.row.row) for item in nameless[:10])
    if grand is None and len(nameless) == 1 and agree(sums.compare(nameless[0], named)):
        nameless[0].kind, nameless[0].rank = "total", 2
        return [f"第 {rows} 行没有名称，是其他各行之和，当作合计"]
    if grand is None or agree(sums.compare(grand, details_of(items))):
        return [f"第 {rows} 行有数而没有名称，算作明细"]
    if not agree(sums.compare(grand, named)):
        return [f"第 {rows} 行有数而没有名称，算作明细"]
    for item in nameless:
        item.kind = "beside"
    return [f"第 {rows} 行有数而没有名称，除去后明细与合计相符，没有算作明细"]


def _say(total: TotalRow, sums: Sums) -> list[str]:
    """Return a remark for each column of a total that differs, and one when nothing could be compared."""
    row = f"第 {total.row.row} 行“{total.row.label}”"
    texts = [
        f"{row}{sums.name(check.column)}写的是 {check.written:.12g}，明细合计 {check.added:.12g}，不符"
        for check in total.checks
        if check.agrees is False and check.added is not None
    ]
    texts += [f"{row}的 {cell.address}“{cell.raw.strip()[:20]}”不是数，无法核对" for cell in total.unread]
    open_ones = [sums.name(check.column) for check in total.checks if check.agrees is None]
    if not total.checks and not total.unread and not sums.only_rates:
        texts.append(f"{row}没有填数，无法核对")
    elif open_ones and not texts:
        texts.append(f"{row}有 {len(open_ones)} 栏因明细缺数，无法核对：{'、'.join(open_ones[:3])}")
    return texts
