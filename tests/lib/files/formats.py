"""One small table in every accepted file format, with errors, number formats and hidden rows in it."""

import re
import struct
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from html import escape
from pathlib import Path
from typing import Any

import xlwt
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from tests.lib.files.markup import ODS_MANIFEST, workbook

ERRORS = {"#NULL!": 0x00, "#DIV/0!": 0x07, "#VALUE!": 0x0F, "#REF!": 0x17, "#NAME?": 0x1D, "#NUM!": 0x24, "#N/A": 0x2A}
_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"><office:automatic-styles>'
    "<number:number-style><number:number/><number:text>万元</number:text></number:number-style>"
    "</office:automatic-styles><office:body><office:spreadsheet>{null}"
    '<table:table table:name="{name}">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
)


@dataclass
class Table:
    """A sheet of values by row, from A1. `shown` holds displayed texts by address, where a format shows more."""

    rows: list[list[Any]]
    name: str = "表"
    formats: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    since_1904: bool = False

    def cells(self, row: int) -> list[tuple[str, Any]]:
        """Return the address and value of each cell of a row, counted from 1; None is blank."""
        return [(f"{chr(65 + at)}{row}", value) for at, value in enumerate(self.rows[row - 1])]


def table_of(path: Path, **told: Any) -> Table:
    """Return the first sheet of an xlsx as a table, for writing in another format."""
    sheet = load_workbook(path).active
    assert isinstance(sheet, Worksheet)
    return Table([[cell.value for cell in row] for row in sheet.iter_rows()], sheet.title, **told)


def _xlsx(table: Table, path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = table.name
    if table.since_1904:
        book.epoch = datetime(1904, 1, 1)
    for row in table.rows:
        sheet.append(row)
    for address, code in table.formats.items():
        sheet[address].number_format = code
    for number in table.hidden:
        sheet.row_dimensions[number].hidden = True
    book.save(path)


def _moved(table: Table, path: Path) -> None:
    """Write an xlsx with its sheets in a folder of another name, as some programs do."""
    plain = path.with_name("平常.xlsx")
    _xlsx(table, plain)
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as copy:
        for name in source.namelist():
            content = re.sub(rb"(/?xl/)?worksheets/sheet", rb"/xl/tables_here/sheet", source.read(name))
            copy.writestr(name.replace("xl/worksheets/", "xl/tables_here/"), content)
    plain.unlink()


def _xls(table: Table, path: Path) -> None:
    book = xlwt.Workbook()
    book.dates_1904 = table.since_1904
    sheet = book.add_sheet(table.name)
    for number in range(1, len(table.rows) + 1):
        for at, (address, value) in enumerate(table.cells(number)):
            style = xlwt.easyxf(num_format_str=table.formats.get(address, _usual_format(value)))
            if value in ERRORS:
                sheet.row(number - 1).set_cell_error(at, ERRORS[value])
            elif value is not None:
                sheet.write(number - 1, at, value, style)
        sheet.row(number - 1).hidden = number in table.hidden
    book.save(str(path))


def _usual_format(value: object) -> str:
    return "yyyy-mm-dd" if isinstance(value, date) else "General"


def _ods(table: Table, path: Path) -> None:
    rows = "".join(
        f"<table:table-row{_folded(table, number)}>{''.join(_ods_cell(table, *cell) for cell in table.cells(number))}"
        "</table:table-row>"
        for number in range(1, len(table.rows) + 1)
    )
    null = '<table:null-date table:date-value="1904-01-01"/>' if table.since_1904 else ""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", ODS_MANIFEST)
        archive.writestr("content.xml", _ODS.format(rows=rows, name=table.name, null=null))


def _folded(table: Table, number: int) -> str:
    return ' table:visibility="collapse"' if number in table.hidden else ""


def _ods_cell(table: Table, address: str, value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    kind, said = f'office:value-type="float" office:value="{value}"', table.shown.get(address, str(value))
    if value in ERRORS:
        kind = 'table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error"'
    elif isinstance(value, str):
        kind = 'office:value-type="string"'
    return f"<table:table-cell {kind}><text:p>{escape(said)}</text:p></table:table-cell>"


def _spreadsheetml(table: Table, path: Path) -> None:
    styles = {code: f"s{at}" for at, code in enumerate(dict.fromkeys(table.formats.values()))}
    listed = "".join(
        f'<Style ss:ID="{id_}"><NumberFormat ss:Format="{escape(c)}"/></Style>' for c, id_ in styles.items()
    )
    rows = "".join(
        f"<Row{_hidden(table, number)}>"
        + "".join(_spreadsheetml_cell(value, styles.get(table.formats.get(a, ""))) for a, value in table.cells(number))
        + "</Row>"
        for number in range(1, len(table.rows) + 1)
    )
    days = "<x:ExcelWorkbook><x:Date1904/></x:ExcelWorkbook>" if table.since_1904 else ""
    sheet = f"<Worksheet ss:Name='{table.name}'><Table>{rows}</Table></Worksheet>"
    path.write_text(workbook(f"{days}<Styles>{listed}</Styles>{sheet}"), encoding="utf-8")


def _hidden(table: Table, number: int) -> str:
    return ' ss:Hidden="1"' if number in table.hidden else ""


def _spreadsheetml_cell(value: Any, style: str | None) -> str:
    if value is None:
        return "<Cell/>"
    kind = "Error" if value in ERRORS else "Number" if isinstance(value, int | float) else "String"
    styled = f' ss:StyleID="{style}"' if style else ""
    return f'<Cell{styled}><Data ss:Type="{kind}">{escape(str(value))}</Data></Cell>'


def _html(table: Table, path: Path) -> None:
    rows = ""
    for number in range(1, len(table.rows) + 1):
        cells = "".join(_html_cell(value, table.shown.get(address)) for address, value in table.cells(number))
        rows += f"<tr{' style=' + repr('display:none') if number in table.hidden else ''}>{cells}</tr>"
    path.write_text(f"<html><body><table>{rows}</table></body></html>", encoding="utf-8")


def _html_cell(value: Any, shown: str | None) -> str:
    number = f' x:num="{value}"' if shown and isinstance(value, int | float) else ""
    return f"<td{number}>{escape(shown or ('' if value is None else str(value)))}</td>"


def _csv(table: Table, path: Path) -> None:
    lines = [",".join("" if value is None else str(value) for value in row) for row in table.rows]
    path.write_text("\r\n".join(lines), encoding="utf-8-sig")


def _xlsb(table: Table, path: Path) -> None:
    codes = list(dict.fromkeys(table.formats.values()))
    data = _record(148, struct.pack("<4I", 0, len(table.rows) - 1, 0, max(map(len, table.rows)) - 1)) + _record(145)
    for number in range(1, len(table.rows) + 1):
        flags = 0x10 if number in table.hidden else 0
        data += _record(0, struct.pack("<IIHBBB", number - 1, 0, 300, 0, flags, 0) + struct.pack("<I", 0))
        for at, (address, value) in enumerate(table.cells(number)):
            style = codes.index(table.formats[address]) + 1 if address in table.formats else 0
            data += _xlsb_cell(value, struct.pack("<II", at, style))
    sheet = _record(129) + data + _record(146) + _record(130)
    book = _record(131) + _record(153, struct.pack("<III", int(table.since_1904), 0, 0))
    book += _record(143) + _record(156, struct.pack("<II", 0, 1) + _wide("r1") + _wide(table.name)) + _record(144)
    formats = b"".join(_record(44, struct.pack("<H", 200 + at) + _wide(code)) for at, code in enumerate(codes))
    styles = b"".join(_record(47, struct.pack("<HH12x", 0, number)) for number in (0, *range(200, 200 + len(codes))))
    listed = _record(278) + _record(615, struct.pack("<I", len(codes))) + formats + _record(616)
    listed += _record(617, struct.pack("<I", len(codes) + 1)) + styles + _record(618) + _record(279)
    _pack_xlsb(path, book + _record(132), sheet, listed)


def _pack_xlsb(path: Path, book: bytes, sheet: bytes, styles: bytes) -> None:
    relation = '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/{}" Target="{}"/>'
    frame = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", frame.format(relation.format("r0", "officeDocument", "xl/workbook.bin")))
        own = relation.format("r1", "worksheet", "worksheets/sheet1.bin") + relation.format(
            "r2", "styles", "styles.bin"
        )
        archive.writestr("xl/_rels/workbook.bin.rels", frame.format(own))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
        archive.writestr("xl/styles.bin", styles)


def _xlsb_cell(value: Any, place: bytes) -> bytes:
    if value is None:
        return _record(1, place)
    if value in ERRORS:
        return _record(3, place + bytes([ERRORS[value]]))
    if isinstance(value, int | float):
        return _record(5, place + struct.pack("<d", value))
    return _record(6, place + _wide(str(value)))


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _record(kind: int, content: bytes = b"") -> bytes:
    number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length = len(content)
    return number + bytes([length & 0x7F | 0x80, length >> 7 & 0x7F]) + content


WRITERS: dict[str, Callable[[Table, Path], None]] = {
    "xlsx": _xlsx,
    "moved.xlsx": _moved,
    "xls": _xls,
    "et": _xls,
    "xlsb": _xlsb,
    "ods": _ods,
    "xml": _spreadsheetml,
    "html": _html,
    "csv": _csv,
}


def write_table(table: Table, kind: str, folder: Path, name: str = "报表") -> Path:
    """Write a table in a format of WRITERS and return the file's path."""
    path = folder / f"{name}.{kind}"
    WRITERS[kind](table, path)
    return path
