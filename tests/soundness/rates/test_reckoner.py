"""Every indicator recomputed from the spreadsheets alone, in plain Python that imports nothing of the product."""

import ast
import random
import shutil
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from base.periods import Span
from etl.intake import load_paths
from etl.journal import Journal
from etl.load import Build
from stats.catalogue import Catalogue
from stats.readings import Reading, read_units
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.contents import contents
from tests.reckoner.county import County
from tests.reckoner.declared import Declared
from tests.reckoner.figures import Figures
from tests.reckoner.spreadsheets import grids_by_openpyxl, grids_of

YEAR = 2011 * 4  # the unfinished year: its returns end with the second quarter
SPANS = {
    "2010": (YEAR - 4, YEAR - 1), "2009, 2010": (YEAR - 8, YEAR - 1), "2008 to 2010": (YEAR - 12, YEAR - 1),
    "half of 2011": (YEAR, YEAR + 1), "2011Q2": (YEAR + 1, YEAR + 1), "2008Q2": (YEAR - 11, YEAR - 11),
    "2011 as a whole": (YEAR, YEAR + 3), "across the year's end": (YEAR - 2, YEAR + 1),
    "2009Q3 to 2010Q2": (YEAR - 6, YEAR - 3), "before there are data": (YEAR - 20, YEAR - 17),
}  # fmt: skip
MISSING = 0.1  # share of the quarterly files; the registers are complete
UNIONS = 25  # per county, drawn at random


@pytest.fixture(scope="module")
def files(county_files: Path) -> list[Path]:
    """The sample county's files in the order of filing, with a tenth of the quarterly ones missing."""
    filed = sorted(path for path in county_files.rglob("*") if path.is_file())
    drawn = random.Random(20110630)
    return [path for path in filed if "名册" in path.parent.name or drawn.random() >= MISSING]


@pytest.fixture(scope="module")
def figures(files: list[Path]) -> Figures:
    return Figures(County(files, Declared()))


@pytest.fixture(scope="module")
def warehouse(
    files: list[Path], store: Path, catalogue: Catalogue, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Warehouse]:
    """The county without the missing files: taken out of the loaded one. `make soak` loads the others alone."""
    part = shutil.copytree(store, tmp_path_factory.mktemp("part") / "store")
    held = [entry for entry in Journal(part).entries() if entry.what == "accepted"]
    there = {sha256(path.read_bytes()).hexdigest() for path in files}
    missing = [entry.seq for entry in held if entry.sha not in there]
    assert len(held) - len(missing) == len(files) < 0.95 * len(held)
    build = Build(part, catalogue)
    for seq in missing:
        assert build.withdraw(seq) == []
    build.refresh()
    build.publish()
    with closing(open_warehouse(part)) as opened:
        yield opened


@pytest.mark.parametrize("span", SPANS.values(), ids=SPANS)
def test_every_indicator_is_what_the_spreadsheets_come_to(
    figures: Figures, warehouse: Warehouse, catalogue: Catalogue, span: tuple[int, int]
) -> None:
    assert wrong_values(figures, readings_of(figures, warehouse, catalogue, span), span) == {}


@pytest.mark.parametrize("quarter", range(YEAR - 4, YEAR + 2))
def test_coverage_is_what_the_files_come_to(
    figures: Figures, warehouse: Warehouse, catalogue: Catalogue, quarter: int
) -> None:
    found = readings_of(figures, warehouse, catalogue, (quarter, quarter))
    told = {(one.indicator, one.unit): (one.reported, one.expected) for one in found if one.as_of == quarter}
    stocks = {key: came for key, came in told.items() if figures.of_one_form(key[0])}
    assert stocks == {key: figures.coverage(*key, quarter) for key in stocks}
    assert any(reported < expected for reported, expected in stocks.values())


@pytest.mark.parametrize("step", [20, pytest.param(1, marks=pytest.mark.soak)])
def test_two_libraries_read_the_same_cells(files: list[Path], step: int) -> None:
    """Every twentieth file in `make test`, every one in `make soak`."""
    workbooks = [path for path in files if path.suffix == ".xlsx"][::step]
    assert workbooks and [path.name for path in workbooks if grids_of(path) != grids_by_openpyxl(path)] == []


@pytest.mark.soak
def test_what_was_taken_out_might_never_have_been_sent(files: list[Path], warehouse: Warehouse, tmp_path: Path) -> None:
    for path in files:
        (tmp_path / "sent" / path.parent.name).mkdir(parents=True, exist_ok=True)
        shutil.copy(path, tmp_path / "sent" / path.parent.name)
    assert load_paths([tmp_path / "sent"], tmp_path / "store").count("accepted") == len(files)
    assert contents(tmp_path / "store") == contents(warehouse.store)


@pytest.mark.soak
@pytest.mark.parametrize("span", SPANS.values(), ids=SPANS)
def test_so_is_it_with_all_returns(
    county_files: Path, county: Warehouse, catalogue: Catalogue, span: tuple[int, int]
) -> None:
    whole = Figures(County(sorted(path for path in county_files.rglob("*") if path.is_file()), Declared()))
    assert wrong_values(whole, readings_of(whole, county, catalogue, span), span) == {}


def test_the_reckoner_imports_nothing_of_the_product() -> None:
    folder = Path(__file__).parents[2] / "reckoner"
    names = [
        name
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for name in _imported(node)
    ]
    assert {name.split(".")[0] for name in names} & {
        "base",
        "stats",
        "etl",
        "access",
        "pages",
        "serving",
        "store",
    } == set()
    assert all(name.startswith("tests.reckoner") for name in names if name.startswith("tests"))


def readings_of(figures: Figures, warehouse: Warehouse, catalogue: Catalogue, span: tuple[int, int]) -> list[Reading]:
    """Return the readings of all indicators, for the county, every area and some random unions."""
    places = figures.county.places
    unions = sorted(unit for unit, found in places.items() if found[-1].level == "union")
    units = sorted(set(places) - set(unions)) + random.Random(3).sample(unions, UNIONS)
    found = read_units(warehouse, catalogue, units, Span(*span))
    return [one for one in found if one.indicator in figures.indicators]


def wrong_values(
    figures: Figures, found: list[Reading], span: tuple[int, int]
) -> dict[tuple[str, str], tuple[float | None, float | None]]:
    """Return the reading and the correct value where the two differ."""
    assert len(found) > 3000
    right = {(one.indicator, one.unit): figures.value(one.indicator, one.unit, *span) for one in found}
    told = {(one.indicator, one.unit): one.value for one in found}
    return {key: (told[key], value) for key, value in right.items() if told[key] != pytest.approx(value)}


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []
