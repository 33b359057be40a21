"""The axes: numbers in Chinese (5万, 1.2亿, 80%), names of rows, and drawings one under the other on one axis."""

import math
from collections.abc import Sequence
from decimal import Decimal
from itertools import accumulate

from base.formats import HUNDRED_MILLION, PERCENT, TEN_THOUSAND, counts
from stats.drawing.elements.frame import SMALL, TEXT, Part, shorten
from stats.figures.elements.figure_model import Mark

FEW_TICKS = 3  # as many as fit beside names on a phone
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_SIZES = ((HUNDRED_MILLION, "亿"), (TEN_THOUSAND, "万"))


def numbers(low: float, high: float, measure: str, most: int = 5) -> Part:
    """Return an axis with at most so many labelled round values from `low` to `high`."""
    places, words = ticks(low, high, measure, most)
    return {"tickvals": places, "ticktext": words, "tickfont": {"size": SMALL}}


def names(marks: Sequence[Mark], longest: int) -> Part:
    """Return the vertical axis of marks, one per row, the first on top, with names of at most so many characters."""
    return {
        "range": [len(marks) - 0.4, -0.6],
        "tickvals": list(range(len(marks))),
        "ticktext": [shorten(mark.label, longest) for mark in marks],
        "tickfont": {"size": TEXT},
        "showgrid": False,
        "automargin": True,
    }


def stack(heights: Sequence[float], spacing: float, along: Part, upright: Sequence[Part]) -> Part:
    """Return the axes of stacked drawings, from the top, with a common horizontal axis labelled at the bottom.

    `heights` are their shares of the height, with gaps of `spacing` between them. The axes are xaxis and yaxis, xaxis2
    and yaxis2, and so on.
    """
    last = len(heights)
    shares = [height / sum(heights) * (1 - spacing * (last - 1)) for height in heights]
    tops = accumulate(shares[:-1], lambda top, share: top - share - spacing, initial=1.0)
    axes: Part = {}
    for row, (top, share) in enumerate(zip(tops, shares, strict=True), start=1):
        number = number_of(row)
        follows = {"matches": f"x{number_of(last)}", "showticklabels": False} if row < last else {}
        axes[f"xaxis{number}"] = {"anchor": f"y{number}", **follows, **along}
        axes[f"yaxis{number}"] = {"anchor": f"x{number}", "domain": [max(top - share, 0.0), top], **upright[row - 1]}
    return axes


def begins_year(mark: Mark) -> bool:
    """Return whether a mark of a course is of the first quarter or month of a year."""
    return mark.key[4:] in ("Q1", "M01")


def ends_year(mark: Mark) -> bool:
    """Return whether a mark of a course is of the last quarter or month of a year."""
    return mark.key[4:] in ("Q4", "M12")


def number_of(row: int) -> str:
    """Return Plotly's suffix for the axes of a row, counted from 1."""
    return "" if row == 1 else str(row)


def ticks(low: float, high: float, measure: str, most: int = 5) -> tuple[list[float], list[str]]:
    """Return at most so many round values from `low` to `high` with their labels, all in one unit (万, 亿)."""
    values: list[float] = []
    for parts in (most - 1, most, most + 2, 2 * most):  # finer if the round values fit badly
        step = _step((high - low) / parts, measure)
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        values = [number * step for number in range(first, last + 1)]
        if len(values) > 1:
            break
    return values, [say_tick(value, measure, max(abs(low), abs(high))) for value in values]


def say_tick(value: float, measure: str, largest: float) -> str:
    """Return the label of a value on an axis whose largest value is given."""
    if measure == PERCENT:
        return f"{_plain(value * 100)}%"
    for size, word in _SIZES:
        if largest >= size:
            return f"{_plain(value / size)}{word}" if round(value / size, 6) else "0"
    return _plain(value)


def _step(rough: float, measure: str) -> float:
    if rough <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(rough))
    rounds = (step * power for step in _STEPS if step * power >= rough * (1 - 1e-9))
    return next((step for step in rounds if step.is_integer()), 1.0) if counts(measure) else next(rounds)


def _plain(value: float) -> str:
    return f"{Decimal(str(round(value, 6))).normalize():,f}".replace("-", "−")
