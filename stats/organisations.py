"""Organisations: who there is, for which quarters there are data, and who has not reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from stats.periods import Span
from stats.warehouse import Warehouse, run_query

EXAMPLE = "示例"  # how a made-up county's name begins
FEWEST_PEERS = 5  # among fewer a place says little
_BUILDS = 3  # whose organisations are kept: a build never changes, and every figure asks for them
_LEVELS = {"town": "乡镇", "park": "园区", "system": "系统"}


@dataclass(frozen=True)
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
        """Return whether it was open in a quarter."""
        return self.opened <= quarter and (self.closed is None or self.closed >= quarter)


@dataclass(frozen=True)
class Missing:
    """A return that is expected and has not come."""

    form: str
    form_name: str
    unit: str
    unit_name: str
    area: str
    area_name: str


@dataclass(frozen=True)
class Peers:
    """Those an organisation is held against: what they are called together, and their codes, its own among them."""

    name: str
    codes: tuple[str, ...]


@lru_cache(maxsize=_BUILDS)
def organisations(warehouse: Warehouse) -> tuple[Organisation, ...]:
    """Return every organisation that is or was, by code."""
    return tuple(Organisation(**row) for row in run_query(warehouse, "organisations.sql"))


@lru_cache(maxsize=_BUILDS)
def organisations_by_code(warehouse: Warehouse) -> Mapping[str, Organisation]:
    """Return every organisation that is or was, under its code."""
    return {found.code: found for found in organisations(warehouse)}


@lru_cache(maxsize=_BUILDS)
def organisations_by_parent(warehouse: Warehouse) -> Mapping[str, Sequence[Organisation]]:
    """Return under the code of an organisation those just below it, by code; nothing under one that has none."""
    below: dict[str, list[Organisation]] = {}
    for found in organisations(warehouse):
        below.setdefault(found.parent, []).append(found)
    return below


@lru_cache(maxsize=_BUILDS)
def periods(warehouse: Warehouse) -> Span:
    """Return the first and last quarter with data."""
    return Span(**run_query(warehouse, "periods.sql")[0])


def missing(warehouse: Warehouse, period: int) -> list[Missing]:
    """Return the returns expected for a quarter that have not come, by area and form."""
    return [Missing(**row) for row in run_query(warehouse, "missing.sql", period=period)]


def peers_of(unit: Organisation, found: Sequence[Organisation], quarter: int, category: str) -> Peers | None:
    """Return the peers of an organisation in a quarter; `category` is its kind's name. None for the county.

    For a union those of its area and kind, or all of its area when they are fewer than FEWEST_PEERS; for an area those
    of its level, or all areas.
    """
    open_then = [one for one in found if one.open_in(quarter)]
    if unit.level == "county":
        return None
    if unit.level != "union":
        areas = [one for one in open_then if one.level not in ("county", "union")]
        alike = [one for one in areas if one.level == unit.level]
        return _enough(f"各{_LEVELS[unit.level]}", alike) or _peers("各乡镇、园区、系统", areas)
    near = [one for one in open_then if one.level == "union" and one.parent == unit.parent]
    area = next((one.name for one in found if one.code == unit.parent), "")
    alike = [one for one in near if one.category == unit.category]
    return _enough(f"{area}的{category}工会", alike) or _peers(f"{area}的全部工会", near)


def _enough(name: str, alike: Sequence[Organisation]) -> Peers | None:
    return _peers(name, alike) if len(alike) >= FEWEST_PEERS else None


def _peers(name: str, alike: Sequence[Organisation]) -> Peers:
    return Peers(name, tuple(one.code for one in alike))
