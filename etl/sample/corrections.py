"""Corrections: rosters that were wrong when first sent, and unions that never sent one."""

from base.periods import format_quarter
from etl.sample.county.calendar import FIRST
from etl.sample.county.county_state import Area, County
from etl.sample.county.sources import Row, chance, read_data

MEMBERS = ("members", "members_women", "members_migrant")


def first_version(area: Area, quarter: int, rows: list[Row]) -> list[Row] | None:
    """Return an area's rows as first sent, with too few members; None if they were right from the start."""
    for wrong in read_data("changes.yml")["corrected"]:
        if (wrong["area"], wrong["quarter"]) == (area.code, format_quarter(quarter)):
            chosen = chance("corrected", area.code, quarter).sample(range(len(rows)), wrong["unions"])
            return [_lessen(row, wrong["share"]) if place in chosen else row for place, row in enumerate(rows)]
    return None


def _lessen(row: Row, share: float) -> Row:
    return row | {column: int(row[column] * (1 - share)) for column in MEMBERS}


def without_roster(county: County, quarter: int, reporting_alone: set[str]) -> set[str]:
    """Return the codes of the unions missing from their area's roster of a quarter."""
    wanted = read_data("changes.yml")["without_roster"].get(format_quarter(quarter), 0)
    lasting = [
        union.code
        for union in county.open_unions(FIRST)
        if union.ended_on is None and union.code not in reporting_alone and not union.scale
    ]
    return set(chance("without roster", quarter).sample(lasting, wanted))
