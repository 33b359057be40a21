"""A county as large as one likes, for timing: registers, a quarter's workbooks, a directory of employers.

Numbers and names are made up; only their amount matters.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from stats.catalogue import load_catalogue

PERIOD = "2010年四季度"
REPORTER = "示例县总工会"
_DAY = "2008-01-01"
_HEAD = 2
Cells = Sequence[Any]


def write_register(path: Path, towns: int, unions: int) -> None:
    """Write the register of a county with so many townships, each with so many unions."""
    rows: list[Cells] = [("COUNTY", REPORTER, "县总工会", "", "", "", "", "在册", _DAY)]
    for town in range(towns):
        rows.append((f"T{town}", _town(town), "乡镇", "COUNTY", "", "", "东片", "在册", _DAY))
        rows += [
            (f"T{town}U{union}", _union(town, union), "基层工会", f"T{town}", "私营", "单一", "", "在册", _DAY)
            for union in range(unions)
        ]
    named = ["unit_code", "unit_name", "level", "parent", "category", "org_type", "cluster", "status"]
    _write(path, [("R00", REPORTER, [*named, "effective"], rows)])


def write_quarter(folder: Path, towns: int, unions: int) -> None:
    """Write a workbook of five forms for each township."""
    folder.mkdir(parents=True, exist_ok=True)
    forms = load_catalogue().forms
    for town in range(towns):
        name, members = _town(town), [_union(town, union) for union in range(unions)]
        tables = [
            ("R01", name, _codes(forms["R01"].columns), [_roster_row(union, town) for union in members]),
            ("R04", name, _codes(forms["R04"].columns), [_congress_row(union) for union in members]),
            ("R11", name, _codes(forms["R11"].columns), [(union, 50000.0, 1000, 900, 4000, 3600) for union in members]),
            ("R06", name, _codes(forms["R06"].columns), [(name, "困难职工", 30, 3, 2, 31)]),
            ("R12", name, _codes(forms["R12"].columns), [(name, len(members), 2 * len(members), len(members), 1, 3)]),
        ]
        _write(folder / f"{name}.xlsx", tables)


def write_directory(path: Path, rows: int, columns: int, towns: int) -> None:
    """Write the directory of employers with so many rows; what the form does not ask for fills up the columns."""
    named = ["employer_code", "employer_name", "area", "category", "legal", "scale", "workers", "unionised"]
    named += ["union", "effective", "status"]
    further = [f"登记事项{number}" for number in range(columns - len(named))]
    filled = (
        (f"GS{row:08d}", f"第{row}号企业", _town(row % towns), "私营", "是", "否", row % 900, "否", "", _DAY, "在册")
        + tuple(f"事项{row % 97}" if number % 2 else row * 0.5 for number in range(len(further)))
        for row in range(rows)
    )
    _write(path, [("R00E", REPORTER, named, filled)], further)


def _write(path: Path, tables: Iterable[tuple[str, str, list[str], Iterable[Cells]]], further: Cells = ()) -> None:
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        for code, reporter, named, rows in tables:
            form = load_catalogue().forms[code]
            sheet = book.add_worksheet(form.name)
            sheet.write_row(0, 0, [f"{PERIOD}{form.name}"])
            sheet.write_row(1, 0, [f"填报单位：{reporter}", f"报告期：{PERIOD}", "单位：元"])
            labels = [form.column(column).name for column in named]
            sheet.write_row(_HEAD, 0, [label.partition("/")[0] for label in labels] + list(further))
            sheet.write_row(_HEAD + 1, 0, [label.partition("/")[2] for label in labels])
            for number, row in enumerate(rows, start=_HEAD + 2):
                sheet.write_row(number, 0, row)


def _codes(columns: Iterable[Any]) -> list[str]:
    return [column.code for column in columns]


def _roster_row(union: str, town: int) -> Cells:
    workers = 40 + town % 7
    counts = (1, workers, 10, 12, workers - 5, 9, 11, 1, 2)
    return (union, "单一", "私营", "制造业", "否", *counts, "是", "是", "是", "否", "否")


def _congress_row(union: str) -> Cells:
    return (union, "是", "2010-11-05", 30, 9, "否", "是", "否", "是", "否")


def _town(number: int) -> str:
    return f"第{number}镇"


def _union(town: int, number: int) -> str:
    return f"第{town}镇{number}号厂工会"
