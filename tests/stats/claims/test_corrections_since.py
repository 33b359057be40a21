"""How often the data behind a figure were corrected after it was given out, and which files are no corrections."""

from dataclasses import replace
from pathlib import Path

import pytest

from base.periods import parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.claims.answers.corrections_since import CorrectionsSince, corrections_since, say_corrections
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.cited_figures import Registered
from stats.papers.fill_placeholders import Phrase, Writer
from stats.papers.recheck import figures_cited
from stats.readings import read
from stats.warehouse import open_warehouse
from tests.lib.county import Row, town_one, town_two, write_register, write_roster

PERIOD, MEMBERS, ORGS = "2008年一季度", "union_members", "union_orgs"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a register and one township's roster, taken in; another township has not sent its own yet."""
    folder = tmp_path / "county"
    folder.mkdir()
    write_register(folder)
    write_roster(folder, "甲镇", PERIOD, town_one())
    load_paths([folder], tmp_path / "store")
    return folder


def send(folder: Path, town: str, rows: list[Row], name: str) -> None:
    target = folder.parent / name
    target.mkdir()
    load_paths([write_roster(target, town, PERIOD, rows, name=f"{name}.xlsx")], folder.parent / "store")


def given_out(folder: Path, catalogue: Catalogue, indicator: str = MEMBERS) -> Registered:
    warehouse = open_warehouse(folder.parent / "store")
    (reading,) = read(warehouse, catalogue, "COUNTY", parse_span("2008Q1"), [indicator])
    writer = Writer(Source(warehouse, catalogue), Selection("COUNTY", parse_span("2008Q1")))
    ((registered, _),) = figures_cited([writer.cite(Phrase("", reading))], warehouse, catalogue)
    warehouse.close()
    return registered


def since(folder: Path, catalogue: Catalogue, registered: Registered) -> tuple[CorrectionsSince, str]:
    warehouse = open_warehouse(folder.parent / "store")
    (now,) = read(warehouse, catalogue, "COUNTY", parse_span("2008Q1"), [registered.subject])
    counted = corrections_since(registered, now, warehouse)
    warehouse.close()
    return counted, say_corrections(counted, registered, now)


def test_each_file_with_other_values_is_one_correction(folder: Path, catalogue: Catalogue) -> None:
    before = given_out(folder, catalogue)
    assert since(folder, catalogue, before) == (CorrectionsSince(0), "其间数据更正过0次")
    send(folder, "甲镇", town_one(57), "甲镇更正")
    send(folder, "甲镇", town_one(58), "甲镇再更正")
    counted, words = since(folder, catalogue, before)
    assert counted == CorrectionsSince(2) and words == f"其间数据更正过2次，当时是{before.text}"
    assert since(folder, catalogue, given_out(folder, catalogue))[0] == CorrectionsSince(0)


def test_what_came_late_or_again_without_a_change_is_no_correction(folder: Path, catalogue: Catalogue) -> None:
    before, organisations = given_out(folder, catalogue), given_out(folder, catalogue, ORGS)
    send(folder, "乙乡", town_two(), "乙乡")
    counted, words = since(folder, catalogue, before)
    assert counted == CorrectionsSince(0, 1) and "另有1份报表是后来才报的" in words
    send(folder, "甲镇", town_one(57), "甲镇更正")
    assert since(folder, catalogue, before)[0] == CorrectionsSince(1, 1)
    assert since(folder, catalogue, organisations)[0] == CorrectionsSince(0, 1)  # members changed, unions did not


def test_a_change_that_no_file_explains_is_not_counted(folder: Path, catalogue: Catalogue) -> None:
    before = replace(given_out(folder, catalogue), value=1.0, text="1人")
    counted, words = since(folder, catalogue, before)
    assert counted == CorrectionsSince(None) and "查不出来" in words and "1人" in words
