"""What is drawn: no point where nothing was reported, no zero in its place, and the target where it can be compared."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest

from base.formats import IN_PART, counts
from base.periods import parse_span
from stats.catalogue import load_catalogue
from stats.catalogue.models import Indicator
from stats.drawing.elements.axis import ticks
from stats.drawing.elements.palette import Palette
from stats.drawing.spark import draw_spark
from stats.figures.areas import say_last
from stats.figures.course import course_of
from stats.figures.elements.figure_model import Figure, Mark, Series
from stats.judging.verdicts import VerdictState
from stats.readings.standings import Standing
from stats.readings.trace import CellRef
from stats.readings.unit_table import find_cells, group_cells, lay_out, unit_table
from stats.totals.series import Point
from tests.lib.dashboard.drawing import draw
from tests.stats.made_readings import first_indicator, make_reading, with_target

RATE = first_indicator("percent", name="入会率", chart="line")
PEOPLE = first_indicator("person", name="会员")
MONEY = first_indicator("yuan", name="筹款", chart="column")
SPAN = parse_span("2010Q1..2010Q4")
POINTS = [Point(SPAN.first, 0.7), Point(SPAN.first + 1, 0.72), Point(SPAN.last, 0.74)]
CELL = CellRef(
    submission="a" * 64,
    name="甲镇.xlsx",
    file="/store/a.xlsx",
    sheet="会员",
    address="J9",
    raw="130",
    value=130.0,
    unit="U1",
    unit_name="甲厂工会",
    period="2010Q4",
    item="members",
    item_name="会员",
    role="numerator",
    row=9,
    column=10,
)


PALETTE = Palette(
    ink="#111",
    grey="#555",
    edge="#ccc",
    soft="#eee",
    ground="#fff",
    met="#063",
    behind="#a00",
    series=("#06a", "#d61", "#0a7", "#51b", "#752", "#222"),
)
MET = VerdictState.MET


def figure_of(kind: str, *series: Series) -> Figure:
    """Return a figure of any kind, with lines that say nothing."""
    measure = series[0].measure if series else ""
    return Figure(
        code="code",
        kind=kind,
        title="题目",
        question="",
        series=series,
        measure=measure,
        when="时间：",
        who="单位：",
        base="口径：",
        coverage="报齐情况：",
        source="来源：",
    )


def test_a_quarter_without_returns_is_a_gap() -> None:
    reading = with_target(RATE, 0.74, 0.8, False)
    course = course_of(POINTS, reading, RATE, SPAN)
    assert [mark.value for mark in course.marks] == [0.7, 0.72, None, 0.74]
    assert course.marks[2].text == "—"
    assert draw(figure_of("course", course), PALETTE).data[0].connectgaps is False


def test_the_target_is_a_line_with_its_words() -> None:
    course = course_of(POINTS, with_target(RATE, 0.74, 0.8, False), RATE, SPAN)
    drawing = draw(figure_of("course", course), PALETTE)
    assert drawing.layout.shapes[0].y0 == 0.8
    assert "2012年目标≥80.0%" in {words.text for words in drawing.layout.annotations}


def test_columns_start_at_zero_and_carry_no_yearly_target() -> None:
    flow = first_indicator("person", name="受助", chart="column")
    course = course_of(POINTS, with_target(flow, 70, 40, True), flow, SPAN)
    assert course.target is None
    assert draw(figure_of("course", course), PALETTE).layout.yaxis.range[0] == 0


def test_bars_and_dots_start_at_zero() -> None:
    marks = (
        Mark(label="甲镇", value=90.0, text="90家", key="T01", note="60.0%"),
        Mark(label="乙乡", value=60.0, text="60家", key="T02", note="40.0%"),
    )
    for kind in ("areas", "split", "rates"):
        drawing = draw(figure_of(kind, Series(name="家数", measure="家", marks=marks)), PALETTE)
        assert drawing.layout.xaxis.range[0] == 0, kind


def test_an_area_without_data_has_no_dot_and_is_said() -> None:
    marks = (
        Mark(label="甲镇", value=0.9, text="90.0%", key="T01", target=0.8, note="✓ 达到目标", verdict=MET),
        Mark(label="乙乡", value=None, text="—", key="T02", target=0.8),
    )
    drawing = draw(
        figure_of("areas", Series(name="入会率", measure="%", marks=marks, target=0.8, target_text="2012年目标≥80.0%")),
        PALETTE,
    )
    texts = [text for trace in drawing.data for text in (trace.text or ())]
    assert any("✓" in text for text in texts) and any("没有数据" in text for text in texts)
    dots = next(trace for trace in drawing.data if trace.customdata is not None)
    assert list(dots.x) == [0.9, None]
    assert list(dots.customdata) == ["T01", "T02"] and dots.meta["by"] == "unit"


def test_each_dot_stands_in_its_own_row() -> None:
    marks = tuple(
        Mark(label=f"{number}镇", value=float(number), text=str(number), key=str(number)) for number in range(25)
    )
    few = draw(figure_of("areas", Series(name="家数", measure="家", marks=marks[:3])), PALETTE).layout.height
    assert (
        draw(figure_of("areas", Series(name="家数", measure="家", marks=marks)), PALETTE).layout.height > few + 20 * 20
    )


def test_w26_those_at_nothing_share_a_row_where_they_are_many() -> None:
    some = [Mark(label=f"{number}镇", value=float(9 - number), text=f"{9 - number}元", key="T") for number in range(3)]
    none = [Mark(label=f"{number}乡", value=0.0, text="0元", key=f"U{number}") for number in range(11)]
    unknown = [Mark(label="丙乡", value=None, text="—", key="V")]
    many, few = (
        draw(figure_of("areas", Series(name="金额", measure="元", marks=(*some, *zeros, *unknown))), PALETTE)
        for zeros in (none, none[:3])
    )
    assert list(many.layout.yaxis.ticktext) == ["0镇", "1镇", "2镇", "其余11个", "丙乡"]
    dots = next(trace for trace in many.data if trace.customdata is not None)
    assert dots.customdata[3] == ""  # a press on them asks about all
    assert len(few.layout.yaxis.ticktext) == 7


def test_w27_the_last_quarter_of_a_longer_span_is_said_to_be_a_part() -> None:
    flow = first_indicator("yuan", name="筹款", chart="column")
    course = course_of(POINTS, make_reading(flow, 2.16), flow, SPAN)
    for when, said in (("时间：2010年", "其中2010年四季度"), ("时间：2010年四季度", "<br>2010年四季度")):
        drawing = draw(replace(figure_of("course", course), when=when), PALETTE)
        assert said in drawing.layout.annotations[-1].text


def test_w29_those_that_come_last_are_named_the_worst_first_with_their_equals() -> None:
    marks = [Mark(label=f"{at}镇", value=value, text=f"{value:.0%}") for at, value in enumerate((0.9, 0.8, 0.7, 0.5))]
    marks += [Mark(label=f"{at}乡", value=0.4, text="40%", partial=not at) for at in range(2)]
    marks += [Mark(label=f"{at}村", value=0.1, text="10%") for at in range(2)] + [
        Mark(label="缺", value=None, text="—")
    ]
    said = say_last(marks, RATE)
    assert said == f"最低的5个：0村、1村（10%），0乡{IN_PART}、1乡（40%），3镇（50%）"
    fall = RATE.model_copy(update={"direction": "down"})
    assert say_last(marks, fall).startswith("最高的6个：0镇（90%），1镇（80%）")
    assert say_last(marks[:5], RATE) == say_last(marks, first_indicator("person", "none")) == ""


def test_nothing_known_is_not_drawn() -> None:
    marks = (Mark(label="甲镇", value=None, text="—"),)
    assert draw(figure_of("areas", Series(name="家数", measure="家", marks=marks)), PALETTE) is None


def test_the_axis_speaks_chinese() -> None:
    assert ticks(0, 40_000, "人")[1] == ["0", "1万", "2万", "3万", "4万"]
    assert ticks(0, 3e8, "元")[1][-1] == "3亿"
    assert ticks(0, 1, "%")[1] == ["0%", "25%", "50%", "75%", "100%"]
    assert ticks(0, 3, "家")[1] == ["0", "1", "2", "3"]
    assert len(ticks(7_400, 9_301, "人", 4)[0]) > 1


def test_what_is_counted_has_no_halves_on_its_axis() -> None:
    for high in (0.4, 1, 2, 3, 4.4, 5, 6.9, 7.5, 9):
        for most in (3, 4, 5):
            assert all(value.is_integer() for value in ticks(0, high, "家", most)[0]), (high, most)
    assert ticks(0, 0.15, "吨", 4)[1] == ["0", "0.05", "0.1", "0.15"]
    assert ticks(0, 75_000, "元", 3)[1] == ["0", "5万"]


def test_only_what_is_said_in_whole_numbers_is_counted() -> None:
    catalogue = load_catalogue()
    parted = [found for found in catalogue.indicators.values() if found.decimals]
    assert {catalogue.unit_of(found) for found in parted if counts(catalogue.unit_of(found))} == set()


def test_a_name_and_its_last_value_have_room_on_a_phone() -> None:
    names = [found.name for found in load_catalogue().indicators.values()]
    series = [
        Series(
            name=name, measure="人", marks=(Mark(label="2010年四季度", value=1e6, text="1,000,000人", key="2010Q4"),)
        )
        for name in names
    ]
    for words in draw(figure_of("course", *series[:9]), PALETTE).layout.annotations:
        name, last = words.text.split("<br>")
        assert all(len(line) * words.font.size <= 300 for line in (name.strip("</b>"), last.replace("<b>", "")[:-4]))


def test_small_drawings_share_the_axis_of_time() -> None:
    course = course_of(POINTS, with_target(RATE, 0.74, 0.8, False), RATE, SPAN)
    layout = draw(figure_of("course", course, course, course), PALETTE).layout
    assert [axis.matches for axis in (layout.xaxis, layout.xaxis2, layout.xaxis3)] == ["x3", "x3", None]
    domains = [axis.domain for axis in (layout.yaxis, layout.yaxis2, layout.yaxis3)]
    assert domains[0][1] == 1 and domains[2][0] < 1e-9
    assert domains[0][0] > domains[1][1] and domains[1][0] > domains[2][1], "one under the other"


def test_a_spark_leaves_out_what_is_missing() -> None:
    line = ElementTree.fromstring(draw_spark([1, None, 3], "line"))
    assert len(line[0].attrib["points"].split()) == 2
    columns = ElementTree.fromstring(draw_spark([0, 2, None, 4], "column"))
    assert len(columns) == 3
    assert draw_spark([None, 5], "line") == ""


def test_a_spark_shows_where_returns_are_missing() -> None:
    whole, to_part = ElementTree.fromstring(draw_spark([1, 2, 3], "line", {2}))
    assert "stroke-dasharray" not in whole.attrib and to_part.attrib["stroke-dasharray"]
    assert [len(run.attrib["points"].split()) for run in (whole, to_part)] == [2, 2]
    full, outline = ElementTree.fromstring(draw_spark([4, 2], "column", {1}))
    assert "fill" not in full.attrib and outline.attrib["fill"] == "none"


@pytest.mark.parametrize("indicator", [RATE, MONEY])
def test_a_point_with_missing_returns_is_hollow_and_named(indicator: Indicator) -> None:
    points = [*POINTS[:-1], replace(POINTS[-1], partial=True)]
    trace = draw(figure_of("course", course_of(points, make_reading(indicator, 0.74), indicator, SPAN)), PALETTE).data[
        0
    ]
    hollow = trace.marker.symbol if indicator.chart == "line" else trace.marker.color
    assert hollow[0] != hollow[-1] and hollow.count(hollow[-1]) == 1
    assert trace.hovertext[-1].endswith("（未报全）") and "未报全" not in trace.hovertext[0]


def test_columns_of_nothing_but_zeros_are_as_low_as_a_zero_beside_others() -> None:
    zeros, mixed = (ElementTree.fromstring(draw_spark(values, "column")) for values in ([0, 0, 0], [0, 4]))
    assert {column.attrib["height"] for column in zeros} == {mixed[0].attrib["height"]}


def test_a_table_of_units_keeps_missing_apart_from_zero() -> None:
    beside = {
        RATE.code: [
            Standing(unit="T01", value=0.5, numerator=1, denominator=2, reported=1, expected=1),
            Standing(unit="T02", value=None, numerator=None, denominator=None, reported=0, expected=1),
        ],
        PEOPLE.code: [
            Standing(unit=unit, value=None, numerator=None, denominator=None, reported=0, expected=1)
            for unit in ("T01", "T02")
        ],
    }
    table = unit_table(beside, {"T01": "甲镇", "T02": "乙乡"}, [(RATE, "%"), (PEOPLE, "人")])
    assert table.units == ("甲镇", "乙乡")
    assert [column.heading for column in table.columns] == ["入会率"]  # nobody has the other
    assert table.columns[0].texts == ("50.0%", "—")
    assert unit_table(beside, {"T02": "乙乡"}, [(RATE, "%")]).columns == (), "those listed have none"


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
