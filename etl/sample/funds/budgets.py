"""Budgets of the county and its areas (R32), and debts of fees from before and in each quarter (R32E)."""

from collections.abc import Iterator

from etl.sample.county.calendar import FIRST, QUARTERS, first_day, last_day
from etl.sample.county.county_state import COUNTY, County
from etl.sample.county.sources import Row, chance, read_data
from etl.sample.funds.filing import lasting_unions, settled_on

WITHOUT_FEES = ("400", "500")  # categories of unions whose fees the treasury transfers


def budget_rows(place: str) -> dict[int, list[Row]]:
    """Return a place's budget by quarter, head by head: what was done in the quarter and in the year so far."""
    settings = read_data("funds.yml")["budget"]
    so_far: dict[str, int] = {}
    rows: dict[int, list[Row]] = {quarter: [] for quarter in QUARTERS}
    for quarter in QUARTERS:
        for head, first in settings["county" if place == COUNTY else "area"].items():
            budget = round(first * (1 + settings["growth"]) ** (quarter // 4 - FIRST // 4) / 100) * 100
            done = round(budget * chance("budget", place, head, quarter).uniform(*settings["spread"]))
            so_far[head] = done + (so_far.get(head, 0) if quarter % 4 else 0)
            rows[quarter].append(
                {"unit": place, "head": head, "budget": budget, "done": done, "done_year": so_far[head]}
            )
    return rows


def arrear_rows(county: County) -> Iterator[Row]:
    """Yield the debts: those from before the first quarter, and some that are registered in each."""
    settings = read_data("funds.yml")["arrears"]
    unions = [union for union in lasting_unions(county) if union.category not in WITHOUT_FEES]
    since = [FIRST - nth % 16 - 1 for nth in range(settings["before"])]
    since += [quarter for quarter in QUARTERS for _ in range(settings["a_quarter"])]
    for nth, quarter in enumerate(since, start=1):
        rng = chance("arrears", nth)
        row: Row = {"number": f"欠{nth:03d}", "unit": rng.choice(unions).code, "date": last_day(quarter)}
        settled = settled_on(last_day(quarter), settings["days"], settings["never"], rng)
        early = settled and settled < first_day(FIRST)
        yield row | {"amount": rng.randint(*settings["amount"]), "settled": None if early else settled}
