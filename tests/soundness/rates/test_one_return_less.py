"""One missing return changes only figures that say so; one larger number lowers no sum."""

import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.periods import parse_span
from etl.intake import load_paths
from stats.catalogue import load_catalogue
from stats.readings import Reading, read
from stats.warehouse import open_warehouse
from tests.lib.books import Row
from tests.lib.county import town_one, town_two, write_register, write_roster
from tests.soundness.rates.test_rates import FIRST, write_employers

UNIONS = 5


def readings(counts: list[int], without: int | None = None) -> dict[str, Reading]:
    """Return the county's readings for these numbers of members, one union sending nothing."""
    with tempfile.TemporaryDirectory() as name:
        sent = Path(name) / "sent"
        write_register(sent)
        write_employers(sent)
        rows: list[Row] = [row | {"members": n} for row, n in zip([*town_one(), *town_two()], counts, strict=True)]
        for town, places in (("甲镇", range(3)), ("乙乡", range(3, UNIONS))):
            told = [rows[place] for place in places if place != without]
            write_roster(sent, town, FIRST, told)
        assert load_paths([sent], Path(name) / "store").count("returned") == 0
        with closing(open_warehouse(Path(name) / "store")) as found:
            read_now = read(found, load_catalogue(), "COUNTY", parse_span("2010Q1"))
    return {reading.indicator: reading for reading in read_now if reading.goal is None}


@pytest.mark.property
@settings(max_examples=max(4, settings.default.max_examples // 6))
@given(
    counts=st.lists(st.integers(1, 7), min_size=UNIONS, max_size=UNIONS),
    place=st.integers(0, UNIONS - 1),
)
def test_a06_one_return_less_changes_only_what_says_so(counts: list[int], place: int) -> None:
    whole, less = readings(counts), readings(counts, place)
    for code, reading in less.items():
        if (reading.value, reading.numerator, reading.denominator) != (
            whole[code].value, whole[code].numerator, whole[code].denominator
        ):  # fmt: skip
            assert reading.reported < reading.expected, code
    raised = readings([count + (at == place) for at, count in enumerate(counts)])
    for code, reading in raised.items():
        assert (reading.numerator or 0.0) >= (whole[code].numerator or 0.0), code
