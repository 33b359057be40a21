"""Moves: the part of a change that comes from organisations moved between areas."""

from functools import lru_cache
from math import fsum

from base.formats import say_change, say_size
from base.periods import parse_span
from stats.catalogue.models import Indicator
from stats.figures.change import ChangePart, read_change
from stats.figures.elements.figure_model import Source
from stats.organisations import organisations_by_code
from stats.readings import AREA_LEVELS, Reading
from stats.totals import last_filed
from stats.warehouse import Warehouse, run_query

_ENDS = 100  # pairs of quarters whose moves are cached
_IN, _OUT = "moved_in", "moved_out"


def say_moves(source: Source, reading: Reading, indicator: Indicator) -> str:
    """Return who was moved with how much, and the change without them; "" if no move explains the change.

    This applies to the stock of an area that is counted unit by unit, with no return missing.
    """
    moved = [part for part in _moved(source, reading, indicator) if part.total]
    if not moved or reading.change is None:
        return ""
    texts = [_say_part(source, part, reading, indicator) for part in moved]
    like = reading.change - fsum(part.total for part in moved)
    return f"{'，'.join(texts)}，同口径{say_change(like, reading.measure, indicator.decimals)}"


def _moved(source: Source, reading: Reading, indicator: Indicator) -> list[ChangePart]:
    unit = organisations_by_code(source.warehouse)[reading.unit]
    parts = source.catalogue.parts(indicator)
    if unit.level not in AREA_LEVELS or len(parts) != 1 or not (reading.complete and reading.against):
        return []
    item = parts[0]
    if reading.origin or reading.origin_before:  # an own total says nothing of who moved
        return []
    if reading.as_of is None or not reading.change or source.catalogue.forms[item.form].ledger:
        return []
    then = last_filed(source.warehouse, item.form, parse_span(reading.against))
    if then is None or reading.unit not in _moved_areas(source.warehouse, then, reading.as_of):
        return []
    parts_of_change = read_change(source, item, reading.unit, then, reading.as_of)
    return [part for part in parts_of_change if part.code in (_IN, _OUT)]


# Moves are rare, and to ask whose they are takes long.
@lru_cache(maxsize=_ENDS)
def _moved_areas(warehouse: Warehouse, then: int, now: int) -> frozenset[str]:
    """Return the organisations that any other one joined or left between the ends of two quarters."""
    return frozenset(row["unit"] for row in run_query(warehouse, "moved_areas.sql", before=then, now=now))


def _say_part(source: Source, part: ChangePart, reading: Reading, indicator: Indicator) -> str:
    known = organisations_by_code(source.warehouse)
    code, name, _ = part.largest[0]
    who = name if part.moved == 1 else f"{name}等{part.moved:,}家"
    parents = {known[unit].parent for unit, _, _ in part.largest if unit in known}
    to = known[parents.pop()].name if part.code == _OUT and len(parents) == 1 and code in known else ""
    way = f"划归{to}" if to else "划出" if part.code == _OUT else "划入"
    verb = "增加" if part.total > 0 else "减少"
    return f"因{who}{way}{verb}{say_size(part.total, reading.measure, indicator.decimals)}"
