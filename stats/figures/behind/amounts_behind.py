"""The cells behind marks that are sums of an item."""

from base.periods import Span, parse_quarter
from stats.catalogue.boards import ChangePanel, SplitPanel, StockPanel
from stats.figures.behind.behind_model import Asked, Behind, cells_of_item
from stats.figures.change import PARTS
from stats.figures.elements.figure_model import Source
from stats.figures.split import data_of_part
from stats.figures.stock import item_behind


def behind_part(source: Source, panel: SplitPanel, asked: Asked) -> Behind:
    """Return the cells of a part of an item."""
    item = source.catalogue.items[panel.item]
    data, quarters = data_of_part(source, panel, asked.view, asked.at, asked.mark.key)
    cells = cells_of_item(source, item, asked.view.unit, quarters, data)
    return Behind(cells, asked.series.measure, asked.mark.value)


def behind_quarter(source: Source, panel: StockPanel, asked: Asked) -> Behind:
    """Return the cells of a stock's opening, inflow, outflow or closing in a quarter."""
    return _behind_item(source, asked, *item_behind(panel, asked.at, parse_quarter(asked.mark.key)))


def behind_end(source: Source, panel: ChangePanel, asked: Asked) -> Behind | None:
    """Return the cells of a change's opening or closing; None for a part, which is a difference."""
    if asked.mark.key in PARTS:
        return None
    return _behind_item(source, asked, panel.item, parse_quarter(asked.mark.key))


def _behind_item(source: Source, asked: Asked, code: str, quarter: int) -> Behind:
    item, unit = source.catalogue.items[code], asked.view.unit
    return Behind(cells_of_item(source, item, unit, Span(quarter, quarter)), asked.series.measure, asked.mark.value)
