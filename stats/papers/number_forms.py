"""Number forms: a reading in the form that a placeholder asks for. All numbers come from the formatter."""

from collections.abc import Callable
from dataclasses import dataclass

from base.chinese_numerals import say_capitals, say_numeral
from base.formats import (
    NO_DATA,
    PERCENT,
    change_verb,
    say_about,
    say_at_least,
    say_attained,
    say_change,
    say_growth,
    say_more_than,
    say_multiple,
    say_size,
    say_ten_thousands,
    say_undivided,
    say_yuan,
    split_value,
)
from stats.catalogue.models import Indicator
from stats.readings import Reading
from stats.readings.sentences import (
    of_like_seasons,
    say_absence,
    say_before,
    say_comparable,
    say_cover,
    say_movement,
    say_reading,
    say_target,
    say_when,
)

NO_CHANGE, NO_TARGET = "没有可比的数据", "没有目标"
_REACHED = (">=", "=")  # comparators for which a share of the target is meaningful


@dataclass(frozen=True)
class AskedNumber:
    """A reading, its indicator and the rounding step, as in base.formats."""

    reading: Reading
    indicator: Indicator
    step: float | None = None

    @property
    def number(self) -> tuple[float | None, str, int]:
        """Return the formatter's arguments: value, measure and decimals."""
        return self.reading.value, self.reading.measure, self.indicator.decimals

    @property
    def pair(self) -> tuple[float, float] | None:
        """Return value and previous value if their ratio is meaningful."""
        value, before = self.reading.value, self.reading.previous
        return None if value is None or before is None or before <= 0 or value < 0 else (value, before)


def word(figure: AskedNumber, form: str) -> str | None:
    """Return a reading in a form by its name, "" for the default; None when there are no data for it."""
    if figure.reading.value is None and form not in _WITHOUT_VALUE:
        return None
    return _FORMS[form](figure)


def say_lacking(form: str, reading: Reading) -> str:
    """Return the words in place of a form for which there are no data."""
    return say_absence(reading) if reading.value is None else _LACKING.get(form, NO_DATA)


def _change(figure: AskedNumber) -> str | None:
    """Return the change; None for a flow compared with another season, which is meaningless."""
    return say_movement(figure.reading, figure.indicator) or None if of_like_seasons(figure.reading) else None


def _plain_change(figure: AskedNumber) -> str | None:
    change = figure.reading.change
    text = None if change is None else say_change(change, figure.reading.measure, figure.indicator.decimals)
    return _like_for_like(figure, text)


def _arrived(figure: AskedNumber) -> str | None:
    """Return 增加到369家, with the verb by the sign of the change; 保持在369家 if the change rounds to nothing."""
    change = figure.reading.change
    if change is None:
        return None
    verb = change_verb(change, figure.reading.measure, figure.indicator.decimals)
    return _like_for_like(figure, f"{f'{verb}到' if verb else '保持在'}{say_reading(figure.reading, figure.indicator)}")


def _growth(figure: AskedNumber) -> str | None:
    return _like_for_like(figure, say_growth(*figure.pair) if figure.pair else None)


def _multiple(figure: AskedNumber) -> str | None:
    text = f"是{say_before(figure.reading)}的{say_multiple(*figure.pair)}" if figure.pair else None
    return _like_for_like(figure, text)


def _points(figure: AskedNumber) -> str | None:
    change, decimals = figure.reading.change, figure.indicator.decimals
    return None if change is None else say_size(change, PERCENT, decimals) or f"{0:.{decimals}f}个百分点"


def _like_for_like(figure: AskedNumber, text: str | None) -> str | None:
    """Return a change in words, with the change of those who reported both times if that differs."""
    comparable = say_comparable(figure.reading, figure.indicator)
    return f"{text}（{comparable}）" if text and comparable else text


def _attained(figure: AskedNumber) -> str | None:
    value, goal = figure.reading.value, figure.reading.goal
    if value is None or goal is None or not goal.value or goal.comparator not in _REACHED:
        return None
    return say_attained(value, goal.value)


_FORMS: dict[str, Callable[[AskedNumber], str | None]] = {
    "": lambda figure: say_reading(figure.reading, figure.indicator),
    "数值": lambda figure: split_value(*figure.number)[0],
    "不加逗号": lambda figure: say_undivided(*figure.number),
    "增减": _change,
    "增加": _plain_change,
    "增加到": _arrived,
    "幅度": _growth,
    "倍": _multiple,
    "个百分点": _points,
    "目标": lambda figure: say_target(figure.reading, figure.indicator) or None,
    "完成率": _attained,
    "口径": lambda figure: figure.reading.base,
    "报齐情况": lambda figure: say_cover(figure.reading),
    "截至": lambda figure: say_when(figure.reading),
    "约": lambda figure: say_about(*figure.number, figure.step),
    "多": lambda figure: say_more_than(*figure.number, figure.step),
    "以上": lambda figure: say_at_least(*figure.number, figure.step),
    "汉字": lambda figure: say_numeral(*figure.number),
    "汉字数": lambda figure: say_numeral(figure.reading.value, "", figure.indicator.decimals),
    "万元": lambda figure: say_ten_thousands(figure.reading.value),
    "元": lambda figure: say_yuan(figure.reading.value),
    "大写": lambda figure: say_capitals(figure.reading.value),
}
NAMES = frozenset(_FORMS) - {""}
_WITHOUT_VALUE = ("目标", "口径", "报齐情况")  # forms available without a value
_LACKING = {form: NO_CHANGE for form in ("增减", "增加", "增加到", "幅度", "倍", "个百分点")} | {
    form: NO_TARGET for form in ("目标", "完成率")
}
