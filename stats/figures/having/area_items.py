"""Area items: how many subjects of each area have each item of a form, and how many have all of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from stats.catalogue import INDICATORS
from stats.catalogue.boards import LadderPanel, MatrixPanel
from stats.catalogue.models import Form
from stats.figures.elements.conditions import codes_allowed
from stats.figures.elements.figure_model import Selection, Source
from stats.figures.elements.order import places_by_sound
from stats.organisations import organisations_by_code, organisations_by_parent
from stats.totals import last_filed
from stats.totals.coverage import due_of
from stats.totals.item_parts import AskedItem, read_asked
from stats.warehouse import run_query

_ALL = ""  # the item of a query's row that counts subjects

ItemsPanel = MatrixPanel | LadderPanel


class ItemShare(NamedTuple):
    """Of how many subjects it is known, and how many have it."""

    counted: int = 0
    met: int = 0

    @property
    def lacking(self) -> int:
        """Return how many do not have it."""
        return self.counted - self.met

    @property
    def value(self) -> float | None:
        """Return the share that has it (0–1), None where it is known of nobody."""
        return self.met / self.counted if self.counted else None


@dataclass(kw_only=True, frozen=True)
class AreaItems:
    """An area: each item's share of its subjects by code, the share that has all, and how many subjects there are.

    `among` is None where nothing tells how many there are.
    """

    code: str
    name: str
    items: Mapping[str, ItemShare]
    complete: ItemShare
    among: float | None = None

    @cached_property
    def lacking(self) -> int:
        """Return how many items its subjects lack, all together."""
        return sum(share.lacking for share in self.items.values())

    @cached_property
    def met(self) -> int:
        """Return how many items its subjects have, all together."""
        return sum(share.met for share in self.items.values())


@dataclass(frozen=True)
class ItemTable:
    """The whole and its areas, with the names of the items by code; `as_of` is the quarter at whose end rows count."""

    whole: AreaItems
    areas: Sequence[AreaItems]
    names: Mapping[str, str] = field(default_factory=dict)
    as_of: int | None = None

    @property
    def single(self) -> bool:
        """Return whether it tells of one subject alone, the organisation that is looked at."""
        return self.whole.complete.counted == 1 and [area.code for area in self.areas] == [self.whole.code]


def items_of(source: Source, panel: ItemsPanel) -> dict[str, str]:
    """Return the names of a panel's items by code, in the form's order: its columns, or the codes of one column."""
    form = source.catalogue.forms[panel.form]
    if panel.by is None:
        return {code: form.column(code).label.split("·")[-1] for code in panel.columns}
    codes = source.catalogue.codes[form.column(panel.by).codes or INDICATORS]
    allowed = codes_allowed(source, form, {panel.by: panel.where[panel.by]}) if panel.by in panel.where else []
    return {
        entry.code: entry.name for entry in codes.entries if all(entry.code in column["codes"] for column in allowed)
    }


def read_items(source: Source, panel: ItemsPanel, view: Selection) -> ItemTable:
    """Return who has what at the span's end; areas without any subject are left out, the others stand by name."""
    names = items_of(source, panel)
    as_of = last_filed(source.warehouse, panel.form, view.span)
    shares = _read(source, panel, view, as_of, list(names)) if as_of is not None else {}
    among = _among(source, panel, view)
    known = organisations_by_code(source.warehouse)
    areas = [
        _area(code, known[code].name if code in known else code, shares.get(code, {}), among.get(code))
        for code in {*shares, *(code for code, count in among.items() if count and code != view.unit)}
    ]
    places = places_by_sound(source.warehouse, frozenset(area.name for area in areas)) if areas else {}
    areas.sort(key=lambda area: (places.get(area.name, 0), area.code))
    whole = _add_up(view.unit, known[view.unit].name, areas, names, among.get(view.unit))
    return ItemTable(whole, areas, names, as_of)


def rows_of_item(source: Source, panel: ItemsPanel, view: Selection, area: str, item: str) -> list[int]:
    """Return the ids of the rows by which an item is met in an area; of the organisation itself in all of its areas."""
    as_of = last_filed(source.warehouse, panel.form, view.span)
    rows = _query(source, panel, view, as_of, [item], listed=True) if as_of is not None else []
    own = [row for row in rows if row["item"] == item and area in (row["area"], view.unit)]
    return [record for row in own for record in row["records"] or ()]


def _read(
    source: Source, panel: ItemsPanel, view: Selection, as_of: int, items: list[str]
) -> dict[str, dict[str, ItemShare]]:
    areas: dict[str, dict[str, ItemShare]] = {}
    for row in _query(source, panel, view, as_of, items):
        areas.setdefault(row["area"], {})[row["item"]] = ItemShare(row["counted"], row["met"])
    return areas


def _query(
    source: Source, panel: ItemsPanel, view: Selection, as_of: int, items: list[str], listed: bool = False
) -> list[dict[str, Any]]:
    form = source.catalogue.forms[panel.form]
    answered = (*panel.columns, *([panel.answer] if panel.answer else []))
    return run_query(
        source.warehouse,
        "matrix.sql",
        form=form.code,
        unit=view.unit,
        period=as_of,
        items=items,
        by=panel.by,
        answer=panel.answer,
        met=_met_codes(source, form, answered[0], panel.met) if answered else [],
        conditions=codes_allowed(source, form, panel.where, source.kind_codes(form.code, view.kind)),
        listed=listed,
    )


def _met_codes(source: Source, form: Form, column: str, met: str | tuple[str, ...]) -> list[str]:
    (allowed,) = codes_allowed(source, form, {column: met})
    return list(allowed["codes"])


def _among(source: Source, panel: ItemsPanel, view: Selection) -> dict[str, float | None]:
    """Return how many subjects there are in all, of the organisation and of each right below it."""
    if panel.among is None or source.kind_codes(panel.form, view.kind):
        return {}
    item = source.catalogue.items[panel.among]
    asked = AskedItem(
        item=item.code, now=view.span, due=due_of(source.warehouse, source.catalogue, item, view.span, view.span)
    )
    below = [child.code for child in organisations_by_parent(source.warehouse).get(view.unit, ())]
    parts_by_unit = read_asked(source.warehouse, list(dict.fromkeys([view.unit, *below])), [asked])
    return {unit: parts[asked].now for unit, parts in parts_by_unit.items()}


def _area(code: str, name: str, shares: Mapping[str, ItemShare], among: float | None) -> AreaItems:
    items = {item: share for item, share in shares.items() if item != _ALL}
    return AreaItems(code=code, name=name, items=items, complete=shares.get(_ALL, ItemShare()), among=among)


def _add_up(code: str, name: str, areas: Sequence[AreaItems], items: Iterable[str], among: float | None) -> AreaItems:
    """Return the whole, counted from the subjects of its areas and not averaged from their shares."""
    shares = {item: _sum(area.items.get(item, ItemShare()) for area in areas) for item in items}
    complete = _sum(area.complete for area in areas)
    return AreaItems(code=code, name=name, items=shares, complete=complete, among=among)


def _sum(shares: Iterable[ItemShare]) -> ItemShare:
    listed = list(shares)
    return ItemShare(sum(share.counted for share in listed), sum(share.met for share in listed))
