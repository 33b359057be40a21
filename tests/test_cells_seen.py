"""From a figure to the cells it came from: a clerk comes to those in his own area's files, by whatever way he goes."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from shutil import copytree

import pytest
from openpyxl import load_workbook

from access.accounts.owning_area import files_of_area
from access.accounts.roles import Role
from access.acts import Acts
from base.errors import UserError
from base.periods import parse_span
from etl.journal import read_entries
from stats.attainment.target_cell import cell_of_target
from stats.catalogue import Catalogue
from stats.exports.slides import write_slides
from stats.exports.style.proof_text import NOT_LISTED
from stats.exports.word.document import write_document
from stats.exports.word.fill_template import fill_template
from stats.exports.word.template import template_of
from stats.exports.workbook.brief import CELLS, write_workbook
from stats.exports.workbook.scores import scores_xlsx
from stats.figures import make_figure
from stats.figures.elements.figure_model import Selection, Source
from stats.judging.targets import read_targets
from stats.papers.compose import compose_brief
from stats.papers.paper_model import Brief
from stats.readings.trace import CellRef, trace
from stats.scoring import cells_of, score_units
from stats.warehouse import Warehouse
from tests.lib.office import texts_of
from tests.lib.people import session_for
from tests.lib.scores import SCHEME

SPAN = parse_span("2010Q1..2010Q4")


@pytest.fixture(scope="module")
def own(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample county with people of its own."""
    return copytree(store, tmp_path_factory.mktemp("own") / "store")


@pytest.fixture(scope="module")
def clerk(own: Path) -> Acts:
    """What the clerk of T01 may do."""
    return Acts(own, session_for(own, Role.CLERK, "T01"))


@pytest.fixture(scope="module")
def behind(county: Warehouse, catalogue: Catalogue) -> list[CellRef]:
    """Cells of every kind: of rosters, of the county's ledgers, of lists, of targets and of score sheets."""
    source = Source(county, catalogue)
    codes = "union_members", "petition_person_times", "aid_spent"
    found = [cell for code in codes for cell in trace(county, catalogue, code, "COUNTY", SPAN)]
    panels = [panel for board in catalogue.boards.values() for panel in board.panels if panel.kind == "records"]
    found += [cell for panel in panels for cell in make_figure(source, panel, Selection("T01", SPAN)).cells if cell]
    found += [cell for goal in read_targets(county, catalogue) if (cell := cell_of_target(source, goal))]
    return found + cells_of(score_units(county, catalogue, catalogue.scheme(SCHEME)))


@pytest.mark.parametrize("files", [12, pytest.param(50, marks=pytest.mark.soak)])
def test_s02_a_clerk_sees_the_cells_of_his_own_areas_files_and_no_others(
    clerk: Acts, behind: list[CellRef], files: int
) -> None:
    seen = clerk.cells(behind)
    assert seen and all("蒋家嘴镇" in cell.name for cell in seen)
    assert {cell.unit_name for cell in behind} - {cell.unit_name for cell in seen}
    of_others = {cell.submission: cell for cell in behind if cell not in set(seen)}
    for cell in [*of_others.values()][:: len(of_others) // files]:
        with pytest.raises(UserError, match="只给县总工会看"):
            clerk.around(cell, lambda _: pytest.fail("it was looked at"))
    assert clerk.around(seen[0], lambda cell: cell.address) == seen[0].address


@pytest.mark.parametrize("role", [Role.STAFF, Role.LEADER, Role.ADMIN])
def test_s02_the_countys_own_people_see_all(own: Path, behind: list[CellRef], role: Role) -> None:
    assert Acts(own, session_for(own, role)).cells(behind) == behind


def test_s02_nobody_sees_a_cell_without_a_session(own: Path, behind: list[CellRef]) -> None:
    with pytest.raises(UserError, match="请重新登录"):
        Acts(own, "0" * 32).cells(behind[:1])


def test_s02_what_of_the_same_file_is_anothers_is_not_seen(clerk: Acts, own: Path) -> None:
    """Which area a file is of is what it says, not who sent it."""
    mine, files = files_of_area(own, "T01"), {entry.sha: entry for entry in read_entries(own)}
    assert mine and {about.split("|")[1][:3] for sha in mine for about in files[sha].returns} == {"T01"}


@pytest.fixture(scope="module")
def paper(county: Warehouse, catalogue: Catalogue) -> Brief:
    return compose_brief(Source(county, catalogue), catalogue.outline("work_report"), Selection("COUNTY", SPAN))


def test_s02_a_paper_lists_the_cells_of_ones_own_area_and_counts_the_others(clerk: Acts, paper: Brief) -> None:
    names = {cell.name for cell in paper.cells()}
    seen = paper.seen({cell.submission for cell in clerk.cells(paper.cells())})
    left = {cell.name for cell in seen.cells()}
    assert left and all("蒋家嘴镇" in name for name in left)
    sheet = load_workbook(BytesIO(write_workbook(seen)))[CELLS]
    told = "\n".join(str(value) for row in sheet.iter_rows(values_only=True) for value in row if value is not None)
    assert not [name for name in names - left if name in told] and NOT_LISTED in told
    rows = sum(bool(row[8]) for row in sheet.iter_rows(values_only=True)) - 1
    assert rows == sum(1 for _ in seen.cells())
    hidden = sum(proof.unseen for proof in seen.proofs) + sum(one.unseen for one in seen.exhibits())
    assert rows + hidden == sum(1 for _ in paper.cells())


@pytest.mark.parametrize("write", [write_document, write_slides])
def test_s02_no_paper_names_the_files_of_others(clerk: Acts, paper: Brief, write: Callable[[Brief], bytes]) -> None:
    seen = paper.seen({cell.submission for cell in clerk.cells(paper.cells())})
    told = "\n".join(texts_of(write(seen)))
    left = {cell.name for cell in seen.cells()}
    assert not [name for name in {cell.name for cell in paper.cells()} - left if name in told]
    assert NOT_LISTED in told


def test_s02_a_filled_speech_and_the_scores_name_the_files_of_others_neither(
    clerk: Acts, county: Warehouse, catalogue: Catalogue
) -> None:
    source = Source(county, catalogue)
    filled = fill_template(
        template_of(catalogue.outline("work_report")),
        source,
        Selection("COUNTY", SPAN),
        lambda proofs: [proof.seen({one.submission for one in clerk.cells(proof.cells)}) for proof in proofs],
    )
    told = "\n".join(texts_of(filled.content))
    assert NOT_LISTED in told and "县总工会_" not in told
    scores = score_units(county, catalogue, catalogue.scheme(SCHEME))
    files = {cell.submission for cell in clerk.cells(cells_of(scores))}
    told = "\n".join(texts_of(scores_xlsx(scores, "", files)))
    assert NOT_LISTED in told and not [name for name in {cell.name for cell in cells_of(scores)} if name in told]
