"""Whatever shape an office gives its table, the form made from it reads each number once, where it belongs."""

from collections.abc import Callable
from pathlib import Path

import pytest

from etl.intake import load_paths
from tests.etl.form_proposals.shaped_tables import (
    DUE,
    PAID,
    lines_of,
    write_area_sheets,
    write_month_sheets,
    write_months_down,
    write_sheets,
    write_two_tables,
)
from tests.etl.form_proposals.test_form_command import PAST, ROSTER, begin, form
from tests.etl.own_layouts.test_own_tables import asked, values
from tests.etl.own_layouts.written_tables import AREAS
from tests.lib.county import copy_of

MONTHLY = ["--code", "L02", "--name", "经费收缴表", "--frequency", "month", "--numbers", "flow"]
QUARTERLY = ["--name", "表", "--frequency", "quarter", "--numbers", "flow", "--measure", "户"]
LASTING = ["--code", "L05", "--name", "历年数据", "--frequency", "standing"]
YEARS = ["--as", "基层工会=l01_rows", "职工=l01_c3", "会员=l01_c5"]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return copy_of(begin, tmp_path)


def sums(month: int) -> list[float]:
    return [sum(numbers[area][month] for area in AREAS) * 10_000 for numbers in (DUE, PAID)]


@pytest.mark.parametrize("write", [write_months_down, write_area_sheets, write_month_sheets])
def test_months_are_read_wherever_they_stand(store: Path, tmp_path: Path, write: Callable[[Path], Path]) -> None:
    path = write(tmp_path / "2026年收缴.xlsx")
    assert form(store, path, MONTHLY, "--save") == 0
    summary = load_paths([path], store)
    assert not asked(summary) and summary.count("accepted") == 1
    codes = ("l02_c2", "l02_c3") if write is write_month_sheets else ("l02_c1", "l02_c2")
    assert [values(store, f"2026M0{at + 1}", *codes) for at in range(3)] == [pytest.approx(sums(at)) for at in range(3)]
    assert values(store, "2026M02", *codes, unit="T02") == pytest.approx([85_000, 65_000])


def test_a_row_of_no_month_is_returned(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    months = ("1月", "1月补缴", "2月", "三月", "4月", "5月")
    rows = [["月份", *AREAS], *[[month, 1, 2, 3] for month in months], ["合计", 6, 12, 18]]
    path = write_sheets(tmp_path / "收缴.xlsx", {"Sheet1": [["2026年经费收缴（元）"], *rows]})
    assert form(store, path, MONTHLY, "--save") == 1
    assert "Sheet1”A4：“1月补缴”这一行看不出是哪一期的" in lines_of(capsys)


def test_figures_down_and_years_across(
    store: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    years: list[object] = [*PAST]
    rows = [
        [name, unit, *(numbers[at] for numbers in PAST.values())]
        for at, (name, unit) in enumerate((("基层工会", "个"), ("职工", "人"), ("会员", "人")))
    ]
    path = write_sheets(tmp_path / "历年.xlsx", {"Sheet1": [["清河县历年数据"], ["指标", "单位", *years], *rows]})
    roster = tmp_path / "花名册.xlsx"
    assert form(store, roster, ROSTER, "--save") == 0
    assert form(store, path, LASTING) == 1 and "“职工”是哪个数据项的总数？" in lines_of(capsys)
    assert form(store, path, LASTING, *YEARS, "--save") == 0
    assert not asked(load_paths([roster, path], store))
    for year, numbers in PAST.items():
        assert values(store, str(year), "l01_rows", "l01_c3", "l01_c5") == numbers[:3]


def test_areas_down_and_years_across(store: Path, tmp_path: Path) -> None:
    """Of years before the register, figures without unions; the sums of the table are the county's."""
    rows = [[area, *(100 * at + year - 2000 for year in (2015, 2016))] for at, area in enumerate(AREAS, 1)]
    table = [["清河县历年会员（人）"], ["乡镇（系统）", "2015年", "2016年"], *rows, ["全县", 645, 648]]
    path, roster = write_sheets(tmp_path / "会员.xlsx", {"Sheet1": table}), tmp_path / "花名册.xlsx"
    assert form(store, roster, ROSTER, "--save") == 0
    assert form(store, path, LASTING, "--measure", "人", "--as", "各期=l01_c5", "--save") == 0
    assert not asked(load_paths([roster, path], store))
    assert values(store, "2015", "l01_c5") == [645] and values(store, "2016", "l01_c5") == [648]
    assert values(store, "2016", "l01_c5", unit="T02") == [216]
    assert values(store, "2026Q2", "l01_c5") == [103]


def test_items_down_and_areas_across(
    store: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [["建档户数（户）", 3, 4, 5, 12], ["发放金额（万元）", 1.5, 2, 0.5, 4], ["户均（元）", 1, 2, 3, 4]]
    table = [["2026年二季度建档情况"], ["项目", *AREAS, "合计"], *rows, ["填表人：李某"]]
    path = write_sheets(tmp_path / "建档.xlsx", {"Sheet1": table})
    assert form(store, path, ["--code", "L06", *QUARTERLY]) == 0
    assert "2026年二季度，3 行，建档户数共 12户，发放金额共 40,000元" in lines_of(capsys)


@pytest.mark.parametrize("beside", [False, True])
def test_two_tables_of_a_sheet_are_two_forms(
    store: Path,
    tmp_path: Path,
    beside: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = write_two_tables(tmp_path / "情况.xlsx", beside=beside)
    assert form(store, path, ["--code", "L08", *QUARTERLY], "--save") == 0
    where = "E2" if beside else "A9"
    assert f"不按这个表式读的：Sheet1（{where} 起）" in lines_of(capsys)
    assert asked(load_paths([path], store)) == ["table_not_read"]
    assert form(store, path, ["--code", "L09", *QUARTERLY[:1], "另一张", *QUARTERLY[2:]], "--save") == 0
    more = write_two_tables(tmp_path / "又一份.xlsx", beside=beside)
    assert not asked(load_paths([more], store))
    assert values(store, "2026Q2", "l08_c2", "l08_c3", "l09_c2", "l09_c3") == [38, 36, 6, 600]
    assert values(store, "2026Q2", "l08_c2", "l09_c2", unit="T01") == [10, 3]
