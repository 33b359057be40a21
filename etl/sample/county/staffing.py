"""Staffing: numbers of workers and members that add up to the county's totals, and their growth."""

from dataclasses import dataclass

from etl.sample.county.calendar import FIRST, QUARTERS, YEAR_END
from etl.sample.county.county_state import County, Employer, Union
from etl.sample.county.sources import chance, read_data, share_out


@dataclass(kw_only=True, frozen=True)
class Staff:
    """The people of a union in one quarter."""

    workers: int
    workers_women: int
    workers_migrant: int
    members: int
    members_women: int
    members_migrant: int


def count_staff(county: County) -> None:
    """Set the workers of every employer for each year, so that they add up to the totals at the end of 2010."""
    totals = read_data("changes.yml")["totals"]
    unionised = [employer for employer in county.employers.values() if employer.union(YEAR_END)]
    elsewhere = [employer for employer in county.employers.values() if not employer.union(YEAR_END)]
    for employers, total in ((unionised, totals["workers_of_unionised"]), (elsewhere, totals["workers_elsewhere"])):
        sizes = share_out(total, [_size(employer) for employer in employers])
        for employer, size in zip(employers, sizes, strict=True):
            employer.workers = _grow(employer, size)


def _size(employer: Employer) -> float:
    if employer.name in (given := read_data("changes.yml")["sizes"]):
        return float(given[employer.name])
    low, high = read_data("kinds.yml")[employer.kind]["size"]
    rng = chance("size", employer.code)
    return float(low + (high - low) * rng.random() ** (1.6 if employer.scale else 1.2))


def _grow(employer: Employer, size: int) -> tuple[int, ...]:
    rng = chance("growth", employer.code)
    *earlier, _ = read_data("changes.yml")["growth"]["workers"]
    return (*(max(4, round(size * factor * rng.uniform(0.97, 1.03))) for factor in earlier), size)


def count_members(county: County) -> dict[tuple[str, int], Staff]:
    """Return the staff of each open union in each quarter; the members at the end of 2010 add up to the report's."""
    shares = _member_shares(county)
    return {
        (union.code, quarter): _staff(county, union, quarter, shares[union.code])
        for quarter in QUARTERS
        for union in county.open_unions(quarter)
    }


def _member_shares(county: County) -> dict[str, float]:
    shares = {
        union.code: chance("members", union.code).uniform(*_percent(union, "member"))
        for union in county.unions.values()
    }
    at_end = county.open_unions(YEAR_END)
    workers = {union.code: county.workers(union.code, YEAR_END) for union in at_end}
    members = {code: int(workers[code] * shares[code]) for code in workers}
    _settle(members, workers, read_data("changes.yml")["totals"]["members"])
    return shares | {code: members[code] / workers[code] for code in members}


def _settle(members: dict[str, int], workers: dict[str, int], total: int) -> None:
    """Add or remove one member at a time, union by union, until the total is reached."""
    missing = total - sum(members.values())
    step = 1 if missing > 0 else -1
    while missing:
        for code in members:
            if missing and 0 < members[code] + step <= workers[code]:
                members[code] += step
                missing -= step


def _percent(union: Union, what: str) -> tuple[float, float]:
    low, high = read_data("kinds.yml")[union.kind][what]
    return low / 100, high / 100


def _staff(county: County, union: Union, quarter: int, share: float) -> Staff:
    workers = county.workers(union.code, quarter)
    ramp = read_data("changes.yml")["growth"]["members"][quarter - FIRST]
    members = min(workers, round(workers * share * ramp))
    rng = chance("people", union.code)
    women = 0.0 if rng.random() < 0.02 else rng.uniform(*_percent(union, "women"))
    migrant = rng.uniform(*_percent(union, "migrant"))
    return Staff(
        workers=workers,
        workers_women=round(workers * women),
        workers_migrant=round(workers * migrant),
        members=members,
        members_women=_part(members, women),
        members_migrant=_part(members, migrant * 0.94),
    )


def _part(members: int, share: float) -> int:
    return int(members * share)
