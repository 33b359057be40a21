"""Traces: the cells behind several readings at once are those behind each, and add up to it."""

from itertools import product
from math import fsum

import pytest

from base.errors import UserError
from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.readings import read
from stats.readings.trace import trace, trace_each
from stats.warehouse import Warehouse

UNITS = ("COUNTY", "T01", "T09", "P01001")  # T09 sent nothing of the second quarter of 2011
SPANS = [parse_span(span) for span in ("2011Q2", "2010Q1..2010Q4", "2008Q1..2010Q4", "2015Q1")]


def test_several_traces_at_once_add_up_to_their_readings(county: Warehouse, catalogue: Catalogue) -> None:
    codes = [code for code, one in catalogue.indicators.items() if one.summary != "streak_years"]
    asked = list(product(codes, UNITS, SPANS))
    found = dict(zip(asked, trace_each(county, catalogue, asked), strict=True))
    summed = {key: fsum(cell.value for cell in cells if cell.role == "numerator") for key, cells in found.items()}
    right = {}
    for unit, span in product(UNITS, SPANS):
        for reading in read(county, catalogue, unit, span, codes):
            if parse_span(reading.span) == span:  # else the cells are those of the quarters read
                right[reading.indicator, unit, span] = reading.numerator or 0.0
    assert {key: summed[key] for key in right} == pytest.approx(right)
    assert sum(map(bool, right.values())) > 200


def test_each_is_what_it_is_alone(county: Warehouse, catalogue: Catalogue) -> None:
    codes = list(catalogue.indicators)[::12]
    asked = [*product(codes, UNITS[:2], SPANS[:2]), (codes[0], *UNITS[:1], SPANS[0])]
    found = trace_each(county, catalogue, asked)
    assert found == [trace(county, catalogue, *one) for one in asked]
    assert found[0] == found[-1] != []


def test_nothing_asked_is_nothing_found(county: Warehouse, catalogue: Catalogue) -> None:
    assert trace_each(county, catalogue, []) == []
    with pytest.raises(UserError):
        trace_each(county, catalogue, [("nothing", "COUNTY", SPANS[0])])
