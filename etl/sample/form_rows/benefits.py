"""Bases with discounts for union members (R37), and the services booked there."""

from collections.abc import Iterator

from base.periods import parse_quarter
from etl.sample.county.calendar import LAST, some_day
from etl.sample.county.county_state import County
from etl.sample.county.sources import Row, chance, read_data


def benefit_rows(county: County) -> Iterator[Row]:
    """Yield the founding of each base and the services of every later quarter in which it was used."""
    number = 0
    for founded, count in read_data("benefits.yml")["founded"].items():
        for _ in range(count):
            number += 1
            yield from _base(county, number, parse_quarter(founded))


def _base(county: County, number: int, founded: int) -> Iterator[Row]:
    settings, rng = read_data("benefits.yml"), chance("benefit base", number)
    kind = settings["kinds"][number % len(settings["kinds"])]
    closing, closed_in = settings["ended"][0] == number, parse_quarter(settings["ended"][1])
    same: Row = {
        "unit": [*county.areas][(number - 1) * 7 % len(county.areas)],
        "base": f"基{number:02d}",
        "title": rng.choice(settings["titles"][kind]),
        "kind": kind,
    }
    ended = some_day(closed_in, rng) if closing else None
    yield same | {"entry": "base", "date": some_day(founded, rng), "ended": ended}
    for quarter in range(founded + 1, closed_in if closing else LAST + 1):
        idle = number == settings["idle"][0] and quarter == parse_quarter(settings["idle"][1])
        if rng.random() < settings["used"] and not idle:
            served = rng.randint(*settings["served"][kind])
            yield same | {"entry": "service", "date": some_day(quarter, rng), "served": served}
