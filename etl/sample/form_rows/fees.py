"""Wages and union fees of each union and quarter, in yuan."""

from dataclasses import dataclass
from random import Random

from etl.sample.county.calendar import QUARTERS
from etl.sample.county.county_state import County, Union
from etl.sample.county.sources import chance, read_data
from etl.sample.county.staffing import Staff


@dataclass(frozen=True)
class Fee:
    """What a union owes and has paid, in yuan: for the quarter and for the year to date."""

    wages: int
    due: int
    paid: int
    due_year: int
    paid_year: int


def count_fees(county: County, staff: dict[tuple[str, int], Staff]) -> dict[tuple[str, int], Fee]:
    """Return the fees of each open union in each quarter. Due is exactly 2 % of wages, which are multiples of 50."""
    fees: dict[tuple[str, int], Fee] = {}
    for quarter in QUARTERS:
        for union in county.open_unions(quarter):
            before = fees.get((union.code, quarter - 1)) if quarter % 4 else None
            fees[union.code, quarter] = _fee(union, quarter, staff[union.code, quarter].workers, before)
    return fees


def _fee(union: Union, quarter: int, workers: int, before: Fee | None) -> Fee:
    settings = read_data("fees.yml")
    rng = chance("wages", union.code, quarter // 4)
    pay = settings["wage"][quarter // 4] * settings["factor"].get(union.kind, 1.0) * rng.uniform(0.9, 1.1)
    wages = round(workers * pay / 50) * 50
    due = wages // 50
    paid = round(due * _share_paid(union, quarter // 4, chance("paid", union.code, quarter)) / 10) * 10
    paid = min(paid, due)
    return Fee(
        wages=wages,
        due=due,
        paid=paid,
        due_year=due + (before.due_year if before else 0),
        paid_year=paid + (before.paid_year if before else 0),
    )


def _share_paid(union: Union, year: int, rng: Random) -> float:
    """Return the share paid: agencies and schools pay in full through the treasury, others vary."""
    if union.category in ("400", "500"):
        return 1.0
    settings = read_data("fees.yml")
    if chance("never", union.code, year).random() < settings["never"]:
        return 0.0
    shares = settings["share_paid"]
    return float(rng.choices(list(shares), list(shares.values()))[0])
