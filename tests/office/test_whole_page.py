"""A page as a PDF: it says what the screen says, and its charts' segments are as long as their numbers."""

import re
from pathlib import Path

import pytest

from base.periods import parse_span
from stats.exports.charts.from_figure import charts_of
from stats.exports.page.segments import place_segments
from stats.exports.page.whole_page import PrintedPage, PrintedTable, write_whole_page
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Selection, Source
from tests.lib.office import text_of_pdf

VIEW = Selection("COUNTY", parse_span("2011Q1..2011Q2"))
OVER_TIME = ("course", "stock", "multiples")  # of their quarters the years are named
TABLE = PrintedTable(title="其他指标", heads=("指标", "数值"), rows=(("某数", "35,861人"),))


def figures_of(source: Source, board: str) -> tuple[Figure, ...]:
    return tuple(make_figure(source, panel, VIEW) for panel in source.catalogue.boards[board].panels)


# Between them all kinds of panels.
@pytest.mark.parametrize(
    "board", ["organisation", "standards", "places", pytest.param("rights", marks=pytest.mark.soak)]
)
def test_it_says_what_the_screen_says(board: str, source: Source, tmp_path: Path) -> None:
    figures = figures_of(source, board)
    page = PrintedPage(title="示例县总工会（2011年上半年）", about=("示例数据",), figures=figures, tables=(TABLE,))
    (tmp_path / "page.pdf").write_bytes(write_whole_page(page))
    sheets, text = text_of_pdf(tmp_path / "page.pdf", "raw")
    said = re.sub(r"\s", "", text)
    assert 1 < sheets < 10 and "第1页" in said
    for words in (page.title, *TABLE.rows[0], *(part for figure in figures for part in (figure.title, *figure.lines))):
        assert re.sub(r"\s", "", words) in said, words
    for figure in figures:
        for mark in figure.series[0].marks[:5] if charts_of(figure) and figure.kind not in OVER_TIME else ():
            assert re.sub(r"\s", "", mark.label.removesuffix("…")) in said, (figure.code, mark.label)


def test_segments_stand_on_each_other_and_are_as_long_as_their_numbers(source: Source) -> None:
    seen = set()
    for board in source.catalogue.boards:
        for figure in figures_of(source, board):
            for chart in charts_of(figure):
                placed = place_segments(chart)
                if placed["shape"] != "segments" or not chart.stacked:
                    continue
                for at, row in enumerate(placed["rows"]):
                    values = [series.values[at] for series in chart.drawn().series if series.role != "lift"]
                    known = [value for value in values if value]
                    ends = [(one["low"], one["high"]) for one in row["segments"]]
                    assert len(ends) == len(known), (figure.code, row["name"])
                    assert all(high == pytest.approx(low) for (_, high), (low, _) in zip(ends, ends[1:], strict=False))
                    room = chart.axis.high - chart.axis.low
                    if chart.axis.low <= 0:
                        assert [high - low for low, high in ends] == pytest.approx([value / room for value in known])
                seen.add(figure.kind)
    assert {"change", "split"} <= seen
