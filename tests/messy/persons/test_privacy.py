"""Files that tell of a person go back, and nothing that is said or kept about them quotes what they told."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.intake import load_paths
from etl.journal import Journal
from etl.model.grid import Cell
from etl.model.nouns import Sheet
from etl.privacy import HIDDEN, check_privacy, hide
from etl.replies.cell_surroundings import read_around
from tests.lib.books import Form, address, write_book
from tests.lib.county import REPORTER, begin_store, town_one, union_row, write_roster

PERIOD = "2008年一季度"
IDENTITY = "11010519491231002X"  # the specimen number of GB 11643
MOBILE, CARD = "13800138000", "6222020000000000000"[:15] + "0007"
Spoil = Callable[[Worksheet], None]


def put(place: str, value: object) -> Spoil:
    def spoil(sheet: Worksheet) -> None:
        sheet[place] = value

    return spoil


def on_another_sheet(value: object, title: str = "说明") -> Spoil:
    def spoil(sheet: Worksheet) -> None:
        assert isinstance(sheet.parent, Workbook)
        sheet.parent.create_sheet(title)["B7"] = value  # type: ignore[index]

    return spoil


def in_a_hidden_column(sheet: Worksheet) -> None:
    sheet["Z5"] = IDENTITY
    sheet.column_dimensions["Z"].hidden = True


def names_beside(sheet: Worksheet) -> None:
    sheet["U3"], sheet["U5"], sheet["U6"] = "受助人姓名", "某甲", "某乙"


def names_on_another_sheet(sheet: Worksheet) -> None:
    assert isinstance(sheet.parent, Workbook)
    other = sheet.parent.create_sheet("名单")
    for row in (("姓 名", "所在单位"), ("某甲", "甲一厂")):
        other.append(row)


TELLING: dict[str, Spoil] = {
    "an identity number in a row": put("U5", IDENTITY),
    "one with a small x": put("U5", IDENTITY.lower()),
    "one among words": put("U5", f"身份证{IDENTITY}，属低保户"),
    "one in groups": put("U5", "110105 19491231 002X"),
    "one that fails its check": put("U5", "110105194912310021"),
    "one kept as a number": put("U5", 110105194912310028),
    "one of the old kind": put("U5", "430722680521301"),
    "one in the title": put("A1", f"2008年一季度基层工会组织情况表{IDENTITY}"),
    "one below the table": put("A20", IDENTITY),
    "one in a hidden column": in_a_hidden_column,
    "one on a sheet of another kind": on_another_sheet(IDENTITY),
    "one in the name of a sheet beside it": on_another_sheet(IDENTITY, "附页"),
    "a mobile number in a row": put("U5", MOBILE),
    "a mobile number kept as a number": put("U5", 13800138000),
    "a mobile number in groups": put("U5", "138-0013-8000"),
    "a mobile number with the country's prefix": put("U5", "+8613800138000"),
    "a mobile number below the table, unsigned": put("A20", MOBILE),
    "a bank card": put("U5", "6222021234567890128"),
    "a column of names": names_beside,
    "a list of names on another sheet": names_on_another_sheet,
}
HARMLESS: dict[str, Spoil] = {
    "a serial number with an area and a day of its own time": put("U5", "430722200801010012"),
    "eighteen digits without a day": put("U5", "110105999912310028"),
    "fifteen digits without a day": put("U5", "430722000012345"),
    "an office's telephone": put("U5", "0736-2881234"),
    "a mobile number in the signature line": put("A20", f"填表人：（签章）　联系电话：{MOBILE}"),
    "a number of eleven digits that is none": put("U5", "12800138000"),
    "a card number that fails its check": put("U5", "6222021234567890123"),
    "a large amount of money": put("U5", 13800138000.5),
    "a label with nothing below": put("U5", "姓名"),
}


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that knows the register. Read only: every test takes a copy."""
    store = tmp_path_factory.mktemp("registered")
    begin_store(store)
    return store


@pytest.fixture
def store(registered: Path, tmp_path: Path) -> Path:
    """A copy of the store that knows the register."""
    return shutil.copytree(registered, tmp_path / "store")


def spoilt(folder: Path, spoil: Spoil) -> Path:
    path = write_roster(folder, "甲镇", PERIOD, town_one(), name="甲镇.xlsx")
    book = load_workbook(path)
    spoil(book["R01"])
    book.save(path)
    return path


@pytest.mark.parametrize("name", TELLING)
def test_a_file_that_tells_of_a_person_goes_back_unquoted(name: str, tmp_path: Path, store: Path) -> None:
    (outcome,) = load_paths([spoilt(tmp_path / "sent", TELLING[name])], store).outcomes
    assert outcome.what == "returned"
    assert "personal_data" in {finding.rule for finding in outcome.findings}
    said = "".join(finding.sentence() + finding.about for finding in outcome.findings)
    noted = "".join(finding.sentence() for entry in journalled(store) for finding in entry)
    for secret in (IDENTITY, IDENTITY.lower(), "19491231", "680521", MOBILE, "0013", "622202", "某甲", "某乙"):
        assert secret not in said + noted


def journalled(store: Path) -> list[tuple[object, ...]]:
    return [tuple(entry.findings) for entry in Journal(store).entries()]


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_like_it_goes_in(name: str, tmp_path: Path, store: Path) -> None:
    (outcome,) = load_paths([spoilt(tmp_path / "sent", HARMLESS[name])], store).outcomes
    assert "personal_data" not in {finding.rule for finding in outcome.findings}
    assert outcome.what == "accepted", [finding.sentence() for finding in outcome.findings]


def test_no_other_finding_quotes_a_number_of_a_person(tmp_path: Path, store: Path) -> None:
    rows = [union_row("甲一厂工会", IDENTITY, 400, audit=MOBILE), union_row(f"甲镇{IDENTITY}", 1, 2)]  # type: ignore[arg-type]
    (outcome,) = load_paths([write_roster(tmp_path, f"甲镇{MOBILE}", PERIOD, rows, name="报表.xlsx")], store).outcomes
    rules = {finding.rule for finding in outcome.findings}
    assert {"personal_data", "bad_value"} <= rules
    said = "".join(finding.sentence() + finding.about for finding in outcome.findings)
    assert IDENTITY not in said and MOBILE not in said and HIDDEN in said


def test_an_aid_ledger_has_no_room_for_a_recipient(tmp_path: Path, store: Path) -> None:
    row = {"number": "F1", "date": "2008-02-01", "unit": "甲镇", "direction": "发放", "kind": "走访慰问", "persons": 1}
    form = Form("R07", REPORTER, PERIOD, [row], money="元、吨", extra={"N3": "户主", "N4": "某甲"})
    (outcome,) = load_paths([write_book(tmp_path / "帮扶.xlsx", form)], store).outcomes
    told = [finding for finding in outcome.findings if finding.rule == "personal_data"]
    assert [(finding.address, finding.problem) for finding in told] == [("N3", "有“户主”一栏，下面填了内容")]
    assert outcome.what == "returned"


def test_a_sender_named_by_a_number_is_not_named_in_what_is_said(tmp_path: Path, store: Path) -> None:
    (outcome,) = load_paths([write_roster(tmp_path, IDENTITY, PERIOD, town_one(), name="报表.xlsx")], store).outcomes
    assert all(IDENTITY not in finding.sentence() + finding.about for finding in outcome.findings)


def test_the_signature_lines_number_is_struck_out_where_cells_are_shown(tmp_path: Path) -> None:
    path = spoilt(tmp_path, put("A9", f"填表人：（签章）　联系电话：{MOBILE}"))
    shown = read_around(path, "R01", 8, 1, 4)
    assert (9, 1, f"填表人：（签章）　联系电话：{HIDDEN}") in shown


def test_what_is_no_number_of_a_person_stays_as_it_is() -> None:
    assert hide("第430722000012345号，共1380013800元") == "第430722000012345号，共1380013800元"


def test_cells_made_from_web_pages_are_looked_at_too() -> None:
    sheet = Sheet(name="表", cells={(1, 1): Cell(1, 1, IDENTITY, "text")})
    assert [finding.address for finding in check_privacy(sheet, (), "表.xls")] == ["A1"]


def test_the_cell_is_named(tmp_path: Path, store: Path) -> None:
    path = write_roster(tmp_path, "甲镇", PERIOD, [union_row("甲一厂工会", 1, 2, org_type=IDENTITY)])
    (outcome,) = load_paths([path], store).outcomes
    assert address("R01", "org_type") in {one.address for one in outcome.findings if one.rule == "personal_data"}
