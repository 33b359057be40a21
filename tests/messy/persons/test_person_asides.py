"""What stands beside the cells of a file is looked over for numbers of persons, and does not go back in the answer."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from etl.intake import load_paths
from etl.replies.answer import answer_receipt
from tests.lib.county import town_one, write_register, write_roster

IDENTITY = "11010519491231002X"  # the specimen number of GB 11643


def in_a_comment(book: Workbook) -> None:
    book["R01"]["B6"].comment = Comment(f"见{IDENTITY}", "办公室")


def in_the_properties(book: Workbook) -> None:
    book.properties.description = IDENTITY


def in_a_page_header(book: Workbook) -> None:
    book["R01"].oddHeader.center.text = f"经办 {IDENTITY}"


def in_a_list(book: Workbook) -> None:
    choice = DataValidation("list", formula1=f'"{IDENTITY},无"')
    book["R01"].add_data_validation(choice)
    choice.add("Z9")


def on_a_hidden_sheet(book: Workbook) -> None:
    hidden = book.create_sheet("备用")
    hidden["A1"], hidden.sheet_state = IDENTITY, "veryHidden"


@pytest.mark.parametrize("spoil", [in_a_comment, in_the_properties, in_a_page_header, in_a_list, on_a_hidden_sheet])
def test_s07_a_number_beside_the_cells_sends_the_file_back(spoil: Callable[[Workbook], None], tmp_path: Path) -> None:
    store = tmp_path / "store"
    path = write_roster(tmp_path / "sent", "甲镇", "2008年一季度", town_one(), name="甲镇.xlsx")
    book = load_workbook(path)
    spoil(book)
    book.save(path)
    *_, outcome = load_paths([write_register(tmp_path / "first"), path], store).outcomes
    assert outcome.what == "returned"
    assert "personal_data" in {one.rule for one in outcome.findings}
    assert not any(IDENTITY in one.sentence() for one in outcome.findings)
    answer = answer_receipt(store, outcome.seq or 0).write(tmp_path / "answer.xlsx")
    with zipfile.ZipFile(answer) as archive:
        assert not [name for name in archive.namelist() if IDENTITY.encode() in archive.read(name)]
