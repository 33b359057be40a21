"""Events that ask for an answer at once (R25): each row is an event, from the hour it was known to the first answer."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from random import Random

from etl.sample.county.calendar import FIRST, LAST, QUARTERS, first_day, quarter_of, some_day
from etl.sample.county.county_state import County
from etl.sample.county.sources import Row, chance, read_data
from stats.catalogue.deadlines import Deadline


def first_events(county: County, deadline: Deadline) -> list[Row]:
    """Return every event from 2008Q1 to 2011Q2 with its times, numbered by year in the order in which it was known."""
    settings = read_data("first_responses.yml")
    events = [
        _event(county, quarter, deadline, chance("first", quarter, nth))
        for quarter in QUARTERS
        for nth in range(settings["events"][quarter // 4])
    ]
    events.sort(key=lambda row: row["known"])
    places: dict[int, int] = {}
    for row in events:
        year = row["known"].year
        places[year] = places.get(year, 0) + 1
        row["number"] = f"首{year}-{places[year]:03d}"
    return events


def event_rows(events: list[Row], quarter: int) -> list[Row]:
    """Return the rows filed for a quarter: events known or answered in it, as they stood at its end."""
    return list(_as_of(events, quarter, datetime.combine(first_day(quarter + 1), time())))


def _as_of(events: list[Row], quarter: int, end: datetime) -> Iterator[Row]:
    for row in events:
        answered = row["responded"]
        if quarter_of(row["known"]) == quarter or (answered and quarter_of(answered) == quarter):
            yield row if answered and answered < end else row | {"responded": None}


def _event(county: County, quarter: int, deadline: Deadline, rng: Random) -> Row:
    settings = read_data("first_responses.yml")
    kinds = settings["kinds"]
    kind = rng.choices([*kinds], [settings_of["weight"] for settings_of in kinds.values()])[0]
    lasting = [union for union in county.open_unions(quarter) if union.ended_on is None]
    hour = time(rng.randint(8, 20), rng.choice(settings["minutes"]))
    known = datetime.combine(some_day(quarter, rng) + timedelta(days=rng.choice((0, 0, 0, 5))), hour)
    return {
        "known": known,
        "unit": rng.choice(lasting).code,
        "kind": kind,
        "source": rng.choice(("visit", "phone", "letter", "town", "town")),
        "persons": rng.randint(*kinds[kind]["persons"]),
        "responded": _answered(known, deadline.limits[kind], kinds[kind]["kept"], rng),
        "department": rng.choice(settings["departments"]),
    }


def _answered(known: datetime, limit: float, kept: float, rng: Random) -> datetime | None:
    """Return when an event was answered, to the minute; None for one that never is."""
    settings = read_data("first_responses.yml")
    if rng.random() < kept:
        hours = limit * rng.uniform(0.08, 1.0) ** 1.5
    elif rng.random() < settings["never"] and quarter_of(known) > FIRST:
        return None
    else:
        hours = limit * rng.uniform(1.1, settings["longest"])
    answered = known + timedelta(minutes=round(hours * 60))
    if answered.time() == time():  # a cell at midnight can't be told from a day without a time
        answered += timedelta(minutes=1)
    return answered if quarter_of(answered) <= LAST + 1 else None
