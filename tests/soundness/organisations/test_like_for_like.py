"""Every breakdown of a change compares the same organisations: those whose own return was received both times."""

import pytest

from base.periods import Span, parse_quarter
from stats.catalogue import Catalogue
from stats.figures.change import read_change
from stats.figures.elements.figure_model import Source
from stats.readings import read_units
from stats.warehouse import Warehouse

QUARTERS = ("2008Q2", "2009Q3", "2010Q3", "2010Q4", "2011Q2")  # moves, closings, late and corrected returns


@pytest.mark.parametrize("quarter", QUARTERS)
def test_a21_the_growth_of_the_figure_is_the_comparable_change_of_the_reading(
    quarter: str, county: Warehouse, catalogue: Catalogue
) -> None:
    now, source = parse_quarter(quarter), Source(county, catalogue)
    stocks = [code for code, item in catalogue.items.items() if item.form in ("R01", "R04") and item.time == "last"]
    plain = {found.numerator: code for code, found in catalogue.indicators.items() if not found.is_rate}
    asked = [plain[code] for code in stocks if code in plain]
    assert len(asked) > 5
    for reading in read_units(county, catalogue, ["COUNTY", "T04", "P01"], Span(now, now), asked):
        item = catalogue.items[catalogue.indicators[reading.indicator].numerator or ""]
        parts = {part.code: part for part in read_change(source, item, reading.unit, now - 1, now)}
        grown = parts["growth"].total if "growth" in parts else 0.0
        assert grown == pytest.approx(reading.comparable_change or 0.0), (reading.indicator, reading.unit)
