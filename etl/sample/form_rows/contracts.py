"""Collective contracts: signers, dates and terms, and which contracts are in force at a quarter's end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from base.periods import parse_quarter
from etl.sample.county.calendar import FIRST, LAST, YEAR_END, last_day, quarter_of, some_day
from etl.sample.county.county_state import County, Union
from etl.sample.county.sources import Row, chance, read_data
from etl.sample.county.union_facts import NONPUBLIC

TYPES = ("collective", "wage", "women")
ENTERPRISE_KINDS = ("private", "private_scale", "public", "public_scale")


@dataclass(frozen=True)
class Contract:
    """A contract of one type, signed by one union."""

    type: str
    union: Union
    start: date
    end: date

    @property
    def quarter(self) -> int:
        """Return the quarter in which it starts."""
        return quarter_of(self.start)

    def in_force(self, quarter: int) -> bool:
        """Return whether it is in force on a quarter's last day."""
        return self.quarter <= quarter and self.end >= last_day(quarter)


def sign_contracts(county: County) -> list[Contract]:
    """Return every contract that starts between 2008Q1 and 2011Q2, by start."""
    contracts = [contract for kind in TYPES for contract in _sign_type(county, kind)]
    return sorted(contracts, key=lambda contract: (contract.start, contract.type, contract.union.code))


def _sign_type(county: County, kind: str) -> list[Contract]:
    settings = read_data("contracts.yml")
    rng = chance("contracts", kind)
    signers, later = _choose(county, settings[kind], settings["new_in_2011"], rng)
    lapsing = settings["not_renewed_in_2011"] if kind == "wage" else 0
    contracts: list[Contract] = []
    for union in signers:
        chain = _renew(kind, union, _first_start(settings[kind], union, rng), settings[kind]["years"])
        if lapsing and chain[-1].quarter == LAST and not union.scale:
            chain, lapsing = chain[:-1], lapsing - 1
        contracts += chain
    for union in later:
        start = some_day(LAST - rng.randint(0, 1), rng)
        contracts += _renew(kind, union, start, settings[kind]["years"])
    return contracts


def _choose(county: County, wanted: dict[str, Any], new: int, rng: Random) -> tuple[list[Union], list[Union]]:
    """Return the unions with a contract at the end of 2010, and those that first sign one in 2011."""
    at_end = county.open_unions(YEAR_END)
    joint = [union for union in at_end if union.joint]
    single = [union for union in at_end if union.kind in ENTERPRISE_KINDS]
    large = rng.sample([union for union in single if union.scale], wanted["scale"])
    small = [union for union in single if not union.scale]
    rng.shuffle(small)
    count = wanted["in_force"] - wanted["joint"] - wanted["scale"]
    return [*rng.sample(joint, wanted["joint"]), *large, *small[:count]], small[count : count + new]


def _first_start(wanted: dict[str, Any], union: Union, rng: Random) -> date:
    opened = quarter_of(union.opened_on)
    year = rng.choices(list(wanted["first"]), list(wanted["first"].values()))[0]
    earliest = max(parse_quarter(f"{year}Q1"), opened + (opened > FIRST))
    if earliest > YEAR_END:  # founded in the last quarter of 2010: signs on the next day
        return union.opened_on + timedelta(days=1)
    return some_day(rng.randint(earliest, max(earliest, parse_quarter(f"{year}Q4"))), rng)


def _renew(kind: str, union: Union, start: date, years: int) -> list[Contract]:
    """Return the contract and its renewals; each starts the day after the previous one ends, a few start later."""
    chain: list[Contract] = []
    while quarter_of(start) <= LAST:
        end = date(start.year + years, start.month, min(start.day, 28)) - timedelta(days=1)
        chain.append(Contract(kind, union, start, end))
        start = end + timedelta(days=1 + _days_between(kind, union, end))
    return chain


def _days_between(kind: str, union: Union, end: date) -> int:
    rng = chance("renewal", kind, union.code, end)
    late = kind == "wage" and end.year == 2009 and rng.random() < read_data("contracts.yml")["late_renewal"]
    return rng.randint(30, 80) if late else 0


def numbered(contracts: list[Contract]) -> Iterator[tuple[str, Contract]]:
    """Yield every contract with its number, which restarts for each type and year."""
    places: dict[tuple[str, int], int] = {}
    for contract in contracts:
        about = contract.type, contract.start.year
        places[about] = places.get(about, 0) + 1
        yield f"{read_data('contracts.yml')[contract.type]['number']}{about[1]}-{places[about]:03d}", contract


def filed_on(number: str, contract: Contract) -> date:
    """Return the day on which a contract was filed with the labour bureau."""
    return contract.start + timedelta(days=chance("filed", number).randint(6, 24))


def contract_rows(county: County, contracts: list[Contract], quarter: int) -> list[Row]:
    """Return the rows of the contract ledger of a quarter: the contracts that start in it."""
    rows = [_row(county, contract, number) for number, contract in numbered(contracts) if contract.quarter == quarter]
    return sorted(rows, key=lambda row: (row["start"], TYPES.index(row["type"])))


def _row(county: County, contract: Contract, number: str) -> Row:
    union = contract.union
    covered = county.covered(union.code, contract.quarter)
    common = {
        "number": number,
        "type": contract.type,
        "unit": union.code,
        "start": contract.start,
        "end": contract.end,
        "filed": filed_on(number, contract),
    }
    if union.joint:
        covered = covered[: max(2, round(len(covered) * read_data("contracts.yml")["covered_by_joint"]))]
        common |= {
            "scope": "area" if union.category in NONPUBLIC else "industry",
            "scale": "no",
            "employer": _side(county, union),
            "employer_code": None,
        }
    else:
        common |= {
            "scope": "single",
            "employer": covered[0].name,
            "employer_code": covered[0].code,
            "scale": "yes" if union.scale else "no",
        }
    workers = sum(employer.workers_in(contract.quarter) for employer in covered)
    return common | {"enterprises": len(covered), "workers": workers}


def _side(county: County, union: Union) -> str:
    town = county.areas[union.home(FIRST)].name
    if union.category in NONPUBLIC:
        return f"{town}小型非公企业"
    return f"{town}{chance('side', union.code).choice(read_data('words.yml')['joint_trades'])}行业企业"


def signers(contracts: list[Contract], kind: str, quarter: int) -> set[str]:
    """Return the codes of the unions with a contract of a type in force at a quarter's end."""
    return {contract.union.code for contract in contracts if contract.type == kind and contract.in_force(quarter)}
