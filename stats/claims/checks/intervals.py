"""Intervals: the values that a number of a draft may mean, by its rounding and the words around it."""

from dataclasses import dataclass
from decimal import Decimal

from stats.claims.phrases.phrase_model import Amount

ENDLESS = Decimal("Infinity")
_MORE = "多余"
_LEAST_OF_NEAR = Decimal("0.8")  # 近 says that little is lacking
_ROUGHLY = Decimal("0.05")


@dataclass(frozen=True)
class Interval:
    """The values from `low` to `high`, both included."""

    low: Decimal
    high: Decimal

    def meets(self, other: "Interval") -> bool:
        """Return whether a value lies in both."""
        return self.low <= other.high and other.low <= self.high

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: "Interval") -> "Interval":
        return Interval(self.low - other.high, self.high - other.low)

    def times(self, factor: Decimal | int) -> "Interval":
        """Return the interval times a number above zero."""
        return Interval(self.low * factor, self.high * factor)

    def over(self, other: "Interval") -> "Interval | None":
        """Return the quotient of two intervals of numbers above zero, None where one may be divided by zero."""
        if other.low <= 0 or self.low < 0:
            return None
        high = ENDLESS if self.high == ENDLESS else self.high / other.low
        return Interval(Decimal(0) if other.high == ENDLESS else self.low / other.high, high)

    def size(self) -> "Interval":
        """Return the interval of the absolute values."""
        if self.low >= 0:
            return self
        return Interval(Decimal(0), max(-self.low, self.high)) if self.high > 0 else Interval(-self.high, -self.low)


def interval_of(amount: Amount, text: str = "") -> Interval:
    """Return the values a number may mean, without its sign.

    `text` is the phrase: 多 and 余 bound it above, 超 doesn't. A number without such words may be rounded or cut off at
    its last place; a whole number without 万 is exact.
    """
    value, step = abs(amount.value), amount.step
    if amount.upper is not None:
        return Interval(value, amount.upper)
    half = step / 2
    match amount.comparator:
        case "=":
            return Interval(value, value) if is_exact(amount) else Interval(value - half, value + step)
        case ">":
            bounded = any(sign in text for sign in _MORE)
            return Interval(value, value + amount.round_step if bounded else ENDLESS)
        case ">=":
            return Interval(value - half if not is_exact(amount) else value, ENDLESS)
        case "<=":
            return Interval(Decimal(0), value + half)
        case "<":
            return Interval(Decimal(0), value)
        case "<~":
            return Interval(max(value - amount.round_step, value * _LEAST_OF_NEAR), value)
        case "~":
            around = max(step, amount.round_step / 2, value * _ROUGHLY)
            return Interval(value - around, value + around)


def is_exact(amount: Amount) -> bool:
    """Return whether a number is a whole one in full."""
    return amount.kind == "amount" and not amount.scaled and not amount.decimals
