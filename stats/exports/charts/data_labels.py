"""The labels in a native chart of Word or PowerPoint: the formatter's own texts beside their points.

Where a number format writes the same text, the label is the number itself, so that it follows when somebody edits it.
"""

from typing import Any
from xml.sax.saxutils import escape, quoteattr

from lxml import etree
from pptx.oxml.ns import qn

from stats.exports.charts.chart_model import Chart, ChartSeries, live_format
from stats.exports.style.house_style import COLOURS, rgb

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
_AFTER = ("c:cat", "c:val", "c:smooth", "c:trendline", "c:errBars", "c:shape", "c:extLst")
_LONG = 0.2  # share of the axis: a longer bar has its label inside, clear of the target's frame
_SHOWN = "".join(
    f'<c:show{what} val="{int(what == "Val")}"/>'
    for what in ("LegendKey", "Val", "CatName", "SerName", "Percent", "BubbleSize")
)
_HIDDEN = _SHOWN.replace('Val val="1"', 'Val val="0"')


def add_labels(native: Any, chart: Chart, size: float) -> None:
    """Add to each series of a drawn chart the labels its description asks for, in letters of a size in points."""
    for drawn, series in zip(native.plots[0].series, chart.series, strict=True):
        if series.labels():
            _insert(drawn._element, _labels(series, chart, size))


def _labels(series: ChartSeries, chart: Chart, size: float) -> etree._Element:
    labels, live = series.labels(), live_format(series, chart.measure)
    known = sum(value is not None for value in series.values)
    if live and len(labels) == known and not chart.framed:
        return _parse(f"<c:dLbls {_SPACES}>{_live(live, chart, size, False)}{_SHOWN}</c:dLbls>")
    points = []
    for at, label in labels.items():
        inside = chart.framed and (series.values[at] or 0.0) > _LONG * chart.axis.high
        text = _live(live, chart, size, inside) if live else _rich(label, chart, size, inside)
        points.append(f"<c:dLbl><c:idx val='{at}'/>{text}{_SHOWN}</c:dLbl>")
    return _parse(f"<c:dLbls {_SPACES}>{''.join(points)}{_HIDDEN}</c:dLbls>")


def _live(code: str, chart: Chart, size: float, inside: bool) -> str:
    """Return a label that is its number, written by a format."""
    letters = _letters(size)
    text = f"<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr>{letters}</a:pPr><a:endParaRPr lang='zh-CN'/></a:p></c:txPr>"
    number = f"<c:numFmt formatCode={quoteattr(code)} sourceLinked='0'/>"
    return f"{number}{_ground(chart, inside)}{text}{_place(chart, inside)}"


def _rich(label: str, chart: Chart, size: float, inside: bool) -> str:
    """Return a label that is a text."""
    run = _letters(size).replace("defRPr", "rPr").replace("<a:rPr ", "<a:rPr lang='zh-CN' ", 1)
    words = f"<a:p><a:r>{run}<a:t>{escape(label)}</a:t></a:r></a:p>"
    text = f"<c:tx><c:rich><a:bodyPr/><a:lstStyle/>{words}</c:rich></c:tx>"
    return f"{text}{_ground(chart, inside)}{_place(chart, inside)}"


def _letters(size: float) -> str:
    fill = f"<a:solidFill><a:srgbClr val='{rgb(COLOURS.ink)}'/></a:solidFill>"
    return f"<a:defRPr sz='{round(size * 100)}' b='0'>{fill}</a:defRPr>"


def _ground(chart: Chart, inside: bool) -> str:
    """Return a background for labels that lie on a bar, or may overlap the neighbouring column."""
    fill = f"<a:solidFill><a:srgbClr val='{rgb(COLOURS.ground)}'/></a:solidFill>"
    return f"<c:spPr>{fill}</c:spPr>" if inside or chart.stacked or chart.shape == "column" else ""


def _place(chart: Chart, inside: bool) -> str:
    if chart.stacked:
        return "<c:dLblPos val='ctr'/>"
    return f"<c:dLblPos val='{'inBase' if inside else 't' if chart.shape == 'line' else 'outEnd'}'/>"


_SPACES = f"xmlns:c='{_CHART}' xmlns:a='{_DRAWING}'"


def _parse(text: str) -> etree._Element:
    return etree.fromstring(text)


def _insert(series: Any, labels: etree._Element) -> None:
    """Insert the labels where the schema requires them: before the values."""
    following = next(text for name in _AFTER if (text := series.find(qn(name))) is not None)
    following.addprevious(labels)
