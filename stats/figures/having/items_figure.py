"""Items by areas and areas by items: a matrix with what is missing most first, and a ladder with the most first."""

from collections.abc import Sequence
from dataclasses import replace

from base.formats import MISSING, PERCENT
from stats.catalogue.boards import LadderPanel, MatrixPanel
from stats.figures.elements.cover import Cover, cover_of_rows
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, Source
from stats.figures.having.area_items import AreaItems, ItemShare, ItemsPanel, ItemTable, read_items
from stats.figures.having.item_words import (
    UNREGISTERED,
    by_lack,
    items_lines,
    measure_of,
    say_complete,
    say_count,
    say_lacking,
    say_level,
    say_nothing,
    say_share,
)

_LEVEL = "有的项数"
_ITEMS = "项"


def make_matrix(source: Source, panel: MatrixPanel, view: Selection) -> Figure:
    """Return each item's share as marks: the first series the whole, then one an area; what is missing most first."""
    table, cover = _read(source, panel, view)
    measure = measure_of(source, panel)
    order = by_lack(table.whole.items)
    areas = sorted(table.areas, key=lambda area: -area.lacking)
    columns = [table.whole, *([] if len(areas) == 1 and areas[0].code == view.unit else areas)]
    series = tuple(_column(table, area, order, measure) for area in columns)
    return _figure(source, panel, view, table, cover, series)


def make_ladder(source: Source, panel: LadderPanel, view: Selection) -> Figure:
    """Return how many items each area has as the first series, the most first, then one series an item."""
    table, cover = _read(source, panel, view)
    measure = measure_of(source, panel)
    areas = sorted(table.areas, key=lambda area: (not area.complete.counted, -_level(area)))
    level = Series(name=_LEVEL, measure=_ITEMS, marks=tuple(_step(area, table) for area in areas))
    items = (
        Series(
            name=table.names[code],
            measure=PERCENT,
            marks=tuple(_mark(area.name, area.code, area.items.get(code, ItemShare()), measure) for area in areas),
        )
        for code in by_lack(table.whole.items)
    )
    return _figure(source, panel, view, table, cover, (level, *items))


def _read(source: Source, panel: ItemsPanel, view: Selection) -> tuple[ItemTable, Cover]:
    table = read_items(source, panel, view)
    cover = cover_of_rows(source, panel.form, view, table.as_of)
    return (replace(table, as_of=None) if cover.nobody else table), cover


def _figure(
    source: Source, panel: ItemsPanel, view: Selection, table: ItemTable, cover: Cover, series: tuple[Series, ...]
) -> Figure:
    known = table.as_of is not None and table.whole.complete.counted > 0
    return Figure(
        code=panel.code,
        kind=panel.kind,
        title=_title(source, panel, table, cover) if known else say_nothing(panel, view, table, cover),
        question=panel.question,
        series=series if known else (),
        measure=series[0].measure,
        note=panel.note,
        indicator=panel.indicator or "",
        **items_lines(source, panel, view, table, cover),
    )


def _title(source: Source, panel: ItemsPanel, table: ItemTable, cover: Cover) -> str:
    measure = measure_of(source, panel)
    parts = [say_complete(panel, table, cover, measure), say_lacking(table, measure)]
    unregistered = [area.name for area in table.areas if not area.complete.counted]
    if unregistered:
        parts.append(f"{unregistered[0] if len(unregistered) == 1 else f'{len(unregistered)}个单位'}{UNREGISTERED}")
    if panel.kind == "ladder" and not table.single:
        parts.append(_say_ends(table.areas))
    return "；".join(part for part in parts if part)


def _say_ends(areas: Sequence[AreaItems]) -> str:
    """Return who has the fewest items, "" where all are alike."""
    counted = [area for area in areas if area.complete.counted]
    least = min(_level(area) for area in counted)
    last = [area for area in counted if _level(area) == least]
    if len(last) == len(counted):
        return ""
    named = last[0].name if len(last) == 1 else f"{last[0].name}等{len(last)}个单位"
    return f"有得最少的是{named}（{say_level(last[0])}）"


def _column(table: ItemTable, area: AreaItems, order: Sequence[str], measure: str) -> Series:
    marks = (_mark(table.names[code], code, area.items.get(code, ItemShare()), measure) for code in order)
    return Series(name=area.name, measure=PERCENT, marks=tuple(marks), key=area.code)


def _mark(label: str, key: str, share: ItemShare, measure: str) -> Mark:
    if not share.counted:
        return Mark(label=label, value=None, text=MISSING, key=key, absent=UNREGISTERED)
    return Mark(label=label, value=share.value, text=say_share(share), key=key, note=say_count(share, measure))


def _level(area: AreaItems) -> float:
    return area.met / area.complete.counted if area.complete.counted else 0.0


def _step(area: AreaItems, table: ItemTable) -> Mark:
    if not area.complete.counted:
        return Mark(label=area.name, value=None, text=MISSING, key=area.code, absent=UNREGISTERED)
    note = f"共{len(table.names)}项" if area.complete.counted == 1 else f"平均每个有这么多，共{len(table.names)}项"
    return Mark(label=area.name, value=_level(area), text=say_level(area), key=area.code, note=note)
