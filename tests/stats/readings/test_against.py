"""The span a change is measured from can be chosen; the numbers are those of the two spans read apart."""

import json

import pytest

from base.errors import UserError
from base.periods import parse_span
from stats.__main__ import main
from stats.catalogue import Catalogue
from stats.readings import read, read_areas
from stats.warehouse import Warehouse

PAIRS = (("2010Q4", "2009Q4"), ("2011Q2", "2008Q3"), ("2010Q1..2010Q4", "2008Q1..2008Q4"), ("2009Q1", "2010Q3"))


def begins_anew(catalogue: Catalogue, code: str) -> bool:
    """Return whether what an indicator counts begins anew each year."""
    indicator = catalogue.indicators[code]
    return indicator.summary == "per_year" or any(
        catalogue.forms[item.form].restarts for item in catalogue.parts(indicator)
    )


@pytest.mark.parametrize(("span", "against"), PAIRS)
def test_the_value_before_is_the_value_of_the_span_chosen(
    span: str, against: str, county: Warehouse, catalogue: Catalogue
) -> None:
    asked, other = parse_span(span), parse_span(against)
    before = {(one.unit, one.indicator): one for one in read_areas(county, catalogue, other)}
    for one in read_areas(county, catalogue, asked, (), other):
        if begins_anew(catalogue, one.indicator) and (asked.last - other.last) % 4:
            assert (one.previous, one.change, one.comparable_change, one.against) == (None, None, None, "")
            continue
        assert one.previous == before[one.unit, one.indicator].value, one.name
        known = one.value is not None and one.previous is not None
        assert one.change == (one.value - one.previous if known else None)


def test_flows_are_compared_with_the_year_before_stocks_with_the_end_before(
    county: Warehouse, catalogue: Catalogue
) -> None:
    span = parse_span("2011Q1..2011Q2")
    codes = [code for code in catalogue.indicators if not begins_anew(catalogue, code)]
    flows = [code for code in codes if any(item.time == "sum" for item in catalogue.parts(catalogue.indicator(code)))]
    stocks = [code for code in codes if code not in flows]
    for usual, against in ((flows, parse_span("2010Q1..2010Q2")), (stocks, span.previous)):
        read_so = read(county, catalogue, "COUNTY", span, usual)
        assert usual and read_so == read(county, catalogue, "COUNTY", span, usual, against)


def test_the_comparable_change_is_of_those_who_reported_both_times(county: Warehouse, catalogue: Catalogue) -> None:
    asked, other = parse_span("2010Q4"), parse_span("2009Q2")
    [one] = read(county, catalogue, "COUNTY", asked, ["union_members"], other)
    values = {period: _members(county, period) for period in (asked.last, other.last)}
    both = values[asked.last].keys() & values[other.last].keys()
    expected = sum(values[asked.last][unit] - values[other.last][unit] for unit in both)
    assert one.comparable_change == expected != one.change


def test_unlike_lengths_are_refused(county: Warehouse, catalogue: Catalogue) -> None:
    with pytest.raises(UserError, match="长短不一"):
        read(county, catalogue, "COUNTY", parse_span("2010Q4"), (), parse_span("2009Q1..2009Q4"))


def test_a_sum_is_not_held_against_a_span_that_begins_before_the_data(county: Warehouse, catalogue: Catalogue) -> None:
    flow = next(
        one.code for one in catalogue.indicators.values()
        if one.headline and one.summary == "total" and catalogue.items[one.numerator].time == "sum"
    )  # fmt: skip
    [one] = read(county, catalogue, "COUNTY", parse_span("2008Q4..2010Q1"), [flow])
    assert one.value is not None and one.previous is None and one.change is None


def test_the_command_line_takes_it_too(county: Warehouse, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["read", "union_members", "--unit", "COUNTY", "--span", "2010Q4", "--json", "--store", str(county.store)]
    assert main([*command, "--against", "2009Q4"]) == 0
    found = json.loads(capsys.readouterr().out)[0]
    assert found["change"] == found["value"] - found["previous"]
    assert main([*command, "--against", "2009Q1..2009Q4"]) == 2
    assert "长短不一" in capsys.readouterr().err


def _members(county: Warehouse, period: int) -> dict[str, float]:
    """Return what each union reported in a quarter, straight from the cells' numbers."""
    with county.cursor() as cursor:
        rows = cursor.execute(
            "select o.reporter, o.value from core.observation o join core.item i on i.id = o.item"
            " where i.code = 'union_members' and o.period = $period",
            {"period": period},
        ).fetchall()
    return dict(rows)
