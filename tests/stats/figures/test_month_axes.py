"""Courses of months: along their axis stand the years they hold, or the months where no year begins."""

import pytest

from base.periods import parse_span
from stats.exports.charts.from_figure import charts_of
from stats.figures.course import course_of
from stats.totals.series import Point
from tests.lib.dashboard.drawing import draw
from tests.stats.figures.test_drawings import PALETTE, RATE, figure_of
from tests.stats.made_readings import with_target


@pytest.mark.parametrize(
    ("span", "words", "months"),
    [
        ("2009M05..2010M05", ["2010年"], range(1, 6)),
        ("2010M05..2010M10", ["5月", "6月", "7月", "8月", "9月", "10月"], range(5, 11)),
    ],
)
def test_a_course_of_months_names_its_years_or_its_months(span: str, words: list[str], months: range) -> None:
    shown = parse_span(span)
    points = [Point(month, 0.7) for month in range(shown.first, shown.last + 1)]
    figure = figure_of("course", course_of(points, with_target(RATE, 0.74, 0.8, False), RATE, shown))
    assert list(draw(figure, PALETTE).layout.xaxis.ticktext) == words
    assert charts_of(figure)[0].grouped()[-1] == ("2010年", tuple(map(str, months)))
