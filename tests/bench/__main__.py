"""Times the way from files to figures: `python -m tests.bench`.

Every time is also given as a ratio to plainly reading the same workbooks in the same run, so that runs on different
machines can be compared.
"""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from python_calamine import CalamineWorkbook

from etl.intake import load_paths
from etl.sample import write_county
from stats.catalogue import load_catalogue
from stats.periods import parse_span
from stats.readings import read, read_areas
from stats.warehouse import open_warehouse

SPAN = "2008Q1..2010Q4"
WORKBOOKS = {".xlsx", ".xls"}


def main() -> None:
    """Print a line a step: seconds, and how many times as long as plainly reading the workbooks."""
    with TemporaryDirectory() as folder:
        times = time_steps(Path(folder) / "county", Path(folder) / "store")
    base = times["plain read"]
    for name, seconds in times.items():
        print(f"{name:<24}{seconds:>9.3f} s{seconds / base:>10.2f} ×")


def time_steps(county: Path, store: Path) -> dict[str, float]:
    """Return the seconds each step took, in the order a day at the office takes them."""
    return {
        "sample": _seconds(lambda: write_county(county)),
        "plain read": _seconds(lambda: _read_plainly(county)),
        "load": _seconds(lambda: load_paths([county], store)),
        "load again, unchanged": _seconds(lambda: load_paths([county], store)),
        **_time_readings(store),
    }


def _time_readings(store: Path) -> dict[str, float]:
    catalogue, span = load_catalogue(), parse_span(SPAN)
    warehouse = open_warehouse(store)
    codes = list(catalogue.indicators)
    try:
        return {
            "read one, county": _seconds(lambda: read(warehouse, catalogue, "COUNTY", span, codes[:1])),
            "read all, county": _seconds(lambda: read(warehouse, catalogue, "COUNTY", span)),
            "read all, every area": _seconds(lambda: read_areas(warehouse, catalogue, span, codes)),
        }
    finally:
        warehouse.close()


def _seconds(step: Callable[[], object]) -> float:
    start = perf_counter()
    step()
    return perf_counter() - start


def _read_plainly(county: Path) -> None:
    for path in sorted(county.rglob("*")):
        if path.suffix in WORKBOOKS:
            workbook = CalamineWorkbook.from_path(path)
            for sheet in workbook.sheet_names:
                workbook.get_sheet_by_name(sheet).to_python()


if __name__ == "__main__":
    main()
