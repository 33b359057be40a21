"""Totals: one organisation's sums and returns, as kept for every figure of a page."""

import pytest

from base.periods import Span
from stats.catalogue import Catalogue
from stats.organisations import node_range, organisations, periods
from stats.readings import read, read_units
from stats.totals import county_of, declared, gaps, last_filed, quarters_filed, read_totals, totals_of
from stats.totals.item_parts import read_parts
from stats.totals.series import absences, series_of_each, several_series
from stats.warehouse import Warehouse, run_query

YEAR = Span(2010 * 4, 2010 * 4 + 3)


def test_several_organisations_have_the_totals_of_each(county: Warehouse) -> None:
    units = [found.code for found in organisations(county) if found.parent == county_of(county)][:4]
    for unit, totals in read_totals(county, units, periods(county)).items():
        assert totals == totals_of(county, unit)


def test_what_is_below_adds_up_to_the_county(county: Warehouse) -> None:
    codes = [found.code for found in organisations(county) if found.parent == county_of(county)]
    below = read_totals(county, codes, YEAR).values()
    whole = totals_of(county, county_of(county))
    items = [item for item in declared(county).items.values() if item.form not in declared(county).by_county]
    told = [item for item in items if whole.value(item, [YEAR.last])]
    assert len(told) > 40
    for item in told:
        parts = [totals.value(item, [YEAR.last]) or 0.0 for totals in below]
        assert sum(parts) == pytest.approx(whole.value(item, [YEAR.last])), item.code


def test_nothing_is_left_out_of_any_organisation_in_quarters_without_gaps(county: Warehouse) -> None:
    units, quarters = (
        [found.code for found in organisations(county)],
        range(periods(county).first, periods(county).last + 1),
    )
    asked = {"units": units, "items": [], **node_range(county, units)}
    whole = [quarter for quarter in quarters if quarter not in gaps(county)]
    assert len(whole) > 5 and run_query(county, "left_out.sql", quarters=whole, **asked) == []
    for quarter in gaps(county):
        assert run_query(county, "left_out.sql", quarters=[quarter], **asked) != []


def test_what_the_county_files_covers_all_below(county: Warehouse) -> None:
    form = next(iter(declared(county).by_county))
    whole, area = totals_of(county, county_of(county)), totals_of(county, organisations(county)[5].code)
    assert whole.returns[form] and area.returns[form] == whole.returns[form]


def test_a_quarter_in_which_nobody_filed_has_no_value(county: Warehouse) -> None:
    totals, later = totals_of(county, county_of(county)), periods(county).last + 4
    for item in declared(county).items.values():
        assert totals.in_quarter(item, later) is None
        assert last_filed(county, item.form, Span(later, later)) is None


def test_the_last_quarter_filed_is_the_last_of_those_filed(county: Warehouse) -> None:
    for form in {item.form for item in declared(county).items.values()}:
        filed = quarters_filed(county, form, YEAR)
        assert last_filed(county, form, YEAR) == (filed[-1] if filed else None)
        assert all(YEAR.first <= quarter <= YEAR.last for quarter in filed)


@pytest.mark.parametrize("length", [1, 4, 8])
def test_a_sum_from_before_the_data_is_held_against_nothing(county: Warehouse, length: int) -> None:
    first = periods(county).first
    span = Span(first, first + length - 1)
    parts = read_parts(county, [county_of(county)], span, span.previous)[county_of(county)]
    flows = [part for part in parts.values() if not part.stock]
    assert any(part.now for part in flows)
    assert all(part.before is None and part.now_matched is None and not part.complete for part in flows)


def test_several_organisations_read_together_have_what_each_has(county: Warehouse, catalogue: Catalogue) -> None:
    last = periods(county).last  # of which many returns are lacking
    span, rates = Span(last - 1, last), [code for code, found in catalogue.indicators.items() if found.is_rate]
    below = [found.code for found in organisations(county) if found.parent == county_of(county)]
    unions = [found.code for found in organisations(county) if found.level == "union"]
    units = [county_of(county), *below[:3], *unions[:2]]
    each = {unit: read_parts(county, [unit], span, span.previous)[unit] for unit in units}
    assert read_parts(county, units, span, span.previous) == each
    apart = [reading for unit in units for reading in read(county, catalogue, unit, span, rates)]
    assert read_units(county, catalogue, units, span, rates) == apart
    assert any(reading.left_out for reading in apart) and any(sum(reading.part_left_out) for reading in apart)


def test_courses_read_together_are_those_of_each(county: Warehouse, catalogue: Catalogue) -> None:
    units = [found.code for found in organisations(county) if found.parent == county_of(county)][:4]
    rates = (found.code for found in catalogue.indicators.values() if found.is_rate and found.headline)
    for code in rates:
        assert series_of_each(county, catalogue, code, units, periods(county)) == {
            unit: (
                several_series(county, catalogue, [code], unit, periods(county))[code],
                absences(county, catalogue, code, unit, periods(county)),
            )
            for unit in units
        }
