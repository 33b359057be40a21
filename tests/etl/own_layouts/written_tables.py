"""A county's own tables, written by a test: fees by month across, a ledger by sheets, contracts, a roster."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

COUNTY = "清河县总工会"
AREAS = ("东街街道", "西乡", "教育系统")
UNIONS = {
    "东街街道机关工会": ("东街街道", "机关"),
    "清河县甲纺织有限公司工会": ("东街街道", "私营企业"),
    "西乡中心学校工会": ("西乡", "事业单位"),
    "清河县第一中学工会": ("教育系统", "事业单位"),
}
PERSON, PHONE = "钱多多", "13900000001"
NUMBERS = ("职工数", None, "会员数", None, None, None)
PARTS = ("总数", "其中女", "总数", "其中女", "其中农民工", "其中新就业形态")
HEADINGS = ("序号", "工会名称", "所属乡镇（系统）", "单位性质", "统一社会信用代码", "建会时间", "本届换届时间")


def write_roster(path: Path, counts: Mapping[str, Sequence[int]], more: Sequence[str] = ()) -> Path:
    """Write the roster with subtotals: six counts of each union, and columns that nobody knows."""
    book = Workbook()
    sheet = _first(book, "花名册")
    _rows(
        sheet,
        [
            ["清河县基层工会花名册"],
            ["截至2026年6月30日"],
            [*HEADINGS, *NUMBERS, "工会主席", "联系电话", *more],
            [None] * len(HEADINGS) + [*PARTS],
            *_roster_rows(counts, more),
            ["填表人：李某　审核人：王某"],
        ],
    )
    sheet.merge_cells("H3:I3")
    sheet.merge_cells("J3:M3")
    book.save(path)
    return path


def _roster_rows(counts: Mapping[str, Sequence[int]], more: Sequence[str]) -> Iterator[list[Any]]:
    number = 0
    for area in AREAS:
        within = [name for name, (where, _) in UNIONS.items() if where == area]
        for name in within:
            number += 1
            head = [number, name, area, UNIONS[name][1], None, "2013年6月", "2023.06"]
            yield [*head, *counts[name], PERSON, PHONE, *more]
        yield [None, f"{area}小计", *[None] * 5, *map(sum, zip(*(counts[name] for name in within), strict=True))]
    yield ["合计", *[None] * 6, *map(sum, zip(*counts.values(), strict=True))]


def write_fees(
    path: Path, paid: Mapping[str, Sequence[float]], due: float = 10.0, first: int = 1, sheet_name: str = "收缴"
) -> Path:
    """Write fees by month across, in 万元: what each area paid, and was due, in months from `first` on."""
    months = len(next(iter(paid.values())))
    names = [f"{number}月" for number in range(first, first + months)]
    head = [cell for name in names for cell in (name, None)]
    rows = [
        [area, *(cell for sum_ in sums for cell in (due, sum_)), due * months, sum(sums)] for area, sums in paid.items()
    ]
    total = [sum(row[at] for row in rows) for at in range(1, len(rows[0]))]
    book = Workbook()
    sheet = _first(book, sheet_name)
    _rows(
        sheet,
        [
            [f"清河县2026年{first}—{first + months - 1}月工会经费收缴情况表"],
            [*[None] * (len(head) + 2), "单位：万元"],
            ["乡镇（系统）", *head, "累计", None],
            [None, *["应缴", "实缴"] * (months + 1)],
            *rows,
            ["合 计", *total],
        ],
    )
    book.save(path)
    return path


def write_area_sheets(path: Path, paid: Mapping[str, Sequence[float]]) -> Path:
    """Write fees in 元 with a sheet an area, one row of months across, and a sheet of sums in the same columns."""
    book = Workbook()
    sums = [sum(column) for column in zip(*paid.values(), strict=True)]
    for at, (area, numbers) in enumerate([*paid.items(), ("汇总", sums)]):
        sheet = _first(book, area) if not at else book.create_sheet(area)
        head = [cell for month in range(1, len(numbers) + 1) for cell in (f"{month}月", None)]
        cells = [cell for number in numbers for cell in (100, number)]
        _rows(sheet, [["2026年收缴情况（单位：元）"], head, ["应收", "实收"] * len(numbers), cells])
    book.save(path)
    return path


def write_turned(path: Path, areas: Mapping[str, Sequence[float]], more: Sequence[Any] = ()) -> Path:
    """Write households and money in 万元 down the side, and areas across, with their sums."""
    book = Workbook()
    sums = [sum(numbers) for numbers in zip(*areas.values(), strict=True)]
    items = [
        [name, *(numbers[at] for numbers in areas.values()), sums[at]]
        for at, name in enumerate(("建档户数（户）", "发放金额（万元）"))
    ]
    rows = [["2026年二季度建档情况"], ["项目", *areas, "合计"], *items, *([more] if more else []), ["填表人：李某"]]
    _rows(_first(book, "建档"), rows)
    book.save(path)
    return path


def write_targets(path: Path, areas: Mapping[str, Sequence[Any]], whole: Sequence[Any]) -> Path:
    """Write targets as a document has them: areas down, households, money and a bound of a rate across."""
    book = Workbook()
    head = ["乡镇（系统）", "帮扶户数（户）", "帮扶资金（元）", "经费收缴率"]
    rows = [[area, *numbers] for area, numbers in areas.items()]
    _rows(_first(book, "Sheet"), [["清河县总工会2026年目标任务分解表"], head, *rows, ["全县", *whole]])
    book.save(path)
    return path


def write_aid(path: Path, months: Mapping[int, Sequence[Sequence[Any]]]) -> Path:
    """Write a ledger of aid with a sheet a month: number, day, area, kind, source, households, persons, amount."""
    book = Workbook()
    for at, (month, rows) in enumerate(months.items()):
        sheet = _first(book, f"{month}月") if not at else book.create_sheet(f"{month}月")
        sums = [sum(row[place] for row in rows) for place in (5, 6, 7)]
        _rows(
            sheet,
            [
                [f"清河县帮扶救助发放台账（2026年{month}月）"],
                ["单位：元"],
                ["编号", "日期", "乡镇（系统）", "受助人姓名", "帮扶项目", "资金来源", "户数", "人数", "金额"],
                *[[*row[:3], PERSON, *row[3:]] for row in rows],
                ["本月小计", *[None] * 5, *sums],
                ["制表：张某"],
            ],
        )
    book.save(path)
    return path


def write_contracts(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """Write the contracts: employer, kind, scope, days of beginning and end in one cell, workers."""
    book = Workbook()
    numbered = [[at, *row] for at, row in enumerate(rows, start=1)]
    head = ["序号", "企业名称", "合同类别", "签订方式", "合同期限", "覆盖职工", "备注"]
    _rows(_first(book, "Sheet"), [["清河县集体合同签订情况"], head, *numbered, ["注：期满未续签的不计入。"]])
    book.save(path)
    return path


def write_history(path: Path, years: Mapping[int, Sequence[float]]) -> Path:
    """Write the years: unions, workers, members, and fees in 万元."""
    book = Workbook()
    head = ["年份", "基层工会（个）", "职工（人）", "会员（人）", "入会率", "经费收缴（万元）"]
    rows = [[f"{year}年", *counts[:3], "80%", counts[3]] for year, counts in years.items()]
    _rows(_first(book, "Sheet"), [[f"清河县工会主要数据（{min(years)}—{max(years)}年）"], head, *rows])
    book.save(path)
    return path


def _first(book: Workbook, name: str) -> Worksheet:
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = name
    return sheet


def _rows(sheet: Worksheet, rows: Sequence[Sequence[Any]]) -> None:
    for row in rows:
        sheet.append(list(row))
