"""Contact points with the visits paid to them (R34), and research topics (R35), which are told until they are done."""

from collections.abc import Iterator
from datetime import timedelta

from base.periods import parse_quarter
from etl.sample.county.calendar import LAST, QUARTERS, last_day, quarter_of, some_day
from etl.sample.county.county_state import COUNTY, County, Union
from etl.sample.county.sources import Row, chance, read_data


def contact_rows(county: County) -> Iterator[Row]:
    """Yield the founding of each contact point and every visit to it."""
    settings, rng = read_data("contacts.yml"), chance("contacts")
    lasting = [union for union in county.open_unions(QUARTERS[0]) if union.ended_on is None]
    chosen = iter(rng.sample(lasting, sum(settings["points"].values())))
    number = 0
    for founded, count in settings["points"].items():
        for _ in range(count):
            number += 1
            yield from _point(number, next(chosen), parse_quarter(founded))


def _point(number: int, union: Union, founded: int) -> Iterator[Row]:
    settings, rng = read_data("contacts.yml"), chance("contact", number)
    same: Row = {"unit": union.code, "point": f"点{number:02d}", "department": rng.choice(settings["departments"])}
    yield same | {"kind": "point", "date": some_day(founded, rng)}
    for quarter in range(founded + 1, LAST + 1):
        if rng.random() < settings["visited"]:
            raised = rng.randint(*settings["raised"])
            numbers = {"raised": raised, "solved": max(0, raised - rng.choice((0, 0, 1, 2)))}
            yield same | {"kind": "visit", "date": some_day(quarter, rng)} | numbers


def research_topics() -> list[Row]:
    """Return every topic with its days and, of those finished, what came of it."""
    settings = read_data("contacts.yml")
    topics = []
    for year, listed in settings["topics"].items():
        for nth, (topic, allowed, *took) in enumerate(listed):
            rng = chance("topic", year, nth)
            begun = some_day(year * 4 + nth % (2 if year == LAST // 4 else 4), rng)
            row: Row = {"number": f"研{year}-{nth + 1}", "begun": begun, "unit": COUNTY, "topic": topic}
            row |= {"department": rng.choice(settings["departments"]), "due": begun + timedelta(days=allowed)}
            if took:
                row |= {"finished": begun + timedelta(days=took[0]), "output": rng.choice(settings["outputs"])}
                row["used"] = rng.choice(settings["used"])
            topics.append(row)
    return topics


def topic_rows(topics: list[Row], quarter: int) -> list[Row]:
    """Return the rows filed for a quarter: topics begun or finished in it, as they stood at its end."""
    rows = []
    for row in topics:
        finished = row.get("finished")
        done = finished is not None and finished <= last_day(quarter)
        if quarter in (quarter_of(row["begun"]), quarter_of(finished) if finished else None):
            rows.append(row if done else row | {"finished": None, "output": None, "used": None})
    return rows
