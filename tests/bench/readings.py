"""Times the sample county: writing it, loading it, loading it again, and reading figures from it."""

from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from base.periods import parse_span
from etl.intake import load_paths
from etl.sample import write_county
from stats.catalogue import load_catalogue
from stats.readings import read, read_areas
from stats.warehouse import open_warehouse
from tests.bench.intake import read_plainly

SPAN = "2008Q1..2010Q4"


def bench_readings(folder: Path) -> dict[str, Any]:
    """Return the seconds each step took, in the order a day at the office takes them."""
    county, store = folder / "county", folder / "store"
    times = {
        "sample": _seconds(lambda: write_county(county)),
        "plain_calamine": _seconds(lambda: read_plainly([county])),
        "load": _seconds(lambda: load_paths([county], store)),
        "load_again_unchanged": _seconds(lambda: load_paths([county], store)),
    } | _time_readings(store)
    return {f"{name}_s": round(seconds, 3) for name, seconds in times.items()}


def _time_readings(store: Path) -> dict[str, float]:
    catalogue, span = load_catalogue(), parse_span(SPAN)
    warehouse = open_warehouse(store)
    codes = list(catalogue.indicators)
    try:
        return {
            "read_one_county": _seconds(lambda: read(warehouse, catalogue, "COUNTY", span, codes[:1])),
            "read_all_county": _seconds(lambda: read(warehouse, catalogue, "COUNTY", span)),
            "read_all_every_area": _seconds(lambda: read_areas(warehouse, catalogue, span, codes)),
        }
    finally:
        warehouse.close()


def _seconds(step: Callable[[], object]) -> float:
    start = perf_counter()
    step()
    return perf_counter() - start
