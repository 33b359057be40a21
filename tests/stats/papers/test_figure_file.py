"""A figure as a file: title, lines and numbers are all in it, and nobody's words become a formula."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest

from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.exports.style.figure_table import table_of
from stats.exports.workbook.figure import csv_of, xlsx_of, xlsx_of_page
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, Source
from stats.warehouse import Warehouse
from tests.lib.catalogue import kept_source

YEAR = parse_span("2010Q1..2010Q4")
NASTY = ("=1+1", "+86", "-2", "@SUM(A1)")
LINES = {
    "when": "时间：2010年末",
    "who": "单位：示例县总工会",
    "base": "口径：全部",
    "coverage": "报齐情况：已报2/3份，未报的不在内",
    "source": "来源：《情况表》",
}


@pytest.fixture(scope="module")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return kept_source(county, catalogue)


def figure_of(*marks: Mark, measure: str = "%") -> Figure:
    return Figure(
        code="code",
        kind="areas",
        title="甲镇最高",
        question="哪里高？",
        series=(Series(name="入会率", measure=measure, marks=marks),),
        measure=measure,
        **LINES,
    )


def test_csv_holds_title_lines_and_numbers() -> None:
    figure = figure_of(
        Mark(label="甲镇", value=0.905, text="90.5%", key="T01", target=0.8, note="✓ 达到目标"),
        Mark(label="乙乡", value=None, text="—", key="T02"),
    )
    told = csv_of(figure)
    assert told.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(told.decode("utf-8-sig"))))
    head = [row[0] for row in rows if len(row) == 1]
    assert [line for line in (figure.title, figure.question, *figure.lines) if line not in head] == []
    assert rows[-3:] == [
        ["单位", "入会率（%）", "目标（%）", "说明"],
        ["甲镇", "90.5", "80", "✓ 达到目标"],
        ["乙乡", "没有数据", "", ""],
    ]


def test_a_workbook_holds_numbers_as_numbers() -> None:
    figure = figure_of(
        Mark(label="甲镇", value=0.905, text="90.5%", key="T01"), Mark(label="乙乡", value=None, text="—", key="T02")
    )
    sheet = openpyxl.load_workbook(BytesIO(xlsx_of(figure))).worksheets[0]
    texts = [cell.value for row in sheet.iter_rows() for cell in row]
    assert [line for line in (figure.title, *figure.lines) if line not in texts] == []
    number = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 0.905)
    assert number.number_format == "0.0%"
    assert "没有数据" in texts


@pytest.mark.parametrize("words", NASTY)
def test_words_never_become_a_formula(words: str) -> None:
    figure = figure_of(Mark(label=words, value=1.0, text="1家", key="T01"), measure="家")
    cell = next(
        row[0] for row in csv.reader(StringIO(csv_of(figure).decode("utf-8-sig"))) if len(row) > 1 and row[1] == "1"
    )
    assert cell == f"'{words}"
    sheet = openpyxl.load_workbook(BytesIO(xlsx_of(figure))).worksheets[0]
    kept = next(cell for row in sheet.iter_rows() for cell in row if cell.value == words)
    assert kept.data_type == "s"


def test_the_files_of_every_panel_say_what_the_figure_says(source: Source) -> None:
    for board in source.catalogue.boards.values():
        for panel in board.panels:
            figure = make_figure(source, panel, Selection("COUNTY", YEAR))
            sheet = openpyxl.load_workbook(BytesIO(xlsx_of(figure))).worksheets[0]
            cells = [cell.value for row in sheet.iter_rows() for cell in row]
            assert cells[0] == figure.title
            numbers = [cell for cell in cells if isinstance(cell, int | float)]
            told = [mark.value for mark in figure.marks() if mark.value is not None]
            missing = [value for value in told if not any(abs(value - number) < 1e-9 for number in numbers)]
            assert missing == [], f"{board.code}/{panel.code}"
            assert csv_of(figure).decode("utf-8-sig").splitlines()[0].strip('"') == figure.title


def test_a_table_has_a_row_a_label_and_a_column_a_series() -> None:
    one = Series(
        name="男",
        measure="人",
        marks=(Mark(label="甲", value=1.0, text="1人"), Mark(label="乙", value=2.0, text="2人")),
    )
    other = Series(
        name="女", measure="人", marks=(Mark(label="甲", value=3.0, text="3人"), Mark(label="乙", value=None, text="—"))
    )
    figure = Figure(code="code", kind="split", title="题目", question="", series=(one, other), measure="人", **LINES)
    table = table_of(figure)
    assert [column.heading for column in table.columns] == ["项目", "男", "女"]
    assert [[mark.text for mark in row] for row in table.rows] == [["甲", "1人", "3人"], ["乙", "2人", "没有数据"]]


def test_a_page_is_one_workbook_with_a_sheet_a_figure(source: Source, catalogue: Catalogue) -> None:
    board = next(iter(catalogue.boards.values()))
    figures = [(panel.question, make_figure(source, panel, Selection("COUNTY", YEAR))) for panel in board.panels]
    book = openpyxl.load_workbook(BytesIO(xlsx_of_page(figures)))
    assert [sheet.cell(1, 1).value for sheet in book] == [figure.title for _, figure in figures]
    assert [sheet.title.split(" ", 1)[1] for sheet in book] == [question.rstrip("？")[:29] for question, _ in figures]
    for sheet, (_, figure) in zip(book, figures, strict=True):
        own = openpyxl.load_workbook(BytesIO(xlsx_of(figure))).worksheets[0]
        assert [[cell.value for cell in row] for row in sheet] == [[cell.value for cell in row] for row in own]
