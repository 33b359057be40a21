"""How long things took: a bar to the median, a diamond at what nine in ten took, a tick at the limit."""

from stats.drawing.elements.bars import aside, over_bar, tracked
from stats.drawing.elements.frame import Part, Spec, compose, say_mark, shorten, small, target_ticks, written
from stats.drawing.elements.palette import Palette
from stats.drawing.elements.pressed import pressed
from stats.figures.elements.figure_model import Figure, Mark, Series, SeriesRole

_ROW, _EDGE = 86, 46  # pixels
_WIDE, _RISE, _FALL = 0.2, 0.14, 0.44  # a bar, its words above, those below, in rows
_TICK = 22
_LONGEST = 12  # letters of a name
_WARNING = "△"
_KEY = "条形：一般用时　◆：九成在此以内　竖线：期限"


def draw_response(figure: Figure, palette: Palette) -> Spec:
    """Return the drawing, all bars from zero on one scale; what is open is said by a sign and words."""
    series = {column.role: column for column in figure.series}
    median, tail = series[SeriesRole.DAYS].marks, series[SeriesRole.TAIL].marks
    known = [n for mark in (*median, *tail) for n in (mark.value, mark.target) if n is not None]
    high = max(known, default=1.0) or 1.0
    labels = [_hover(series, row) for row in range(len(median))]
    ticks = target_ticks([(mark.target, row) for row, mark in enumerate(median)], _TICK, palette)
    return compose(
        palette,
        _ROW * max(len(median), 1) + _EDGE,
        [
            *tracked(median, labels, high, _WIDE, palette, **pressed(figure, _place(figure, SeriesRole.DAYS), median)),
            _diamonds(tail, palette),
            ticks,
        ],
        xaxis={"range": [0, high * 1.03], "visible": False},
        yaxis={"range": [len(median) - 0.4, -0.95], "visible": False},
        annotations=[
            _legend(palette),
            *(words for row in range(len(median)) for words in _written(series, row, palette)),
        ],
        barmode="overlay",
    )


def _place(figure: Figure, role: SeriesRole) -> int:
    return next(at for at, series in enumerate(figure.series) if series.role == role)


def _diamonds(marks: tuple[Mark, ...], palette: Palette) -> Part:
    placed = [(mark.value, row) for row, mark in enumerate(marks) if mark.value is not None]
    return {
        "type": "scatter",
        "x": [value for value, _ in placed],
        "y": [row for _, row in placed],
        "mode": "markers",
        "marker": {"symbol": "diamond", "size": 11, "color": palette.ink},
        "hoverinfo": "skip",
        "cliponaxis": False,
    }


def _legend(palette: Palette) -> Part:
    return written(_KEY, 0.0, -0.62, palette, xref="paper", xanchor="left", font=small(palette))


def _written(series: dict[SeriesRole, Series], row: int, palette: Palette) -> list[Part]:
    """Return the name and the median above the bar, and below it p90, the share in time and what is open."""
    median, share = series[SeriesRole.DAYS].marks[row], series[SeriesRole.SHARE].marks[row]
    limit = f"限{median.target:g}{series[SeriesRole.DAYS].measure}" if median.target is not None else ""
    name = f"{shorten(median.label, _LONGEST)}{aside(limit, palette)}"
    below = [
        f"期限内{share.text}" if share.value is not None else share.absent,
        *([f"九成在{series[SeriesRole.TAIL].marks[row].text}内"] if median.value is not None else []),
        _say_open(series, row),
    ]
    return [
        *over_bar(row - _RISE, (name, f"<b>{median.shown_text}</b>"), palette),
        written(
            "　".join(filter(None, below)), 0.0, row + _FALL, palette, xref="paper", xanchor="left", font=small(palette)
        ),
    ]


def _say_open(series: dict[SeriesRole, Series], row: int) -> str:
    waiting, overdue = series[SeriesRole.WAITING], series[SeriesRole.OVERDUE].marks[row]
    if not waiting.marks[row].value:
        return ""
    late = f"（{overdue.text}过限）" if overdue.value else ""
    return f"{_WARNING if overdue.value else ''} {waiting.name}{waiting.marks[row].text}{late}".strip()


def _hover(series: dict[SeriesRole, Series], row: int) -> str:
    parts = [
        f"{column.name}{column.marks[row].shown_text}" for column in series.values() if column.role != SeriesRole.DAYS
    ]
    return f"{say_mark(series[SeriesRole.DAYS].marks[row])}，{'，'.join(parts)}"
