"""Native charts in a workbook: each draws the numbers beside it, so that it follows their edits."""

from typing import Any

from base.formats import MISSING
from stats.exports.charts.chart_model import Chart, ChartSeries, live_format, number_format
from stats.exports.charts.openxml import gap_of
from stats.exports.style.house_style import COLOURS
from stats.exports.workbook.sheet import Number, WorkbookDraft

_NAMES, _AS_PRINTED = "项目", "文中写法"
_PATTERNS = ("", "light_upward_diagonal", "percent_20", "wide_downward_diagonal", "small_grid", "wide_upward_diagonal")
_ENDS = {True: "inside_base", False: "outside_end"}  # outside, a label would lie on a target's frame
_ROW = 20  # pixels
_LEAST_ROWS = 15
_WIDE = 640  # pixels
_FONT = {"name": "宋体", "size": 9}


def add_chart(book: WorkbookDraft, sheet: Any, chart: Chart, top: int) -> int:
    """Write a chart's numbers from the row `top` on, draw it beside them, and return the first free row."""
    labelled = [series for series in chart.series if series.role in ("value", "end") and any(series.texts)]
    lone = len(labelled) == 1
    heads = [series.name for series in chart.series]
    heads += [_AS_PRINTED if lone else f"{series.name}（{_AS_PRINTED}）" for series in labelled]
    book.write_row(sheet, top, [chart.heading or _NAMES, *heads], "head")
    code = number_format(chart.measure, [text for series in labelled for text in series.texts])
    for at, name in enumerate(chart.categories):
        numbers = [Number(series.values[at], code) for series in chart.series]
        texts = [series.texts[at] or MISSING for series in labelled]
        book.write_row(sheet, top + 1 + at, [name, *numbers, *texts], "short")
    rows = len(chart.drawn().categories)
    height = max(_LEAST_ROWS, rows + 3)
    drawn = _draw(book, sheet.get_name(), chart, top, rows)
    drawn.set_size({"width": _WIDE, "height": height * _ROW})
    right = 1 + len(heads) + 1
    sheet.insert_chart(top, right, drawn, {"description": chart.described()})
    return top + 1 + max(len(chart.categories) + 1, height)


def _draw(book: WorkbookDraft, sheet: str, chart: Chart, top: int, rows: int) -> Any:
    options = {"type": chart.shape} | ({"subtype": "stacked"} if chart.stacked else {})
    drawn = book.book.add_chart(options)
    values = [series for series in chart.series if series.role == "value"]
    for at, series in enumerate(chart.series, start=1):
        number = values.index(series) if series in values else 0
        span = [sheet, top + 1, at, top + rows, at]
        drawn.add_series(
            {
                "name": [sheet, top, at],
                "categories": [sheet, top + 1, 0, top + rows, 0],
                "values": span,
                **_look(series, chart, number),
                **(_hollow(chart, COLOURS.series[number % len(COLOURS.series)]) if series.role == "value" else {}),
                **_labels(series, chart),
            }
        )
    drawn.set_title({"name": [sheet, top, 0], "name_font": _FONT | {"bold": True}} if chart.heading else {"none": True})
    drawn.set_legend({"position": "bottom", "font": _FONT} if chart.has_legend else {"none": True})
    along, upright = _names_axis(chart), _numbers_axis(chart)
    drawn.set_x_axis(upright if chart.shape == "bar" else along)
    drawn.set_y_axis(along if chart.shape == "bar" else upright)
    drawn.set_chartarea({"border": {"none": True}})
    drawn.show_blanks_as("gap")
    return drawn


def _names_axis(chart: Chart) -> dict[str, Any]:
    axis = {"num_font": _FONT, "major_tick_mark": "none", "label_position": "low", "interval_unit": chart.skip}
    return axis | ({"reverse": True, "crossing": "max"} if chart.shape == "bar" else {})


def _numbers_axis(chart: Chart) -> dict[str, Any]:
    axis = chart.axis
    grid = {"visible": True, "line": {"color": COLOURS.edge, "width": 0.75}}
    scale = {"min": axis.low, "max": axis.high, "major_unit": axis.step, "num_format": axis.number_format}
    return scale | {"num_font": _FONT, "major_gridlines": grid, "major_tick_mark": "none"}


def _look(series: ChartSeries, chart: Chart, number: int) -> dict[str, Any]:
    colour = COLOURS.series[number % len(COLOURS.series)]
    if chart.shape == "line":
        return _line(series, colour)
    look: dict[str, Any] = {"gap": gap_of(chart), "overlap": 100 if chart.stacked or chart.framed else 0}
    if series.role in ("target", "lift"):
        border = {"color": COLOURS.ink, "width": 1.25} if series.role == "target" else {"none": True}
        return look | {"fill": {"none": True}, "border": border}
    pattern = _PATTERNS[number % len(_PATTERNS)] if chart.stacked and series.role == "value" else ""
    if pattern:
        return look | {"pattern": {"pattern": pattern, "fg_color": COLOURS.ground, "bg_color": colour}}
    return look | {"fill": {"color": COLOURS.ink if series.role == "end" else colour}}


def _line(series: ChartSeries, colour: str) -> dict[str, Any]:
    if series.role == "target":
        line = {"color": COLOURS.grey, "width": 1.5, "dash_type": "dash"}
        return {"line": line, "marker": {"type": "none"}}
    mark = {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}}
    return {"line": {"color": colour, "width": 2.25}, "marker": mark}


def _hollow(chart: Chart, colour: str) -> dict[str, Any]:
    """Return the look of the points behind which returns are missing: outlines."""
    fill = {"color": COLOURS.ground} if chart.shape == "line" else {"none": True}
    outline = {"fill": fill, "border": {"color": colour, "width": 1.25}}
    points = [outline if at in chart.hollow else None for at in range(len(chart.categories))]
    return {"points": points} if chart.hollow else {}


def _labels(series: ChartSeries, chart: Chart) -> dict[str, Any]:
    """Return the labels: the number itself if a number format matches the formatter's text, else a text."""
    labels, live = series.labels(), live_format(series, chart.measure)
    if not labels:
        return {}
    count = len(chart.drawn().categories)
    custom = [({} if live else {"value": labels[at]}) if at in labels else {"delete": True} for at in range(count)]
    place = "center" if chart.stacked else "above" if chart.shape == "line" else _ENDS[chart.framed]
    shown = {"value": True, "position": place, "font": _FONT, "custom": [text or None for text in custom]}
    ground = {"fill": {"color": COLOURS.ground}} if chart.stacked or chart.framed or chart.shape == "column" else {}
    return {"data_labels": shown | ground | ({"num_format": live} if live else {})}
