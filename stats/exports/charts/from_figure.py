"""A figure as native charts: one description of series and axes for all three formats.

Different measures never share an axis: each gets its own chart. An unknown number stays None and is drawn as a gap. A
list of records has no chart.
"""

from collections.abc import Callable, Sequence
from math import fsum
from typing import Any, Literal

from base.formats import IN_PART, NO_DATA, PERCENT, say_value
from stats.exports.charts.chart_model import Chart, ChartSeries, on_one_scale, scale
from stats.figures.elements.figure_model import Figure, Mark, Series, SeriesRole

MOST_BARS = 30  # bars that are legible on a page; of more only the first FIRST are drawn
FIRST = 20
_MOST_LABELLED = 8  # points written beside a course; with more of them only the last
_WHOLE = 1.0
_ROOM = 1.15
_TARGET = "目标"
_START, _ENDS, _UP, _DOWN = "起点", "期初、期末", "增加", "减少"
_CUT = "横轴只画变化所在的一段，不从零开始"
_HOLLOW = f"空心的是{IN_PART}的一季"
_MOVES = "本期增减"
_TIMES = (SeriesRole.DAYS, SeriesRole.TAIL)
_DONE = (SeriesRole.VALUE, SeriesRole.WAITING, SeriesRole.OVERDUE)
_FLOWS = (SeriesRole.INFLOW, SeriesRole.OUTFLOW)


def charts_of(figure: Figure) -> tuple[Chart, ...]:
    """Return the charts of a figure; none for a list of records or if no number is known."""
    maker = _MAKERS.get(figure.kind)
    return maker(figure) if maker and figure.known else ()


def say_more(count: int) -> str:
    """Return a remark on how many rows are not drawn, "" if all are; the paper's workbook holds them all."""
    rest = count - FIRST
    return f"只列前{FIRST}个，另有{rest:,}个见同时生成的数据表" if count > MOST_BARS else ""


def _course(figure: Figure) -> tuple[Chart, ...]:
    return tuple(_over_time(series) for series in figure.series if _known(series))


def _over_time(series: Series) -> Chart:
    drawn = [_plain(series)]
    if series.target is not None:
        drawn.append(_target(series.target_text, (series.target,) * len(series.marks)))
    return Chart(
        title=series.name,
        shape=series.chart,
        categories=tuple(mark.label for mark in series.marks),
        series=tuple(drawn),
        measure=series.measure,
        axis=scale(drawn, series.measure, series.chart == "column"),
        note=_HOLLOW if any(mark.partial for mark in series.marks) else "",
        hollow=frozenset(at for at, mark in enumerate(series.marks) if mark.partial),
    )


def _plain(series: Series) -> ChartSeries:
    return ChartSeries(series.name, _values(series), _texts(series), labelled=_labelled(series))


def _labelled(series: Series) -> Literal["all", "last"]:
    return "all" if len(series.marks) <= _MOST_LABELLED else "last"


def _target(name: str, goals: tuple[float | None, ...]) -> ChartSeries:
    return ChartSeries(name=name, values=goals, texts=("",) * len(goals), role="target", labelled="none")


def _areas(figure: Figure) -> tuple[Chart, ...]:
    return tuple(_beside_target(series, series.name) for series in figure.series[:1])


def _rates(figure: Figure) -> tuple[Chart, ...]:
    """Return one chart per unit of measure, with its indicators below one another."""
    return tuple(_beside_target(series, "") for series in figure.series)


def _beside_target(series: Series, title: str) -> Chart:
    """Return bars with a frame that reaches to each one's target."""
    marks = series.marks
    texts = tuple(f"{mark.shown_text} {mark.verdict.sign}".strip() for mark in marks)
    drawn = [ChartSeries(series.name, _values(series), texts)]
    goals = tuple(series.target if mark.target is None else mark.target for mark in marks)
    if any(goal is not None for goal in goals):
        drawn.append(_target(series.target_text or _TARGET, goals))
    top = _WHOLE if series.measure == PERCENT else None if len(drawn) > 1 else _beyond(drawn)
    return Chart(
        title=title,
        shape="bar",
        categories=tuple(_named(mark) for mark in marks),
        series=tuple(drawn),
        measure=series.measure,
        axis=scale(drawn, series.measure, True, top),
        **_cut(marks),
    )


def _having(figure: Figure) -> tuple[Chart, ...]:
    """Return bars of the first series: the whole of a matrix, the steps of a ladder."""
    return (_beside_target(figure.series[0], figure.series[0].name),)


def _split(figure: Figure) -> tuple[Chart, ...]:
    if len(figure.series) == 1:
        series = figure.series[0]
        drawn = [ChartSeries(series.name, _values(series), tuple(f"{m.text} {m.note}".strip() for m in series.marks))]
        names = tuple(_named(mark) for mark in series.marks)
        return (_bars(figure, names, drawn),)
    return (_stacked(figure),)


def _stacked(figure: Figure) -> Chart:
    """Return stacked bars; each total is in the bar's name, because it belongs to none of its parts."""
    rows = range(len(figure.series[0].marks))
    totals = [fsum(series.marks[row].value or 0.0 for series in figure.series) for row in rows]
    texts = [say_value(total, figure.measure) for total in totals]
    names = tuple(f"{figure.series[0].marks[row].label}（{texts[row]}）" for row in rows)
    drawn = [ChartSeries(series.name, _values(series), _texts(series)) for series in figure.series]
    return _bars(figure, names, drawn, totals)


def _bars(figure: Figure, names: tuple[str, ...], series: list[ChartSeries], totals: Sequence[float] = ()) -> Chart:
    reach = max(totals) if totals else _beyond(series)
    axis = scale(series, figure.measure, True, reach)
    cut = _cut(figure.series[0].marks)
    return Chart(
        title="",
        shape="bar",
        categories=names,
        series=tuple(series),
        measure=figure.measure,
        axis=axis,
        stacked=bool(totals),
        **cut,
    )


def _change(figure: Figure) -> tuple[Chart, ...]:
    """Return a waterfall: bars lifted by an invisible one, so that each begins where the previous one ended."""
    series = figure.series[0]
    lifts, ends, ups, downs = zip(*_steps(series.marks), strict=True)
    texts = _texts(series)
    drawn = (
        ChartSeries(name=_START, values=lifts, texts=("",) * len(lifts), role="lift", labelled="none"),
        ChartSeries(name=_ENDS, values=ends, texts=_where(ends, texts), role="end", labelled="none"),
        ChartSeries(_UP, ups, _where(ups, texts), labelled="none"),
        ChartSeries(_DOWN, downs, _where(downs, texts), labelled="none"),
    )
    tops = [fsum(value or 0.0 for value in row) for row in zip(lifts, ends, ups, downs, strict=True)]
    lows = [value for value in lifts if value] or [0.0]
    whole = [end for end in ends if end is not None]
    axis = scale([ChartSeries("", tuple([*tops, *lows, *whole]), ())], series.measure, False)
    names = tuple(f"{mark.label}　{mark.text}" for mark in series.marks)
    note = _CUT if axis.low > 0 else ""
    return (
        Chart(
            title="",
            shape="bar",
            categories=names,
            series=drawn,
            measure=series.measure,
            axis=axis,
            stacked=True,
            note=note,
        ),
    )


def _beyond(drawn: Sequence[ChartSeries]) -> float:
    """Return the end of an axis with room for labels beside the longest bar."""
    return _ROOM * max((value for series in drawn for value in series.values if value is not None), default=0.0)


def _where(values: Sequence[float | None], texts: Sequence[str]) -> tuple[str, ...]:
    return tuple("" if value is None else text for value, text in zip(values, texts, strict=True))


def _steps(marks: Sequence[Mark]) -> list[tuple[float | None, float | None, float | None, float | None]]:
    """Return for each mark what lifts its bar, and its length as an end, a rise or a fall."""
    at = marks[0].value or 0.0
    steps: list[tuple[float | None, float | None, float | None, float | None]] = [(None, at, None, None)]
    for mark in marks[1:-1]:
        moved = mark.value or 0.0
        rise, fall = (moved, None) if moved >= 0 else (None, -moved)
        steps.append((min(at, at + moved), None, rise, fall))
        at += moved
    return [*steps, (None, marks[-1].value, None, None)]


def _stock(figure: Figure) -> tuple[Chart, ...]:
    """Return the closings as columns, and inflow and outflow by quarter, outflow below zero."""
    closing = figure.series[-1]
    texts = tuple(f"{mark.text} {mark.note}".strip() for mark in closing.marks)
    level = [ChartSeries(closing.name, _values(closing), texts, labelled=_labelled(closing))]
    names = tuple(mark.label for mark in closing.marks)
    held = scale(level, closing.measure, True)
    moves = [_move(series) for series in figure.series[:-1] if series.role in _FLOWS]
    drawn = [
        Chart(
            title=closing.name,
            shape="column",
            categories=names,
            series=tuple(level),
            measure=closing.measure,
            axis=held,
        )
    ]
    if any(value is not None for series in moves for value in series.values):
        reach = [_reach(moves, sign) for sign in (1, -1)]
        axis = scale([ChartSeries("", tuple(reach), ())], closing.measure, True)
        drawn.append(
            Chart(
                title=_MOVES,
                shape="column",
                categories=names,
                series=tuple(moves),
                measure=closing.measure,
                axis=axis,
                stacked=True,
            )
        )
    return tuple(drawn)


def _move(series: Series) -> ChartSeries:
    sign = -1.0 if series.role == SeriesRole.OUTFLOW else 1.0
    values = tuple(None if mark.value is None else sign * mark.value for mark in series.marks)
    return ChartSeries(series.name, values, _texts(series), labelled="none")


def _reach(moves: Sequence[ChartSeries], sign: int) -> float:
    columns = zip(*(series.values for series in moves), strict=True)
    return sign * max(fsum(sign * v for v in column if v is not None and sign * v > 0) for column in columns)


def _funnel(figure: Figure) -> tuple[Chart, ...]:
    """Return the counts side by side, and the days between the stages as a chart of their own."""
    measures = dict.fromkeys(series.measure for series in figure.series)
    return tuple(_of_measure([series for series in figure.series if series.measure == measure]) for measure in measures)


def _response(figure: Figure) -> tuple[Chart, ...]:
    """Return the times side by side, the shares done in time, and the counts, each a chart of its own."""
    times = [series for series in figure.series if series.role in _TIMES]
    shares = [series for series in figure.series if series.role == SeriesRole.SHARE]
    counts = [series for series in figure.series if series.role in _DONE]
    return tuple(_of_measure(series) for series in (times, shares, counts) if any(map(_known, series)))


def _of_measure(series: Sequence[Series]) -> Chart:
    drawn = [ChartSeries(series.name, _values(series), _texts(series)) for series in series]
    title = series[0].name if len(series) == 1 else ""
    names = tuple(mark.label for mark in series[0].marks)
    axis = scale(drawn, series[0].measure, True, _beyond(drawn))
    return Chart(title=title, shape="bar", categories=names, series=tuple(drawn), measure=series[0].measure, axis=axis)


def _values(series: Series) -> tuple[float | None, ...]:
    return tuple(mark.value for mark in series.marks)


def _texts(series: Series) -> tuple[str, ...]:
    return tuple(mark.shown_text for mark in series.marks)


def _known(series: Series) -> bool:
    return any(mark.value is not None for mark in series.marks)


def _named(mark: Mark) -> str:
    text = mark.absent or NO_DATA if mark.value is None else IN_PART if mark.partial else ""
    return f"{mark.label}（{text}）" if text else mark.label


def _cut(marks: Sequence[Mark]) -> dict[str, Any]:
    """Return how many bars are drawn, and a remark on the others."""
    many = len(marks) > MOST_BARS
    return {"shown": FIRST, "note": say_more(len(marks))} if many else {}


_MAKERS: dict[str, Callable[[Figure], tuple[Chart, ...]]] = {
    "ageing": _split,
    "areas": _areas,
    "change": _change,
    "course": _course,
    "funnel": _funnel,
    "ladder": _having,
    "matrix": _having,
    "multiples": lambda figure: on_one_scale(_course(figure)),
    "rates": _rates,
    "response": _response,
    "split": _split,
    "stock": _stock,
}
