"""Papers of the sample county, written once: the work report, and one that has every figure of every board."""

from dataclasses import replace

import pytest

from base.periods import parse_span
from stats.catalogue import Catalogue
from stats.exports.charts.chart_model import Chart
from stats.exports.charts.from_figure import charts_of
from stats.exports.slides import write_slides
from stats.exports.word.document import write_document
from stats.exports.word.exhibits import arrange
from stats.exports.workbook.brief import write_workbook
from stats.figures import make_figure
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.compose import compose_brief
from stats.papers.paper_model import Brief, Exhibit, Section
from stats.papers.references import reference
from stats.warehouse import Warehouse
from tests.lib.catalogue import boards_of_each_kind, kept_source

VIEW = Selection("COUNTY", parse_span("2008Q1..2010Q4"))


@pytest.fixture(scope="session")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return kept_source(county, catalogue)


@pytest.fixture(scope="session")
def report(source: Source) -> Brief:
    return compose_brief(source, source.catalogue.outline("work_report"), VIEW)


@pytest.fixture(scope="session")
def bulletin(source: Source) -> Brief:
    """A quarter for which many returns are missing."""
    view = Selection("COUNTY", parse_span("2011Q2"))
    return compose_brief(source, source.catalogue.outline("quarterly_bulletin"), view)


@pytest.fixture(scope="session")
def all_figures(source: Source, report: Brief) -> Brief:
    """The report with every figure of every board, so that every kind is drawn, and the first cells of each proof.

    All cells, thousands of like rows, stand in the report itself.
    """
    sections = [
        Section(board.name, (), tuple(_exhibit(source, board.code, panel) for panel in board.panels))
        for board in source.catalogue.boards.values()
    ]
    proofs = tuple(replace(proof, cells=proof.cells[:5]) for proof in report.proofs)
    return replace(report, sections=(*report.sections, *sections), proofs=proofs)


@pytest.fixture(scope="session")
def written(report: Brief) -> dict[str, bytes]:
    """The report in all three formats, by the end of the file's name."""
    return write_all(report)


@pytest.fixture(scope="session")
def late(bulletin: Brief) -> dict[str, bytes]:
    """The quarter with missing returns in all three formats."""
    return write_all(bulletin)


@pytest.fixture(scope="session", params=["a few boards", pytest.param("every board", marks=pytest.mark.soak)])
def figures_written(all_figures: Brief, catalogue: Catalogue, request: pytest.FixtureRequest) -> Brief:
    """The report with the figures of a few boards that have every kind of panel; with all in `make soak`."""
    few = {catalogue.boards[code].name for code in boards_of_each_kind(catalogue)}
    others = {board.name for board in catalogue.boards.values()} - few if request.param == "a few boards" else set()
    return replace(all_figures, sections=tuple(one for one in all_figures.sections if one.title not in others))


@pytest.fixture(scope="session")
def all_written(figures_written: Brief) -> dict[str, bytes]:
    return write_all(figures_written)


def write_all(brief: Brief) -> dict[str, bytes]:
    return {"docx": write_document(brief), "pptx": write_slides(brief), "xlsx": write_workbook(brief)}


def drawn_in(suffix: str, brief: Brief) -> list[Chart]:
    """Return the charts of a file in their order: in Word the first of each figure, elsewhere all."""
    if suffix == "docx":
        return [chart.drawn() for one in arrange(brief).printed() for chart in one.charts]
    return [chart.drawn() for exhibit in brief.exhibits() for chart in charts_of(exhibit.figure)]


def _exhibit(source: Source, board: str, panel: object) -> Exhibit:
    figure = make_figure(source, panel, VIEW)  # type: ignore[arg-type]
    return Exhibit(
        figure, reference(f"{board}:{figure.code}", VIEW.unit, str(VIEW.span), "all"), f"{board}:{figure.code}"
    )
