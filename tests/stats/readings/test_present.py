"""The span that pages open on: the year as far as most have reported it."""

from dataclasses import replace

import pytest

from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.totals.present import present_span
from stats.warehouse import Warehouse


@pytest.mark.parametrize(
    ("opens_with", "span"),
    [(0.5, "2011Q1..2011Q2"), (0.99, "2011Q1"), (1.0, "2011Q1")],
)
def test_a_quarter_that_few_have_reported_does_not_count_as_present(
    opens_with: float, span: str, county: Warehouse, catalogue: Catalogue
) -> None:
    reporting = catalogue.reporting.model_copy(update={"opens_with": opens_with})
    known = replace(catalogue, reporting=reporting)
    assert present_span(county, known) == parse_span(span)
