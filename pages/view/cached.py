"""Cached reads for the pages, by build: the only caches of the pages.

Each function takes the build's name first, so that a new build is read afresh and no cache has to be cleared. Cached
values are shared by all sessions and not copied: they are frozen, or must not be changed.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

import streamlit as st

from base.errors import UserError
from base.kept_results import keep, keep_rows
from base.periods import Span
from etl.collection.status import Status
from etl.collection.status import status as read_status
from etl.replies.cell_surroundings import read_around
from pages.view.choices import name_units, offer_units
from stats.attainment import Attainment
from stats.attainment import attainments as read_attainments
from stats.attainment.breakdown import Share, shares_below
from stats.attainment.course_figure import course_of_aim
from stats.attainment.shortfall import close_shortfall
from stats.attainment.shortfall_figure import list_candidates
from stats.catalogue import Catalogue
from stats.catalogue.arranged_boards import exchange, side_by_side_on
from stats.catalogue.boards import ChangePanel, CoursePanel
from stats.catalogue_in_force import catalogue_under
from stats.drawing import draw
from stats.drawing.elements.frame import Spec
from stats.drawing.elements.palette import Palette
from stats.figures import make_figure
from stats.figures.elements.figure_model import Figure, Selection, Source
from stats.judging.documents import DocumentTargets, bases_of, disagreements
from stats.judging.imputed import missing_share as read_missing_share
from stats.judging.targets import Target
from stats.organisations import Missing, Organisation, organisations_by_code
from stats.organisations import missing as read_missing
from stats.organisations import organisations as read_organisations
from stats.readings import Reading, read, read_units
from stats.readings.standings import Standing
from stats.readings.standings import standings as read_standings
from stats.readings.trace import CellRef, original
from stats.readings.trace import trace as read_trace
from stats.readings.unit_history import Filing, Ledger, Reported
from stats.readings.unit_history import filings as read_filings
from stats.readings.unit_history import ledgers as read_ledgers
from stats.readings.unit_history import reported as read_reported
from stats.scoring import Score, score_units
from stats.search import SearchEntry, searchable
from stats.totals.own_totals import own_spans, span_known
from stats.totals.present import present_span
from stats.totals.series import Point, course_span
from stats.totals.series import series as read_series
from stats.warehouse import Warehouse, open_warehouse
from store.builds import current_build_name

_FEW = 3  # entries as long as the register
_REACH = 30  # rows and columns to each side


def current() -> str:
    """Return the name of the current build: its file and when it was published. Raises UserError when there is none."""
    name = current_build_name()
    if name is None:
        raise UserError("还没有数据。请管理员到“建库”，用现成的花名册建单位名册。")
    return name


@st.cache_resource(max_entries=3, show_spinner=False, on_release=Warehouse.close)
def warehouse(build: str) -> Warehouse:
    """Return the named build, opened once for all sessions, even if CURRENT names a newer one by now.

    Raises UserError when it is no longer kept.
    """
    path = Path(build.split("|")[0])
    return open_warehouse(path.parents[1], int(path.stem))


def close_warehouses() -> None:
    """Close every open build."""
    warehouse.clear()


@keep(_FEW)
def catalogue(build: str) -> Catalogue:
    """Return the catalogue that the named build was made under."""
    return catalogue_under(warehouse(build))


@keep()
def data_span(build: str) -> Span:
    """Return the first and last quarter with data, own totals of before the first return included."""
    return span_known(warehouse(build), *own_spans(warehouse(build)))


@keep()
def present(build: str) -> Span:
    """Return the year so far, which pages open on."""
    return present_span(warehouse(build), catalogue(build))


def organisations(build: str) -> Sequence[Organisation]:
    return read_organisations(warehouse(build))


@keep(_FEW)
def unit_names(build: str) -> dict[str, str]:
    """Return the name of every organisation, in the order of the filter bar."""
    return name_units(organisations(build))


@keep()
def units_offered(build: str, area: str) -> dict[str, str]:
    """Return the names that the filter bar offers while something in this area is selected."""
    return offer_units(unit_names(build), units_by_code(build), area)


def search_entries(build: str) -> Sequence[SearchEntry]:
    """Return everything that can be searched for by name."""
    return searchable(warehouse(build), catalogue(build))


def units_by_code(build: str) -> Mapping[str, Organisation]:
    return organisations_by_code(warehouse(build))


@keep_rows
def readings(build: str, unit: str, span: Span, against: Span | None = None) -> list[Reading]:
    """Return all indicators of one organisation."""
    return read(warehouse(build), catalogue(build), unit, span, (), against)


@keep_rows
def readings_of(
    build: str, units: tuple[str, ...], span: Span, codes: tuple[str, ...], against: Span | None = None
) -> list[Reading]:
    """Return some indicators of several organisations, in the given order."""
    return read_units(warehouse(build), catalogue(build), units, span, codes, against)


@keep_rows
def standings(build: str, codes: tuple[str, ...], units: tuple[str, ...], span: Span) -> dict[str, list[Standing]]:
    """Return several organisations beside each other, by indicator."""
    return read_standings(warehouse(build), catalogue(build), codes, units, span)


@keep()
def filings(build: str, unit: str, span: Span) -> list[Filing]:
    return read_filings(warehouse(build), unit, span)


@keep()
def reported(build: str, unit: str, last: int) -> list[Reported]:
    return read_reported(warehouse(build), catalogue(build), unit, last)


@keep()
def ledgers(build: str, unit: str, span: Span) -> list[Ledger]:
    return read_ledgers(warehouse(build), catalogue(build), unit, span)


@keep_rows
def readings_on(build: str, board: str, unit: str, span: Span, against: Span | None = None) -> list[Reading]:
    """Return the indicators of a board for one organisation."""
    known = catalogue(build)
    return read(warehouse(build), known, unit, span, known.shown_on(known.board(board)), against)


@keep_rows
def compared_on(build: str, board: str, units: tuple[str, ...], span: Span, against: Span | None) -> list[Reading]:
    """Return the indicators that a board compares between organisations, or all boards, for several organisations."""
    known = catalogue(build)
    shown = known.shown_on(known.board(board)) if board else known.compared
    codes = [code for code in shown if code in known.compared]
    return read_units(warehouse(build), known, units, span, codes, against) if codes else []


@keep_rows
def side_by_side(build: str, board: str, units: tuple[str, ...], span: Span) -> list[Reading]:
    """Return what the panels of a board set side by side for very many organisations, without changes."""
    codes = side_by_side_on(catalogue(build).board(board), catalogue(build).indicators.values())
    return read_units(warehouse(build), catalogue(build), units, span, codes, compares=False) if codes else []


def source(build: str) -> Source:
    """Return the source of a build's figures, with the cached functions."""
    return Source(warehouse(build), catalogue(build), partial(readings, build), partial(compared_on, build, ""))


def source_on(build: str, board: str) -> Source:
    """Return the source of the figures of one board, which reads its own indicators alone."""
    cached = (partial(read_on, build, board) for read_on in (readings_on, compared_on, side_by_side))
    return Source(warehouse(build), catalogue(build), *cached)


@keep()
def figure(build: str, board: str, panel: str, selection: Selection, instead: tuple[str, str] | None = None) -> Figure:
    """Return one panel's figure; `instead` replaces its first indicator by the second."""
    known = catalogue(build)
    declared = known.board(board).panel(panel)
    if declared is None:
        raise UserError(f"看板“{known.board(board).name}”里没有代码为“{panel}”的图")
    return make_figure(source_on(build, board), exchange(declared, *instead) if instead else declared, selection)


@keep()
def drawing(figure: Figure, palette: Palette) -> Spec | None:
    """Return the drawing of a figure, made once for all sessions; it must not be changed."""
    return draw(figure, palette)


@keep()
def course(build: str, code: str, selection: Selection) -> Figure:
    """Return one indicator's course over the quarters."""
    panel = CoursePanel(code="course", kind="course", indicators=(code,))
    return make_figure(source(build), panel, selection)


@keep()
def change(build: str, item: str, selection: Selection) -> Figure:
    """Return the parts of an item's change."""
    return make_figure(source(build), ChangePanel(code="change", kind="change", item=item), selection)


@keep()
def series(build: str, code: str, unit: str, span: Span) -> list[Point]:
    """Return an indicator's course from the first data to the end of a span."""
    known = warehouse(build), catalogue(build)
    return read_series(*known, code, unit, course_span(*known, [code], span))


@keep_rows
def missing(build: str, period: int) -> list[Missing]:
    return read_missing(warehouse(build), period)


@keep(_FEW)
def status(build: str, step: tuple[int, int], period: int, month: int | None = None) -> Status:
    """Return the status of reporting for a quarter; `step`, the journal's last, can change it without a new build."""
    return read_status(warehouse(build).store, period, warehouse(build).build, month)


@keep()
def missing_share(build: str, unit: str, period: int) -> float | None:
    """Return which share of an organisation's size those held whose returns are missing."""
    return read_missing_share(warehouse(build), catalogue(build), unit, period)


@keep_rows
def trace(build: str, code: str, unit: str, span: Span) -> list[CellRef]:
    return read_trace(warehouse(build), catalogue(build), code, unit, span)


@keep()
def scores(build: str, scheme: str) -> list[Score]:
    """Return the scores of all organisations of a scheme, by rank."""
    known = catalogue(build)
    return score_units(warehouse(build), known, known.scheme(scheme))


@keep_rows
def around(build: str, cell: CellRef) -> list[tuple[int, int, str]]:
    """Return the cells around a cell, and the head of its sheet, as row, column and text."""
    return read_around(original(warehouse(build), cell), cell.sheet, cell.row, cell.column, _REACH)


@keep()
def attainments(build: str, unit: str, last: int) -> list[Attainment]:
    """Return every target of an organisation at the end of a quarter."""
    return read_attainments(warehouse(build), catalogue(build), unit, last)


@keep()
def target_documents(build: str, unit: str, last: int) -> tuple[list[DocumentTargets], list[tuple[Target, ...]]]:
    """Return the documents with the targets of an organisation that each sets, and the targets set in two ways."""
    source = warehouse(build), catalogue(build), unit, last
    return bases_of(*source), disagreements(*source)


@keep()
def aim_course(build: str, unit: str, last: int, code: str) -> Figure:
    """Return the course of one target of an organisation with its pace and forecast."""
    attainment = next(attainment for attainment in attainments(build, unit, last) if attainment.goal.indicator == code)
    return course_of_aim(source(build), attainment)


@keep()
def shortfall_candidates(build: str, unit: str, last: int, code: str) -> Figure:
    """Return the fewest candidates that would reach one target of an organisation, as a list."""
    attainment = next(attainment for attainment in attainments(build, unit, last) if attainment.goal.indicator == code)
    return list_candidates(source(build), attainment, close_shortfall(source(build), attainment))


@keep()
def shares(build: str, code: str, unit: str, last: int) -> list[Share]:
    """Return the direct children of an organisation, with the weights for splitting a target."""
    return shares_below(warehouse(build), catalogue(build), code, unit, last)
