"""Offers to bargain over wages (R17): each row is a firm's round, from the offer to the inspection."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from etl.sample.county.calendar import FIRST, LAST, REGISTER_STARTS, first_day, last_day, quarter_of, some_day
from etl.sample.county.county_state import County, Union
from etl.sample.county.sources import Row, chance, read_data
from etl.sample.form_rows.contracts import Contract, filed_on, numbered
from etl.sample.form_rows.rosters import yes_no

STAGES = ("offered", "replied", "met", "signed", "filed", "done")


def bargaining_rounds(county: County, contracts: list[Contract]) -> list[Row]:
    """Return every round begun between 2008Q1 and 2011Q2 with its dates, numbered by year in order of the offers."""
    rounds = [*_successful(county, contracts), *_refused(county, contracts)]
    rounds.sort(key=lambda row: (row["offered"], row["employer_code"]))
    places: dict[int, int] = {}
    for row in rounds:
        year = row["offered"].year
        places[year] = places.get(year, 0) + 1
        row["number"] = f"约{year}-{places[year]:03d}"
    return rounds


def offer_rows(rounds: list[Row], quarter: int) -> list[Row]:
    """Return the rows filed for a quarter: the rounds with an event in it, in their state at its end."""
    return [_as_of(row, last_day(quarter)) for row in rounds if _moved(row, quarter)]


def _moved(row: Row, quarter: int) -> bool:
    return any(row.get(stage) and quarter_of(row[stage]) == quarter for stage in STAGES)


def _as_of(row: Row, day: date) -> Row:
    """Return a round as known on a day, without later events."""
    known = {stage: row[stage] for stage in STAGES if row.get(stage) and row[stage] <= day}
    as_known = {column: value for column, value in row.items() if column not in STAGES} | known
    return as_known if "filed" in known else as_known | {"contract": None}


def _successful(county: County, contracts: list[Contract]) -> Iterator[Row]:
    """Yield the round before each wage contract of a single enterprise."""
    for number, contract in numbered(contracts):
        if contract.type == "wage" and not contract.union.joint:
            days = _days(contract.start, filed_on(number, contract), chance("offer", number))
            if not _is_within(days["offered"], contract.union):
                continue
            yield _round(county, contract.union, days) | {"contract": number}


def _is_within(offered: date | None, union: Union) -> bool:
    """Return whether an offer lies within the sample's period and after the founding of its union."""
    return offered is not None and offered >= REGISTER_STARTS and union.open_in(quarter_of(offered))


def _days(start: date, filed: date, rng: Random) -> dict[str, date | None]:
    settings = read_data("offers.yml")
    days: dict[str, date | None] = {}
    at = start
    for stage in ("signed", "met", "replied", "offered"):
        at -= timedelta(days=rng.randint(*settings[stage]))
        days[stage] = at
    inspected = start + timedelta(days=rng.randint(*settings["inspection"]))
    days |= {"filed": filed, "done": inspected if rng.random() < settings["inspected"] else None}
    return days | {"replied": None} if rng.random() < settings["unrecorded"] else days


def _refused(county: County, contracts: list[Contract]) -> Iterator[Row]:
    """Yield the rounds at above-scale enterprises that never led to a contract."""
    signers = {contract.union.code for contract in contracts if contract.type == "wage"}
    for year, stages in read_data("offers.yml")["refused"].items():
        for union in county.open_unions(max(year * 4, FIRST)):
            if union.scale and union.code not in signers:
                rng = chance("refused", union.code, year)
                at, days = some_day(year * 4 + 1, rng), dict[str, date | None]()
                for stage in stages:
                    days[stage] = min(at, last_day(LAST))
                    at += timedelta(days=rng.randint(9, 30))
                yield _round(county, union, days)


def _round(county: County, union: Union, days: dict[str, date | None]) -> Row:
    offered = days["offered"]
    assert offered is not None  # every round begins with an offer
    quarter = quarter_of(offered)
    employer = county.covered(union.code, quarter)[0]
    return {
        "campaign": _campaign(offered),
        "employer_code": employer.code,
        "employer": employer.name,
        "unit": union.code,
        "scale": yes_no(union.scale),
        "workers": employer.workers_in(quarter),
        "contract": None,
        **days,
    }


def _campaign(offered: date) -> str:
    """Return the campaign an offer belongs to: the hundred days from April 2010, or the spring of another year."""
    if first_day(2010 * 4 + 1) <= offered <= date(2010, 7, 9):
        return "hundred"
    return "spring" if offered.month in (2, 3, 4, 5) else "usual"
