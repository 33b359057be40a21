"""The course of one target: each quarter as it was read, the pace as it is reckoned, the forecast where it is due."""

import pytest

from base.periods import parse_quarter, parse_span
from stats.attainment import Attainment, attainments
from stats.attainment.course_figure import FORECAST, PACE, REACHED, SUPPLIED, course_of_aim
from stats.catalogue import Catalogue
from stats.drawing.elements.palette import Palette
from stats.exports.style.figure_table import table_of
from stats.figures.elements.figure_model import Figure, Source
from stats.readings import read
from stats.warehouse import Warehouse
from tests.lib.dashboard.drawing import draw

PALETTE = Palette(
    ink="#111",
    grey="#555",
    edge="#ccc",
    soft="#eee",
    ground="#fff",
    met="#063",
    behind="#a00",
    series=("#06a", "#d61", "#0a7", "#51b", "#752"),
)
Courses = dict[str, tuple[Attainment, Figure]]


@pytest.fixture(scope="module")
def courses(county: Warehouse, catalogue: Catalogue) -> Courses:
    source = Source(county, catalogue)
    found = attainments(county, catalogue, "COUNTY", parse_quarter("2011Q2"))
    return {one.goal.indicator: (one, course_of_aim(source, one)) for one in found}


def values(figure: Figure, name: str) -> dict[str, float | None]:
    return {mark.key: mark.value for series in figure.series if series.name == name for mark in series.marks}


def test_a_sum_grows_from_the_year_s_beginning(courses: Courses, county: Warehouse, catalogue: Catalogue) -> None:
    one, figure = courses["extreme_hardship_aid_times"]
    so_far = [
        read(county, catalogue, "COUNTY", parse_span(f"2011Q1..{quarter}"), [one.goal.indicator])[0].value
        for quarter in ("2011Q1", "2011Q2")
    ]
    assert values(figure, REACHED) == {"2011Q1": so_far[0], "2011Q2": so_far[1], "2011Q3": None, "2011Q4": None}
    by_season = values(figure, PACE)  # by the shares of 2008 to 2010: 263, 358 and 621 of 715
    assert by_season == pytest.approx(
        {key: 400 * came / 715 for key, came in zip(by_season, (263, 358, 621, 715), strict=True)}
    )
    assert one.forecast is not None and values(figure, FORECAST)["2011Q4"] == one.forecast.value


def test_a_state_sets_out_from_the_quarter_before(courses: Courses, county: Warehouse, catalogue: Catalogue) -> None:
    one, figure = courses["enterprise_unionization_rate"]
    before = read(county, catalogue, "COUNTY", parse_span("2010Q4"), [one.goal.indicator])[0].value
    assert before is not None
    reached, pace = values(figure, REACHED), values(figure, PACE)
    assert reached["2010Q4"] == pace["2010Q4"] == before
    assert pace["2012Q4"] == pytest.approx(0.8) and pace["2011Q4"] == pytest.approx((before + 0.8) / 2)
    assert pace["2011Q2"] == one.pace and reached["2011Q2"] == one.reading.value


def test_a_rate_of_sums_is_held_against_its_season(courses: Courses) -> None:
    one, figure = courses["fee_collection_rate"]
    pace = values(figure, PACE)
    assert pace["2011Q2"] == one.pace and pace["2011Q4"] == 1.0


def test_where_returns_are_lacking_the_fall_is_no_fall(courses: Courses) -> None:
    one, figure = courses["worker_membership_rate"]
    assert one.supplied is not None
    assert {key: value for key, value in values(figure, SUPPLIED).items() if value is not None} == {
        "2011Q2": one.supplied.value
    }
    _, whole = courses["enterprise_unionization_rate"]
    assert SUPPLIED not in [series.name for series in whole.series]


def test_each_is_drawn_with_stroke_and_sign_and_its_target(courses: Courses) -> None:
    for one, figure in courses.values():
        if one.goal.value is None:
            assert figure.series == ()
            continue
        drawing = draw(figure, PALETTE)
        assert {shape.y0 for shape in drawing.layout.shapes} == {one.goal.value}
        strokes = [(trace.mode, trace.line.dash, trace.marker.symbol) for trace in drawing.data]
        assert len(set(strokes)) == len(strokes) >= 2
        assert drawing.data[0].connectgaps is False


def test_its_table_has_a_row_a_quarter(courses: Courses) -> None:
    _, figure = courses["students_aided"]
    table = table_of(figure)
    assert [column.heading for column in table.columns] == ["季度", REACHED, PACE, FORECAST]
    assert [row[0].text for row in table.rows] == ["2011年一季度", "2011年二季度", "2011年三季度", "2011年四季度"]
