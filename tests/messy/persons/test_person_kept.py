"""What is kept of a file that tells of persons is a copy without them; journal, answers and audit fit to it."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from base.errors import UserError
from etl.backup import back_up
from etl.guard import Refused
from etl.intake import load_paths, match, original
from etl.journal import BLANKING, Entry, Journal, Step
from etl.matching.sheet_parts import read_parts
from etl.privacy.numbers import find_numbers
from etl.replies.answer import answer_receipt
from etl.store_audit import audit_store
from tests.lib.contents import texts_in
from tests.lib.county import begin_store, town_one, write_roster
from tests.lib.files.formats import table_of, write_table
from tests.lib.files.word import write_word

IDENTITY, MOBILE, CARD = "11010519491231002X", "13800138000", "6222021234567890128"  # the first: specimen of GB 11643
PERIOD = "2008年一季度"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that knows the register."""
    return begin_store(tmp_path / "store")


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    """A return that tells of persons in each way: in a cell, as a number, in pieces, by name, beside the cells."""
    path = write_roster(tmp_path / "sent", "甲镇", PERIOD, town_one(), name="甲镇.xlsx")
    book = load_workbook(path)
    sheet = book["R01"]
    sheet["U5"], sheet["U6"], sheet["A30"] = f"见{IDENTITY}", int(CARD), MOBILE
    sheet["W30"], sheet["X30"], sheet["Y30"] = "110105", "19491231", "002X"
    sheet["V3"], sheet["V5"], sheet["V6"] = "受助人姓名", "某甲", "某乙"
    sheet["B6"].comment = Comment(IDENTITY, MOBILE)
    sheet.oddHeader.center.text = MOBILE
    book.create_sheet("备用").sheet_state = "hidden"
    book["备用"]["A1"] = IDENTITY
    book.save(path)
    return path


def take(path: Path, store: Path) -> Entry:
    (outcome,) = load_paths([path], store).outcomes
    assert outcome.what == "returned" and "personal_data" in {one.rule for one in outcome.findings}
    return Journal(store).entries()[(outcome.seq or 0) - 1]


def tells(path: Path) -> list[str]:
    """Return what a file tells of persons: in its cells, beside them, and by the digits in it."""
    text = texts_in(path.read_bytes())
    said = [secret for secret in (IDENTITY, MOBILE, CARD, "19491231", "某甲", "某乙") if secret in text]
    if path.suffix == ".json":  # a manifest: its hashes may look like anything
        return said
    try:
        return said + [one.problem for part in read_parts(path, path.name) for one in part.persons]
    except Refused:
        return said


def test_s07_a_kept_original_tells_of_nobody(sent: Path, store: Path) -> None:
    entry = take(sent, store)
    kept = original(store, entry)
    assert tells(sent) and not tells(kept)
    sheet = load_workbook(io.BytesIO(kept.read_bytes()))["R01"]
    assert sheet["U5"].value == "（已隐去）" and sheet["A2"].value == load_workbook(sent)["R01"]["A2"].value
    assert not [file for file in store.rglob("*") if file.is_file() and tells(file)]


@pytest.mark.parametrize("kind", ["xls", "xlsb", "ods", "xml", "html", "csv"])
def test_s07_a_kept_original_of_any_format_tells_of_nobody(kind: str, sent: Path, store: Path, tmp_path: Path) -> None:
    entry = take(write_table(table_of(sent), kind, tmp_path), store)
    assert not tells(original(store, entry))


PAPERS: dict[str, Callable[[Path], object]] = {
    "docx": lambda path: path.write_bytes(write_word(f"见{IDENTITY}")),
    "xlsx": lambda path: path.write_bytes(write_word(f"电话{MOBILE}")),
}


@pytest.mark.parametrize("ending", PAPERS)
def test_s07_a_paper_is_not_kept_at_all(ending: str, store: Path, tmp_path: Path) -> None:
    path = tmp_path / f"材料.{ending}"
    PAPERS[ending](path)
    entry = take(path, store)
    book = load_workbook(io.BytesIO(original(store, entry).read_bytes()))
    assert book.sheetnames == ["原件没有保存"]
    answer = load_workbook(answer_receipt(store, entry.seq).write(tmp_path / "答复.xlsx"))
    assert len(answer.sheetnames) == 1  # the list alone


def test_s07_a_store_with_a_blanked_original_is_sound(sent: Path, store: Path, tmp_path: Path) -> None:
    take(sent, store)
    take(sent, store)  # sent once more, and blanked once more for both receipts
    assert audit_store(store) == []
    made = back_up(store, tmp_path / "backup")
    assert not made.manifest.missing and not [
        file for file in (tmp_path / "backup").rglob("*") if file.is_file() and tells(file)
    ]


def test_s07_blanking_that_was_killed_is_finished_on_the_next_start(sent: Path, store: Path, tmp_path: Path) -> None:
    entry = take(sent, store)
    (store / entry.file).write_bytes(sent.read_bytes())  # as far as a kill would let it come: noted, and not done
    Journal(store).append([Step(seq=entry.seq, what=BLANKING)])
    load_paths([write_roster(tmp_path / "next", "甲镇", PERIOD, town_one())], store)
    after = Journal(store).entries()[entry.seq - 1]
    assert after.intent is None and not tells(original(store, after)) and audit_store(store) == []


def test_s07_nobody_says_what_the_columns_of_a_blanked_original_are(sent: Path, store: Path) -> None:
    entry = take(sent, store)
    with pytest.raises(UserError, match="原件没有保存，不能再认定"):
        match(store, entry.seq, {"甲": ""}, "王会计")


def test_s07_the_answer_is_drawn_on_the_blanked_copy(sent: Path, store: Path, tmp_path: Path) -> None:
    entry = take(sent, store)
    answer = answer_receipt(store, entry.seq).write(tmp_path / "答复.xlsx")
    sheet = load_workbook(answer)["R01"]
    assert "【退回】现在：这里有身份证号" in str(sheet["U5"].comment and sheet["U5"].comment.text)
    assert not find_numbers(texts_in(answer.read_bytes()).replace("<", "Z"))


def test_s07_what_tells_of_nobody_is_kept_as_it_came(store: Path, tmp_path: Path) -> None:
    path = write_roster(tmp_path, "甲镇", PERIOD, [])
    (outcome,) = load_paths([path], store).outcomes
    entry = Journal(store).entries()[-1]
    assert outcome.what != "accepted" and not entry.blanked
    assert original(store, entry).read_bytes() == path.read_bytes()
