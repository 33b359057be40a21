"""Lists of organisations as offices write them: with an area column, by groups, by subtotals, or a sheet an area."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

COUNTY = "清河县总工会"
HEADINGS = ("序号", "工会名称", "所属乡镇（系统）", "单位性质", "建会时间", "职工数", "工会主席", "联系电话")
UNIONS = (  # area, name, kind, founded, workers
    ("东街街道", "东街街道机关工会", "机关", "1998年2月", 15),
    ("东街街道", "清河县甲纺织有限公司工会", "私营企业", "2013年6月", 175),
    ("西乡", "西乡中心学校工会", "事业单位", "2007年3月", 82),
    ("教育系统", "清河县第一中学工会", "事业单位", "2026年4月", 60),
)
_TITLE, _DATE = "清河县基层工会花名册", "截至2026年6月30日"
_PHONE = "13900000001"


def write_list(path: Path, unions: Sequence[Sequence[Any]] = UNIONS, headings: Sequence[str] = HEADINGS) -> Path:
    """Write a list with a column of areas."""
    book = Workbook()
    _write(_first(book), headings, [_cells(number, *union) for number, union in enumerate(unions, start=1)])
    book.save(path)
    return path


def write_grouped(path: Path, below: str = "", unions: Sequence[Sequence[Any]] = UNIONS) -> Path:
    """Write a list without a column of areas: each area heads its group or, with `below`, sums it up in a row."""
    book, rows = Workbook(), list[list[Any]]()
    for area in dict.fromkeys(union[0] for union in unions):
        own = [_without_area(_cells(at, *union)) for at, union in enumerate(unions, start=1) if union[0] == area]
        total = [None, f"{area}{below}", None, None, sum(row[4] for row in own)]
        rows += [*own, total] if below else [[area], *own]
    rows += [["合计", None, None, None, sum(union[4] for union in unions)]] if below else []
    _write(_first(book), _without_area(list(HEADINGS)), rows)
    book.save(path)
    return path


def write_numbered_groups(path: Path, unions: Sequence[Sequence[Any]] = UNIONS) -> Path:
    """Write a list in which 一、东街街道（2家） heads a group, and a sum stands in another column than names."""
    book, rows = Workbook(), list[list[Any]]()
    for at, area in enumerate(dict.fromkeys(union[0] for union in unions)):
        own = [_without_area(_cells(number, *union)) for number, union in enumerate(unions, 1) if union[0] == area]
        rows += [[f"{'一二三'[at]}、{area}（{len(own)}家）"], *own, [None, None, "小计", None, len(own)]]
    _write(_first(book), _without_area(list(HEADINGS)), rows)
    book.save(path)
    return path


def write_blanks_below(path: Path, unions: Sequence[Sequence[Any]] = UNIONS) -> Path:
    """Write a list that names an area in the first of its rows alone."""
    book, seen, rows = Workbook(), set[str](), list[list[Any]]()
    for number, union in enumerate(unions, start=1):
        cells = _cells(number, *union)
        rows.append([*cells[:2], None if union[0] in seen else union[0], *cells[3:]])
        seen.add(union[0])
    _write(_first(book), HEADINGS, rows)
    book.save(path)
    return path


def write_sheets(path: Path, unions: Sequence[Sequence[Any]] = UNIONS) -> Path:
    """Write a list with a sheet an area, and a sheet of sums that names no organisations."""
    book = Workbook()
    _write(_first(book, "汇总"), ("地方", "个数"), [["东街街道", 2], ["西乡", 1], ["教育系统", 1]])
    for area in dict.fromkeys(union[0] for union in unions):
        own = [_without_area(_cells(at, *union)) for at, union in enumerate(unions, start=1) if union[0] == area]
        _write(book.create_sheet(area), _without_area(list(HEADINGS)), own)
    book.save(path)
    return path


def write_cells(path: Path, rows: Sequence[Sequence[Any]], merges: Sequence[str] = ()) -> Path:
    """Write rows as they are, and merge ranges."""
    book = Workbook()
    sheet = _first(book)
    for row in rows:
        sheet.append(list(row))
    for merge in merges:
        sheet.merge_cells(merge)
    book.save(path)
    return path


def _first(book: Workbook, name: str = "花名册") -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    return sheet


def _write(sheet: Worksheet, headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    sheet.append([_TITLE])
    sheet.append([_DATE])
    for row in (headings, *rows):
        sheet.append(list(row))
    sheet.append(["填表人：李某　审核人：王某"])


def _cells(number: int, area: str, name: str, kind: str, founded: str, workers: int) -> list[Any]:
    return [number, name, area, kind, founded, workers, "钱某", _PHONE]


def _without_area(cells: Sequence[Any]) -> list[Any]:
    return [cell for at, cell in enumerate(cells) if at != HEADINGS.index("所属乡镇（系统）")]
