"""Times a paper of the sample county: composing it, each format, the command that writes all three, and one sheet."""

import subprocess
import sys
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from base.periods import parse_span
from etl.intake import load_paths
from etl.sample import write_county
from stats.catalogue import load_catalogue
from stats.exports.page import write_page
from stats.exports.paper_formats import WRITERS
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.compose import compose_brief
from stats.warehouse import open_warehouse

SPAN = "2008Q1..2010Q4"
TURNS = 3


def bench_brief(folder: Path) -> dict[str, Any]:
    """Return seconds, the least of three turns: of the commands, started anew as somebody would, and of their parts."""
    write_county(folder / "county")
    load_paths([folder / "county"], folder / "store")
    shared = ["--span", SPAN, "--store", str(folder / "store")]
    times = {
        "brief_command": _least(lambda: _run("brief", *shared, "--out", str(folder / "out"))),
        "page_command": _least(lambda: _run("page", *shared, "-o", str(folder / "page.pdf"))),
    } | _time_parts(folder / "store")
    return {f"{name}_s": round(seconds, 3) for name, seconds in times.items()}


def _time_parts(store: Path) -> dict[str, float]:
    catalogue, warehouse = load_catalogue(), open_warehouse(store)
    source, view = Source(warehouse, catalogue), Selection("COUNTY", parse_span(SPAN))
    outline = min(catalogue.outlines.values(), key=lambda found: found.order)
    try:
        brief = compose_brief(source, outline, view)
        sheet = compose_brief(source, catalogue.outline("one_page"), view)
        times = {
            "compose": _least(lambda: compose_brief(source, outline, view)),
            "page": _least(lambda: write_page(sheet)),
        }
        return times | {suffix: _least(partial(write, brief)) for suffix, write in WRITERS.items()}
    finally:
        warehouse.close()


def _run(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "stats", *words], check=True, capture_output=True)


def _least(step: Any) -> float:
    return min(_seconds(step) for _ in range(TURNS))


def _seconds(step: Any) -> float:
    start = perf_counter()
    step()
    return perf_counter() - start
