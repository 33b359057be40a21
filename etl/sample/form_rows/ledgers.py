"""Ledgers of the federation's offices: events listed in data/sample, and totals spread over quarters and rows."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

from base.periods import parse_quarter
from etl.sample.county.calendar import FIRST, LAST, QUARTERS, last_day, quarter_of, some_day
from etl.sample.county.county_state import COUNTY, COUNTY_NAME, County, Union
from etl.sample.county.sources import FOLDER, Row, chance, read_data, read_rows, share_out
from etl.sample.form_rows.benefits import benefit_rows
from etl.sample.form_rows.contacts import contact_rows
from etl.sample.form_rows.contracts import ENTERPRISE_KINDS
from etl.sample.form_rows.rights import contest_rows, rights_rows
from stats.catalogue import Catalogue
from stats.catalogue.models import Column

NUMBERED = ("R02", "R05", "R07", "R08", "R09", "R10", "R14", "R16", "R34", "R37", "R38")
LEDGERS = (*NUMBERED, "R15")


def ledger_rows(county: County, catalogue: Catalogue) -> dict[tuple[str, int], list[Row]]:
    """Return the rows of every ledger and quarter, numbered by year; events before 2008 are in the first quarter."""
    filed: dict[tuple[str, int], list[Row]] = {(form, quarter): [] for form in LEDGERS for quarter in QUARTERS}
    for form in LEDGERS:
        rows = sorted(_all_rows(county, catalogue, form), key=lambda row: row["date"])
        if form in NUMBERED:
            _number(rows)
        for row in rows:
            filed[form, max(quarter_of(row["date"]), FIRST)].append(row)
    return filed


def _number(rows: list[Row]) -> None:
    places: dict[int, Iterator[int]] = {}
    for row in rows:
        if "number" in row:
            continue
        year = row["date"].year
        row["number"] = f"{year}-{next(places.setdefault(year, count(1))):03d}"


def _all_rows(county: County, catalogue: Catalogue, form: str) -> Iterator[Row]:
    for place, quota in enumerate(read_data("quotas.yml")):
        if quota["form"] == form:
            yield from _spread(county, quota, place)
    if (FOLDER / "ledgers" / f"{form}.csv").exists():
        columns = catalogue.forms[form].by_code
        for row in read_rows(f"ledgers/{form}.csv"):
            yield {code: _parse(county, columns[code], text) for code, text in row.items()}
    if form == "R05":
        yield from rights_rows(county)
    if form == "R34":
        yield from contact_rows(county)
    if form == "R37":
        yield from benefit_rows(county)
    if form == "R15":
        yield from contest_rows(county)


def _parse(county: County, column: Column, text: str) -> Any:
    """Return the value of a listed event's field."""
    if not text:
        return None
    if column.type == "unit":
        return _find(county, text)
    if column.type == "date":
        return date.fromisoformat(text)
    return int(text) if column.type == "integer" else text


def _find(county: County, name: str) -> str:
    if name in (COUNTY, COUNTY_NAME):
        return COUNTY
    areas = (area.code for area in county.areas.values() if area.name == name)
    return next(areas, None) or county.find_union(name).code


def _spread(county: County, quota: dict[str, Any], place: int) -> Iterator[Row]:
    """Yield the rows of one quota: its yearly totals distributed over its quarters and rows."""
    for year in range(FIRST // 4, LAST // 4 + 1):
        rng = chance("quota", place, year)
        quarters = [
            quarter
            for quarter in QUARTERS
            if quarter // 4 == year and quarter % 4 + 1 in quota.get("quarters", (1, 2, 3, 4))
        ]
        slots = _slots(quota, year, quarters)
        weights = [rng.uniform(0.6, 1.4) for _ in slots]
        parts = {
            column: _parts(totals[year], quota.get("step", {}).get(column, 1), weights)
            for column, totals in quota.get("totals", {}).items()
            if slots and year in totals
        }
        for nth, quarter in enumerate(slots):
            numbers = {column: shares[nth] or None for column, shares in parts.items()}
            if any(numbers.values()) or "count" in quota:
                yield _row(county, quota, quarter, numbers, chance("event", place, year, nth))


def _slots(quota: dict[str, Any], year: int, quarters: list[int]) -> list[int]:
    """Return the quarter of each row of a year."""
    if "count" in quota:
        return sorted(quarters[nth % len(quarters)] for nth in range(quota["count"].get(year, 0)))
    return [quarter for quarter in quarters for _ in range(quota["rows"])]


def _parts(total: float, step: float, weights: list[float]) -> list[float]:
    return [part * step for part in share_out(round(total / step), weights)]


def _row(county: County, quota: dict[str, Any], quarter: int, numbers: Row, rng: Any) -> Row:
    fixed: Row = quota["fixed"] | {"date": some_day(quarter, rng)}
    pool = _linked(county, quota, quarter) if "linked" in quota else _pool(county, quota["units"], quarter)
    fixed["unit"] = rng.choice(pool)
    if "titles" in quota:
        fixed["title"] = rng.choice(quota["titles"])
    chosen = {column: rng.choice(words) for column, words in quota.get("choose", {}).items()}
    ranged = {column: rng.randint(*ends) for column, ends in quota.get("ranges", {}).items()}
    later = {
        column: min(fixed["date"] + timedelta(days=rng.randint(*ends)), last_day(quarter))
        for column, ends in quota.get("after", {}).items()
    }
    of_title = {column: words[fixed["title"]] for column, words in quota.get("of_title", {}).items()}
    unfinished = quota.get("unfinished")
    if unfinished and quarter >= parse_quarter(unfinished["since"]) and rng.random() < unfinished["share"]:
        fixed["result"], later = unfinished["result"], {}
    return fixed | chosen | ranged | later | of_title | numbers


def _links(county: County, form: str, kind: str) -> list[tuple[int, str]]:
    """Return the quarter and organisation of each row of the form that is of a kind, such as a pair."""
    quotas = [(place, quota) for place, quota in enumerate(read_data("quotas.yml")) if quota["form"] == form]
    rows = [
        row for place, quota in quotas if quota["fixed"].get("kind") == kind for row in _spread(county, quota, place)
    ]
    return [(quarter_of(row["date"]), row["unit"]) for row in rows]


def _linked(county: County, quota: dict[str, Any], quarter: int) -> list[str]:
    """Return the organisations that a row of the kind `linked` named by the quarter, so that visits go to pairs."""
    is_open = set(_pool(county, quota["units"], quarter))
    linked = [unit for since, unit in _links(county, quota["form"], quota["linked"]) if since <= quarter]
    return [unit for unit in linked if unit in is_open] or sorted(is_open)


def _pool(county: County, units: str, quarter: int) -> list[str]:
    """Return the codes that rows may belong to: county, towns, parks, areas, unions or enterprises."""
    if units == "county":
        return [COUNTY]
    if units in ("towns", "parks", "areas"):
        level = {"towns": "town", "parks": "park"}.get(units)
        return [area.code for area in county.areas.values() if level in (None, area.level)]
    return [union.code for union in county.open_unions(quarter) if units == "unions" or _is_enterprise(union)]


def _is_enterprise(union: Union) -> bool:
    return union.kind in ENTERPRISE_KINDS
