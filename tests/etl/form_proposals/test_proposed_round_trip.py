"""A form proposed from a table of any shape reads the table back whole: nothing is read twice, and nothing lost."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from base.text import normalise
from etl.form_proposals.example_columns import WantedForm
from etl.form_proposals.proposed_form import propose_form
from etl.form_proposals.tried_form import try_form
from etl.layout_proposals.own_table import own_tables
from stats.catalogue import Catalogue
from stats.catalogue_in_force import catalogue_in_force
from tests.etl.form_proposals.shaped_tables import write_sheets
from tests.etl.own_layouts.written_tables import COUNTY

AREAS = ("东街街道", "西乡", "教育系统", "南镇", "开发区")
LEVELS = {normalise(area): "town" for area in AREAS} | {normalise(COUNTY): "county"}
KINDS, MONTHS = ("应缴", "实缴", "欠缴"), 12
SHAPES = ("across", "down", "area sheets", "month sheets", "turned")
YUAN = st.integers(0, 10**9).map(lambda cents: cents / 100)
Numbers = dict[tuple[int, str, str], float]  # month or, of a turned table, 0; area, kind
Rows = list[list[Any]]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("empty") / "store"


@settings(max_examples=30, deadline=None)
@given(data=st.data(), shape=st.sampled_from(SHAPES), summed=st.booleans())
def test_a_table_comes_back_whole(empty: Path, data: st.DataObject, shape: str, summed: bool) -> None:
    areas = data.draw(st.lists(st.sampled_from(AREAS), min_size=2, unique=True))
    months = [0] if shape == "turned" else data.draw(_some_months())
    kinds = data.draw(st.lists(st.sampled_from(KINDS), min_size=1, unique=True))
    numbers = {(month, area, kind): data.draw(YUAN) for month in months for area in areas for kind in kinds}
    sheets = _sheets(shape, months, areas, kinds, numbers, summed)
    read = _read_back(empty, sheets, "quarter" if shape == "turned" else "month")
    quarter = 2026 * 4 + 1
    expected = {
        (2026 * MONTHS + month - 1 if month else quarter, area, kind): number
        for (month, area, kind), number in numbers.items()
    }
    assert read == pytest.approx(expected)


def _some_months() -> st.SearchStrategy[list[int]]:
    return st.lists(st.integers(1, MONTHS), min_size=2, max_size=4, unique=True)


def _read_back(empty: Path, sheets: dict[str, Rows], frequency: str) -> Numbers:
    catalogue: Catalogue = catalogue_in_force(empty)
    wanted = WantedForm(code="L01", name="收缴表", frequency=frequency, numbers="flow", county=COUNTY)
    with TemporaryDirectory() as folder:
        path = write_sheets(Path(folder) / "收缴.xlsx", sheets)
        tables = own_tables(path, catalogue)
    proposed = propose_form(tables, wanted, LEVELS, catalogue)
    assert proposed.questions == ()
    tried = try_form(empty, tables, path.name, wanted.code, proposed, next(iter(catalogue.domains)), catalogue)
    assert not tried.trial.faults
    numbers: Numbers = {}
    for filed in tried.trial.returns:
        for row in filed.rows:
            for column in filed.form.sized:
                number = row.number(column.code)
                place = (filed.period or 0, str(row.values[proposed.form["subject"][0]]), column.name.split("/")[-1])
                assert number is not None and place not in numbers, "nothing is read twice"
                numbers[place] = number
    return numbers


def _sheets(
    shape: str, months: Sequence[int], areas: Sequence[str], kinds: Sequence[str], numbers: Numbers, summed: bool
) -> dict[str, Rows]:
    """Return the sheets that hold the numbers in a shape, with a row of sums or without."""
    title, unit = ["2026年工会经费收缴表"], ["单位：元"]
    if shape == "across":
        heads = [["单位", *_over(months, kinds, "月")], ["", *kinds * len(months)]]
        rows = [[area, *(numbers[month, area, kind] for month in months for kind in kinds)] for area in areas]
        return {"收缴": [title, unit, *heads, *_with_sums(rows, summed)]}
    if shape == "down":
        heads = [["月份", *_over(areas, kinds)], ["", *kinds * len(areas)]]
        rows = [[f"{month}月", *(numbers[month, area, kind] for area in areas for kind in kinds)] for month in months]
        return {"收缴": [title, unit, *heads, *_with_sums(rows, summed)]}
    if shape == "area sheets":
        return {
            area: [title, unit, ["月份", *kinds], *_with_sums(_by_month(months, area, kinds, numbers), summed)]
            for area in areas
        }
    if shape == "month sheets":
        return {
            f"{month}月": [
                [f"2026年{month}月经费收缴表"],
                unit,
                ["单位", *kinds],
                *_with_sums([[area, *(numbers[month, area, kind] for kind in kinds)] for area in areas], summed),
            ]
            for month in months
        }
    rows = [[f"{kind}（元）", *(numbers[0, area, kind] for area in areas)] for kind in kinds]
    return {"收缴": [["2026年二季度经费收缴表"], ["项目", *areas], *rows]}


def _by_month(months: Sequence[int], area: str, kinds: Sequence[str], numbers: Numbers) -> Rows:
    return [[f"{month}月", *(numbers[month, area, kind] for kind in kinds)] for month in months]


def _over(names: Sequence[object], kinds: Sequence[str], ending: str = "") -> list[str]:
    """Return names each of which stands over as many columns as there are kinds."""
    return [cell for name in names for cell in (f"{name}{ending}", *[""] * (len(kinds) - 1))]


def _with_sums(rows: Rows, summed: bool) -> Rows:
    sums = ["合计", *(round(sum(row[at] for row in rows), 2) for at in range(1, len(rows[0])))]
    return [*rows, sums] if summed else rows
