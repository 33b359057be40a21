"""What is drawn: no point where nothing was reported, no zero in its place, and the target where it can be compared."""

from xml.etree import ElementTree

from stats.figures import draw, draw_spark, trend
from stats.periods import parse_span
from stats.series import Point
from stats.tables import find_cells, group_cells, lay_out, unit_table
from stats.traces import CellRef
from tests.stats.readings import first_indicator, make_reading, with_target

RATE = first_indicator("percent", name="入会率", chart="line")
PEOPLE = first_indicator("person", name="会员")
SPAN = parse_span("2010Q1..2010Q4")
POINTS = [Point(SPAN.first, 0.7), Point(SPAN.first + 1, 0.72), Point(SPAN.last, 0.74)]
CELL = CellRef(
    "a" * 64, "甲镇.xlsx", "/store/a.xlsx", "会员", "J9", "130", 130.0, "U1", "甲厂工会", "2010Q4", "members", "会员",
    "numerator", 9, 10,
)  # fmt: skip


def test_a_quarter_without_returns_is_a_gap() -> None:
    figure = trend(POINTS, with_target(RATE, 0.74, 0.8, False), RATE, SPAN)
    assert figure.values == (0.7, 0.72, None, 0.74)
    assert figure.texts[2] == "—"
    assert figure.title == "入会率从2010年一季度的70.0%到2010年四季度的74.0%，提高4.0个百分点"


def test_the_target_is_a_line_with_its_words() -> None:
    figure = trend(POINTS, with_target(RATE, 0.74, 0.8, False), RATE, SPAN)
    drawing = draw(figure)
    assert drawing.layout.shapes[0].y0 == 0.8
    assert drawing.layout.annotations[0].text == "2012年目标≥80.0%"
    assert drawing.data[0].connectgaps is False


def test_columns_start_at_zero_and_carry_no_yearly_target() -> None:
    flow = first_indicator("person", name="受助", chart="column")
    figure = trend(POINTS, with_target(flow, 70, 40, True), flow, SPAN)
    assert figure.target is None
    assert draw(figure).layout.yaxis.rangemode == "tozero"


def test_a_spark_leaves_out_what_is_missing() -> None:
    line = ElementTree.fromstring(draw_spark([1, None, 3], "line"))
    assert len(line[0].attrib["points"].split()) == 2
    columns = ElementTree.fromstring(draw_spark([0, 2, None, 4], "column"))
    assert len(columns) == 3
    assert draw_spark([None, 5], "line") == ""


def test_a_table_of_units_keeps_missing_apart_from_zero() -> None:
    readings = [
        make_reading(RATE, 0.5, unit="T01", unit_name="甲镇"),
        make_reading(PEOPLE, None, unit="T01", unit_name="甲镇"),
        make_reading(RATE, None, unit="T02", unit_name="乙乡"),
        make_reading(PEOPLE, None, unit="T02", unit_name="乙乡"),
    ]
    table = unit_table(readings, [RATE, PEOPLE])
    assert table.units == ("甲镇", "乙乡")
    assert [column.heading for column in table.columns] == ["入会率"]  # nobody has the other
    assert table.columns[0].texts == ("50.0%", "—")


def test_cells_are_grouped_and_found() -> None:
    cells = [CELL, CELL, CellRef(**{**vars(CELL), "unit": "U2", "unit_name": "乙厂工会"})]
    assert [(group.unit_name, group.count, group.total) for group in group_cells(cells)] == [
        ("甲厂工会", 2, 260.0),
        ("乙厂工会", 1, 130.0),
    ]
    assert find_cells(cells, "乙厂 J9") == [cells[2]]
    assert find_cells(cells, "") == cells


def test_a_sheet_shows_its_head_and_the_rows_near() -> None:
    around = [(1, 1, "情况表"), (7, 2, "远"), (8, 2, "近"), (9, 2, "甲厂工会"), (9, 10, "130"), (30, 2, "更远")]
    view = lay_out(around, CELL)
    assert [number for number, _ in view.rows] == [1, 7, 8, 9]
    assert view.letters[0] == "A" and view.letters[-1] == "J"
    assert view.here == (9, 9)
    assert dict(view.rows)[9][9] == "130"
