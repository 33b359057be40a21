"""Organisations: which there are, for which quarters there are data, and whose returns are missing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from base.periods import Span, quarter_in
from stats.warehouse import Warehouse, run_query

EXAMPLE = "示例"  # how a made-up county's name begins
FEWEST_PEERS = 5  # among fewer a rank says little
_BUILDS = 3  # builds whose organisations are cached: a build never changes, and every figure needs them
_LEVELS = {"town": "乡镇", "park": "园区", "system": "系统"}


@dataclass(kw_only=True, frozen=True)
class Organisation:
    """An organisation; `level` is county, town, park, system or union, `closed` the last quarter it was open.

    `category` is its code in the list of kinds of organisation, "" for one that has none.
    """

    code: str
    name: str
    level: str
    parent: str
    opened: int
    closed: int | None
    category: str = ""

    def open_in(self, quarter: int) -> bool:
        """Return whether it was open in a quarter, or in that of a month."""
        quarter = quarter_in(quarter)
        return self.opened <= quarter and (self.closed is None or self.closed >= quarter)


Units = Mapping[str, Organisation]


def area_of(units: Units, code: str) -> str | None:
    """Return the area that an organisation is or now belongs to; None for the county and for an unknown one."""
    unit = units.get(code)
    while unit is not None and unit.level not in _LEVELS:
        unit = units.get(unit.parent)
    return unit.code if unit else None


@dataclass(kw_only=True, frozen=True)
class Missing:
    """A return that is expected and missing."""

    form: str
    form_name: str
    unit: str
    unit_name: str
    area: str
    area_name: str


@dataclass(frozen=True)
class Peers:
    """The organisations one is ranked among: their collective name and their codes, its own included."""

    name: str
    codes: tuple[str, ...]


@lru_cache(maxsize=_BUILDS)
def organisations(warehouse: Warehouse) -> tuple[Organisation, ...]:
    """Return every organisation, closed ones included, sorted by code."""
    return tuple(Organisation(**row) for row in run_query(warehouse, "organisations.sql"))


@lru_cache(maxsize=_BUILDS)
def organisations_by_code(warehouse: Warehouse) -> Mapping[str, Organisation]:
    """Return every organisation, closed ones included, by code."""
    return {organisation.code: organisation for organisation in organisations(warehouse)}


@lru_cache(maxsize=_BUILDS)
def organisations_by_parent(warehouse: Warehouse) -> Mapping[str, Sequence[Organisation]]:
    """Return the direct children of each organisation, sorted by code; one without children has no entry."""
    below: dict[str, list[Organisation]] = {}
    for organisation in organisations(warehouse):
        below.setdefault(organisation.parent, []).append(organisation)
    return below


def node_range(warehouse: Warehouse, units: Iterable[str]) -> dict[str, int]:
    """Return the least and the greatest number among organisations and all below them, as parameters low and high.

    A query that is told reads what lies between alone, instead of everybody's; it must still look whose it is.
    """
    known = _node_ranges(warehouse)
    ranges = [known[unit] for unit in units if unit in known]
    return {"low": min((low for low, _ in ranges), default=0), "high": max((high for _, high in ranges), default=-1)}


@lru_cache(maxsize=_BUILDS)
def _node_ranges(warehouse: Warehouse) -> Mapping[str, tuple[int, int]]:
    return {row["code"]: (row["low"], row["high"]) for row in run_query(warehouse, "nodes.sql")}


@lru_cache(maxsize=_BUILDS)
def periods(warehouse: Warehouse) -> Span:
    """Return the first and last quarter with data."""
    return Span(**run_query(warehouse, "periods.sql")[0])


def missing(warehouse: Warehouse, period: int) -> list[Missing]:
    """Return the expected returns of a quarter or month that are missing, sorted by area and form."""
    return [Missing(**row) for row in run_query(warehouse, "missing.sql", period=period)]


def peers_of(unit: Organisation, organisations: Sequence[Organisation], quarter: int, category: str) -> Peers | None:
    """Return the peers of an organisation in a quarter; `category` is its kind's name. None for the county.

    A union's peers are those of its area and kind, or all of its area when these are fewer than FEWEST_PEERS; an area's
    are those of its level, or all areas.
    """
    open_then = [organisation for organisation in organisations if organisation.open_in(quarter)]
    if unit.level == "county":
        return None
    if unit.level != "union":
        areas = [organisation for organisation in open_then if organisation.level not in ("county", "union")]
        alike = [area for area in areas if area.level == unit.level]
        return _enough(f"各{_LEVELS[unit.level]}", alike) or _peers("各乡镇、园区、系统", areas)
    near = [
        organisation
        for organisation in open_then
        if organisation.level == "union" and organisation.parent == unit.parent
    ]
    area = next((organisation.name for organisation in organisations if organisation.code == unit.parent), "")
    alike = [organisation for organisation in near if organisation.category == unit.category]
    return _enough(f"{area}的{category}工会", alike) or _peers(f"{area}的全部工会", near)


def _enough(name: str, alike: Sequence[Organisation]) -> Peers | None:
    return _peers(name, alike) if len(alike) >= FEWEST_PEERS else None


def _peers(name: str, alike: Sequence[Organisation]) -> Peers:
    return Peers(name, tuple(organisation.code for organisation in alike))
