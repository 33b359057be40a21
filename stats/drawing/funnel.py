"""How far a ledger's rows have got: one bar per stage, as long as its number of rows, with the days between stages."""

from stats.drawing.elements.bars import aside, over_bar, tracked
from stats.drawing.elements.frame import Spec, compose, say_mark
from stats.drawing.elements.palette import Palette
from stats.drawing.elements.pressed import pressed
from stats.figures.elements.figure_model import Figure, Mark, Series, SeriesRole

_ROW, _EDGE = 58, 24  # pixels
_WIDE, _RISE = 0.32, 0.19  # a bar and its words, in rows
_WARNING = "△"


def draw_funnel(figure: Figure, palette: Palette) -> Spec:
    """Return the drawing, all bars from zero on one scale; overdue rows are marked by a sign and words."""
    reached = figure.series[0].marks
    others = {series.role: series for series in figure.series[1:]}
    high = max((mark.value or 0.0 for mark in reached), default=1.0) or 1.0
    labels = [_say(mark, row, others) for row, mark in enumerate(reached)]
    words = [_words(row, mark, others, palette) for row, mark in enumerate(reached)]
    return compose(
        palette,
        _ROW * max(len(reached), 1) + _EDGE,
        tracked(reached, labels, high, _WIDE, palette, **pressed(figure, 0, reached)),
        xaxis={"range": [0, high * 1.01], "visible": False},
        yaxis={"range": [len(reached) - 0.6, -0.8], "visible": False},
        annotations=[text for row, pair in enumerate(words) for text in over_bar(row - _RISE, pair, palette)],
        barmode="overlay",
    )


def _words(row: int, mark: Mark, others: dict[SeriesRole, Series], palette: Palette) -> tuple[str, str]:
    """Return the stage's name with its median days, and its rows with the overdue ones."""
    days, waiting = _of(others, SeriesRole.DAYS, row), _of(others, SeriesRole.WAITING, row)
    step = days.text if days and days.value is not None else ""
    overdue = f"{_WARNING} 超期未办{waiting.text}　" if waiting and waiting.value else ""
    return f"{mark.label}{aside(step, palette)}", f"{overdue}<b>{mark.text}</b>"


def _of(others: dict[SeriesRole, Series], role: SeriesRole, row: int) -> Mark | None:
    return others[role].marks[row] if role in others else None


def _say(mark: Mark, row: int, others: dict[SeriesRole, Series]) -> str:
    days = _of(others, SeriesRole.DAYS, row)
    step = f"，从上一步到这一步一般{days.text}（{days.note}）" if days and days.value is not None else ""
    return f"{say_mark(mark)}{step}"
