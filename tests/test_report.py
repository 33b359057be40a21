"""The work report's own figures, read from the sample county's spreadsheets: every achieved and award figure."""

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from base.periods import Span, parse_quarter, parse_span
from stats.catalogue import Catalogue
from stats.readings import Reading, read, read_areas
from stats.readings.trace import CellRef, trace
from stats.warehouse import Warehouse

FIGURES = Path(__file__).parent / "report_figures.csv"
THREE_YEARS = parse_span("2008Q1..2010Q4")
PER_YEAR = [f"{year}Q1..{year}Q4" for year in (2008, 2009, 2010)]


def figures() -> list[dict[str, str]]:
    with FIGURES.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def warehouse(county: Warehouse) -> Warehouse:
    return county


def one(warehouse: Warehouse, catalogue: Catalogue, code: str, span: Span, unit: str = "COUNTY") -> Reading:
    return read(warehouse, catalogue, unit, span, [code])[0]


def test_the_report_gives_58_achieved_and_award_figures() -> None:
    assert len(figures()) == 58


@pytest.mark.parametrize("figure", figures(), ids=lambda figure: figure["id"])
def test_the_figure_comes_out_as_the_report_has_it(
    figure: dict[str, str], warehouse: Warehouse, catalogue: Catalogue
) -> None:
    span = Span(parse_quarter(figure["first"]), parse_quarter(figure["last"]))
    value, said = one(warehouse, catalogue, figure["indicator"], span).value, float(figure["value"])
    assert value is not None
    assert {"exact": value == said, "above": value > said, "at least": value >= said}[figure["bound"]], value


@pytest.mark.parametrize("year", PER_YEAR)
def test_ten_skilled_workers_each_year_are_a_rate_and_no_total(
    year: str, warehouse: Warehouse, catalogue: Catalogue
) -> None:
    code = next(found["indicator"] for found in figures() if found["id"] == "SF012")
    assert one(warehouse, catalogue, code, parse_span(year)).value == 10
    three = one(warehouse, catalogue, code, THREE_YEARS)
    assert (three.value, three.numerator, three.denominator) == (10, 30, 3)


def test_a_bound_is_not_far_off(warehouse: Warehouse, catalogue: Catalogue) -> None:
    """多 says the next round number is not reached; 以上 the next five percent."""
    for figure in figures():
        if figure["bound"] != "exact":
            said = float(figure["value"])
            value = one(warehouse, catalogue, figure["indicator"], THREE_YEARS).value
            assert value is not None and value < said * 1.1 + 0.05, figure["id"]


@pytest.mark.parametrize("code", sorted({figure["indicator"] for figure in figures()}))
def test_the_cells_add_up_to_the_figure(code: str, warehouse: Warehouse, catalogue: Catalogue) -> None:
    reading = one(warehouse, catalogue, code, THREE_YEARS)
    totals: dict[str, float] = defaultdict(float)
    for cell in trace(warehouse, catalogue, code, "COUNTY", THREE_YEARS):
        totals[cell.role] += cell.value
    indicator = catalogue.indicators[code]
    if indicator.summary != "streak_years":
        assert totals["numerator"] == pytest.approx(reading.numerator)
    if indicator.is_rate:
        assert totals["denominator"] == pytest.approx(reading.denominator)


def test_the_members_are_in_the_cells_that_are_named(warehouse: Warehouse, catalogue: Catalogue) -> None:
    cells = trace(warehouse, catalogue, "union_members", "COUNTY", THREE_YEARS)
    assert sum(cell.value for cell in cells) == 38124
    assert len(cells) == 369
    by_file: dict[str, list[CellRef]] = defaultdict(list)
    for cell in cells:
        by_file[cell.file].append(cell)
    for file, found in by_file.items():
        assert [standing(Path(file), cell) for cell in found] == [cell.raw for cell in found]


def standing(path: Path, cell: CellRef) -> str:
    """Return what a spreadsheet program or a text editor shows at a cell."""
    if path.suffix == ".csv":
        with path.open(encoding="gb18030", newline="") as file:
            return list(csv.reader(file))[cell.row - 1][cell.column - 1]
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(cell.sheet).to_python(skip_empty_area=False)
    value = rows[cell.row - 1][cell.column - 1]
    return str(int(value)) if isinstance(value, float) else str(value)


def test_the_county_is_the_sum_of_its_areas(warehouse: Warehouse, catalogue: Catalogue) -> None:
    codes = ["union_members", "union_orgs", "nonpublic_union_orgs", "fee_collection_rate", "hardship_archives"]
    areas = read_areas(warehouse, catalogue, THREE_YEARS, codes)
    for code in codes:
        county = one(warehouse, catalogue, code, THREE_YEARS)
        parts = [reading for reading in areas if reading.indicator == code]
        assert sum(part.numerator or 0 for part in parts) == pytest.approx(county.numerator)
        assert sum(part.denominator or 0 for part in parts) == pytest.approx(county.denominator or 0)


def test_the_fees_are_not_all_collected(warehouse: Warehouse, catalogue: Catalogue) -> None:
    rate = one(warehouse, catalogue, "fee_collection_rate", THREE_YEARS).value
    assert rate is not None and 0.5 < rate < 1


def test_the_last_quarter_has_late_and_missing_returns(warehouse: Warehouse, catalogue: Catalogue) -> None:
    members = one(warehouse, catalogue, "union_members", parse_span("2011Q2"))
    assert 0 < members.reported < members.expected
