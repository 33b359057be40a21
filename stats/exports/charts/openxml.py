"""Native charts of Word and PowerPoint: an editable chart with its own workbook, made from a description."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.chart.xlsx import CategoryWorkbookWriter
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE_DASH_STYLE, MSO_PATTERN_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Pt
from xlsxwriter import Workbook

from stats.exports.charts.chart_model import Axis, Chart, ChartSeries, number_format
from stats.exports.charts.data_labels import add_labels
from stats.exports.style.house_style import COLOURS, rgb

_TYPES = {
    ("line", False): XL_CHART_TYPE.LINE_MARKERS,
    ("column", False): XL_CHART_TYPE.COLUMN_CLUSTERED,
    ("column", True): XL_CHART_TYPE.COLUMN_STACKED,
    ("bar", False): XL_CHART_TYPE.BAR_CLUSTERED,
    ("bar", True): XL_CHART_TYPE.BAR_STACKED,
}
# Patterns by which stacked series differ besides colour, the first being plain.
_HATCHES = (
    None,
    MSO_PATTERN_TYPE.LIGHT_UPWARD_DIAGONAL,
    MSO_PATTERN_TYPE.PERCENT_20,
    MSO_PATTERN_TYPE.WIDE_DOWNWARD_DIAGONAL,
    MSO_PATTERN_TYPE.SMALL_GRID,
    MSO_PATTERN_TYPE.WIDE_UPWARD_DIAGONAL,
)
_BAR_SPACING, _FEW_BARS_SPACING, _LESS = 45, 180, 20


@dataclass(frozen=True)
class Letters:
    """The letters of a chart: their font and their size in points."""

    font: str
    size: float


class _Numbers(CategoryWorkbookWriter):
    """Writes the chart's own workbook; names are never formulas or links."""

    @contextmanager
    def _open_worksheet(self, xlsx_file: BytesIO) -> Iterator[tuple[Any, Any]]:
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        with Workbook(xlsx_file, options) as book:
            yield book, book.add_worksheet()


class _Data(CategoryChartData):
    @property
    def _workbook_writer(self) -> _Numbers:
        return _Numbers(self)  # type: ignore[no-untyped-call]


def add_chart(shapes: Any, chart: Chart, place: tuple[int, int, int, int], letters: Letters) -> Any:
    """Add a chart to the shapes of a slide at (left, top, width, height) in EMU and return its graphic frame."""
    drawn = chart.drawn()
    frame = shapes.add_chart(_TYPES[drawn.shape, drawn.stacked], *place, _data_of(drawn))
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.described())
    _dress(frame.chart, drawn, letters)
    return frame


def _data_of(chart: Chart) -> Any:
    texts = [text for series in chart.series for text in series.texts]
    data: Any = _Data(number_format=number_format(chart.measure, texts))  # type: ignore[no-untyped-call]
    for name, parts in chart.grouped():
        category = data.add_category(name)
        for part in parts:
            category.add_sub_category(part)
    for series in chart.series:
        data.add_series(series.name, series.values)
    return data


def _dress(native: Any, chart: Chart, letters: Letters) -> None:
    native.has_title = bool(chart.heading)
    if chart.heading:
        native.chart_title.include_in_layout = False
        native.chart_title.text_frame.text = chart.heading
        _set_letters(native.chart_title.text_frame.paragraphs[0].runs[0].font, letters, bold=True)
    else:
        native._chartSpace.chart.get_or_add_autoTitleDeleted().set("val", "1")
    _set_letters(native.font, letters)
    native.has_legend = chart.has_legend
    if chart.has_legend:
        native.legend.position, native.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _dress_numbers(native.value_axis, chart.axis)
    _dress_names(native, chart)
    _dress_series(native, chart)
    add_labels(native, chart, letters.size)
    _finish(native._chartSpace)


def _finish(space: Any) -> None:
    """Set what the library leaves out: no frame, no rounded corners, and axis ids as the schema requires."""
    for name in ("c:axId", "c:crossAx"):
        for element in space.iter(qn(name)):
            element.set("val", element.get("val").lstrip("-"))
    space.find(qn("c:date1904")).addnext(parse_xml(f'<c:roundedCorners {nsdecls("c")} val="0"/>'))
    if space.find(f".//{qn('c:plotVisOnly')}") is None:
        blanks = space.find(f".//{qn('c:dispBlanksAs')}")
        blanks.addprevious(parse_xml(f'<c:plotVisOnly {nsdecls("c")} val="1"/>'))
    look = f"<c:spPr {nsdecls('c', 'a')}><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>"
    space.find(qn("c:txPr")).addprevious(parse_xml(look))


def _set_letters(font: Any, letters: Letters, bold: bool = False) -> None:
    """Set the font for Latin and Chinese text: the library sets only the former."""
    font.size, font.bold, font.name = Pt(letters.size), bold, letters.font
    font.color.rgb = _rgb(COLOURS.ink)
    properties = font._rPr
    latin = properties.find(qn("a:latin"))
    chinese = properties.makeelement(qn("a:ea"), {"typeface": letters.font})
    latin.addnext(chinese)


def _dress_numbers(axis: Any, scale: Axis) -> None:
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = scale.low, scale.high, scale.step
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = scale.number_format, False
    axis.has_major_gridlines, axis.major_tick_mark = True, XL_TICK_MARK.NONE
    for line in (axis.major_gridlines.format.line, axis.format.line):
        line.color.rgb, line.width = _rgb(COLOURS.edge), Pt(0.75)


def _dress_names(native: Any, chart: Chart) -> None:
    axis = native.category_axis
    axis.major_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.format.line.color.rgb = _rgb(COLOURS.grey)
    if chart.shape == "bar":
        axis.reverse_order = True
        native.value_axis._element.find(qn("c:crosses")).set("val", "max")  # otherwise the numbers are on top
        skip = 1
    else:
        skip = chart.skip
    for name in ("c:tickLblSkip", "c:tickMarkSkip"):
        element = axis._element.makeelement(qn(name), {"val": str(skip)})
        axis._element.find(qn("c:noMultiLvlLbl")).addprevious(element)


def _dress_series(native: Any, chart: Chart) -> None:
    plot = native.plots[0]
    plot.vary_by_categories = False
    if chart.shape != "line":
        framed = any(series.role == "target" for series in chart.series)
        plot.gap_width, plot.overlap = gap_of(chart), 100 if chart.stacked or framed else 0
    values = [series for series in chart.series if series.role == "value"]
    for drawn, series in zip(plot.series, chart.series, strict=True):
        at = values.index(series) if series in values else 0
        if chart.shape == "line":
            _dress_line(drawn, series, at)
        else:
            _dress_bars(drawn, series, at, chart.stacked)
        if series.role == "value":
            _hollow_out(drawn, chart, _colour(at))


def gap_of(chart: Chart) -> int:
    """Return the gap between bars, in percent of a bar's width; few bars get wider gaps instead of wider bars."""
    return (
        _BAR_SPACING
        if chart.shape == "column"
        else max(_BAR_SPACING, _FEW_BARS_SPACING - _LESS * len(chart.categories))
    )


def _dress_line(drawn: Any, series: ChartSeries, at: int) -> None:
    drawn.smooth = False
    line, target = drawn.format.line, series.role == "target"
    colour = COLOURS.grey if target else _colour(at)
    line.color.rgb, line.width = _rgb(colour), Pt(1.5 if target else 2.25)
    if target:
        line.dash_style = MSO_LINE_DASH_STYLE.DASH
    marker = drawn.marker
    marker.style = None if not target else -4142  # no mark at all on the line of a target
    if not target:
        marker.size = 5
        for part in (marker.format.fill, marker.format.line.fill):
            part.solid()
            part.fore_color.rgb = _rgb(colour)


def _dress_bars(drawn: Any, series: ChartSeries, at: int, stacked: bool) -> None:
    fill = drawn.format.fill
    drawn.invert_if_negative = False
    if series.role in ("target", "lift"):
        fill.background()
        if series.role == "target":
            drawn.format.line.color.rgb, drawn.format.line.width = _rgb(COLOURS.ink), Pt(1.25)
        return
    hatch = _HATCHES[at % len(_HATCHES)] if stacked and series.role == "value" else None
    if hatch is None:
        fill.solid()
        fill.fore_color.rgb = _rgb(COLOURS.ink if series.role == "end" else _colour(at))
        return
    fill.patterned()
    fill.pattern = hatch
    fill.fore_color.rgb = _rgb(COLOURS.ground)
    fill.back_color.rgb = _rgb(_colour(at))


def _hollow_out(drawn: Any, chart: Chart, colour: str) -> None:
    """Make outlines of the points behind which returns are missing."""
    for at in sorted(chart.hollow):
        point = drawn.points[at]
        if chart.shape == "line":
            point.marker.format.fill.solid()
            point.marker.format.fill.fore_color.rgb = _rgb(COLOURS.ground)
        else:
            point.format.fill.background()
            point.format.line.color.rgb, point.format.line.width = _rgb(colour), Pt(1.25)


def _colour(at: int) -> str:
    return COLOURS.series[at % len(COLOURS.series)]


def _rgb(colour: str) -> Any:
    return RGBColor.from_string(rgb(colour))
