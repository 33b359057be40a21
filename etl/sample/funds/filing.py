"""Filing: which quarter's return a row goes into, and under which number."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random

from etl.sample.county.calendar import FIRST, LAST, QUARTERS, quarter_of
from etl.sample.county.county_state import County, Union
from etl.sample.county.sources import Row

Filed = dict[tuple[str, int], list[Row]]


def no_rows(forms: Iterable[str]) -> Filed:
    """Return every form and quarter without rows."""
    return {(form, quarter): [] for form in forms for quarter in QUARTERS}


def file_by_day(filed: Filed, form: str, rows: Iterable[Row]) -> None:
    """File each row in the quarter of its day; what is later than the sample is not known yet."""
    for row in rows:
        if quarter_of(row["date"]) <= LAST:
            filed[form, quarter_of(row["date"])].append(row)


def file_again_when_done(filed: Filed, form: str, done: str, rows: Iterable[Row]) -> None:
    """File each row as it stood when it began, and once more in the quarter in which it was done."""
    for row in rows:
        begun = max(quarter_of(row["date"]), FIRST)
        ended = quarter_of(row[done]) if row[done] else LAST + 1
        filed[form, begun].append(row if ended == begun else row | {done: None})
        if begun < ended <= LAST:
            filed[form, ended].append(row)


def number_rows(filed: Filed, form: str, prefix: str) -> None:
    """Number the rows of each quarter in the order of their days."""
    for quarter in QUARTERS:
        rows = sorted(filed[form, quarter], key=lambda row: row["date"])
        for nth, row in enumerate(rows, start=1):
            row["number"] = f"{prefix}{quarter // 4}-{quarter % 4 + 1}{nth:03d}"
        filed[form, quarter] = rows


def lasting_unions(county: County) -> list[Union]:
    """Return the unions that are open in every quarter."""
    return [union for union in county.open_unions(FIRST) if union.ended_on is None]


def settled_on(since: date, days: Sequence[int], never: float, rng: Random) -> date | None:
    """Return the day, so many days from `since`, on which a matter was settled; None for the share that never is."""
    day = since + timedelta(days=rng.randint(*days))
    return None if rng.random() < never else day
