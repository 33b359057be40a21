"""What stands where in SpreadsheetML and in web pages: merged ranges, gaps, hidden sheets, missing results."""

from pathlib import Path

from etl.guard import ERROR_VALUE, NO_RESULT
from etl.model.nouns import Sheet
from etl.read import read_sheets
from tests.lib.files.markup import workbook


def read(folder: Path, text: str) -> list[Sheet]:
    path = folder / "表.xls"
    path.write_text(text, encoding="utf-8")
    return read_sheets(path)


def raws(sheet: Sheet) -> dict[str, str]:
    return {found.address: found.raw for found in sheet.cells.values()}


def table(rows: str, options: str = "") -> str:
    return workbook(f"<Worksheet ss:Name='会员'><Table>{rows}</Table>{options}</Worksheet>")


def cell(text: str, place: str = "") -> str:
    name, _, number = place.partition("=")
    where = f" ss:{name}='{number}'" if name else ""
    return f"<Cell{where}><Data ss:Type='String'>{text}</Data></Cell>"


def test_merged_cells_and_gaps_keep_every_cell_in_its_place(tmp_path: Path) -> None:
    rows = (
        f"<Row>{cell('单位', 'MergeDown=1')}{cell('会员', 'MergeAcross=1')}{cell('职工')}</Row>"
        f"<Row>{cell('合计', 'Index=2')}{cell('女')}</Row>"
        "<Row ss:Index='5'><Cell ss:Index='3'><Data ss:Type='Number'>7.0</Data></Cell></Row>"
    )
    (sheet,) = read(tmp_path, table(rows))
    assert raws(sheet) == {"A1": "单位", "B1": "会员", "D1": "职工", "B2": "合计", "C2": "女", "C5": "7"}
    assert sheet.merges == ((1, 1, 2, 1), (1, 2, 1, 3))


def test_values_of_every_kind(tmp_path: Path) -> None:
    cells = [
        ("Number", "1.5"),
        ("DateTime", "2010-12-31T00:00:00.000"),
        ("Boolean", "1"),
        ("Error", "#REF!"),
        ("Number", "约三百"),
    ]
    rows = "".join(f"<Row><Cell><Data ss:Type='{kind}'>{text}</Data></Cell></Row>" for kind, text in cells)
    (sheet,) = read(tmp_path, table(rows))
    found = [(sheet.cells[row, 1].raw, sheet.cells[row, 1].kind) for row in range(1, 6)]
    assert found == [
        ("1.5", "number"),
        ("2010-12-31", "date"),
        ("是", "text"),
        (ERROR_VALUE, "error"),
        ("约三百", "text"),
    ]


def test_a_formula_without_a_result_is_told(tmp_path: Path) -> None:
    rows = "<Row><Cell ss:Formula='=1+1'/><Cell ss:Formula='=1+1'><Data ss:Type='Number'>2</Data></Cell></Row>"
    (sheet,) = read(tmp_path, table(rows))
    assert raws(sheet) == {"A1": NO_RESULT, "B1": "2"}
    assert sheet.cells[1, 1].kind == "error"


def test_a_hidden_sheet_is_left_out(tmp_path: Path) -> None:
    row = f"<Row>{cell('甲')}</Row>"
    hidden = "<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>"
    assert read(tmp_path, table(row, hidden)) == []
    assert len(read(tmp_path, table(row))) == 1


def test_spans_of_a_web_page_become_merged_ranges(tmp_path: Path) -> None:
    text = (
        "<table><tr><td rowspan=2>单位<td colspan=2>会员<td rowspan='2'>职工</tr><tr><th>合计<th>其中：<br>女</tr>"
        "<tr><td>甲&amp;乙厂</td><td> 1,234&nbsp;</td><td></td><td x:num='0.125'>13%</td></tr></table>"
    )
    (sheet,) = read(tmp_path, text)
    assert raws(sheet) == {
        "A1": "单位",
        "B1": "会员",
        "D1": "职工",
        "B2": "合计",
        "C2": "其中：\n女",
        "A3": "甲&乙厂",
        "B3": "1,234",
        "D3": "0.125",
    }
    assert sheet.merges == ((1, 1, 2, 1), (1, 2, 1, 3), (1, 4, 2, 4))


def test_tables_and_lines_of_a_page_stand_below_one_another(tmp_path: Path) -> None:
    text = (
        "<html><head><title>x</title><script>var a = '<td>'</script></head><body><h1>甲镇报表</h1>"
        "<table><tr><td>单位</td></tr></table><p>2010年</p><table><tr><td><table><tr><td>里层</td></tr></table></td></tr>"
        "</table></body></html>"
    )
    (sheet,) = read(tmp_path, text)
    assert [found.raw for _, found in sorted(sheet.cells.items())] == ["甲镇报表", "单位", "2010年", "里层"]
