"""The answer: the sender's own workbook marked, read back in once it is corrected; and never more than the sender's."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook as Writer

from etl.__main__ import main as etl
from etl.intake import load_paths
from etl.model.finding import Finding
from etl.model.rules import Severity
from etl.read import read_sheets
from etl.redraw.change_list import FILLS
from etl.replies.answer import answer_receipt, write_answer
from tests.lib.books import address
from tests.lib.contents import contents
from tests.lib.county import begin_store, town_one, write_register, write_roster
from tests.messy.files.test_formats import READ

PERIOD = "2008年一季度"
PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
IDENTITY = "11010519491231002X"
MEMBERS, AUDIT = address("R01", "members"), address("R01", "audit", 1)


def wrong_rows() -> list[dict[str, object]]:
    """Return 甲镇's roster with three cells to be changed."""
    rows = town_one()
    rows[0]["members"], rows[1]["audit"], rows[2]["members"] = "约三百", "大概", None
    return rows


def told(address: str, severity: Severity = "return", sheet: str = "R01", rule: str = "bad_value") -> Finding:
    words = {"problem": "填的是“约三百”", "requirement": "这里要一个整数", "todo": "请改正", "column": "会员人数"}
    return Finding(rule=rule, severity=severity, file="表.xlsx", sheet=sheet, address=address, **words)


def answer_to(path: Path, *findings: Finding) -> Workbook:
    """Write the answer to a file beside it and open it."""
    return load_workbook(write_answer(path, path.name, findings, path.with_name("答复.xlsx")))


def colour(cell: Cell) -> str:
    return str(cell.fill.fgColor.rgb)[2:] if cell.fill.fill_type else ""


def comment(sheet: Worksheet, place: str) -> str:
    found = sheet[place].comment
    return found.text if found else ""


def words_of(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store that knows the register."""
    return begin_store(tmp_path / "store")


def load(path: Path, store: Path) -> tuple[str, int]:
    """Load one file; return what became of it and the number of its receipt."""
    [outcome] = load_paths([path], store).outcomes
    assert outcome.seq
    return outcome.what, outcome.seq


def test_from_mistakes_to_the_answer_and_back(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    what, seq = load(write_roster(tmp_path, "甲镇", PERIOD, wrong_rows()), store)
    assert what == "returned"
    out = tmp_path / "答复.xlsx"
    assert etl(["answer", str(seq), "-o", str(out), "--store", str(store)]) == 0
    assert "要改 3 处" in capsys.readouterr().out
    book = load_workbook(out)
    assert book.sheetnames[0] == "要改的 3 处"
    book["R01"][MEMBERS], book["R01"][AUDIT], book["R01"][address("R01", "members", 2)] = 50, "是", 20
    book.save(out)
    assert load(out, store)[0] == "accepted"
    right = tmp_path / "right"
    load_paths([write_register(right), write_roster(right, "甲镇", PERIOD, town_one())], right / "store")
    assert numbers(store) == numbers(right / "store")


def numbers(store: Path) -> list[tuple[object, ...]]:
    """Return a store's observations, without the file each came in."""
    return [row[:-1] for row in contents(store)["observations"]]


def test_the_second_answer_says_how_far_it_has_come(store: Path, tmp_path: Path) -> None:
    _, first = load(write_roster(tmp_path, "甲镇", PERIOD, wrong_rows()), store)
    out = answer_receipt(store, first).write(tmp_path / "答复.xlsx")
    book = load_workbook(out)
    book["R01"][MEMBERS], book["R01"][AUDIT] = 50, "不知道"
    book.save(out)
    _, second = load(out, store)
    again = load_workbook(answer_receipt(store, second).write(tmp_path / "再答复.xlsx"))
    said = words_of(again.worksheets[0])
    assert "上次 3 处，已改 1 处。" in said
    assert any("填报单位：甲镇" in text and "前改好发回：示例县总工会" in text for text in said)
    assert again.sheetnames == ["要改的 2 处", "R01"]
    assert (colour(again["R01"][MEMBERS]), comment(again["R01"], MEMBERS)) == ("", "")
    assert colour(again["R01"][AUDIT]) == FILLS["退回"]
    assert comment(again["R01"], AUDIT).count("【退回】") == 1


def test_severities_are_told_apart_by_colour_and_by_word(tmp_path: Path) -> None:
    path = write_roster(tmp_path, "甲镇", PERIOD, town_one())
    book = answer_to(path, told("A5"), told("A6", "confirm"), told("A7", "note"))
    sheet = book["R01"]
    assert [colour(sheet[place]) for place in ("A5", "A6", "A7")] == [FILLS[word] for word in ("退回", "核实", "提示")]
    assert comment(sheet, "A5") == "【退回】现在：填的是“约三百”\n应该：这里要一个整数\n要做：请改正"
    assert [comment(sheet, place)[:4] for place in ("A6", "A7")] == ["【核实】", "【提示】"]
    assert book.sheetnames[0] == "要改的 2 处"


def test_the_list_jumps_to_each_cell(tmp_path: Path) -> None:
    sheet = answer_to(write_roster(tmp_path, "甲镇", PERIOD, town_one()), told("J5"), told("J6", "confirm")).worksheets[
        0
    ]
    assert [cell.value for cell in sheet[7]] == [
        "1", "退回", "R01", "J5", "会员人数", "填的是“约三百”", "这里要一个整数", "请改正"
    ]  # fmt: skip
    links = [cell.hyperlink.location for row in sheet for cell in row if cell.hyperlink]
    assert links == ["'R01'!J5", "'R01'!J6"]
    assert (sheet.freeze_panes, sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("A7", "landscape", 9)


def test_two_findings_on_one_cell_share_its_comment_and_the_graver_gives_the_colour(tmp_path: Path) -> None:
    path = write_roster(tmp_path, "甲镇", PERIOD, town_one())
    sheet = answer_to(path, told("J5", "confirm"), told("J5"))["R01"]
    assert colour(sheet["J5"]) == FILLS["退回"]
    assert comment(sheet, "J5").startswith("【退回】") and "【核实】" in comment(sheet, "J5")


@pytest.mark.parametrize(("said", "coloured"), [
    ("J5、J6、J7等12格", ["J5", "J6", "J7"]),
    ("第7行", ["A7", "C7", "S7"]),
    ("J5:J7", ["J5", "J6", "J7"]),
    ("H1", ["A1"]),
    ("Z40", ["Z40"]),
])  # fmt: skip
def test_whatever_an_address_names_is_coloured(said: str, coloured: list[str], tmp_path: Path) -> None:
    sheet = answer_to(write_roster(tmp_path, "甲镇", PERIOD, town_one()), told(said))["R01"]
    assert [colour(sheet[place]) for place in coloured] == [FILLS["退回"]] * len(coloured)


def test_the_whole_sheet_or_file_is_listed_without_a_cell(tmp_path: Path) -> None:
    path = write_roster(tmp_path, "甲镇", PERIOD, town_one())
    book = answer_to(path, told(""), told("", sheet=""), told("C4", sheet="没有这张表"))
    listed = [[cell.value for cell in row][2:4] for row in book.worksheets[0].iter_rows(min_row=7)]
    assert listed == [["R01", "整张表"], [None, "整个文件"], ["没有这张表", "C4"]]
    assert not [place for row in book["R01"] for place in row if colour(place)]


def test_a_comment_that_stood_there_is_kept_below(tmp_path: Path) -> None:
    path = write_roster(tmp_path, "甲镇", PERIOD, town_one())
    book = load_workbook(path)
    book["R01"]["J5"].comment = Comment("去年是 48", "甲镇")
    book.save(path)
    said = comment(answer_to(path, told("J5"))["R01"], "J5")
    assert said.startswith("【退回】") and said.endswith("去年是 48")
    again = answer_to(path.with_name("答复.xlsx"), told("J6"))["R01"]
    assert comment(again, "J5") == "去年是 48"


def test_formulas_and_formats_stay_and_results_are_shown(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with Writer(path) as book:
        sheet = book.add_worksheet("表")
        sheet.write_number("A1", 1234.5, book.add_format({"num_format": "#,##0.00"}))
        sheet.write_formula("A2", "=A1*2", None, 2469)
        sheet.write_formula("A3", '="甲"&"<乙>"', None, "甲<乙>")
        sheet.merge_range("B1:C2", "合并")
    book = answer_to(path, told("A1", sheet="表"))
    assert (book["表"]["A2"].value, book["表"]["A1"].number_format) == ("=A1*2", "#,##0.00")
    assert [str(area) for area in book["表"].merged_cells.ranges] == ["B1:C2"]
    assert shown(tmp_path / "答复.xlsx") == shown(path)


def shown(path: Path) -> list[dict[tuple[int, int], tuple[str, str]]]:
    """Return what a file shows in its own sheets: text and kind by place."""
    sheets = [sheet for sheet in read_sheets(path) if "要改的" not in sheet.name]
    return [{place: (cell.raw, cell.kind) for place, cell in sheet.cells.items()} for sheet in sheets]


@pytest.mark.parametrize("case", READ)
def test_every_format_is_answered_with_the_same_cells_at_the_same_places(case: str, tmp_path: Path) -> None:
    name, make = READ[case]
    path = make(tmp_path / name)
    sheet = read_sheets(path)[0].name
    book = answer_to(path, told("B2", sheet=sheet))
    assert [len(book.worksheets), colour(book[sheet]["B2"])] == [2, FILLS["退回"]]
    [before], [after] = shown(path), shown(tmp_path / "答复.xlsx")
    assert {place: raw for place, (raw, _) in after.items()} == {place: raw for place, (raw, _) in before.items()}


def test_macros_are_dropped(tmp_path: Path) -> None:
    plain, macros = write_roster(tmp_path, "甲镇", PERIOD, town_one()), tmp_path / "宏.xlsm"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(macros, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(PLAIN_TYPE, MACRO_TYPE))
        new.writestr("xl/vbaProject.bin", b"Sub Auto_Open()")
    answer_to(macros, told("J5"))
    with zipfile.ZipFile(tmp_path / "答复.xlsx") as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower()]
        assert b"macroEnabled" not in archive.read("[Content_Types].xml")


def test_a_senders_text_never_becomes_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "表.csv"
    path.write_text('名称,会员\n"=HYPERLINK(""http://a"")",+1\n@甲,-2\n', encoding="utf-8")
    sheet = read_sheets(path)[0].name
    finding = replace(told("A2", sheet=sheet), file=path.name, problem="=1+1", requirement="+2", todo="@3", column="")
    book = answer_to(path, finding)
    kinds = {cell.data_type for made in book for row in made for cell in row if cell.value is not None}
    assert kinds <= {"s", "n"}
    assert book[sheet]["A2"].value == '=HYPERLINK("http://a")' and book[sheet]["A2"].quotePrefix


def test_a_protected_sheet_lets_its_wrong_cells_be_changed(tmp_path: Path) -> None:
    path = write_roster(tmp_path, "甲镇", PERIOD, town_one())
    book = load_workbook(path)
    book["R01"].protection.sheet = True
    book.save(path)
    sheet = answer_to(path, told("J5"))["R01"]
    assert sheet.protection.sheet and sheet["J6"].protection.locked and not sheet["J5"].protection.locked
    assert not answer_to(path, told(""))["R01"].protection.sheet


def everything(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return b"".join(archive.read(name) for name in archive.namelist())


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_personal_data_does_not_go_out_again(suffix: str, store: Path, tmp_path: Path) -> None:
    path = person(tmp_path, suffix)
    what, seq = load(path, store)
    out = answer_receipt(store, seq).write(tmp_path / "答复.xlsx")
    assert what == "returned"
    assert not [secret for secret in (IDENTITY, "13800138000", "王小明") if secret.encode() in everything(out)]
    sheet = load_workbook(out).worksheets[1]
    assert "【退回】现在：这里有身份证号" in comment(sheet, "U5") and "隐去" in str(sheet["U5"].value)
    assert sheet["V4"].value == "姓名" and "隐去" in str(sheet["V5"].value)
    assert not [secret for secret in (IDENTITY, "王小明") if secret in answer_receipt(store, seq).telephone_list()]


def person(folder: Path, suffix: str) -> Path:
    """Write a roster with an identity number, a hidden sheet with a mobile number and a column of names."""
    extra = {"U5": f"身份证 {IDENTITY}", "V4": "姓名", "V5": "王小明"}
    path = write_roster(folder, "甲镇", PERIOD, town_one(), extra=extra)
    book = load_workbook(path)
    if suffix == ".csv":
        rows = (
            ",".join("" if cell is None else str(cell) for cell in row)
            for row in book["R01"].iter_rows(values_only=True)
        )
        path = path.with_suffix(suffix)
        path.write_text("\n".join(rows), encoding="utf-8")
        return path
    book.create_sheet("底稿").sheet_state = "hidden"
    book["底稿"]["A1"], book["底稿"]["A2"] = "13800138000", f"={IDENTITY[:-1]}&R01!V5"
    book["R01"]["U5"].comment = Comment(f"核对过 {IDENTITY}", "甲镇")
    book.save(path)
    return path


@pytest.mark.parametrize("make", [
    lambda path: path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 9),
    lambda path: path.write_bytes(b"%PDF-1.4"),
    lambda path: None,
], ids=["broken", "a PDF", "gone"])  # fmt: skip
def test_what_cannot_be_opened_is_answered_with_the_list_alone(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / "坏.xlsx")
    book = answer_to(tmp_path / "坏.xlsx", told("", sheet="", rule="unreadable"))
    assert book.sheetnames == ["要改的 1 处"]
    assert any("原件打不开" in text for text in words_of(book.worksheets[0]))


def test_the_list_is_known_again_only_by_name_and_sum(store: Path, tmp_path: Path) -> None:
    """A sheet that only has the name may hold a return: it is looked at like any other."""
    path = write_roster(tmp_path, "甲镇", PERIOD, wrong_rows())
    book = load_workbook(path)
    book["R01"].title = "要改的 3 处"
    book.save(path)
    assert load(path, store)[0] == "returned"
