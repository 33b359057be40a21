"""Mutual insurance (R31): policies in the first half of each year, claims all the year round."""

from collections.abc import Iterator
from random import Random

from etl.sample.county.calendar import QUARTERS, some_day
from etl.sample.county.county_state import County, Union
from etl.sample.county.sources import Row, chance, read_data
from etl.sample.form_rows.rosters import Rosters
from etl.sample.funds.filing import lasting_unions


def insurance_rows(county: County, rosters: Rosters) -> Iterator[Row]:
    """Yield the policies that unions take out, and what is paid to their workers."""
    settings, unions = read_data("funds.yml")["insurance"], lasting_unions(county)
    chance("insurance").shuffle(unions)
    for quarter in QUARTERS:
        year = quarter // 4
        members = unions[: settings["policies"][year]]
        if quarter % 4 < 2:
            for union in members[quarter % 4 :: 2]:
                yield from _policies(union, rosters, quarter)
        rng = chance("claims", quarter)
        for union in rng.choices(members[::2] if quarter % 4 == 0 else members, k=settings["claims"][year]):
            yield _claim(union, quarter, rng)


def _policies(union: Union, rosters: Rosters, quarter: int) -> Iterator[Row]:
    """Yield a union's policy for the year, and one for its women in half of the unions."""
    settings, rng = read_data("funds.yml")["insurance"], chance("policy", union.code, quarter)
    staff = rosters.staff[union.code, quarter]
    kinds = {"medical": staff.workers, "women": staff.workers_women if rng.random() < 0.5 else 0}
    for kind, most in kinds.items():
        if insured := round(most * rng.uniform(*settings["share"])):
            row: Row = {"date": some_day(quarter, rng), "union": union.code, "kind": kind, "step": "joined"}
            yield row | {"insured": insured, "premium": insured * settings["premium"][kind]}


def _claim(union: Union, quarter: int, rng: Random) -> Row:
    kind, claims = rng.choice(("medical", "medical", "women")), rng.randint(1, 3)
    paid = sum(rng.randint(*read_data("funds.yml")["insurance"]["paid"]) for _ in range(claims))
    row: Row = {"date": some_day(quarter, rng), "union": union.code, "kind": kind, "step": "paid"}
    return row | {"claims": claims, "paid": paid}
