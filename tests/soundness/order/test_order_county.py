"""A5: the sample county's files give the same figures in any order; its offers are as of the last quarter."""

import random
from contextlib import closing
from pathlib import Path

import pytest

from base.periods import parse_span
from etl.intake import confirm, load_paths
from etl.journal import read_entries
from stats.catalogue import Catalogue
from stats.figures import make_figure
from stats.figures.elements.figure_model import Selection, Source
from stats.figures.funnel import WAITING
from stats.readings import read
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.contents import contents

SPANS = ("2010Q1..2010Q4", "2008Q1..2010Q4", "2011Q2")


def funnel(warehouse: Warehouse, catalogue: Catalogue, span: str) -> tuple[list[float | None], float]:
    """Return how many offers reached each stage, and how many are overdue."""
    panel = catalogue.board("bargaining").panel("funnel")
    assert panel
    figure = make_figure(Source(warehouse, catalogue), panel, Selection("COUNTY", parse_span(span)))
    waiting = next(series for series in figure.series if series.name == WAITING)
    return [mark.value for mark in figure.series[0].marks], sum(mark.value or 0 for mark in waiting.marks)


@pytest.mark.parametrize(
    ("span", "reached", "overdue"),
    [("2010Q1..2010Q4", [160, 143, 144, 133, 129, 31], 1), ("2008Q1..2010Q4", [259, 235, 239, 228, 224, 91], 5)],
)
def test_a05_the_county_s_offers_stand_as_the_last_quarter_told_them(
    county: Warehouse, catalogue: Catalogue, span: str, reached: list[float], overdue: float
) -> None:
    assert funnel(county, catalogue, span) == (reached, overdue)


def shuffled(files: list[Path], folder: Path, seed: int) -> list[Path]:
    """Return the files under names that sort in any order."""
    rng = random.Random(seed)
    names = rng.sample(range(len(files)), len(files))
    copies = [folder / f"{number:04d}{file.suffix}" for number, file in zip(names, files, strict=True)]
    for copy, file in zip(copies, files, strict=True):
        copy.write_bytes(file.read_bytes())
    return copies


def _confirm_all(store: Path) -> None:
    """Confirm every question, repeatedly if a confirmed file leads to another one."""
    while held := [one.seq for one in read_entries(store) if one.what == "held"]:
        for seq in held:
            confirm(store, seq, "名录还没有报来", "王会计")


def assert_alike(one: Path, other: Path, catalogue: Catalogue) -> None:
    """Assert that two stores have the same figures of the county and the same funnel."""
    with closing(open_warehouse(one)) as first, closing(open_warehouse(other)) as second:
        for span in SPANS:
            readings = [read(warehouse, catalogue, "COUNTY", parse_span(span)) for warehouse in (first, second)]
            assert readings[0] == readings[1]
            assert funnel(first, catalogue, span) == funnel(second, catalogue, span)
    assert contents(one) == contents(other)


def test_a05_the_county_s_registers_and_ledgers_in_any_order(
    county_files: Path, tmp_path: Path, catalogue: Catalogue
) -> None:
    """All registers, and the ledgers of the last six quarters; `make soak` takes all files."""
    files = [
        file
        for file in sorted(county_files.rglob("*"))
        if file.is_file() and ("名册" in str(file) or file.name.startswith(("法律部2010", "法律部2011")))
    ]
    sent = tmp_path / "sent"
    sent.mkdir()
    for store, paths in (("plain", files), ("mixed", shuffled(files, sent, 5))):
        load_paths(paths, tmp_path / store)
    became = [{one.sha: one.what for one in read_entries(tmp_path / store)} for store in ("plain", "mixed")]
    assert became[0] == became[1]
    # Without the townships' lists of employers some rates would exceed 100 %, so the ledgers causing it are held.
    assert set(became[0].values()) == {"accepted", "held"} and list(became[0].values()).count("accepted") > 30
    for store in (tmp_path / "plain", tmp_path / "mixed"):
        _confirm_all(store)
    assert_alike(tmp_path / "plain", tmp_path / "mixed", catalogue)


@pytest.mark.soak
@pytest.mark.parametrize("seed", [1, 2])
def test_a05_all_files_of_the_county_in_any_order(
    county_files: Path, store: Path, tmp_path: Path, catalogue: Catalogue, seed: int
) -> None:
    """A correction follows what it corrects: of two files for one return the later filing counts."""
    files = [file for file in sorted(county_files.rglob("*")) if file.is_file()]
    corrections = [file for file in files if "更正" in file.name]
    sent = tmp_path / "sent"
    sent.mkdir()
    assert corrections
    load_paths(shuffled([file for file in files if file not in corrections], sent, seed), tmp_path / "mixed")
    load_paths(corrections, tmp_path / "mixed")
    assert_alike(store, tmp_path / "mixed", catalogue)
