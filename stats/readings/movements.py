"""The largest changes between two spans, one sentence each: by how much, which way, and whether for the better."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from base.formats import PERCENT, YUAN, say_size, say_value, sign_change
from stats.catalogue import Catalogue
from stats.catalogue.models import Indicator
from stats.judging.verdicts import VerdictState
from stats.readings import Reading
from stats.readings.sentences import counts_reporters, of_like_seasons, say_done, say_movement, say_reading
from stats.readings.standings import is_on_small_base

_WORDS = {VerdictState.MET: "向好", VerdictState.BEHIND: "要注意"}
_TEN_POINTS = 0.1  # a rate that changed by this much weighs as much as an amount that doubled
_HEADLINE = 3  # how much more a headline figure's change weighs
_FEWEST = 5  # smaller changes than this are chance
_LEAST_YUAN = 10_000
NOT_COMPARED = "未报齐，不比"  # in place of a change that depends on who reported


@dataclass(frozen=True)
class Movement:
    """A change worth reporting. `state` is met for the better, behind for the worse, none where neither can be said.

    `of` are the words before its figure.
    """

    reading: Reading
    words: str
    state: VerdictState
    of: str = ""

    @property
    def verdict(self) -> str:
        """Return the state in words: 向好, 要注意, or "" where there is no better or worse."""
        return _WORDS.get(self.state, "")


def largest_changes(readings: Iterable[Reading], catalogue: Catalogue, most: int = 6) -> list[Movement]:
    """Return the largest changes among readings, the largest first; headline figures weigh more.

    A change is measured over those who reported both times, so that a missing return does not look like a fall. If that
    can't be known, as for a rate whose parts have different reporters, the change is left out. So is that of a sum
    between different seasons: 送温暖 ends in spring every year, which is no news.
    """
    alike = [reading for reading in readings if of_like_seasons(reading)]
    weighed = [(_weight(reading, catalogue.indicators[reading.indicator]), reading) for reading in alike]
    by_numerator: dict[str | None, Reading] = {}
    for _, reading in sorted((pair for pair in weighed if pair[0] > 0), key=lambda pair: -pair[0]):
        by_numerator.setdefault(
            catalogue.indicators[reading.indicator].numerator, reading
        )  # a count and its rate: same news
    return [say_change_of(reading, catalogue.indicators) for reading in list(by_numerator.values())[:most]]


def say_change_of(reading: Reading, indicators: Mapping[str, Indicator]) -> Movement:
    """Return one change as a sentence. The reading must have one."""
    indicator = indicators[reading.indicator]
    done = say_done(reading, indicator)
    text = f"{done}，{say_movement(reading, indicator)}{_say_share(reading)}。"
    return Movement(reading, text, _judge(reading, indicator), done.partition(say_reading(reading, indicator))[0])


def main_mover(reading: Reading, parts: Iterable[Reading]) -> Reading | None:
    """Return the part of an organisation whose own change goes the same way and furthest; None if there is none.

    Changes are those that do not depend on who reported. A rate with a small base, which every single case moves, is
    no one's doing.
    """
    whole = _real_change(reading) or 0.0
    weighty = (part for part in parts if not is_on_small_base(part.measure, part.denominator))
    changed = ((change, part) for part in weighty if (change := _real_change(part)) and change * whole > 0)
    return max(changed, key=lambda pair: abs(pair[0]), default=(0.0, None))[1]


def _weight(reading: Reading, indicator: Indicator) -> float:
    """Return the weight of a change: for an amount its relative size, for a rate its percentage points; 0: none."""
    change = _real_change(reading)
    if change is None or not reading.previous or not say_size(change, reading.measure, indicator.decimals):
        return 0.0
    more = _HEADLINE if indicator.headline else 1
    if reading.measure == PERCENT:
        return 0.0 if is_on_small_base(reading.measure, reading.denominator) else more * abs(change) / _TEN_POINTS
    least = _LEAST_YUAN if reading.measure == YUAN else _FEWEST
    return more * abs(change / reading.previous) if abs(change) >= least else 0.0


def _real_change(reading: Reading) -> float | None:
    """Return the change that does not depend on who reported: plain if no return is missing, else comparable."""
    return reading.change if reading.complete else reading.comparable_change


def _judge(reading: Reading, indicator: Indicator) -> VerdictState:
    change = _real_change(reading)
    if indicator.direction == "none" or change is None or (reading.change or 0) * change < 0:
        return VerdictState.NONE
    return VerdictState.MET if (change > 0) == (indicator.direction == "up") else VerdictState.BEHIND


def _say_share(reading: Reading) -> str:
    """Return the growth in percent of an amount, for a change that no missing return explains."""
    if reading.measure == PERCENT or not reading.previous or reading.change is None or not reading.complete:
        return ""
    share = reading.change / abs(reading.previous)
    return f"（{'增长' if share > 0 else '下降'}{say_value(abs(share), PERCENT, 1)}）"


def sign_movement(reading: Reading, indicator: Indicator) -> str:
    """Return the change with its sign, for a table's cell; over those that reported both times if others did not.

    A bare difference of two sums, of which one lacks returns, would read as a fall.
    """
    if reading.change is None or reading.complete:
        return sign_change(reading.change, reading.measure, indicator.decimals)
    if counts_reporters(reading) or reading.comparable_change is None:
        return NOT_COMPARED
    return f"两期都报的{sign_change(reading.comparable_change, reading.measure, indicator.decimals)}"
