"""Audits (R33): those due in a year, those done, and money that came back; the problems that they find (R33E)."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from etl.sample.county.calendar import FIRST, LAST, QUARTERS, quarter_of, some_day
from etl.sample.county.county_state import County, Union
from etl.sample.county.sources import Row, chance, read_data
from etl.sample.form_rows.rosters import Rosters, yes_no
from etl.sample.funds.filing import settled_on

PROBLEMS = ("budget", "collection", "vouchers", "vouchers", "spending", "accounts", "assets")


def audit_rows(county: County, rosters: Rosters) -> list[Row]:
    """Return each year's list of unions due, made in January, and the audits done, some of unions not listed."""
    rows: list[Row] = []
    for year in range(FIRST // 4, LAST // 4 + 1):
        january, rng = max(4 * year, FIRST), chance("audits", year)
        unions = [union for union in county.open_unions(january) if union.ended_on is None]
        rng.shuffle(unions)
        has_account = [union for union in unions if rosters.standing.has("account", union, january)]
        due = has_account[: -_settings()["forgotten"]]
        rows += [_due(union, date(year, 1, rng.randint(6, 20))) for union in due]
        others = [union for union in unions if union not in has_account][: _settings()["unlisted"]]
        audited = due + others
        rng.shuffle(audited)
        rows += _done(audited, rosters, year)
    return rows


def _settings() -> Row:
    settings: Row = read_data("funds.yml")["audits"]
    return settings


def _due(union: Union, day: date) -> Row:
    return {"date": day, "union": union.code, "kind": "due", "account": "yes"}


def _done(unions: list[Union], rosters: Rosters, year: int) -> Iterator[Row]:
    several = _settings()["a_quarter"][year]
    for quarter in (quarter for quarter in QUARTERS if quarter // 4 == year):
        for union in unions[quarter % 4 * several : (quarter % 4 + 1) * several]:
            yield _audit(union, rosters, quarter)


def _audit(union: Union, rosters: Rosters, quarter: int) -> Row:
    settings, rng = _settings(), chance("audit", union.code, quarter)
    problems = rng.choice(settings["problems"])
    return {
        "date": some_day(quarter, rng),
        "union": union.code,
        "kind": rng.choices([*settings["kinds"]], [*settings["kinds"].values()])[0],
        "account": yes_no(rosters.standing.has("account", union, quarter)),
        "problems": problems,
        "amount": sum(rng.randint(*settings["amount"]) for _ in range(problems)),
    }


def found_problems(audits: Iterable[Row]) -> list[Row]:
    """Return the problems that audits found, with the day on which each was mended."""
    problems = [problem for audit in audits if audit.get("problems") for problem in _problems(audit)]
    for nth, row in enumerate(problems, start=1):
        row["number"] = f"问{row['date'].year}-{nth:03d}"
    return problems


def _problems(audit: Row) -> Iterator[Row]:
    settings, rng = _settings(), chance("problems", audit["union"], audit["date"])
    parts = audit["problems"]
    for nth in range(parts):
        amount = audit["amount"] // parts + (audit["amount"] % parts if nth == 0 else 0)
        row: Row = {"date": audit["date"], "unit": audit["union"], "kind": rng.choice(PROBLEMS), "amount": amount}
        mended = settled_on(audit["date"], settings["days"], settings["never"], rng)
        yield row | {"due": audit["date"] + timedelta(days=settings["allowed"]), "mended": mended}


def recovery_rows(county: County, rosters: Rosters, problems: Iterable[Row]) -> Iterator[Row]:
    """Yield the money that came back on the day on which a problem was mended."""
    for row in problems:
        rng = chance("recovered", row["number"])
        if row["mended"] and quarter_of(row["mended"]) <= LAST and rng.random() < _settings()["recovered"]:
            account = rosters.standing.has("account", county.unions[row["unit"]], quarter_of(row["mended"]))
            back: Row = {"date": row["mended"], "union": row["unit"], "kind": "followup", "recovered": row["amount"]}
            yield back | {"account": yes_no(account)}
