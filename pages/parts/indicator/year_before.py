"""How many there are against a year ago, where the usual comparison is with the beginning of the year."""

from base.periods import parse_span
from pages.view import cached
from pages.view.filters import View
from stats.catalogue.models import Indicator
from stats.readings import Reading
from stats.readings.sentences import say_movement


def say_year_before(view: View, reading: Reading, indicator: Indicator) -> str:
    """Return the change of what is held from the same quarter of the year before; "" where that is said already.

    It is said already where the reader chose what to compare with, and of a whole year.
    """
    before = view.span.year_before
    if view.against or reading.as_of is None or view.span.length > before.a_year or before.first < view.so_far.first:
        return ""
    if reading.against and parse_span(reading.against).months.last == before.months.last:
        return ""
    asked = cached.readings_of(view.build, (reading.unit,), view.span, (indicator.code,), before)[0]
    return say_movement(asked, indicator)
