"""An item split by the codes of one or two columns of its form: the parts add up to the whole."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import fsum
from typing import Any

from base.formats import PERCENT, balance_shares, round_half_up, say_exact, say_value
from base.periods import Span
from stats.catalogue.boards import MOST_SERIES, SplitPanel
from stats.catalogue.models import Column, Item
from stats.figures.elements.conditions import name_code
from stats.figures.elements.cover import Cover, cover_of, cover_of_rows
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, Source
from stats.figures.elements.lines import ItemTotal, counted_by, item_lines, say_time
from stats.figures.elements.order import by_value
from stats.readings.coverage_words import counts_rows
from stats.totals import declared, quarters_known
from stats.totals.coverage import due_of
from stats.totals.item_parts import AskedItem, read_asked
from stats.warehouse import run_query

_REST = "其余"
OWN_PART = "单位总数（没有分项）"  # stands for a code, which names itself
_TOLERANCE = 0.005  # sums of amounts to the cent may differ by floating-point error

Cells = dict[tuple[str, str], float]


def make_split(source: Source, panel: SplitPanel, view: Selection) -> Figure:
    """Return an item by the codes of the column `by`, the largest first; with `across` one series per code of that one.

    The marks add up to the item's reading or, if a kind is selected, to that kind's part of it.
    """
    item = source.catalogue.items[panel.item]
    form = source.catalogue.forms[item.form]
    by, across = form.column(panel.by), form.column(panel.across) if panel.across else None
    whole = _whole(source, item, view)
    cells = _read_cells(source, panel, view, view.span) if whole.now is not None else {}
    total = fsum(cells.values()) if view.kind or whole.now is None else whole.now
    series = _series(source, item, by, across, cells, total)
    indicator = counted_by(source, item)
    cover = _cover(source, item, whole, view)
    lines = item_lines(source, view, item, whole, source.kind_codes(item.form, view.kind) is not None)
    lines["coverage"] = cover.line(item.name)
    if whole.now is not None:
        lines["base"] += _say_sum(cells, total, source.catalogue.measures[item.measure].name)
        lines["base"] += _say_balance(source, by, cells, total)
    return Figure(
        code=panel.code,
        kind=panel.kind,
        title=_title(item, by, cells, whole, total, view, source, cover),
        question=panel.question,
        series=series,
        measure=source.catalogue.measures[item.measure].name,
        note=panel.note,
        indicator=indicator.code if indicator else "",
        item=item.code,
        **lines,
    )


def _whole(source: Source, item: Item, view: Selection) -> ItemTotal:
    """Return the total of the item, taken from the reading of the indicator that equals it, if there is one."""
    indicator = counted_by(source, item)
    if indicator:
        reading = source.readings(view, [indicator.code])[0]
        return ItemTotal(reading.numerator, reading.as_of, reading.reported, reading.expected)
    request = AskedItem(
        item=item.code, now=view.span, due=due_of(source.warehouse, source.catalogue, item, view.span, view.span)
    )
    part = read_asked(source.warehouse, [view.unit], [request])[view.unit][request]
    return ItemTotal(part.now, part.as_of if part.stock else None, part.reported, part.expected)


def _cover(source: Source, item: Item, whole: ItemTotal, view: Selection) -> Cover:
    """Return what the item rests on; where nobody filed its form that is asked of the span."""
    if whole.now is None and whole.as_of is None:
        return cover_of_rows(source, item.form, view, None)
    return cover_of(source, item.form, view, whole.reported, whole.expected, whole.as_of)


def data_of_part(source: Source, panel: SplitPanel, view: Selection, at: int, key: str) -> tuple[list[int], Span]:
    """Return the ids of the cells behind a mark, which the series at that place has for the code, and when they count.

    There are none where nobody filed the form.
    """
    item = source.catalogue.items[panel.item]
    counted = _quarters(source, item, view.span)
    rows = _read_rows(source, panel, view, counted, listed=True) if counted else []
    cells = {(row["by"], row["across"]): row["value"] for row in rows}
    across = source.catalogue.forms[item.form].column(panel.across) if panel.across else None
    codes = _across_codes(source, across, cells)[at][1] if across and cells else [""]
    own = [row for row in rows if row["by"] == key and row["across"] in codes]
    return [datum for row in own for datum in row["data"]], counted or view.span


def _read_cells(source: Source, panel: SplitPanel, view: Selection, span: Span) -> Cells:
    """Return the sum for each pair of codes; a blank code is "", and so is the second if only one column is used."""
    counted = _quarters(source, source.catalogue.items[panel.item], span)
    rows = _read_rows(source, panel, view, counted) if counted else []
    return {(row["by"], row["across"]): row["value"] for row in rows}


def _quarters(source: Source, item: Item, span: Span) -> Span | None:
    """Return the quarters of which the item is read: a stock of the last one; None if nobody filed its form."""
    known = quarters_known(source.warehouse, [declared(source.warehouse).items[item.code]], span)
    if not known:
        return None
    return Span(known[-1], known[-1]) if item.time == "last" else span


def _read_rows(
    source: Source, panel: SplitPanel, view: Selection, span: Span, listed: bool = False
) -> list[dict[str, Any]]:
    item = declared(source.warehouse).items[panel.item]
    kinds = source.kind_codes(item.form, view.kind)
    return run_query(
        source.warehouse,
        "item_parts.sql",
        item=item.id,
        unit=view.unit,
        first=span.first,
        last=span.last,
        by=panel.by,
        across=panel.across,
        kind_column=kinds[0] if kinds else "",
        kinds=list(kinds[1]) if kinds else [],
        listed=listed,
        own=OWN_PART,
    )


def _series(
    source: Source, item: Item, by: Column, across: Column | None, cells: Cells, total: float
) -> tuple[Series, ...]:
    measure = source.catalogue.measures[item.measure].name
    sums = _sums(cells)
    ordered = by_value(
        source,
        [Mark(label=name_code(source, by, code), value=value, text="", key=code) for code, value in sums.items()],
    )
    if across is None:
        shares = _shares(sums, total)
        marks = (
            Mark(
                label=mark.label,
                value=mark.value,
                text=say_value(mark.value, measure),
                key=mark.key,
                target=None,
                note=_say_share(shares, mark.key),
            )
            for mark in ordered
        )
        return (Series(name=item.name, measure=measure, marks=tuple(marks)),)
    return tuple(
        Series(name=name, measure=measure, marks=tuple(_stacked(mark, cells, codes, measure) for mark in ordered))
        for name, codes in _across_codes(source, across, cells)
    )


def _stacked(mark: Mark, cells: Cells, codes: Sequence[str], measure: str) -> Mark:
    parts = [cells[mark.key, code] for code in codes if (mark.key, code) in cells]
    value = fsum(parts) if parts else None
    return Mark(label=mark.label, value=value, text=say_value(value, measure), key=mark.key)


def _across_codes(source: Source, across: Column, cells: Cells) -> list[tuple[str, list[str]]]:
    """Return the series' names with their codes, the largest first; those beyond six are merged."""
    sums: dict[str, float] = {}
    for (_, code), value in cells.items():
        sums[code] = sums.get(code, 0.0) + value
    ordered = sorted(sums, key=lambda code: (-sums[code], code))
    kept = ordered if len(ordered) <= MOST_SERIES else ordered[: MOST_SERIES - 1]
    rest = ordered[len(kept) :]
    named = [(name_code(source, across, code), [code]) for code in kept]
    return [*named, (f"{_REST}{len(rest)}类", rest)] if rest else named


def _sums(cells: Cells) -> dict[str, float]:
    """Return the sum for each code of the first column, over all codes of the second."""
    return {
        code: fsum(cells[pair] for pair in cells if pair[0] == code) for code in sorted({code for code, _ in cells})
    }


def _shares(sums: Mapping[str, float], total: float) -> dict[str, Decimal]:
    """Return each part's share in percent, rounded so that they add up to 100 if the parts add up to the whole."""
    if not total:
        return {}
    if abs(fsum(sums.values()) - total) > _TOLERANCE or min(sums.values()) < 0:
        return {code: round_half_up(value / total * 100, 1) for code, value in sums.items()}
    return dict(zip(sums, balance_shares(list(sums.values())), strict=True))


def _say_share(shares: Mapping[str, Decimal], code: str) -> str:
    return f"{shares[code]}%" if code in shares else ""


def _say_balance(source: Source, by: Column, cells: Cells, total: float) -> str:
    """Return which shares took up the rounding difference; "" if none did."""
    sums = _sums(cells)
    moved = [
        f"{name_code(source, by, code)}{'多' if share > plain else '少'}计{abs(share - plain)}个百分点"
        for code, share in _shares(sums, total).items()
        if share != (plain := round_half_up(sums[code] / total * 100, 1))
    ]
    return f"；占比经舍位平衡，合计为100%：{'、'.join(moved)}" if moved else ""


def _say_sum(cells: Cells, total: float, measure: str) -> str:
    added = fsum(cells.values())
    if abs(added - total) > _TOLERANCE:
        return f"；△ 各部分相加为{say_exact(added, measure)}，合计为{say_exact(total, measure)}，两者不一致"
    return f"；各部分相加等于合计{say_exact(total, measure)}"


def _title(
    item: Item, by: Column, cells: Cells, whole: ItemTotal, total: float, view: Selection, source: Source, cover: Cover
) -> str:
    when = say_time(whole.as_of, view)
    measure = source.catalogue.measures[item.measure].name
    if whole.now is None:
        return f"{when}，{item.name}{cover.absence}"
    tells_cover = counts_rows(item, source.catalogue) and cover.words and not view.kind
    counted = f"{cover.words}{item.name}{say_value(total, measure)}"
    sums = _sums(cells)
    if not sums or not total:
        return f"{when}，{counted}"
    beginning, of = (f"{when}，{cover.among}", "") if tells_cover else (f"{when}，{counted}，", "其中")
    top = by_value(
        source,
        [Mark(label=name_code(source, by, code), value=value, text="", key=code) for code, value in sums.items()],
    )[0]
    share = say_value((top.value or 0.0) / total, PERCENT, 1)  # standing alone, it is not balanced
    return (
        f"{beginning}{of}{top.label}最多，{say_value(top.value, measure)}，占{share}"
        if len(sums) > 1
        else f"{beginning}都是{top.label}"
    )
