"""Any table that a layout reads comes back whole: months in any order, with and without sums, level and turned."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from etl.extract import extract
from etl.own_layouts.shown_tables import shown_returns
from etl.read import read_all_sheets
from stats.catalogue import Catalogue
from stats.catalogue_declared import catalogue_declared
from tests.etl.own_layouts.own_county import own_county
from tests.etl.own_layouts.written_tables import COUNTY, write_turned

AREAS = ("东街街道", "西乡", "教育系统", "南镇", "开发区")
YUAN = st.integers(0, 10**9).map(lambda cents: cents / 100)
_MONTHS = 12
Cells = dict[tuple[int, str, str], float]  # month, area, column


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return catalogue_declared(tmp_path_factory.mktemp("declared"), own_county(COUNTY))


def read_back(path: Path, catalogue: Catalogue) -> Cells:
    """Return the numbers that the layouts read in a file, by month or 0, area and column."""
    numbers: Cells = {}
    for sheet in read_all_sheets(path):
        shown = shown_returns(sheet, path.name, catalogue)
        assert shown is not None
        for layout in shown.layouts:
            filed, findings = extract(layout, path.name, catalogue)
            assert not findings
            for row in filed.rows:
                for column in filed.form.sized:
                    number = row.number(column.code)
                    assert number is not None
                    place = (filed.period, str(row.values["area"]), column.code)
                    assert place not in numbers, "nothing is read twice"
                    numbers[place] = number
    return numbers


@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_months_across_come_back_whole(catalogue: Catalogue, data: st.DataObject) -> None:
    months = data.draw(st.lists(st.integers(1, _MONTHS), min_size=1, max_size=5, unique=True))
    areas = data.draw(st.lists(st.sampled_from(AREAS), min_size=1, unique=True))
    swapped, summed, wide = (data.draw(st.booleans()) for _ in range(3))
    kinds = ("实缴", "应缴") if swapped else ("应缴", "实缴")
    numbers = {(month, area, kind): data.draw(YUAN) for month in months for area in areas for kind in kinds}
    rows = [[area, *(numbers[month, area, kind] for month in months for kind in kinds)] for area in areas]
    if summed:
        rows.append(["合计", *(sum(row[at] for row in rows) for at in range(1, len(rows[0])))])  # type: ignore[misc]
    if wide:
        rows = [[*row, 1, 2] for row in rows]
    heads: list[list[object]] = [
        [
            "乡镇（系统）",
            *(cell for month in months for cell in (f"{month}月", None)),
            *(["全年累计", None] if wide else []),
        ],
        [None, *(kind for _ in months for kind in kinds), *(["应缴", "实缴"] if wide else [])],
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "收缴.xlsx"
        _write(path, [["2026年经费收缴表（单位：元）"], *heads, *rows])
        codes = {"应缴": "due", "实缴": "paid"}
        expected = {
            (2026 * _MONTHS + month - 1, area, codes[kind]): number for (month, area, kind), number in numbers.items()
        }
        assert read_back(path, catalogue) == pytest.approx(expected)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), count=st.integers(1, len(AREAS) - 1))
def test_items_down_come_back_whole(catalogue: Catalogue, seed: int, count: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - numbers of a test
    areas = {area: [chance.randrange(1000), chance.randrange(10**6) / 100] for area in AREAS[: count + 1]}
    with TemporaryDirectory() as folder:
        read = read_back(write_turned(Path(folder) / "建档.xlsx", areas), catalogue)
    quarter = 2026 * 4 + 1
    assert read == pytest.approx(
        {
            (quarter, area, code): number
            for area, (households, money) in areas.items()
            for code, number in (("households", households), ("amount", money * 10_000))
        }
    )


def _write(path: Path, rows: list[list[object]]) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(row)
    book.save(path)
