"""Organisation registers: R00 (unions and areas) and R00E (employers), as dated rows."""

from datetime import date

from etl.sample.county.calendar import FIRST, QUARTERS, REGISTER_STARTS, first_day, last_day, quarter_of
from etl.sample.county.county_state import COUNTY, COUNTY_NAME, Area, County, Employer, Union
from etl.sample.county.sources import Row, chance
from etl.sample.form_rows.rosters import yes_no

POSTS = ("工会主席", "工会副主席", "工会专干")


def register_rows(county: County, quarter: int) -> list[Row]:
    """Return the rows of the union register of a quarter: the whole stock in the first, the changes later."""
    if quarter == FIRST:
        top = _entry(COUNTY, COUNTY_NAME, "county", None, REGISTER_STARTS)
        areas = [_area_entry(area) for area in county.areas.values()]
        return [top, *areas, *(_union_entry(union, FIRST, REGISTER_STARTS) for union in county.open_unions(FIRST))]
    changes = [row for union in county.unions.values() for row in _changes(union, quarter)]
    return sorted(changes, key=lambda row: (row["effective"], row["unit_code"]))


def _entry(code: str, name: str, level: str, parent: str | None, effective: date) -> Row:
    return {
        "unit_code": code,
        "unit_name": name,
        "level": level,
        "parent": parent,
        "category": None,
        "org_type": None,
        "cluster": None,
        "status": "open",
        "effective": effective,
        "successor": None,
        "contact_post": None,
        "contact_phone": None,
    }


def _area_entry(area: Area) -> Row:
    entry = _entry(area.code, area.name, area.level, COUNTY, REGISTER_STARTS)
    return entry | {"cluster": area.cluster or None}


def _union_entry(union: Union, quarter: int, effective: date) -> Row:
    entry = _entry(union.code, union.name, "union", union.home(quarter), effective)
    kind = {"category": union.category, "org_type": "joint" if union.joint else "single"}
    return entry | kind | _contact(union)


def _contact(union: Union) -> Row:
    """Return a union's contact: a post, and an office telephone with an unassigned area code."""
    rng = chance("contact", union.code)
    return {"contact_post": rng.choice(POSTS), "contact_phone": f"0700-{rng.randint(2_000_000, 2_999_999)}"}


def _changes(union: Union, quarter: int) -> list[Row]:
    if quarter_of(union.opened_on) == quarter:
        return [_union_entry(union, quarter, union.opened_on)]
    if union.ended_on and quarter_of(union.ended_on) == quarter:
        ending = {"status": union.status, "successor": union.successor or None}
        return [_union_entry(union, quarter, union.ended_on) | ending]
    return [_union_entry(union, quarter, first_day(quarter))] if quarter in union.homes else []


def employer_rows(county: County, quarter: int) -> dict[str, list[Row]]:
    """Return the rows of the employer register of a quarter by area: the stock in the first, the changes later."""
    rows: dict[str, list[Row]] = {}
    for employer in county.employers.values():
        state = _state(county, employer, quarter)
        if state and state != _state(county, employer, quarter - 1):
            rows.setdefault(state["area"], []).append(state | {"effective": _effective(county, employer, quarter)})
    return rows


def _state(county: County, employer: Employer, quarter: int) -> Row | None:
    """Return the registered values of an employer in a quarter; None before it is registered."""
    if quarter not in QUARTERS or quarter < employer.born:
        return None
    union = employer.union(quarter)
    return {
        "employer_code": employer.code,
        "employer_name": employer.name,
        "area": county.area_of(employer, quarter),
        "category": employer.category,
        "legal": yes_no(employer.legal),
        "scale": yes_no(employer.scale),
        "workers": employer.workers_in(quarter),
        "unionised": yes_no(bool(union)),
        "union": union or None,
    }


def _effective(county: County, employer: Employer, quarter: int) -> date:
    """Return the day a change took effect: that of the union's change, otherwise the quarter's last day."""
    if quarter == FIRST:
        return REGISTER_STARTS
    before, now = (county.unions.get(employer.union(at)) for at in (quarter - 1, quarter))
    if before and (not before.open_in(quarter) or quarter in before.homes):
        return first_day(quarter)
    if now and quarter_of(now.opened_on) == quarter:
        return now.opened_on
    return last_day(quarter)
