"""Areas beside each other: the table of distances and the small drawings, on screen, in Excel, Word and PPT."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from docx import Document
from pptx import Presentation

from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.catalogue.boards import Board, DistancesPanel, MultiplesPanel, Panel
from stats.catalogue.outlines import Outline
from stats.exports.charts.from_figure import charts_of
from stats.exports.slides import write_slides
from stats.exports.style.figure_table import table_of
from stats.exports.word.document import write_document
from stats.exports.workbook.figure import xlsx_of_page
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Mark, Selection, Source
from stats.figures.elements.order import ends_of
from stats.papers.compose import compose_brief
from stats.readings import read
from stats.warehouse import Warehouse
from tests.lib.dashboard.drawing import PALETTE, draw

SPAN = parse_span("2011Q1..2011Q2")
VIEW = Selection("COUNTY", SPAN)


def _panels(catalogue: Catalogue) -> tuple[Board, DistancesPanel, MultiplesPanel]:
    board = next(one for one in catalogue.boards.values() if any(panel.kind == "distances" for panel in one.panels))
    first = {panel.kind: panel for panel in reversed(board.panels)}
    table, small = first["distances"], first["multiples"]
    assert isinstance(table, DistancesPanel) and isinstance(small, MultiplesPanel)
    return board, table, small


@pytest.fixture(scope="module")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return Source(county, catalogue)


def _made(source: Source, panel: Panel) -> Figure:
    return make_figure(source, panel, VIEW)


@pytest.fixture(scope="module")
def distances(source: Source) -> Figure:
    return _made(source, _panels(source.catalogue)[1])


@pytest.fixture(scope="module")
def multiples(source: Source) -> Figure:
    return _made(source, _panels(source.catalogue)[2])


def test_every_headline_figure_has_its_column_with_the_readings_value(source: Source, distances: Figure) -> None:
    headline = [one for one in source.catalogue.indicators.values() if one.headline]
    assert [one.name for one in distances.series[1:]] == [
        one.name for one in sorted(headline, key=lambda one: one.headline or 0)
    ]
    by_name = {one.name: one.code for one in headline}
    for at in (0, 7):
        unit = distances.series[0].marks[at].key
        values = {one.indicator: one.value for one in read(source.warehouse, source.catalogue, unit, SPAN)}
        assert all(column.marks[at].value == values[by_name[column.name]] for column in distances.series[1:])


def test_a_distance_is_said_in_words_and_never_by_colour_alone(distances: Figure) -> None:
    said = [mark for column in distances.series[1:] for mark in column.marks if mark.behind is not None]
    assert len(said) > 40
    assert [
        mark.note for mark in said if mark.behind and mark.behind > 0 and not ("差" in mark.note or "低" in mark.note)
    ] == []
    assert [mark.note for mark in said if mark.verdict == "behind" and mark.note[0] not in "△−"] == []
    counted = distances.series[0].marks
    assert [mark.value for mark in counted] == sorted((mark.value for mark in counted), key=lambda one: -(one or 0))
    late = [sum(column.marks[at].verdict == "behind" for column in distances.series[1:]) for at in range(len(counted))]
    assert [mark.value for mark in counted] == late


def test_the_pages_workbook_holds_each_number_and_its_distance(distances: Figure, multiples: Figure) -> None:
    book = openpyxl.load_workbook(BytesIO(xlsx_of_page([("甲", distances), ("乙", multiples)])))
    rows = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]
    head = next(row for row in rows if row[0] == "单位")
    assert len(head) == 1 + 2 * len(distances.series)
    first = rows[rows.index(head) + 1]
    assert first[0] == distances.series[0].marks[0].label and first[1] == distances.series[0].marks[0].value
    assert any("目标" in str(cell) and "差" in str(cell) for cell in first)
    table = table_of(multiples)
    assert [column.heading for column in table.columns] == ["季度", *(one.name for one in multiples.series)]


def test_small_drawings_share_one_scale_and_fold_on_a_phone(multiples: Figure) -> None:
    drawing = draw(multiples, PALETTE)
    assert drawing is not None
    layout, count = drawing.layout, len(multiples.series)
    axes = [layout[f"yaxis{'' if at == 1 else at}"] for at in range(1, count + 1)]
    assert count > 20 and {tuple(axis.range) for axis in axes} == {tuple(axes[0].range)}
    narrow = layout.meta["narrow"]
    assert {tuple(place["domain"]) for name, place in narrow.items() if name.startswith("x")} == {
        (0.0, 0.475), (0.525, 1.0)
    }  # fmt: skip
    assert layout.meta["more"] == count - 4
    hollow = [trace for trace in drawing.data if "circle-open" in (trace.marker.symbol or ())]
    partial = [series for series in multiples.series if any(mark.partial for mark in series.marks)]
    assert len(hollow) == len(partial) > 0
    asked = {"figure": multiples.indicator, "unit": multiples.series[0].key}
    assert drawing.data[0].meta == {"names": asked, "by": "span"}
    assert list(drawing.data[0].customdata) == [mark.key for mark in multiples.series[0].marks]


def test_charts_on_paper_share_the_scale_and_mark_what_is_missing(multiples: Figure) -> None:
    charts = charts_of(multiples)
    assert [chart.title for chart in charts] == [
        one.name for one in multiples.series if any(m.value for m in one.marks)
    ]
    assert len({(chart.axis.low, chart.axis.high) for chart in charts}) == 1
    assert any(chart.hollow and "未报全" in chart.note for chart in charts)


def test_an_outline_that_names_the_table_prints_it_in_word_and_ppt(source: Source, catalogue: Catalogue) -> None:
    board, table, small = _panels(catalogue)
    part = {"text": ["{{ 期间 }}"], "panels": [f"{board.code}.{table.code}", f"{board.code}.{small.code}"]}
    outline = Outline.model_validate(
        {"code": "o", "name": "样", "title": "样", "sections": [{"title": "各地", "parts": [part]}]}
    )
    brief = compose_brief(source, outline, VIEW)
    first = brief.sections[0].exhibits[0].figure
    parts = -(-len(first.series) // 5)
    word = Document(BytesIO(write_document(brief)))
    tables = [one for one in word.tables if one.cell(0, 0).text == "单位"]
    assert len(tables) == parts and first.series[1].name == tables[0].cell(0, 2).text
    assert first.series[0].marks[0].label == tables[0].cell(1, 0).text
    slides = Presentation(BytesIO(write_slides(brief))).slides
    shown = [shape for slide in slides for shape in slide.shapes if shape.has_table]
    assert sum(one.table.cell(0, 0).text == "单位" for one in shown) == parts
    charts = [shape for slide in slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == len(charts_of(brief.sections[0].exhibits[1].figure))


def test_of_a_townships_unions_the_township_is_the_whole(source: Source) -> None:
    found = make_figure(source, _panels(source.catalogue)[1], replace(VIEW, unit="T01"))
    assert "占蒋家嘴镇" in found.series[1].marks[0].note and "没有定目标的比率与蒋家嘴镇比" in found.note


def test_of_very_many_the_first_and_the_last_are_drawn() -> None:
    marks = [Mark(label=str(at), value=float(-at), text="") for at in range(200)]
    drawn, said = ends_of(marks)
    assert [mark.label for mark in drawn] == [*map(str, range(40)), *map(str, range(180, 200))]
    assert said == "只画前40个和后20个单位，共200个"
    assert ends_of(marks[:60]) == (tuple(marks[:60]), "")
