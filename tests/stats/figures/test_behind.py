"""What a mark that is no reading was made of: its cells add up to it, whatever the kind of its panel."""

import re
from math import fsum

import pytest

from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.figures import make_figure
from stats.figures.behind import find_behind
from stats.figures.behind.behind_model import add_up_below, cells_of_item, cells_of_rows
from stats.figures.elements.asking import MARK, asking
from stats.figures.elements.figure_model import Selection, Source
from stats.totals import declared
from stats.warehouse import Warehouse
from tests.lib.catalogue import first_panel
from tests.lib.dashboard.drawing import PALETTE, draw

VIEW = Selection("COUNTY", parse_span("2010Q1..2010Q4"))
COUNTED = ("ageing", "funnel", "response", "split", "stock")
ALL = (*COUNTED, "change", "ladder", "matrix")
FEW = 4  # marks of a series
ALL_DATA = ("COUNTY", parse_span("2008Q1..2011Q2"))


@pytest.fixture(scope="module")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return Source(county, catalogue)


@pytest.mark.parametrize("kind", ALL)
def test_the_cells_behind_a_mark_add_up_to_it(kind: str, source: Source) -> None:
    _, panel = first_panel(kind)
    figure = make_figure(source, panel, VIEW)
    asked = [(at, one) for at, one in enumerate(figure.series) if (names := asking(figure, at)) and names.by == MARK]
    compared = 0
    for at, series in asked:
        for mark in [one for one in series.marks if one.value][:FEW]:
            behind = find_behind(source, panel, VIEW, figure, at, mark.key)
            if behind is None:
                continue
            total = fsum(cell.value for cell in behind.cells)
            assert behind.cells or behind.without, (series.name, mark.label)
            assert fsum(value for _, value in add_up_below(source, VIEW.unit, behind.cells)) == pytest.approx(total)
            if behind.adds_up_to is not None and not behind.without:
                assert total == pytest.approx(mark.value), (series.name, mark.label)
                compared += 1
    assert compared or kind not in (*COUNTED, "change")


def test_a_number_stands_beside_the_cell_of_its_own_column(source: Source) -> None:
    """Of forms with several counted columns; a row whose number no item takes has no cell."""
    taken = [one for one in source.catalogue.items.values() if one.take and source.catalogue.forms[one.form].ledger]
    compared = 0
    for item in taken:
        own = {(cell.sheet, cell.address, cell.submission): cell.raw for cell in cells_of_item(source, item, *ALL_DATA)}
        rows = source.warehouse.connection.execute(
            "select distinct record from raw.datum where item = $item limit 20",
            {"item": declared(source.warehouse).items[item.code].id},
        ).fetchall()
        cells, _ = cells_of_rows(source, item.form, [row[0] for row in rows], item.take or "")
        shown = {(cell.sheet, cell.address, cell.submission): cell.raw for cell in cells}
        columns = {re.sub(r"\d", "", address) for _, address, _ in own}
        assert {re.sub(r"\d", "", address) for _, address, _ in shown} <= columns, item.code
        compared += len(shown)
    assert compared > 100


@pytest.mark.parametrize("kind", ALL)
def test_a_press_on_what_is_drawn_names_its_mark(kind: str, source: Source) -> None:
    _, panel = first_panel(kind)
    figure = make_figure(source, panel, VIEW)
    drawing = draw(figure, PALETTE)
    assert drawing is not None
    pressed = [trace for trace in drawing.data if trace.meta]
    assert pressed
    for trace in pressed:
        series = figure.series[int(trace.meta["names"]["series"])]
        assert trace.meta["by"] == MARK and {*trace.customdata} <= {mark.key for mark in series.marks}
