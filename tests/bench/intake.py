"""Times intake against plainly reading the same workbooks (the limit), and against pandas and openpyxl (the custom)."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pandas as pd
from python_calamine import CalamineWorkbook

from etl.intake import load_paths
from etl.read import reader
from tests.bench.county import write_directory, write_quarter, write_register
from tests.bench.measure import Measured, measure, middle

TURNS = 3
TOWNS, UNIONS = 400, 90  # 400 workbooks of five sheets and about 3,150 cells each
ROWS, COLUMNS = 100_000, 30
MANY, FEW_UNIONS = (100, 1000, 4000), 9  # for the cost of a file among few and among many
WORKBOOKS = {".xlsx", ".xls"}


def bench_intake(folder: Path) -> dict[str, Any]:
    """Return what was measured, each figure under a name that ends in its unit; ratios are of the same run."""
    files = _write(folder)
    plain, ours, custom = _measure(folder, files)
    return {
        "files": f"{TOWNS} workbooks of 5 sheets, 1 roster of {ROWS} rows x {COLUMNS} columns",
        "turns": TURNS,
        "plain_calamine_s": round(plain.seconds, 2),
        "intake_s": round(ours.seconds, 2),
        "pandas_openpyxl_to_sql_s": round(custom.seconds, 2),
        "intake_to_plain_ratio": round(ours.seconds / plain.seconds, 2),
        "pandas_to_intake_ratio": round(custom.seconds / ours.seconds, 2),
        "intake_peak_mib": ours.peak >> 20,
        "plain_peak_mib": plain.peak >> 20,
        "pandas_peak_mib": custom.peak >> 20,
        "cost_per_file_ms": {str(count): round(cost, 2) for count, cost in _cost_per_file(folder / "many")},
    }


def _write(folder: Path) -> list[Path]:
    write_register(folder / "register.xlsx", TOWNS, UNIONS)
    write_quarter(folder / "quarter", TOWNS, UNIONS)
    write_directory(folder / "directory.xlsx", ROWS, COLUMNS, TOWNS)
    return [folder / "quarter", folder / "directory.xlsx"]


def _measure(folder: Path, files: list[Path]) -> tuple[Measured, Measured, Measured]:
    """Measure the three ways: reading and intake by turns, so that a machine busy for a while slows both.

    The register of organisations is in each store before the clock runs.
    """
    plain, ours = [], []
    for turn in range(TURNS):
        store = folder / f"store{turn}"
        load_paths([folder / "register.xlsx"], store)
        plain.append(measure(read_plainly, files))
        ours.append(measure(take_in, files, store))
    return middle(plain), middle(ours), measure(read_with_pandas, files, folder / "sql")


def _cost_per_file(folder: Path) -> Iterator[tuple[int, float]]:
    """Yield the milliseconds a file costs among so many, each time in a new store."""
    write_quarter(folder / "quarter", max(MANY), FEW_UNIONS)
    write_register(folder / "register.xlsx", max(MANY), FEW_UNIONS)
    files = sorted((folder / "quarter").iterdir())
    for count in MANY:
        store = folder / f"store{count}"
        load_paths([folder / "register.xlsx"], store)
        yield count, measure(take_in, files[:count], store).seconds / count * 1000


def take_in(files: list[Path], store: Path) -> None:
    """Take the files in. Raises RuntimeError when one does not go in, for then the time would say nothing."""
    try:
        summary = load_paths(files, store)
    finally:
        reader().close()  # a process started by another one waits for its own children
    if summary.count("accepted") != len(summary.outcomes):
        raise RuntimeError(f"{summary.outcomes[0]}")


def read_plainly(files: list[Path]) -> None:
    """Read every sheet of the workbooks, and do nothing with it."""
    for path in _workbooks(files):
        workbook = CalamineWorkbook.from_path(path)
        for sheet in workbook.sheet_names:
            workbook.get_sheet_by_name(sheet).to_python()


def read_with_pandas(files: list[Path], database: Path) -> None:
    """Read every sheet with pandas and openpyxl and put it into a database, a table a sheet's name."""
    with closing(sqlite3.connect(database)) as connection:
        for path in _workbooks(files):
            for name, frame in pd.read_excel(path, sheet_name=None, engine="openpyxl", skiprows=2).items():
                frame.to_sql(name, connection, if_exists="append", index=False)


def _workbooks(files: list[Path]) -> Iterator[Path]:
    for path in files:
        found = sorted(path.rglob("*")) if path.is_dir() else [path]
        yield from (file for file in found if file.suffix in WORKBOOKS)
