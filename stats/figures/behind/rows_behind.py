"""The rows behind marks that count or measure rows of a form."""

from collections.abc import Sequence

from stats.catalogue.boards import AgeingPanel, FunnelPanel, ResponsePanel
from stats.figures.ageing import rows_of_band
from stats.figures.behind.behind_model import Asked, Behind, cells_of_rows
from stats.figures.elements.figure_model import SeriesRole, Source
from stats.figures.funnel import read_stages
from stats.figures.having.area_items import ItemsPanel, items_of, rows_of_item
from stats.figures.response import read_responses

# The rows behind each series, by the column of the query that counts them.
_OF_STAGE = {
    SeriesRole.VALUE: "reached",
    SeriesRole.DAYS: "timed",
    SeriesRole.WAITING: "waiting",
    SeriesRole.SKIPPED: "skipped",
}
_OF_GROUP = {
    SeriesRole.VALUE: "done",
    SeriesRole.DAYS: "done",
    SeriesRole.TAIL: "done",
    SeriesRole.SHARE: "due",
    SeriesRole.WAITING: "open",
    SeriesRole.OVERDUE: "overdue",
    SeriesRole.LONGEST: "open",
}
_COUNTED = (SeriesRole.VALUE, SeriesRole.WAITING, SeriesRole.SKIPPED, SeriesRole.OVERDUE)
_ROWS = "条"


def behind_band(source: Source, panel: AgeingPanel, asked: Asked) -> Behind:
    """Return the rows that lie in a band of time."""
    records = rows_of_band(source, panel, asked.view, asked.at, asked.mark.key)
    cells, without = cells_of_rows(source, panel.form, records, panel.total or "")
    return Behind(cells, asked.series.measure, asked.mark.value, without)


def behind_stage(source: Source, panel: FunnelPanel, asked: Asked) -> Behind:
    """Return the rows that reached a stage, wait for it, or skipped it."""
    stages = read_stages(source, panel, asked.view, _OF_STAGE[asked.series.role])
    return _behind(
        source, panel.form, [stage.records or () for stage in stages if stage.stage == asked.mark.key], asked
    )


def behind_group(source: Source, panel: ResponsePanel, asked: Asked) -> Behind:
    """Return the rows of a group that were done, became due, or are open."""
    groups = read_responses(source, panel, asked.view, _OF_GROUP[asked.series.role])
    return _behind(source, panel.form, [group.records or () for group in groups if group.code == asked.mark.key], asked)


def behind_item(source: Source, panel: ItemsPanel, asked: Asked) -> Behind | None:
    """Return the rows by which an item is met in an area; None for the number of an area's items."""
    if panel.kind == "matrix":
        area, item = asked.series.key, asked.mark.key
    else:
        codes = {name: code for code, name in items_of(source, panel).items()}
        area, item = asked.mark.key, codes.get(asked.series.name, "")
    if not item:
        return None
    cells, without = cells_of_rows(source, panel.form, rows_of_item(source, panel, asked.view, area, item))
    return Behind(cells, source.catalogue.measures[panel.measure].name, without=without)


def _behind(source: Source, form: str, listed: Sequence[Sequence[int]], asked: Asked) -> Behind:
    cells, without = cells_of_rows(source, form, [record for records in listed for record in records])
    if asked.series.role in _COUNTED:
        return Behind(cells, asked.series.measure, asked.mark.value, without)
    return Behind(cells, _ROWS, without=without)
