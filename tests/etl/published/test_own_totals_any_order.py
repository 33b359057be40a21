"""Own totals and what is below them, in any order and at random: never added, restored by a withdrawal."""

import random
from collections.abc import Mapping, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from base.periods import parse_span, year_of
from etl.intake import withdraw
from etl.total_decisions import keep_total
from stats.catalogue_in_force import catalogue_under
from stats.readings import read
from stats.totals.own_choices import own_choices
from stats.warehouse import open_warehouse
from tests.etl.published.totals import AREAS, UNIONS, begin, take_in, write_details, write_years
from tests.lib.county import copy_of

Asked = tuple[str, str, str]
Own = Mapping[tuple[str, int], tuple[int, int]]  # flow and stock, by organisation and year
Told = Mapping[tuple[str, str], tuple[int, int]]  # by union and quarter
QUARTERS = {"2008年二季度": "2008Q2", "2008年四季度": "2008Q4", "2009年四季度": "2009Q4"}
NUMBERS = st.tuples(st.integers(1, 900), st.integers(1, 900))
OWN = st.dictionaries(
    st.tuples(st.sampled_from(sorted(AREAS)), st.integers(2007, 2010)), NUMBERS, min_size=1, max_size=6
)
TOLD = st.dictionaries(
    st.tuples(st.sampled_from(sorted(UNIONS)), st.sampled_from(sorted(QUARTERS))), NUMBERS, min_size=1, max_size=8
)
ASKED = [
    (code, unit, span) for code in ("x_seen", "x_listed") for unit in AREAS for span in ("2008", "2009", "2007..2010")
]
FOLDERS = count()


@pytest.mark.parametrize("examples", [2, pytest.param(40, marks=pytest.mark.soak)])
def test_own_totals_and_what_is_below_are_never_added(tmp_path: Path, examples: int) -> None:
    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck))
    @given(own=OWN, told=TOLD, luck=st.randoms(use_true_random=False))
    def check(own: Own, told: Told, luck: random.Random) -> None:
        folder = tmp_path / str(next(FOLDERS))
        folder.mkdir()
        files = _written(folder, own, told)
        luck.shuffle(files)
        store, seqs = _taken_in(folder / "a", files)
        assert _values(store) == _values(_taken_in(folder / "b", files[::-1])[0]) == _reckoned(own, told)
        _decided(store, own, told, luck)
        withdraw(store, seqs["历年情况表.xlsx"], "换一份", "李四")
        assert _values(store) == _reckoned({}, told)

    check()


def _written(folder: Path, own: Own, told: Told) -> list[Path]:
    years = [(unit, year, *numbers) for (unit, year), numbers in own.items()]
    by_quarter = {
        quarter: [(union, *numbers) for (union, when), numbers in told.items() if when == quarter]
        for quarter in QUARTERS
    }
    details = [write_details(folder, quarter, *rows) for quarter, rows in by_quarter.items() if rows]
    return [write_years(folder, *years), *details]


def _begin(folder: Path) -> None:
    begin(folder)


def _taken_in(folder: Path, files: Sequence[Path]) -> tuple[Path, dict[str, int]]:
    folder.mkdir()
    store = copy_of(_begin, folder)
    outcomes = [outcome for file in files for outcome in take_in(store, file).outcomes]
    return store, {outcome.name: outcome.seq or 0 for outcome in outcomes}


def _decided(store: Path, own: Own, told: Told, luck: random.Random) -> None:
    """Decide for what is below one of the totals: the readings of its item, organisation and above it change alone."""
    before = _values(store)
    with closing(open_warehouse(store)) as warehouse:
        choices = own_choices(warehouse)
    if not choices:
        return
    choice = luck.choice(choices)
    keep_total(store, choice.unit, choice.item, choice.span, "below", "明细更全", "李四")
    year, after = year_of(choice.last), _values(store)
    left = {key: numbers for key, numbers in own.items() if key != (choice.unit, year)}
    wanted = _reckoned(left, told)
    code = {"seen": "x_seen", "listed": "x_listed"}[choice.item]
    for asked, value in after.items():
        concerned = asked[0] == code and asked[1] in (choice.unit, "COUNTY")
        assert value == (wanted[asked] if concerned else before[asked]), asked
    keep_total(store, choice.unit, choice.item, choice.span, "", "再看看", "李四")
    assert _values(store) == before


def _values(store: Path) -> dict[Asked, float | None]:
    with closing(open_warehouse(store)) as warehouse:
        catalogue = catalogue_under(warehouse)
        return {
            (code, unit, span): read(warehouse, catalogue, unit, parse_span(span), [code])[0].value
            for code, unit, span in ASKED
        }


def _reckoned(own: Own, told: Told) -> dict[Asked, float | None]:
    """Return what should be read, from the rows that were sent alone."""
    return {asked: _number(*asked, own, told) for asked in ASKED}


def _number(code: str, unit: str, span: str, own: Own, told: Told) -> float | None:
    first, last = (year_of(quarter) for quarter in (parse_span(span).first, parse_span(span).last))
    if code == "x_seen":
        return _sum(_in_year(unit, year, own, told) for year in range(first, last + 1))
    ends = {QUARTERS[when] for _, when in told} | {f"{year}Q4" for _, year in own}
    within = [end for end in sorted(ends) if first <= int(end[:4]) <= last]
    return _at_end(unit, within[-1], own, told) if within else None


def _below(unit: str) -> list[str]:
    return [code for code in (*AREAS, *UNIONS) if code != unit and (
        code in ("T01", "T02") if unit == "COUNTY" else code.startswith(unit))]  # fmt: skip


def _in_year(unit: str, year: int, own: Own, told: Told) -> float | None:
    if (unit, year) in own:
        return own[unit, year][0]
    if unit in UNIONS:
        return _sum(numbers[0] for (union, when), numbers in told.items() if union == unit and when[:4] == str(year))
    return _sum(_in_year(code, year, own, told) for code in _below(unit))


def _at_end(unit: str, end: str, own: Own, told: Told) -> float | None:
    if end[4:] == "Q4" and (unit, int(end[:4])) in own:
        return own[unit, int(end[:4])][1]
    if unit in UNIONS:
        return _sum(numbers[1] for (union, when), numbers in told.items() if union == unit and QUARTERS[when] == end)
    return _sum(_at_end(code, end, own, told) for code in _below(unit))


def _sum(numbers: object) -> float | None:
    known = [number for number in numbers if number is not None]  # type: ignore[attr-defined]
    return float(sum(known)) if known else None
