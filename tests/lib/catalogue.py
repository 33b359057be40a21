"""Examples from the catalogue for tests that must not name an indicator, item or form; a source that caches."""

from functools import cache
from pathlib import Path
from typing import Any

from base.periods import Span
from stats.catalogue import USUAL_PACKS, Catalogue, load_catalogue
from stats.catalogue.boards import Board
from stats.catalogue.layers import PACKS, layers_of
from stats.catalogue.models import Form, Item
from stats.figures.elements.figure_model import Source
from stats.readings import Reading, read, read_units
from stats.warehouse import Warehouse

PACK = Path(PACKS) / USUAL_PACKS[0]  # where forms, items, indicators, boards, outlines and schemes lie in a folder


def read_folder(folder: Path) -> Catalogue:
    """Return the catalogue of a copied folder. Raises UserError with every fault."""
    return load_catalogue(layers_of(folder, USUAL_PACKS))


def kept_source(warehouse: Warehouse, catalogue: Catalogue) -> Source:
    """Return a source that caches its readings, as the pages do."""

    @cache
    def all_readings(unit: str, span: Span, against: Span | None) -> list[Reading]:
        return read(warehouse, catalogue, unit, span, (), against)

    @cache
    def compared(areas: tuple[str, ...], span: Span, against: Span | None) -> list[Reading]:
        return read_units(warehouse, catalogue, areas, span, catalogue.compared, against)

    return Source(warehouse, catalogue, all_readings, compared)


def boards_of_each_kind(catalogue: Catalogue) -> set[str]:
    """Return the codes of a few boards that between them hold every kind of panel."""
    kinds = {board.code: {panel.kind for panel in board.panels} for board in catalogue.boards.values()}
    left, chosen = set[str]().union(*kinds.values()), set[str]()
    while left:
        best = max(kinds, key=lambda code: len(kinds[code] & left))
        chosen.add(best)
        left -= kinds[best]
    return chosen


def fullest_board(catalogue: Catalogue) -> str:
    """Return the code of the board with the most kinds of panel."""
    return max(catalogue.boards, key=lambda code: len({panel.kind for panel in catalogue.boards[code].panels}))


def code_columns(form: Form) -> list[str]:
    """Return the columns of a form whose values are from a code list."""
    return [column.code for column in form.columns if column.type == "code"]


def parted_items(catalogue: Catalogue) -> list[tuple[Item, str]]:
    """Return every item with each code column of its form by which it can be split."""
    return [(item, column) for item in catalogue.items.values() for column in code_columns(catalogue.forms[item.form])]


def first_panel(kind: str) -> tuple[Board, Any]:
    """Return the first panel of a kind, with its board."""
    return next(
        (board, panel) for board in load_catalogue().boards.values() for panel in board.panels if panel.kind == kind
    )
