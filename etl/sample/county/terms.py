"""Terms of union committees: when each was elected, until when, and when the next one was."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from etl.sample.county.calendar import FIRST, LAST, last_day, quarter_of, some_day
from etl.sample.county.county_state import County
from etl.sample.county.sources import Row, chance, read_data

_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, kw_only=True)
class CommitteeTerm:
    """A term of a committee: the organisation's code, its number, and its days; `elected` is that of the next one."""

    unit: str
    number: int
    began: date
    ends: date
    elected: date | None
    reason: str | None


def committee_terms(county: County) -> list[CommitteeTerm]:
    """Return the terms of the areas' committees and of some unions', from those that run at the beginning on."""
    settings = read_data("terms.yml")
    lasting = [union.code for union in county.open_unions(FIRST) if union.ended_on is None]
    unions = chance("terms").sample(lasting, settings["unions"])
    years = dict.fromkeys(county.areas, settings["years"]["area"]) | dict.fromkeys(unions, settings["years"]["union"])
    return [term for code, size in years.items() for term in _terms(code, size, chance("term", code))]


def term_rows(terms: list[CommitteeTerm], quarter: int) -> list[Row]:
    """Return the rows filed for a quarter: terms begun in it, those whose election was in it, and those newly late."""
    rows = []
    for term in terms:
        late = quarter_of(term.ends) + 1 if term.reason else None
        if quarter in (max(quarter_of(term.began), FIRST), late, quarter_of(term.elected) if term.elected else None):
            row: Row = {"union": term.unit, "session": f"第{_NUMERALS[term.number - 1]}届"}
            row |= {"began": term.began, "ends": term.ends}
            done = term.elected is not None and term.elected <= last_day(quarter)
            known = done or (late is not None and late <= quarter)
            rows.append(row | {"elected": term.elected if done else None, "reason": term.reason if known else None})
    return rows


def _terms(unit: str, years: int, rng: Random) -> Iterator[CommitteeTerm]:
    number, began = rng.randint(1, 6), some_day(FIRST - rng.randint(1, years * 4 - 1), rng)
    while began:
        ends = date(began.year + years, began.month, min(began.day, 28))
        elected, reason = _next_election(ends, rng)
        yield CommitteeTerm(unit=unit, number=number, began=began, ends=ends, elected=elected, reason=reason)
        if elected is None:
            return
        number, began = number + 1, elected


def _next_election(ends: date, rng: Random) -> tuple[date | None, str | None]:
    """Return the day of the next election, None if there was none so far, and why it was late."""
    settings = read_data("terms.yml")
    on_time = rng.random() < settings["on_time"]
    days = -rng.randint(0, settings["early"]) if on_time else rng.randint(*settings["late"])
    held = ends + timedelta(days)
    reason = None if on_time else rng.choice(settings["reasons"])
    never = not on_time and rng.random() < settings["never"]
    if never or held > last_day(LAST):
        return None, reason if ends <= last_day(LAST) else None
    return held, reason
