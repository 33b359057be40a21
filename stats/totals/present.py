"""The present: the year as far as most of its returns have come in."""

from base.periods import Span
from stats.catalogue import Catalogue
from stats.organisations import periods
from stats.totals import county_of, totals_of
from stats.warehouse import Warehouse

_YEAR = 4  # quarters


def present_span(warehouse: Warehouse, catalogue: Catalogue) -> Span:
    """Return the year so far: from its first quarter with data to the last one of which enough returns came.

    Enough is the share `opens_with` of the catalogue's rules of reporting. A quarter that few have reported yet would
    show a fall that is none. Where no quarter has enough, the year of the last quarter with data is returned.
    """
    data = periods(warehouse)
    reported = (
        quarter
        for quarter in range(data.last, data.first - 1, -1)
        if _share(warehouse, catalogue, quarter) >= catalogue.reporting.opens_with
    )
    last = next(reported, data.last)
    return Span(max(last // _YEAR * _YEAR, data.first), last)


def _share(warehouse: Warehouse, catalogue: Catalogue, quarter: int) -> float:
    """Return the share (0–1) of the returns due from the county and below for a quarter that came.

    A form that nobody ever filed is not in use, and its returns are not waited for; a register is no return of a
    quarter; those of half-years and years say nothing of the others.
    """
    totals = totals_of(warehouse, county_of(warehouse))
    quarterly = (form.code for form in catalogue.forms.values() if not form.standing and form.quarters == 1)
    counts = [totals.count_returns(form, [quarter]) for form in quarterly if totals.quarters(form)]
    expected = sum(due for _, due in counts)
    return sum(came for came, _ in counts) / expected if expected else 0.0
