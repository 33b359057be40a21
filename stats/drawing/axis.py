"""The axis of numbers in Chinese: 5万, 1.2亿, 80%."""

import math
from decimal import Decimal

from stats.formats import HUNDRED_MILLION, PERCENT, TEN_THOUSAND

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_SIZES = ((HUNDRED_MILLION, "亿"), (TEN_THOUSAND, "万"))


def ticks(low: float, high: float, measure: str, most: int = 5) -> tuple[list[float], list[str]]:
    """Return round values from `low` to `high`, at most so many, and how each is written; all in one size (万, 亿)."""
    values: list[float] = []
    for parts in (most - 1, most, most + 2, 2 * most):  # finer where round values fall badly
        step = _step((high - low) / parts, measure)
        first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
        values = [number * step for number in range(first, last + 1)]
        if len(values) > 1:
            break
    return values, [say_tick(value, measure, max(abs(low), abs(high))) for value in values]


def say_tick(value: float, measure: str, largest: float) -> str:
    """Return a value as it stands on an axis whose largest value is given."""
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
    step = next(found * power for found in _STEPS if found * power >= rough * (1 - 1e-9))
    return step if measure == PERCENT else max(step, 1.0) if rough >= 0.2 else step


def _plain(value: float) -> str:
    return f"{Decimal(str(round(value, 6))).normalize():,f}".replace("-", "−")
