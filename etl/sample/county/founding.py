"""Founding: builds the county from the planned unions, assigns employers to them, and applies later changes."""

from collections.abc import Iterator
from datetime import date

from base.periods import parse_quarter
from etl.sample.county.calendar import FIRST, YEAR_END, quarter_of, some_day
from etl.sample.county.county_state import Area, County, Employer, Union
from etl.sample.county.plans import UnionPlan, company_names, plan_unions
from etl.sample.county.sources import chance, read_data, read_rows
from etl.sample.county.staffing import count_staff


def found_county() -> County:
    """Return the sample county with all its changes from 2008Q1 to 2011Q2."""
    names = company_names()
    areas = {
        row["code"]: Area(row["code"], row["name"], row["level"], row["cluster"]) for row in read_rows("areas.csv")
    }
    county = County(areas, {}, {})
    for plan in sorted(plan_unions(names), key=lambda plan: (plan.area, plan.opened)):
        _found_union(county, plan, names)
    _add_unorganised(county, names)
    _apply_changes(county)
    count_staff(county)
    _organise_more(county)
    return county


def _found_union(county: County, plan: UnionPlan, names: Iterator[tuple[str, str]]) -> None:
    union = _add_union(county, plan.area, plan.kind, plan.name, plan.category, plan.industry)
    if plan.opened > FIRST:
        union.opened_on = some_day(plan.opened, chance("opened", union.code))
    if union.joint:
        _fill_joint(county, union, plan, names)
    else:
        born = max(FIRST, plan.opened - chance("born", union.code).randint(0, 6))
        joined = {plan.opened: union.code}
        _add_employer(county, plan.name, plan.kind, plan.category, plan.area, union.scale, born, joined)


def _add_union(county: County, area: str, kind: str, name: str, category: str, industry: str) -> Union:
    number = 1 + sum(1 for code in county.unions if code.startswith(area))
    code = f"{area}{number:03d}"
    county.unions[code] = Union(
        code=code,
        name=name + "工会",
        kind=kind,
        category=category,
        industry=industry,
        homes={FIRST: area},
        scale=kind.endswith("_scale"),
    )
    return county.unions[code]


def _add_employer(
    county: County,
    name: str,
    kind: str,
    category: str,
    area: str,
    scale: bool = False,
    born: int = FIRST,
    joined: dict[int, str] | None = None,
) -> Employer:
    code = f"E{len(county.employers) + 1:04d}"
    legal = category not in ("400", "500", "600", "700")
    county.employers[code] = Employer(
        code=code,
        name=name,
        kind=kind,
        category=category,
        home=area,
        scale=scale,
        legal=legal,
        born=born,
        workers=(),
        joined=joined or {},
    )
    return county.employers[code]


def _fill_joint(county: County, union: Union, plan: UnionPlan, names: Iterator[tuple[str, str]]) -> None:
    rng = chance("joint", union.code)
    for place in range(next(int(row["spread"]) for row in read_rows("areas.csv") if row["code"] == plan.area)):
        joins = plan.opened if place < 3 or rng.random() < 0.5 else rng.randint(plan.opened, YEAR_END)
        _add_employer(
            county,
            next(names)[0],
            "small",
            "170",
            plan.area,
            False,
            max(FIRST, joins - rng.randint(0, 8)),
            {joins: union.code},
        )


def _add_unorganised(county: County, names: Iterator[tuple[str, str]]) -> None:
    rng = chance("unorganised")
    totals = read_data("changes.yml")["totals"]
    large = ["170"] * totals["scale_nonpublic_without_union"] + ["159"] * totals["scale_other_without_union"]
    closed_in = read_data("changes.yml")["closed"]["area"]
    for row in read_rows("areas.csv"):
        for _ in range(int(row["unorganised"]) - (row["code"] == closed_in)):
            scale = bool(large) and row["level"] == "park"
            category = large.pop() if scale else rng.choice(["170"] * 8 + ["159", "190"])
            born = FIRST if scale or rng.random() < 0.6 else rng.randint(FIRST + 1, YEAR_END)
            kind = "private_scale" if scale else "unorganised"
            _add_employer(county, next(names)[0], kind, category, row["code"], scale, born)
    towns = [area for area in county.areas.values() if area.level == "town"]
    for place in range(totals["sole_traders_without_union"]):
        _add_employer(county, towns[place].name + next(names)[0][:2] + "商店", "small", "600", towns[place].code)


def _apply_changes(county: County) -> None:
    changes = read_data("changes.yml")
    moved = changes["moved"]
    county.find_union(moved["union"]).homes[quarter_of(moved["day"])] = moved["to"]
    for end in changes["merged"]:
        _end(county, end["name"], end["day"], "merged", county.find_union(end["into"]).code)
    _end(county, changes["closed"]["name"], changes["closed"]["day"], "closed", "")


def _end(county: County, name: str, day: date, status: str, successor: str) -> None:
    union = county.find_union(name + "工会")
    union.ended_on, union.status, union.successor = day, status, successor
    employer = next(employer for employer in county.employers.values() if employer.name == name)
    employer.joined[quarter_of(day)] = successor


def _organise_more(county: County) -> None:
    """Found unions, and extend joint ones, in 2011 at employers without a union."""
    changes = read_data("changes.yml")
    free = [
        employer
        for employer in county.employers.values()
        if employer.kind == "unorganised"
        and not employer.joined
        and employer.category == "170"
        and employer.home not in changes["avoid_in_2011"]
    ]
    chance("2011").shuffle(free)
    for quarter, count in changes["later_openings"].items():
        for employer in [free.pop() for _ in range(count)]:
            union = _add_union(county, employer.home, "private", employer.name, employer.category, "03")
            union.opened_on = some_day(parse_quarter(quarter), chance("opened", union.code))
            employer.joined[parse_quarter(quarter)] = union.code
    joint = {union.homes[FIRST]: union.code for union in county.unions.values() if union.kind == "private_joint"}
    in_towns = [employer for employer in free if employer.home in joint]
    for quarter, count in changes["later_joining"].items():
        for employer in [in_towns.pop() for _ in range(count)]:
            employer.joined[parse_quarter(quarter)] = joint[employer.home]
