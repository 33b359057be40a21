"""Labour disputes, mediation bodies (R05) and the 安康杯 contest (R15): rows that name particular enterprises."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from base.periods import parse_quarter
from etl.sample.county.calendar import FIRST, LAST, YEAR_END, last_day, some_day
from etl.sample.county.county_state import County, Union
from etl.sample.county.sources import Row, chance, read_data
from etl.sample.form_rows.contracts import ENTERPRISE_KINDS
from etl.sample.form_rows.rosters import yes_no


def rights_rows(county: County) -> Iterator[Row]:
    """Yield the disputes, the mediation bodies and the early warnings of all years."""
    yield from _disputes(county)
    yield from _organisations(county)
    yield from _warnings(county)


def _disputes(county: County) -> Iterator[Row]:
    settings = read_data("ledgers/R05.yml")
    rng = chance("disputes")
    for year, number in settings["disputes"].items():
        for nth in range(number):
            quarter = min(year * 4 + nth % (2 if year == LAST // 4 else 4), LAST)
            mediated = nth < settings["mediated"][year]
            success = nth < settings["success"][year]
            row: Row = {
                "date": some_day(quarter, rng),
                "unit": rng.choice(_enterprises(county, quarter)).code,
                "kind": "dispute",
                "person_times": rng.randint(1, 6),
                "mediated": yes_no(mediated),
                "influential": yes_no(nth < settings["influential"][year]),
                "result": "success" if success else "fail" if mediated else "done",
            }
            yield row | _course(row, last_day(quarter), chance("dispute", year, nth))


def _course(row: Row, until: date, rng: Random) -> Row:
    """Return the course of a dispute: its subject, the people affected, when mediation began and when it ended."""
    settings = read_data("ledgers/R05.yml")
    collective = rng.random() < settings["collective"]
    persons = rng.randint(*settings["many"]) if collective else rng.randint(1, 4)
    responded = min(row["date"] + timedelta(days=rng.randint(*settings["response"])), until)
    settled = responded + timedelta(days=rng.randint(*settings["settlement"]))
    return {
        "cause": rng.choice(settings["causes"]),
        "collective": yes_no(collective),
        "persons": persons,
        "recovered": persons * rng.randint(*settings["recovered"]) if row["result"] == "success" else None,
        "responded": None if rng.random() < settings["unrecorded"] else responded,
        "settled": min(settled, until),
    }


def _organisations(county: County) -> Iterator[Row]:
    """Yield the founded bodies, each at a different union that is open throughout."""
    rng = chance("mediation")
    lasting = [union for union in county.open_unions(FIRST) if union.ended_on is None and union.kind != "agency"]
    wanted = read_data("ledgers/R05.yml")["organisations"]
    unions = iter(rng.sample(lasting, sum(wanted.values())))
    for year, number in wanted.items():
        for _ in range(number):
            yield {"date": _founding_day(year, rng), "unit": next(unions).code, "kind": "organisation"}


def _warnings(county: County) -> Iterator[Row]:
    """Yield the early warnings, numbered apart, so that the other rows keep their numbers."""
    settings = read_data("ledgers/R05.yml")
    for year, number in settings["warnings"].items():
        for nth in range(number):
            rng = chance("warning", year, nth)
            quarter = min(year * 4 + nth % (2 if year == LAST // 4 else 4), LAST)
            day = some_day(quarter, rng)
            settled = day + timedelta(days=rng.randint(*settings["warning_days"]))
            is_open = rng.random() < settings["warnings_open"] and quarter > YEAR_END - 2
            yield {
                "number": f"警{year}-{nth + 1:02d}",
                "date": day,
                "unit": rng.choice(_enterprises(county, quarter)).code,
                "kind": "warning",
                "cause": rng.choice(settings["causes"]),
                "persons": rng.randint(3, 30),
                "result": "open" if is_open else rng.choice(settings["warning_results"]),
                "settled": None if is_open else min(settled, last_day(quarter)),
            }


def _founding_day(year: str | int, rng: Random) -> date:
    """Return a day in the year; for a body from before the period, a day in one of the two years before it."""
    if year == "before":
        return some_day(FIRST - rng.randint(1, 8), rng)
    return some_day(min(int(year) * 4 + rng.randint(0, 3), LAST), rng)


def contest_rows(county: County) -> Iterator[Row]:
    """Yield the enterprises that enter the contest each year, each at most once a year."""
    for text, numbers in read_data("ledgers/R15.yml").items():
        quarter = parse_quarter(text)
        for scale, number in ((True, numbers["scale"]), (False, numbers["other"])):
            for union in _entrants(county, quarter, scale, number):
                yield _entry(county, union, quarter)


def _entrants(county: County, quarter: int, scale: bool, number: int) -> list[Union]:
    """Return the unions whose enterprises enter in a quarter, without repetition, from alternating ends of the pool."""
    opening = quarter // 4 * 4
    pool = [union for union in _enterprises(county, opening) if union.scale == scale]
    chance("contest", quarter // 4, scale).shuffle(pool)
    return pool[:number] if quarter == opening else pool[-number:]


def _entry(county: County, union: Union, quarter: int) -> Row:
    rng = chance("entry", union.code, quarter)
    employer = county.covered(union.code, quarter)[0]
    workers = employer.workers_in(quarter)
    return {
        "employer_code": employer.code,
        "employer": employer.name,
        "unit": union.code,
        "date": some_day(quarter, rng),
        "scale": yes_no(union.scale),
        "teams": max(1, workers // 24),
        "workers": round(workers * rng.uniform(0.6, 0.95)),
    }


def _enterprises(county: County, quarter: int) -> list[Union]:
    return [union for union in county.open_unions(quarter) if union.kind in ENTERPRISE_KINDS]
