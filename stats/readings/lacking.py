"""Whose returns a reading lacks, form by form."""

from collections.abc import Callable, Sequence

from base.periods import Span
from stats.catalogue import Catalogue
from stats.organisations import Missing
from stats.readings import Reading


def lacking_returns(
    reading: Reading,
    span: Span,
    catalogue: Catalogue,
    missing_in: Callable[[int], Sequence[Missing]],
    whole: bool,
) -> dict[str, list[Missing]]:
    """Return the missing returns behind a reading of a span, by the name of their form; complete forms are left out.

    `missing_in` returns all that are missing in a quarter. Who owes several quarters is listed as often.
    `whole`: the reading is of the county, to which every organisation belongs. An own total lacks none.
    """
    if reading.is_own:
        return {}
    items = catalogue.parts(catalogue.indicators[reading.indicator])
    quarters = _quarters(reading, span)
    lacking = {
        catalogue.forms[form].name: [
            entry
            for quarter in quarters
            for entry in missing_in(quarter)
            if entry.form == form and (whole or reading.unit in (entry.unit, entry.area))
        ]
        for form in dict.fromkeys(item.form for item in items)
    }
    return {name: entries for name, entries in lacking.items() if entries}


def _quarters(reading: Reading, span: Span) -> range:
    """Return the quarters whose returns the reading counts: a stock's up to the one it is taken from."""
    last = span.last if reading.as_of is None else reading.as_of
    return range(last - len(reading.each) + 1, last + 1)
