"""The reading: one indicator for one organisation and span, with all that is said of it."""

from dataclasses import dataclass
from typing import Any

from base.periods import format_quarter
from stats.judging import Judgement
from stats.judging.targets import Target
from stats.totals.coverage import Absent
from stats.totals.own_totals import ADDED_UP, Origin

JSON_KEYS = (
    "indicator",
    "name",
    "unit",
    "span",
    "value",
    "measure",
    "numerator",
    "denominator",
    "base",
    "reported",
    "expected",
    "previous",
    "change",
    "comparable_change",
    "target",
    "comparator",
    "met",
    "against",
    "left_out",
    "absent",
    "as_of",
    "until",
    "origin",
)


@dataclass(kw_only=True, frozen=True)
class Reading:
    """One indicator for one organisation and span.

    `span` is what was actually read: it begins and ends where the returns do, and `since` and `until` are then its
    first and last quarter; yearly events are read over whole years. `value`, `previous`, `target` are in the
    indicator's own unit: rates 0–1, money in 元; `measure` is the word on screen. `reported` and `expected` count
    returns of the form with the lowest coverage, `each` those of every quarter.

    For a rate of two forms, `left_out` counts the missing returns of either form: their organisations are excluded
    from both parts, and `part_left_out` is what they would have added to the numerator and the denominator.
    `change` is value minus previous; `comparable_change` is the same over those who reported both times. `complete`
    is true when no return was missing in either span, so that the change does not depend on who reported. `as_of`
    is the quarter a stock was taken from, `against` the span of `previous`, "" for none. `absent` says why there is
    no value: no return came, the denominator is zero, or a yearly event has not happened yet in an unfinished year.
    `judged` is the verdict on `goal`, from which `met` is taken. `origins` say of the numerator and of a rate's
    denominator, each now and in what it is compared with, where own totals stand in the place of returns. None always
    means: not known.
    """

    indicator: str
    name: str
    unit: str
    span: str
    value: float | None
    measure: str
    numerator: float | None
    denominator: float | None
    base: str
    reported: int
    expected: int
    previous: float | None
    change: float | None
    comparable_change: float | None
    target: float | None
    comparator: str | None
    met: bool | None
    unit_name: str = ""
    as_of: int | None = None
    goal: Target | None = None
    complete: bool = False
    against: str = ""
    since: int | None = None
    until: int | None = None
    left_out: int = 0
    part_left_out: tuple[float, float] = (0.0, 0.0)
    absent: Absent = ""
    judged: Judgement | None = None
    each: tuple[tuple[int, int], ...] = ()
    origins: tuple[Origin, Origin, Origin | None, Origin | None] = (ADDED_UP, ADDED_UP, None, None)

    @property
    def origin(self) -> Origin:
        """Return whether own totals stand in its numerator, or in the count itself."""
        return self.origins[0]

    @property
    def origin_before(self) -> Origin:
        """Return the same of what it is compared with."""
        return self.origins[1]

    @property
    def origin_below(self) -> Origin | None:
        """Return the same of a rate's denominator; None without one."""
        return self.origins[2]

    @property
    def origin_changed(self) -> bool:
        """Return whether it comes from other kinds of sources than what it is compared with, in either part."""
        kinds = [origin.kind for origin in self.origins if origin is not None]
        return kinds[::2] != kinds[1::2]

    @property
    def has_own(self) -> bool:
        """Return whether an own total stands in it, in either part of a rate."""
        return bool(self.origin or self.origin_below)

    @property
    def is_own(self) -> bool:
        """Return whether it is the organisation's own total alone, in both parts of a rate."""
        return self.origin.whole and (self.origin_below is None or self.origin_below.whole)

    def as_row(self) -> dict[str, Any]:
        """Return the reading under the keys of the command line's JSON; whole numbers without a fraction."""
        ends: dict[str, Any] = {
            key: None if (end := getattr(self, key)) is None else format_quarter(end) for key in ("as_of", "until")
        }
        ends["origin"] = self.origin.kind
        return {key: _plain(getattr(self, key)) for key in JSON_KEYS} | ends


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value
