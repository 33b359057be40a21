"""Invisible cells count and are reported: rows and columns without size, empty formats, white on white."""

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt
from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from etl.__main__ import main
from etl.model.nouns import Sheet
from etl.read import read_sheets
from etl.survey import survey
from tests.lib.books import first_row
from tests.lib.county import begin_store
from tests.lib.files.formats import Table, write_table
from tests.messy.returns import aid, book
from tests.soundness.values.test_hidden import judge

ROWS = [["单位", "工会数", "会员数"], ["东街", 5, 55], ["西街", 3, 35], ["南关", 2, 10], ["合计", 10, 100]]
WHITE, BLACK = "00FFFFFF", "FF000000"
GROUND = PatternFill("solid", fgColor=WHITE)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("store")
    begin_store(made)
    return made


def _xlsx(folder: Path, change: Callable[[Worksheet], None]) -> Sheet:
    made = Workbook()
    sheet = made.active
    assert isinstance(sheet, Worksheet)
    for row in ROWS:
        sheet.append(row)
    change(sheet)
    made.save(folder / "表.xlsx")
    return read_sheets(folder / "表.xlsx")[0]


def _said(sheet: Sheet) -> list[str]:
    (table,) = survey(sheet, "表.xlsx")
    assert (len(table.details), table.sum(3)) == (3, 100), "it counts all the same"
    return [remark for remark in table.remarks if "照样算在内" in remark]


@pytest.mark.parametrize("height", [0.01, 0.25])
def test_a18_rows_and_columns_of_no_size_are_told(height: float, tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[3].height = height
        sheet.column_dimensions["B"].width = height

    assert _said(_xlsx(tmp_path, change)) == [
        "第 3 行是隐藏或筛选掉的，共 1 行，照样算在内",
        "B 列是隐藏的，照样算在内",
    ]


def test_a18_grouped_rows_and_filtered_rows_are_told(tmp_path: Path) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions.group(2, 3, outline_level=1, hidden=True)
        sheet.auto_filter.ref = "A1:C5"
        sheet.column_dimensions.group("C", "C", hidden=True)

    assert _said(_xlsx(tmp_path, change)) == [
        "第 2、3 行是隐藏或筛选掉的，共 2 行，照样算在内",
        "C 列是隐藏的，照样算在内",
    ]


@pytest.mark.parametrize(
    ("code", "font", "ground", "told"),
    [
        (";;;", None, None, True),
        (";;", None, None, True),
        ('"";"";""', None, None, True),
        ("General", WHITE, None, True),
        ("General", WHITE, GROUND, True),
        ("0.00%", WHITE, None, True),
        ("General", "FFFF0000", PatternFill("solid", fgColor="FFFF0000"), True),
        ("General", WHITE, PatternFill("solid", fgColor="FF0000FF"), False),
        ("General", BLACK, None, False),
        ("0;-0;;@", None, None, False),
        ("#,##0", None, None, False),
    ],
)
def test_a18_cells_of_which_nothing_is_seen(
    code: str, font: str | None, ground: PatternFill | None, told: bool, tmp_path: Path
) -> None:
    def change(sheet: Worksheet) -> None:
        sheet["C3"].number_format = code
        sheet["D9"].number_format = code  # blank, so nothing is hidden there
        if font:
            sheet["C3"].font = Font(color=font)
        if ground:
            sheet["C3"].fill = ground

    said = ["C3 共 1 格的内容看不见（数字格式不显示，或者字和底是一个颜色），照样算在内"]
    assert _said(_xlsx(tmp_path, change)) == (said if told else [])


def test_a18_in_old_workbooks(tmp_path: Path) -> None:
    made = xlwt.Workbook()
    sheet = made.add_sheet("表")
    white = xlwt.easyxf("font: colour white")
    on_blue = xlwt.easyxf("font: colour white; pattern: pattern solid, fore_colour blue")
    for at, row in enumerate(ROWS):
        for column, value in enumerate(row):
            styles = {(1, 2): white, (2, 2): xlwt.easyxf(num_format_str=";;;"), (0, 0): on_blue, (3, 2): on_blue}
            sheet.write(at, column, value, styles.get((at, column), xlwt.Style.default_style))
    sheet.row(3).height_mismatch, sheet.row(3).height = True, 0
    sheet.col(1).width = 0
    made.save(str(tmp_path / "表.xls"))
    assert _said(read_sheets(tmp_path / "表.xls")[0]) == [
        "第 4 行是隐藏或筛选掉的，共 1 行，照样算在内",
        "B 列是隐藏的，照样算在内",
        "C2、C3 共 2 格的内容看不见（数字格式不显示，或者字和底是一个颜色），照样算在内",
    ]


def test_a18_in_opendocument(tmp_path: Path) -> None:
    plain = write_table(Table(ROWS), "ods", tmp_path, "平")
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(tmp_path / "表.ods", "w") as copy:
        for name in source.namelist():
            content = source.read(name).decode()
            content = content.replace(
                "<office:automatic-styles>",
                '<office:automatic-styles><style:style style:name="w"><style:text-properties fo:color="#ffffff"/>'
                '</style:style><style:style style:name="r"><style:table-row-properties style:row-height="0cm"/>'
                "</style:style>",
            ).replace('office:value="55"', 'table:style-name="w" office:value="55"')
            content = content.replace('office:value="35"><text:p>35</text:p>', 'office:value="35">')
            content = re.sub("<table:table-row>(<table:table-cell [^>]*><text:p>南关)",
                             r'<table:table-row table:style-name="r">\1', content)  # fmt: skip
            names = 'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:fo" xmlns:office='
            copy.writestr(name, content.replace("xmlns:office=", names, 1))
    assert _said(read_sheets(tmp_path / "表.ods")[0]) == [
        "第 4 行是隐藏或筛选掉的，共 1 行，照样算在内",
        "C2、C3 共 2 格的内容看不见（数字格式不显示，或者字和底是一个颜色），照样算在内",
    ]


def test_a18_in_spreadsheetml(tmp_path: Path) -> None:
    path = write_table(Table(ROWS, formats={"C2": ";;;", "C3": "0", "B4": "@"}), "xml", tmp_path)
    text = path.read_text(encoding="utf-8").replace('ss:ID="s1">', 'ss:ID="s1"><Font ss:Color="#ffffff"/>')
    head, _, tail = text.rpartition("<Row>")
    path.write_text(f'{head}<Row ss:Height="0">{tail}', encoding="utf-8")
    assert _said(read_sheets(path)[0]) == [
        "第 5 行是隐藏或筛选掉的，共 1 行，照样算在内",
        "C2、C3 共 2 格的内容看不见（数字格式不显示，或者字和底是一个颜色），照样算在内",
    ]


def test_a18_a_return_tells_them_too(store: Path, tmp_path: Path) -> None:
    path = book(aid({"amount": 100}, {"amount": 200}), name="原表.xlsx")(tmp_path)
    changed = load_workbook(path)
    sheet = changed["R07"]
    heads = [cell.column_letter for row in sheet.iter_rows(max_row=5) for cell in row if "金额" in str(cell.value)]
    place = f"{heads[0]}{first_row('R07')}"
    sheet[place].font = Font(color=WHITE)
    changed.save(path)
    (told,) = judge(store, path).findings
    assert (told.rule, told.severity) == ("unseen_cells", "note") and place in told.problem


def _cover(path: Path, heading: str, value: object) -> Path:
    """Merge the cells of a column in the two rows of a ledger, and leave a value in the covered one."""
    changed = load_workbook(path)
    sheet, top = changed["R07"], first_row("R07")
    column = next(c.column for row in sheet.iter_rows(max_row=top) for c in row if heading in str(c.value))
    sheet.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)
    sheet._cells[top + 1, column] = type(sheet["A1"])(sheet, top + 1, column, value)
    changed.save(path)
    return path


def test_a18_what_a_merged_name_covers_is_told_and_the_name_reaches_each_row(store: Path, tmp_path: Path) -> None:
    path = _cover(book(aid({"amount": 100}, {"amount": 200}), name="原表.xlsx")(tmp_path), "类别", "其他救助")
    judged = judge(store, path)
    (told,) = [one for one in judged.findings if one.rule == "covered_cells"]
    assert (told.severity, judged.verdict, judged.returns[0].size) == ("note", "accepted", 2)
    (kind,) = {one for code, held in judged.returns[0].columns.items() if code == "kind" for one in held}
    assert kind != "其他救助"


@pytest.mark.parametrize(("covered", "verdict"), [(100, "accepted"), (300, "held")])
def test_a18_a_covered_number_does_not_count_again(
    covered: int,
    verdict: str,
    store: Path,
    tmp_path: Path,
) -> None:
    path = _cover(book(aid({"amount": 100}, {"amount": 100}), name="原表.xlsx")(tmp_path), "金额", covered)
    judged = judge(store, path)
    assert (judged.verdict, judged.returns[0].columns["amount"]) == (verdict, [100, None])
    assert "covered_cells" in {one.rule for one in judged.findings}


def test_a18_a_number_of_a_person_below_a_merged_cell_is_found(store: Path, tmp_path: Path) -> None:
    path = _cover(book(aid({"amount": 100}, {"amount": 200}), name="原表.xlsx")(tmp_path), "类别", "11010519491231002X")
    assert "personal_data" in {one.rule for one in judge(store, path).findings}


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a18_read_tells_hidden_sheets(state: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _xlsx(tmp_path, lambda sheet: None)
    changed = load_workbook(tmp_path / "表.xlsx")
    other = changed.create_sheet("旧数")
    other["A1"], other.sheet_state = 5, state
    changed.save(tmp_path / "表.xlsx")
    assert main(["read", str(tmp_path / "表.xlsx")]) == 0
    assert "工作表“旧数”：是隐藏的，没有读" in capsys.readouterr().out
    assert main(["read", str(tmp_path / "表.xlsx"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["hidden_sheets"], len(told["sheets"])) == (["旧数"], 1)
