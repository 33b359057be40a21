"""County state: the areas, unions and employers of the county in any quarter."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from etl.sample.county.calendar import FIRST, QUARTERS, REGISTER_STARTS, quarter_of

COUNTY = "COUNTY"
COUNTY_NAME = "示例县总工会"


@dataclass(frozen=True)
class Area:
    """A town, park or system."""

    code: str
    name: str
    level: str
    cluster: str


@dataclass(kw_only=True)
class Union:
    """A grassroots union. `homes` maps a quarter to its area from then on; `ended_on` is when it merged or closed."""

    code: str
    name: str
    kind: str
    category: str
    industry: str
    homes: dict[int, str]
    scale: bool = False
    opened_on: date = REGISTER_STARTS
    ended_on: date | None = None
    status: str = "open"
    successor: str = ""

    @property
    def joint(self) -> bool:
        """Return whether it covers several employers."""
        return self.kind.endswith("_joint")

    def home(self, quarter: int) -> str:
        """Return the code of its area in a quarter."""
        return self.homes[max(since for since in self.homes if since <= max(quarter, FIRST))]

    def open_in(self, quarter: int) -> bool:
        """Return whether it is open in a quarter; the quarter in which it ends no longer counts."""
        ended = self.ended_on is not None and quarter_of(self.ended_on) <= quarter
        return quarter_of(self.opened_on) <= quarter and not ended


@dataclass(kw_only=True)
class Employer:
    """An employer. `workers` holds its staff by year step; `joined` maps a quarter to its union from then on."""

    code: str
    name: str
    kind: str
    category: str
    home: str
    scale: bool = False
    legal: bool = True
    born: int = FIRST
    workers: tuple[int, ...] = ()
    joined: dict[int, str] = field(default_factory=dict)

    def union(self, quarter: int) -> str:
        """Return the code of the union that covers it in a quarter, or ""."""
        since = max((start for start in self.joined if start <= quarter), default=None)
        return "" if since is None else self.joined[since]

    def workers_in(self, quarter: int) -> int:
        """Return its workers in a quarter. Staff is recounted every fourth quarter."""
        return self.workers[min(max((quarter + 1) // 4 - (FIRST + 3) // 4, 0), len(self.workers) - 1)]


@dataclass
class County:
    """The whole county. Areas, unions and employers by code."""

    areas: dict[str, Area]
    unions: dict[str, Union]
    employers: dict[str, Employer]

    def open_unions(self, quarter: int) -> list[Union]:
        """Return the unions that are open in a quarter, by code."""
        return [union for union in self.unions.values() if union.open_in(quarter)]

    def unions_of(self, area: str, quarter: int) -> list[Union]:
        """Return the open unions of an area in a quarter."""
        return [union for union in self.open_unions(quarter) if union.home(quarter) == area]

    def covered(self, union: str, quarter: int) -> list[Employer]:
        """Return the employers that a union covers in a quarter."""
        return self._covered[quarter].get(union, [])

    def workers(self, union: str, quarter: int) -> int:
        """Return the workers of the employers that a union covers in a quarter."""
        return sum(employer.workers_in(quarter) for employer in self.covered(union, quarter))

    def area_of(self, employer: Employer, quarter: int) -> str:
        """Return the code of an employer's area: that of its union, otherwise that of its address."""
        union = employer.union(quarter)
        return self.unions[union].home(quarter) if union else employer.home

    def name_of(self, code: str) -> str:
        """Return the name of the county, an area or a union."""
        if code == COUNTY:
            return COUNTY_NAME
        return self.areas[code].name if code in self.areas else self.unions[code].name

    def find_union(self, name: str) -> Union:
        """Return the union with a name."""
        return next(union for union in self.unions.values() if union.name == name)

    @cached_property
    def _covered(self) -> dict[int, dict[str, list[Employer]]]:
        by_quarter: dict[int, dict[str, list[Employer]]] = {quarter: {} for quarter in QUARTERS}
        for employer in self.employers.values():
            for quarter in QUARTERS:
                if union := employer.union(quarter):
                    by_quarter[quarter].setdefault(union, []).append(employer)
        return by_quarter
