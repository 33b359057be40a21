"""The content of a file tells its format, whatever its name: one small file a format, one a mishap."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlwt
from xlsxwriter import Workbook

from etl.guard import Refused
from etl.model.nouns import Sheet
from etl.read import read_sheets
from tests.lib.files.markup import ODS_CONTENT, ODS_MANIFEST, spreadsheetml, web_page

ROWS = [["单位名称", "会员人数"], ["甲一厂工会", "50"], ["甲二厂工会", "30"]]
CSV = "".join(",".join(row) + "\r\n" for row in ROWS)
BIG5 = "單位名稱,會員人數\r\n甲鎮工會,50\r\n乙鄉工會,30\r\n"


def texts(sheet: Sheet) -> list[list[str]]:
    """Return what stands in the sheet, row by row."""
    return [[cell.raw for cell in sheet.row_cells(row)] for row in range(1, sheet.height + 1)]


def xls(path: Path) -> Path:
    book = xlwt.Workbook()
    sheet = book.add_sheet("会员")
    for row, values in enumerate(ROWS):
        for column, value in enumerate(values):
            sheet.write(row, column, int(value) if value.isdigit() else value)
    book.save(str(path))
    return path


def xlsx(path: Path) -> Path:
    with Workbook(path) as book:
        sheet = book.add_worksheet("会员")
        for row, values in enumerate(ROWS):
            for column, value in enumerate(values):
                sheet.write(row, column, int(value) if value.isdigit() else value)
    return path


def ods(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", ODS_MANIFEST)
        archive.writestr("content.xml", ODS_CONTENT.format(rows=_ods_rows()))
    return path


def _ods_rows() -> str:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    return "".join(f"<table:table-row>{''.join(cell.format(value) for value in row)}</table:table-row>" for row in ROWS)


def content(data: bytes) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return make


READ: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "an xlsx": ("表.xlsx", xlsx),
    "an xlsx with macros allowed": ("表.xlsm", xlsx),
    "an xlsx named .xls": ("表.xls", xlsx),
    "an xlsx named .csv": ("表.csv", xlsx),
    "an xls": ("表.xls", xls),
    "an xls named .xlsx": ("表.xlsx", xls),
    "a WPS et": ("表.et", xls),
    "a file without an ending": ("表", xls),
    "an ods": ("表.ods", ods),
    "SpreadsheetML": ("表.xml", content(spreadsheetml(ROWS).encode())),
    "SpreadsheetML named .xls": ("表.xls", content(spreadsheetml(ROWS).encode())),
    "SpreadsheetML in GB2312": ("表.xls", content(spreadsheetml(ROWS, "GB2312").encode("gb2312"))),
    "a web page named .xls": ("表.xls", content(web_page(ROWS).encode())),
    "a web page in GB2312": ("表.xls", content(web_page(ROWS).encode("gb2312"))),
    "UTF-8": ("表.csv", content(CSV.encode())),
    "UTF-8 with its mark": ("表.csv", content(CSV.encode("utf-8-sig"))),
    "UTF-16 with its mark": ("表.csv", content(CSV.encode("utf-16"))),
    "UTF-16, big end first": ("表.txt", content(b"\xfe\xff" + CSV.encode("utf-16-be"))),
    "UTF-16 without its mark": ("表.csv", content(CSV.encode("utf-16-le"))),
    "GB18030": ("表.csv", content(CSV.encode("gb18030"))),
    "tabs named .csv": ("表.csv", content(CSV.replace(",", "\t").encode("gb18030"))),
    "semicolons": ("表.csv", content(CSV.replace(",", ";").encode())),
    "a csv named .xls": ("表.xls", content(CSV.encode())),
}

REFUSED: dict[str, tuple[bytes, str]] = {
    "Big5": (BIG5.encode("big5"), "大五码"),
    "three cells in Big5": ("工會,小計,50".encode("big5"), "大五码"),
    "UTF-8 cut in the middle of a character": (CSV.encode()[:-8] + CSV.encode()[-9:-3], "乱码"),
    "Excel 2": (b"\x09\x00\x04\x00\x02\x00\x10\x00", "Excel 2.0"),
    "Excel 3": (b"\x09\x02\x06\x00\x00\x00\x10\x00\x00\x00", "Excel 3.0"),
    "Excel 4": (b"\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00", "Excel 4.0"),
    "a PDF": (b"%PDF-1.4\n%\xe2\xe3", "PDF"),
    "a rar": (b"Rar!\x1a\x07\x01\x00", "压缩包"),
    "a web archive": (b"MIME-Version: 1.0\r\n", "网页存档"),
    "a page without a table": ("<html><body>无</body></html>".encode(), "没有表格"),
    "other XML": (b"<?xml version='1.0'?><a/>", "没有表格"),
    "SpreadsheetML cut short": (spreadsheetml(ROWS).encode()[:-30], "损坏"),
    "SpreadsheetML with a DTD": (
        spreadsheetml(ROWS).replace("<Workbook", '<!DOCTYPE a [<!ENTITY b "c">]><Workbook').encode(),
        "结构异常",
    ),
    "a web page with a cell far away": (b"<table><tr>" + b"<td colspan=1000>" * 20 + b"x</table>", "格子过多"),
}


@pytest.mark.parametrize("case", READ)
def test_a_format_is_told_by_content(case: str, tmp_path: Path) -> None:
    name, make = READ[case]
    (sheet,) = read_sheets(make(tmp_path / name))
    assert texts(sheet) == ROWS


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_reason(case: str, tmp_path: Path) -> None:
    data, reason = REFUSED[case]
    with pytest.raises(Refused, match=reason):
        read_sheets(content(data)(tmp_path / "表.xls"))


def test_a_traditional_table_that_is_marked_unicode_is_read(tmp_path: Path) -> None:
    (sheet,) = read_sheets(content(BIG5.encode())(tmp_path / "表.csv"))
    assert texts(sheet)[0] == ["單位名稱", "會員人數"]


def test_the_delimiter_is_not_the_thousands_separator(tmp_path: Path) -> None:
    (sheet,) = read_sheets(content("单位;会员;职工\n甲镇;1,234;2,345\n乙乡;10;25\n".encode())(tmp_path / "表.csv"))
    assert texts(sheet)[1] == ["甲镇", "1,234", "2,345"]


def test_a_title_and_a_quoted_line_break_do_not_hide_the_delimiter(tmp_path: Path) -> None:
    text = '2010年四季度报表\n填报单位：甲镇\n单位,"会员\n人数"\n甲一厂工会,50\n'
    (sheet,) = read_sheets(content(text.encode("gb18030"))(tmp_path / "表.csv"))
    assert sheet.cells[3, 2].raw == "会员\n人数" and sheet.cells[4, 2].raw == "50"


def test_rare_characters_in_names_are_still_gb18030(tmp_path: Path) -> None:
    (sheet,) = read_sheets(content((CSV + "㙍塘镇䶮工会,7\r\n").encode("gb18030"))(tmp_path / "表.csv"))
    assert sheet.cells[4, 1].raw == "㙍塘镇䶮工会"
