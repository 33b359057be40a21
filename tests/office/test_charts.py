"""Figures as native charts: the same numbers and words, gaps where nothing is known, one measure an axis."""

from collections.abc import Iterator
from math import fsum
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pptx import Presentation
from pptx.enum.dml import MSO_FILL
from pptx.oxml.ns import qn

from base.formats import PERCENT, say_value
from stats.exports.charts.chart_model import Chart, ChartSeries, live_format, number_format, scale
from stats.exports.charts.from_figure import FIRST, MOST_BARS, charts_of
from stats.exports.charts.openxml import Letters, add_chart
from stats.figures.elements.figure_model import Figure, Mark, Series
from stats.judging.verdicts import VerdictState
from stats.papers.paper_model import Brief

LINES = {
    "when": "时间：2010年末",
    "who": "单位：示例县总工会",
    "base": "口径：全部",
    "coverage": "报齐情况：已报2/3份，未报的不在内",
    "source": "来源：《情况表》",
}
KINDS = (
    *("ageing", "areas", "change", "course", "funnel", "ladder", "matrix", "multiples"),
    *("rates", "response", "split", "stock"),
)
MET = VerdictState.MET


def figure_of(kind: str, *series: Series) -> Figure:
    return Figure(
        code="code", kind=kind, title="甲镇最高", question="哪里高？", series=series, measure=series[0].measure, **LINES
    )


def drawn_figures(brief: Brief) -> Iterator[tuple[Figure, Chart]]:
    for exhibit in brief.exhibits():
        for chart in charts_of(exhibit.figure):
            yield exhibit.figure, chart


def test_every_kind_is_drawn(all_figures: Brief) -> None:
    assert {figure.kind for figure, _ in drawn_figures(all_figures)} == set(KINDS)


TABLES = ("records", "distances")  # kinds that are a table


def test_every_known_figure_has_a_chart_and_no_list_has_one(all_figures: Brief) -> None:
    for exhibit in all_figures.exhibits():
        figure = exhibit.figure
        assert bool(charts_of(figure)) == (figure.known and figure.kind not in TABLES), figure.title


def test_charts_hold_the_numbers_and_words_of_their_figures(all_figures: Brief) -> None:
    for figure, chart in drawn_figures(all_figures):
        numbers = {(mark.value, mark.shown_text) for mark in figure.marks()}
        sizes = {abs(value) for value, _ in numbers if value is not None}
        for series in chart.series:
            if series.role == "value":
                assert {abs(value) for value in series.values if value is not None} <= sizes, figure.title
            texts = [text.split(" ")[0] for text in series.texts if text]
            assert set(texts) <= {text for _, text in numbers}, figure.title


def test_no_number_of_a_figure_is_left_out(all_figures: Brief) -> None:
    for exhibit in all_figures.exhibits():
        figure = exhibit.figure
        if figure.kind in ("course", "split", "areas", "rates"):
            known = sum(mark.value is not None for mark in figure.marks())
            drawn = [s for chart in charts_of(figure) for s in chart.series if s.role == "value"]
            assert sum(value is not None for series in drawn for value in series.values) == known, figure.title


def test_a_chart_has_one_measure(all_figures: Brief) -> None:
    for figure, chart in drawn_figures(all_figures):
        measures = {series.measure for series in figure.series if series.name in {s.name for s in chart.series}}
        assert measures <= {chart.measure}, figure.title


def test_every_number_lies_on_its_axis(all_figures: Brief) -> None:
    for figure, chart in drawn_figures(all_figures):
        stacks = zip(*(series.values for series in chart.series), strict=True)
        reached = [fsum(v for v in row if v is not None and v > 0) for row in stacks] if chart.stacked else []
        single = [v for s in chart.series for v in s.values if v is not None and s.role != "lift" and not chart.note]
        assert all(chart.axis.low - 1e-9 <= value <= chart.axis.high + 1e-9 for value in (*reached, *single)), (
            figure.title
        )
        ticks = (chart.axis.high - chart.axis.low) / chart.axis.step
        assert ticks == pytest.approx(round(ticks)) and ticks <= 12, figure.title


def test_rates_are_written_in_percent(all_figures: Brief) -> None:
    formats = {chart.axis.number_format for _, chart in drawn_figures(all_figures) if chart.measure == PERCENT}
    assert formats <= {"0%", "0.0%", "0.00%"} and formats


def test_columns_and_bars_begin_at_zero_unless_it_is_said(all_figures: Brief) -> None:
    for figure, chart in drawn_figures(all_figures):
        assert chart.shape == "line" or chart.axis.low <= 0 or "不从零开始" in chart.note, figure.title


def test_a_change_runs_from_its_opening_to_its_closing(all_figures: Brief) -> None:
    changes = [(figure, chart) for figure, chart in drawn_figures(all_figures) if figure.kind == "change"]
    assert changes
    for figure, chart in changes:
        lifts, ups, downs, ends = (
            series.values for series in sorted(chart.series, key=lambda s: "起增减期".index(s.name[0]))
        )
        at = ends[0] or 0.0
        for lift, up, down in list(zip(lifts, ups, downs, strict=True))[1:-1]:
            assert (lift or 0.0) == pytest.approx(at if up is not None else at - (down or 0.0)), figure.title
            at += (up or 0.0) - (down or 0.0)
        assert at == pytest.approx(ends[-1]), figure.title


def test_of_very_many_bars_the_first_are_drawn_and_the_rest_counted() -> None:
    marks = tuple(
        Mark(label=f"第{at}家", value=float(400 - at), text=f"{400 - at}人", key=str(at)) for at in range(370)
    )
    chart = charts_of(figure_of("areas", Series(name="会员", measure="人", marks=marks)))[0]
    assert len(chart.drawn().categories) == FIRST and len(chart.categories) == 370
    assert chart.note == "只列前20个，另有350个见同时生成的数据表"
    few = charts_of(figure_of("areas", Series(name="会员", measure="人", marks=marks[:MOST_BARS])))[0]
    assert len(few.drawn().categories) == MOST_BARS and not few.note


def test_what_is_not_known_is_a_gap_and_said_so() -> None:
    marks = (
        Mark(label="甲镇", value=0.9, text="90.0%", key="T01", target=0.8, note="✓ 达到目标", verdict=MET),
        Mark(label="乙乡", value=None, text="—", key="T02", target=0.8),
    )
    chart = charts_of(
        figure_of(
            "areas", Series(name="入会率", measure=PERCENT, marks=marks, target=0.8, target_text="2012年目标≥80.0%")
        )
    )[0]
    assert chart.series[0].values == (0.9, None)
    assert chart.categories == ("甲镇", "乙乡（没有数据）")
    assert chart.series[0].labels() == {0: "90.0% ✓"}
    assert chart.series[1].values == (0.8, 0.8) and chart.series[1].name == "2012年目标≥80.0%"


def test_what_never_moves_is_seen_from_zero() -> None:
    assert [scale([ChartSeries("", (at, at), ())], "家", False).low for at in (1.0, 369.0, 0.0)] == [0.0, 0.0, 0.0]
    assert scale([ChartSeries("", (369.0, 369.0), ())], "家", False).high == 400.0


def test_quarters_stand_under_their_years() -> None:
    labels = [f"{year}年{quarter}季度" for year in (2009, 2010) for quarter in "一二三四"]
    marks = tuple(Mark(label=label, value=1.0, text="1人") for label in labels)
    chart = charts_of(figure_of("course", Series(name="会员", measure="人", marks=marks)))[0]
    assert chart.grouped() == [("2009年", tuple("一二三四")), ("2010年", tuple("一二三四"))]
    assert charts_of(figure_of("course", Series(name="会员", measure="人", marks=marks[:3])))[0].grouped() == [
        (la, ()) for la in labels[:3]
    ]


@pytest.mark.property
@given(st.lists(st.none() | st.integers(0, 10**9), min_size=1, max_size=40), st.sampled_from(["人", PERCENT, "元"]))
def test_labels_say_what_the_formatter_says(values: list[int | None], measure: str) -> None:
    numbers = tuple(None if value is None else value / (10**9 if measure == PERCENT else 1) for value in values)
    texts = tuple(say_value(number, measure, 1 if measure == PERCENT else 0) for number in numbers)
    series = ChartSeries("会员", numbers, texts)
    live = live_format(series, measure)
    if live and live.endswith("%"):
        assert all(text == say_value(numbers[at], PERCENT, 1) for at, text in series.labels().items())
    elif live:
        assert live == '#,##0"人"' and all(texts[at] == f"{values[at]:,}人" for at in series.labels())
    assert set(series.labels()) == {at for at, value in enumerate(values) if value is not None}


@pytest.mark.property
@given(
    st.lists(st.floats(-1e9, 1e9, allow_nan=False), min_size=1, max_size=20),
    st.sampled_from(["人", PERCENT, "元", "吨"]),
    st.booleans(),
)
def test_an_axis_holds_all_values_and_has_few_words(values: list[float], measure: str, from_zero: bool) -> None:
    axis = scale([ChartSeries("", tuple(values), ())], measure, from_zero)
    near = 1e-6 * max(map(abs, values)) + 1e-6
    assert axis.low <= min(values) + near and axis.high >= max(values) - near
    assert not from_zero or axis.low <= 0 <= axis.high
    assert axis.step > 0 and (axis.high - axis.low) / axis.step <= 16


@pytest.mark.parametrize(
    ("values", "measure", "code"),
    [
        ((0.0, 1.0), "个/片", "#,##0.0"),
        ((0.0, 0.1), "个/片", "#,##0.00"),
        ((0.5, 0.9), PERCENT, "0%"),
        ((0.62, 0.64), PERCENT, "0.0%"),
        ((0.0, 80_000.0), "元", '0\\.0,"万"'),
        ((0.0, 12_500.0), "元", "#,##0"),
        ((10_000.0, 10_900.0), "元", "#,##0"),
        ((0.0, 300_000_000.0), "元", '0\\.00,,"亿"'),
        ((0.0, 120_000_000.0), "元", '0\\.00,,"亿"'),
    ],
)
def test_steps_of_an_axis_are_written_without_rounding(values: tuple[float, ...], measure: str, code: str) -> None:
    axis = scale([ChartSeries("", values, ())], measure, False)
    assert axis.number_format == code, axis


def test_a_format_shows_no_point_after_a_whole_number() -> None:
    assert number_format("个/片", ["0.25个/片", "1个/片"]) == "#,##0.00"
    assert number_format("人", ["38,124人"]) == "#,##0"
    assert number_format(PERCENT, ["85.2%", "90.0%"]) == "0.0%"
    mixed = ChartSeries("", (0.25, 1.0), ("0.25个/片", "1个/片"))
    assert live_format(mixed, "个/片") is None  # a format would say 1.00个/片
    assert live_format(ChartSeries("", (3.0, None), ("3家", "—")), "家") == '#,##0"家"'


@pytest.mark.parametrize("shape", ["line", "column"])
def test_a_point_with_missing_returns_is_hollow_on_paper_too(shape: Literal["line", "column"]) -> None:
    values = ((38_124.0, False), (38_360.0, False), (35_861.0, True))
    marks = tuple(
        Mark(label=f"2011年{at}季度", value=value, text=say_value(value, "人"), partial=partial)
        for at, (value, partial) in zip("一二三", values, strict=True)
    )
    (chart,) = charts_of(figure_of("course", Series(name="会员", measure="人", marks=marks, chart=shape)))
    assert chart.note == "空心的是未报全的一季"
    slides = Presentation()
    slide = slides.slides.add_slide(slides.slide_layouts[6])
    native = add_chart(slide.shapes, chart, (0, 0, 5_000_000, 3_000_000), Letters("宋体", 9)).chart.plots[0].series[0]
    drawn = native.points[2].marker.format.fill if shape == "line" else native.points[2].format.fill
    assert drawn.type == (MSO_FILL.SOLID if shape == "line" else MSO_FILL.BACKGROUND)
    points = native._element.findall(f".//{qn('c:dPt')}")
    assert [point.find(qn("c:idx")).get("val") for point in points] == ["2"]
