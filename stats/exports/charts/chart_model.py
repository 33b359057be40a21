"""A native chart as data: its shape, its series and its axis, before Word, PowerPoint or Excel draws it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil, floor
from typing import Literal

from base.formats import HUNDRED_MILLION, PERCENT, TEN_THOUSAND, YUAN, round_half_up
from stats.drawing.elements.axis import ticks

Shape = Literal["line", "column", "bar"]
_MOST_TICKS = 6
_TOLERANCE = 1e-9
_NEXT_TO_NOTHING = 1e-8  # smaller than any number in a paper
_EXACT = 10  # decimals; beyond is floating-point error
_PERIOD = re.compile(r"(\d{4}年)(?:([一二三四])季度|(\d{1,2})月)")
_NUMBER = re.compile(r"[−\d,]+(?:\.(\d+))?")
# Thresholds and steps for writing amounts in 亿 or 万. A number format can only scale by thousands, so the decimal
# point is written as a literal.
_MONEY = (
    (HUNDRED_MILLION, HUNDRED_MILLION / 100, '0\\.00,,"亿"'),
    (TEN_THOUSAND, TEN_THOUSAND / 10, '0\\.0,"万"'),
)
_FEW, _MOST_QUARTERS, _YEAR, _MONTHS = 4, 20, 4, 12  # quarters along an axis, and months in a year
_ALT_POINTS = 30  # numbers read out in a chart's description


@dataclass(frozen=True)
class ChartSeries:
    """Numbers in the stored unit (None: a gap) and the formatter's text for each.

    `role` marks a target (drawn as a frame or a dashed line), the ends of a change, and a lift, which is invisible and
    carries the other bars. `labelled` are the points with a text beside them.
    """

    name: str
    values: tuple[float | None, ...]
    texts: tuple[str, ...]
    role: Literal["value", "target", "end", "lift"] = "value"
    labelled: Literal["all", "last", "none"] = "all"

    def labels(self) -> dict[int, str]:
        """Return the texts written in the chart, by their point."""
        if self.labelled == "none":
            return {}
        known = [at for at, value in enumerate(self.values) if value is not None]
        return {at: self.texts[at] for at in (known if self.labelled == "all" else known[-1:])}


@dataclass(frozen=True)
class Axis:
    """The value axis, in the stored unit: its ends, the step of its labels and their number format."""

    low: float
    high: float
    step: float
    number_format: str


@dataclass(kw_only=True, frozen=True)
class Chart:
    """A chart: columns and lines over time, or horizontal bars, one per row with the first on top.

    `title` is "" if the figure's own title suffices; `note` is printed below. Only the first `shown` categories are
    drawn, None for all. Values at the places `hollow` are drawn as outlines, because returns behind them are missing.
    """

    title: str
    shape: Shape
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    measure: str
    axis: Axis
    stacked: bool = False
    shown: int | None = None
    note: str = ""
    hollow: frozenset[int] = frozenset()

    @property
    def heading(self) -> str:
        """Return the title with its unit of measure, "" without a title."""
        return f"{self.title}（{self.measure}）" if self.title and self.measure else self.title

    @property
    def has_legend(self) -> bool:
        """Return whether there is more than one series to distinguish."""
        return len(self.series) > 1 and all(series.role != "lift" for series in self.series)

    @property
    def framed(self) -> bool:
        """Return whether bars have a frame that reaches to their target."""
        return self.shape != "line" and any(series.role == "target" for series in self.series)

    @property
    def rows(self) -> int:
        """Return the number of horizontal bars."""
        return len(self.drawn().categories) * (1 if self.stacked or self.framed else len(self.series))

    @property
    def skip(self) -> int:
        """Return the interval of labelled categories: all bars are labelled, of many quarters or months only some."""
        if self.shape == "bar" or len(self.categories) <= _MOST_QUARTERS:
            return 1
        year = _MONTHS if self.categories[0].endswith("月") else _YEAR
        return year * -(-len(self.categories) // (_MOST_QUARTERS * year // _YEAR))

    def grouped(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the categories; a moderate number of quarters or months is grouped by year."""
        named = [_PERIOD.fullmatch(name) for name in self.categories]
        if self.shape == "bar" or not _FEW < len(named) <= _MOST_QUARTERS or not all(named):
            return [(name, ()) for name in self.categories]
        years: dict[str, list[str]] = {}
        for match in filter(None, named):
            years.setdefault(match[1], []).append(match[2] or match[3])
        return [(year, tuple(quarters)) for year, quarters in years.items()]

    def drawn(self) -> "Chart":
        """Return the chart with only the categories that are drawn."""
        cut = slice(self.shown)
        kept = tuple(replace(series, values=series.values[cut], texts=series.texts[cut]) for series in self.series)
        return replace(self, categories=self.categories[cut], series=kept, shown=None)

    def described(self) -> str:
        """Return the alternative text of the chart: its first numbers, series by series."""
        drawn = self.drawn()
        shown = [series for series in drawn.series if series.role in ("value", "end")]
        texts = [_say_series(series, drawn.categories) for series in shown]
        return "；".join(filter(None, (self.heading, *texts)))


def number_format(measure: str, texts: Sequence[str]) -> str:
    """Return the number format for values of a measure, with as many decimals as their texts; money in 元."""
    if measure == YUAN:
        return _whole_or_parted(YUAN, 0)
    return _whole_or_parted(measure, max(map(_places, texts), default=0))


def live_format(series: ChartSeries, measure: str) -> str | None:
    """Return a number format that matches the formatter for each label, so that labels follow edits; None if none does.

    Money has none: it is printed in 元, 万元 or 亿元, whichever fits.
    """
    labels = series.labels()
    if measure == YUAN or not labels:
        return None
    places = max(map(_places, labels.values()))
    if any(_shown(series.values[at], measure, places) != text for at, text in labels.items()):
        return None
    plain = _whole_or_parted(measure, places)
    return plain if measure == PERCENT else f'{plain}"{measure}"'


def scale(series: Sequence[ChartSeries], measure: str, from_zero: bool, reach: float | None = None) -> Axis:
    """Return an axis with round ends that includes all values; bars begin at zero. It extends at least to `reach`."""
    values = [value for series in series for value in series.values if value is not None]
    values += [0.0] if from_zero or not values else []
    values += [] if reach is None else [reach]
    low, high = min(values), max(values)
    if high - low < _NEXT_TO_NOTHING:  # what never moves is seen from zero
        low, high = min(low, 0.0), max(high, 0.0)
        high = high if high - low > _NEXT_TO_NOTHING else low + 1.0
    places, _ = ticks(low, high, measure, _MOST_TICKS)
    step = round(places[1] - places[0] if len(places) > 1 else high - low, _EXACT)
    bottom = floor(low / step + _TOLERANCE) * step
    top = ceil(high / step - _TOLERANCE) * step
    return Axis(
        round(bottom, _EXACT), round(top, _EXACT), step, _axis_format(measure, step, max(abs(bottom), abs(top)))
    )


def on_one_scale(charts: Sequence[Chart]) -> tuple[Chart, ...]:
    """Return charts of one measure with an axis that holds the values of all of them."""
    drawn = [series for chart in charts for series in chart.series]
    axis = scale(drawn, charts[0].measure, any(chart.shape == "column" for chart in charts)) if charts else None
    return tuple(replace(chart, axis=axis) for chart in charts) if axis else ()


def _axis_format(measure: str, step: float, largest: float) -> str:
    """Return a format with as many decimals as the steps need, so that no two labels are equal or rounded."""
    if measure == YUAN:
        for size, least, code in _MONEY:
            if largest >= size and abs(step / least - round(step / least)) < _TOLERANCE:
                return code
    exponent = (
        Decimal(str(round(step * (100 if measure == PERCENT else 1), _EXACT - 2))).normalize().as_tuple().exponent
    )
    return _whole_or_parted(measure, max(0, -int(exponent)))


def _whole_or_parted(measure: str, places: int) -> str:
    """Return a format with so many decimals; one that omits zeros would show a whole number as “5.”."""
    parted = f".{'0' * places}" if places else ""
    return f"0{parted}%" if measure == PERCENT else f"#,##0{parted}"


def _places(text: str) -> int:
    """Return the number of decimals of the number that a text begins with."""
    match = _NUMBER.match(text)
    return len(match[1] or "") if match else 0


def _shown(value: float | None, measure: str, places: int) -> str:
    """Return a value as a spreadsheet shows it in a format with so many decimals and its measure."""
    if value is None:
        return ""
    return f"{round_half_up(value * (100 if measure == PERCENT else 1), places):,}{measure}"


def _say_series(series: ChartSeries, categories: Sequence[str]) -> str:
    text = "，".join(f"{name}{text}" for name, text in list(zip(categories, series.texts, strict=True))[:_ALT_POINTS])
    return f"{series.name}：{text}"
