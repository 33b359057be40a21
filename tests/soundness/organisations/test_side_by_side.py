"""What a page's panels show of very many organisations is read once for all of them, and is what each would read."""

from functools import cache

import pytest

from base.periods import Span, parse_span
from stats.catalogue import Catalogue
from stats.catalogue.arranged_boards import side_by_side_on
from stats.figures import make_figure
from stats.figures.areas import judge_each
from stats.figures.elements.figure_model import Selection, Source
from stats.judging.verdicts import VerdictState
from stats.organisations import organisations, organisations_by_parent
from stats.readings import Reading, read_units, verdict_on
from stats.readings.levels import totals_ahead
from stats.warehouse import Warehouse

HALF, YEAR = parse_span("2011Q1..2011Q2"), parse_span("2010Q1..2010Q4")


def cached_source(county: Warehouse, catalogue: Catalogue, board: str) -> Source:
    codes = side_by_side_on(catalogue.board(board), catalogue.indicators.values())

    @cache
    def side_by_side(units: tuple[str, ...], span: Span) -> list[Reading]:
        return read_units(county, catalogue, units, span, codes, compares=False)

    return Source(county, catalogue, side_by_side=side_by_side)


@pytest.mark.parametrize("unit", ["COUNTY", "T02", "T02001"])
@pytest.mark.parametrize("span", [HALF, YEAR], ids=str)
def test_figures_are_the_same_as_when_each_reads_its_own(
    county: Warehouse, catalogue: Catalogue, unit: str, span: Span
) -> None:
    cached, own = cached_source(county, catalogue, "places"), Source(county, catalogue)
    for panel in catalogue.board("places").panels:
        for view in (Selection(unit, span), Selection(unit, span, Span(span.first - 4, span.last - 4))):
            assert make_figure(cached, panel, view) == make_figure(own, panel, view), panel.code


def test_every_board_reads_what_its_panels_set_side_by_side(county: Warehouse, catalogue: Catalogue) -> None:
    units = [unit.code for unit in organisations_by_parent(county)["COUNTY"]]
    view, own = Selection("COUNTY", HALF), Source(county, catalogue)
    for board in catalogue.boards:
        cached = cached_source(county, catalogue, board)
        for code in side_by_side_on(catalogue.board(board), catalogue.indicators.values()):
            assert cached.unchanged_of(units, view, [code]) == own.unchanged_of(units, view, [code]), code


def test_what_a_page_has_not_read_is_read(county: Warehouse, catalogue: Catalogue) -> None:
    lacking = Source(county, catalogue, side_by_side=lambda units, span: [])
    code = side_by_side_on(catalogue.board("places"), catalogue.indicators.values())[0]
    view = Selection("COUNTY", HALF)
    read = lacking.unchanged_of(["T01", "T02"], view, [code])
    assert [(reading.unit, reading.indicator) for reading in read] == [("T01", code), ("T02", code)]


def test_unions_are_judged_together_as_each_is_alone(county: Warehouse, catalogue: Catalogue) -> None:
    view, source = Selection("COUNTY", HALF), Source(county, catalogue)
    unions = [unit.code for unit in organisations(county) if unit.level == "union" and unit.open_in(HALF.last)][::9]
    judged = 0
    for whole in source.readings(view, list(catalogue.indicators)):
        if whole.goal and catalogue.indicators[whole.indicator].is_rate:
            readings = read_units(county, catalogue, unions, HALF, [whole.indicator], compares=False)
            verdicts = judge_each(source, readings, whole, view)
            for unit, verdict in verdicts.items():
                alone = verdict_on.__wrapped__(county, catalogue, whole.goal, HALF.last, unit)
                met, over = alone.met, alone.clock.over
                late = VerdictState.BEHIND if over else VerdictState.OPEN
                assert verdict == (VerdictState.NONE if met is None else VerdictState.MET if met else late)
            assert list(verdicts) == unions
            judged += sum(verdict != VerdictState.NONE for verdict in verdicts.values())
    assert judged > 10


@pytest.mark.parametrize("together", [1, 7, 100])
def test_totals_are_read_ahead_of_all_in_their_order(county: Warehouse, together: int) -> None:
    units = [unit.code for unit in organisations(county)][:20]
    assert list(totals_ahead(county, units, together)) == units
    assert list(totals_ahead(county, [], together)) == []
