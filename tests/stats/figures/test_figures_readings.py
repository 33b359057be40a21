"""Course, areas and rates: the marks are the readings, in the right order, with what is missing left missing."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from base.periods import Span, format_quarter, parse_span
from stats.catalogue import Catalogue
from stats.catalogue.boards import AreasPanel, CoursePanel, RatesPanel
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, Source
from stats.figures.elements.order import first_and_last
from stats.judging.verdicts import VerdictState
from stats.organisations import organisations
from stats.readings import read, read_units, verdict_on
from stats.warehouse import Warehouse
from tests.lib.catalogue import kept_source

YEAR = parse_span("2010Q1..2010Q4")
NO_DATA = parse_span("1999Q1..1999Q4")
LINES = ("单位：", "时间：", "口径：", "报齐情况：", "来源：")


@pytest.fixture(scope="module")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return kept_source(county, catalogue)


def plain(catalogue: Catalogue) -> list[str]:
    return [found.code for found in catalogue.indicators.values() if found.summary in ("total", "per_year")]


def test_a_course_is_the_reading_of_each_quarter(source: Source) -> None:
    codes = [code for code in plain(source.catalogue) if source.catalogue.indicators[code].summary == "total"]
    courses = {code: course(source, code, YEAR).series[0].marks for code in codes}
    for quarter in range(YEAR.first, YEAR.last + 1):
        for reading in read(source.warehouse, source.catalogue, "COUNTY", Span(quarter, quarter), codes):
            told = next(m.value for m in courses[reading.indicator] if m.key == format_quarter(quarter))
            assert told == (pytest.approx(reading.value) if reading.value is not None else None), reading.indicator


def test_a_course_begins_where_the_data_begin(source: Source) -> None:
    code = plain(source.catalogue)[0]
    figure = course(source, code, Span(NO_DATA.first, YEAR.first))
    assert figure.series[0].marks[0].key == "2008Q1" and "2008年一季度至" in figure.title
    assert {(mark.value, mark.text) for mark in course(source, code, NO_DATA).marks()} <= {(None, "—")}


def test_a_target_of_a_flow_is_no_line(source: Source) -> None:
    for code in plain(source.catalogue):
        figure = course(source, code, YEAR)
        if source.catalogue.indicators[code].chart == "column":
            assert figure.series[0].target is None


def test_every_area_is_its_reading_sorted_by_value(source: Source) -> None:
    areas = [found.code for found in organisations(source.warehouse) if found.parent == "COUNTY"]
    for code in plain(source.catalogue)[:25]:
        figure = make_figure(source, AreasPanel(code="a", kind="areas", indicator=code), Selection("COUNTY", YEAR))
        told = {mark.key: mark.value for mark in figure.marks()}
        asked = read_units(source.warehouse, source.catalogue, areas, YEAR, [code])
        assert told == {reading.unit: reading.value for reading in asked if reading.unit in told}
        known = [mark.value for mark in figure.marks() if mark.value is not None]
        assert known == sorted(known, reverse=True)
        assert [mark.value for mark in figure.marks()][: len(known)] == known  # the unknown ones come last
        assert not known or 0 < len(told) <= len(areas)


def is_judged(source: Source, code: str, marks: Sequence[Mark]) -> bool:
    """Return whether the marks say how a target stands: not before the year of one that counts from each year's start.

    Of such a target an earlier year has reached nothing and lacks nothing.
    """
    (goal,) = [one.goal for one in read(source.warehouse, source.catalogue, "COUNTY", YEAR, [code])]
    assert goal
    begun = verdict_on(source.warehouse, source.catalogue, goal, YEAR.last, "COUNTY").clock.begun
    judged = {mark.verdict != VerdictState.NONE for mark in marks}
    assert judged <= {True} or not begun, code
    return judged <= {True}


def test_the_title_counts_who_reached_the_target(source: Source) -> None:
    aimed = [
        reading.indicator
        for reading in read(source.warehouse, source.catalogue, "COUNTY", YEAR)
        if reading.goal and reading.goal.value and source.catalogue.indicators[reading.indicator].is_rate
    ]
    assert aimed
    for code in aimed:
        figure = make_figure(source, AreasPanel(code="a", kind="areas", indicator=code), Selection("COUNTY", YEAR))
        goal = figure.series[0].target
        known = [mark for mark in figure.marks() if mark.value is not None]
        assert all(mark.target == goal for mark in known)
        if is_judged(source, code, known):
            met = [mark for mark in known if mark.value >= mark.target]
            assert (f"中{len(met)}个达到" if met else "中没有一个达到") in figure.title
        else:
            met = []
            assert "达到" not in figure.title
        assert {mark.key for mark in known if mark.note.startswith("✓")} == {mark.key for mark in met}


def test_who_is_short_is_marked_as_behind_only_once_the_target_is_due(source: Source) -> None:
    targets = [
        reading
        for reading in read(source.warehouse, source.catalogue, "COUNTY", YEAR)
        if reading.goal and reading.goal.value and source.catalogue.indicators[reading.indicator].is_rate
    ]
    seen = set()
    for reading in targets:
        panel = AreasPanel(code="a", kind="areas", indicator=reading.indicator)
        marks = make_figure(source, panel, Selection("COUNTY", YEAR)).marks()
        short = [mark for mark in marks if mark.value is not None and mark.target and mark.value < mark.target]
        due = reading.goal is not None and YEAR.last >= reading.goal.due_in
        if not is_judged(source, reading.indicator, short):
            assert {mark.note for mark in short} <= {""}
            continue
        assert {mark.note for mark in short} <= {"△ 未达目标" if due else "尚未达到目标"}
        seen |= {due} if short else set()
    assert False in seen


def test_ends_that_are_shared_are_counted(source: Source) -> None:
    for code in plain(source.catalogue)[:25]:
        figure = make_figure(source, AreasPanel(code="a", kind="areas", indicator=code), Selection("COUNTY", YEAR))
        known = [mark for mark in figure.marks() if mark.value is not None]
        if known and known[0].value != known[-1].value:
            same = sum(mark.value == known[0].value for mark in known)
            said = f"{known[0].label}等{same}个" if same > 1 else known[0].label
            assert f"的是{said}（{known[0].text}）" in figure.title


def test_a_union_stands_among_those_beside_it(source: Source) -> None:
    union = next(found for found in organisations(source.warehouse) if found.level == "union" and not found.closed)
    figure = make_figure(
        source, AreasPanel(code="a", kind="areas", indicator=plain(source.catalogue)[0]), Selection(union.code, YEAR)
    )
    assert union.code in {mark.key for mark in figure.marks()}


def test_rates_are_the_readings_in_the_order_declared(source: Source) -> None:
    codes = tuple(found.code for found in source.catalogue.indicators.values() if found.unit == "percent")
    figure = make_figure(source, RatesPanel(code="r", kind="rates", indicators=codes), Selection("COUNTY", YEAR))
    asked = read(source.warehouse, source.catalogue, "COUNTY", YEAR, codes)
    assert [(mark.key, mark.value) for mark in figure.marks()] == [(found.indicator, found.value) for found in asked]


@pytest.mark.property
@given(data=st.data())
def test_every_figure_of_every_board_stands_on_its_lines(source: Source, data: st.DataObject) -> None:
    board = data.draw(st.sampled_from(list(source.catalogue.boards.values())))
    panel = data.draw(st.sampled_from(board.panels))
    unit = data.draw(st.sampled_from(["COUNTY", "T01", "S03", "T01001"]))
    span = data.draw(st.sampled_from([YEAR, parse_span("2011Q2"), parse_span("2008Q1..2010Q4"), NO_DATA]))
    kind = data.draw(st.sampled_from(["", *source.catalogue.kinds]))
    figure = make_figure(source, panel, Selection(unit, span, None, kind))
    assert figure.title and not figure.title.endswith("，")
    assert all(any(line.startswith(start) for line in figure.lines) for start in LINES)
    assert_missing_is_said(figure)
    assert span != NO_DATA or not any(mark.value for mark in figure.marks() if not earlier(mark.key))


def assert_missing_is_said(figure: Figure) -> None:
    for mark in figure.marks():
        if mark.value is None:
            assert not mark.text.startswith("0"), f"{figure.code} {mark}"


def earlier(key: str) -> bool:
    """Return whether a mark is of a quarter: a course shows those before the span too."""
    return "Q" in key


def course(source: Source, code: str, span: Span) -> Figure:
    return make_figure(source, CoursePanel(code="c", kind="course", indicators=(code,)), Selection("COUNTY", span))


@given(count=st.integers(0, 200))
def test_of_very_many_organisations_the_first_and_the_last_are_shown(count: int) -> None:
    marks = tuple(
        Mark(label=f"{place}厂工会", value=float(-place), text=str(-place), key=f"U{place}") for place in range(count)
    )
    figure = Figure(
        code="a",
        kind="areas",
        title="",
        question="",
        series=(Series(name="会员", measure="人", marks=marks),),
        measure="人",
        when="",
        who="",
        base="",
        coverage="",
        source="",
        note="一条说明",
    )
    shown = first_and_last(figure)
    if count <= 60:
        assert shown == figure
    else:
        assert shown.series[0].marks == marks[:40] + marks[-20:]
        assert shown.note == f"一条说明；这里只列前40个和后20个单位，全部{count:,}个见下载的文件"
