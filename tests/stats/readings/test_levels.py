"""Ranks and gaps of the sample county's areas: those that anybody counts from what the command line reads."""

import json
from math import ceil, floor
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from base.formats import counts
from base.periods import parse_span
from stats.__main__ import main
from stats.catalogue import Catalogue
from stats.organisations import organisations, peers_of
from stats.readings import read
from stats.readings.levels import Distance, compare, held_to
from stats.readings.standings import SMALLEST_BASE, standings
from stats.warehouse import Warehouse

SPANS = ("2010Q1..2010Q4", "2011Q1..2011Q2")
AREAS = ("T05", "P01")


def _told(store: Path, capsys: pytest.CaptureFixture[str], unit: str, span: str, codes: list[str]) -> dict[str, Any]:
    assert main(["read", *codes, "--unit", unit, "--span", span, "--json", "--store", str(store)]) == 0
    return {row["indicator"]: row for row in json.loads(capsys.readouterr().out)}


@pytest.mark.parametrize("span", SPANS)
def test_rank_and_gap_are_those_of_what_the_command_reads(
    span: str, store: Path, county: Warehouse, catalogue: Catalogue, capsys: pytest.CaptureFixture[str]
) -> None:
    asked, found = parse_span(span), organisations(county)
    codes = [indicator.code for indicator in catalogue.indicators.values() if indicator.headline]
    told = {one.code: _told(store, capsys, one.code, span, codes) for one in found if one.level != "union"}
    whole, ranked, lacking = {one.indicator: one for one in read(county, catalogue, "COUNTY", asked, codes)}, 0, 0
    for unit in AREAS:
        peers = peers_of(next(one for one in found if one.code == unit), found, asked.last, "")
        assert peers is not None
        placed = standings(county, catalogue, codes, peers.codes, asked)
        for reading in read(county, catalogue, unit, asked, codes):
            held = held_to(county, catalogue, reading, whole[reading.indicator], asked.last)
            one = compare(catalogue, held, placed[reading.indicator])
            rows = [told[code][reading.indicator] for code in peers.codes]
            values = [row["value"] for row in rows if row["value"] is not None and not _small(row)]
            own = told[unit][reading.indicator]
            if own["value"] is None or _small(own) or len(values) < 2:
                assert one.position is None or one.position.own.place is None
                continue
            assert one.position is not None and one.position.known == len(values)
            assert one.position.own.place == 1 + sum(value > own["value"] for value in values)
            assert one.position.median == median(values) and one.to_median is not None
            assert one.to_median.units == _lacking(catalogue, own, median(values), one.to_median)
            ranked += 1
            goal = told["COUNTY"][reading.indicator]["target"] if held.goal and own["target"] is None else own["target"]
            if one.to_target and one.to_target.behind:
                assert one.to_target.units == _lacking(catalogue, own, goal, one.to_target)
                lacking += 1
    assert ranked > 10 and lacking > 1


def _small(row: dict[str, Any]) -> bool:
    return row["measure"] == "%" and row["denominator"] < SMALLEST_BASE


def _lacking(catalogue: Catalogue, row: dict[str, Any], level: float, distance: Distance) -> float:
    """Return what has to be added to reach a level, counted from the row alone."""
    if not distance.behind:
        return 0.0
    indicator = catalogue.indicators[row["indicator"]]
    rate = row["denominator"] is not None
    exact = level * row["denominator"] - row["numerator"] if rate else level - row["value"]
    measure = catalogue.measures[catalogue.parts(indicator)[0].measure].name if rate else row["measure"]
    if not counts(measure):
        return pytest.approx(exact)  # type: ignore[no-any-return]
    return float(ceil(round(exact, 6)) if exact > 0 else floor(round(exact, 6)))
