"""What explains a reading adds up: the returns it lacks, who makes it up, the cells behind it."""

from functools import cache
from itertools import product

import pytest

from base.periods import Span, parse_span
from stats.catalogue import Catalogue
from stats.organisations import Missing, missing, organisations, periods
from stats.readings import read, read_units
from stats.readings.contributors import contributors_to
from stats.readings.lacking import lacking_returns
from stats.readings.trace import trace_each
from stats.totals.series import is_read_by_quarter, several_series
from stats.warehouse import Warehouse

SPANS = ("2011Q2", "2011Q1..2011Q2", "2010Q1..2010Q4", "2008Q1..2010Q4")


def test_the_returns_named_as_lacking_are_as_many_as_the_coverage_says(county: Warehouse, catalogue: Catalogue) -> None:
    @cache
    def missing_in(quarter: int) -> list[Missing]:
        return missing(county, quarter)

    late = max((entry.area for entry in missing_in(periods(county).last)), key=lambda area: (area != "", area))
    compared = {unit: 0 for unit in ("COUNTY", late)}
    for unit, span in product(compared, map(parse_span, SPANS)):
        for reading in read(county, catalogue, unit, span):
            lacking = lacking_returns(reading, span, catalogue, missing_in, whole=unit == "COUNTY")
            wanting = reading.expected - reading.reported
            counts = [len(entries) for entries in lacking.values()]
            assert wanting in counts or (not wanting and not counts), (reading.indicator, unit, str(span), counts)
            compared[unit] += bool(wanting)
    assert min(compared.values()) > 5


def test_contributors_are_the_largest_and_with_the_rest_they_are_the_whole(
    county: Warehouse, catalogue: Catalogue
) -> None:
    span = parse_span("2010Q1..2010Q4")
    areas = [found.code for found in organisations(county) if found.parent == "COUNTY" and found.open_in(span.last)]
    whole = {reading.indicator: reading for reading in read(county, catalogue, "COUNTY", span)}
    below = read_units(county, catalogue, areas, span)
    made = 0
    for code, reading in whole.items():
        parts = [part for part in below if part.indicator == code]
        found = contributors_to(reading, parts, catalogue.indicators[code], 5)
        if found is None:
            continue
        shares = [share for _, share in found.largest]
        assert shares == sorted(shares, reverse=True) and sum(shares) + found.rest == pytest.approx(1.0), code
        assert found.rest >= -1e-9 and len(shares) <= 5, code
        made += 1
    assert made > 50


def test_the_cells_of_what_was_read_add_up_to_it(county: Warehouse, catalogue: Catalogue) -> None:
    readings = [
        reading
        for span in map(parse_span, ("2011Q2", "2010Q3..2011Q2"))
        for reading in read(county, catalogue, "COUNTY", span)
        if reading.value is not None and catalogue.indicators[reading.indicator].summary != "streak_years"
    ]
    asked = [(reading.indicator, "COUNTY", parse_span(reading.span)) for reading in readings]
    for reading, cells in zip(readings, trace_each(county, catalogue, asked), strict=True):
        total = sum(cell.value for cell in cells if cell.role == "numerator")
        assert total == pytest.approx(reading.numerator), (reading.indicator, reading.span)
    assert len(readings) > 200


def test_a_quarter_of_a_course_is_what_is_read_for_it_alone(county: Warehouse, catalogue: Catalogue) -> None:
    codes = [code for code, indicator in catalogue.indicators.items() if is_read_by_quarter(indicator)]
    for quarter in (parse_span("2010Q1").first, parse_span("2011Q2").first):
        span = Span(quarter, quarter)
        courses = several_series(county, catalogue, codes, "COUNTY", span)
        for reading in read(county, catalogue, "COUNTY", span, codes):
            for point in courses[reading.indicator]:
                assert point.value == reading.value, (reading.indicator, str(span))
