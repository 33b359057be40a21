"""A form is made from an example: what is open is asked, the very file is read with it, and its figures are right."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import load_workbook

from etl.__main__ import main as etl
from etl.intake import load_paths
from stats.catalogue_in_force import catalogue_in_force
from store.catalogue_versions import newest
from tests.etl.own_layouts.own_truth import figures_equal_truth
from tests.etl.own_layouts.test_own_tables import (
    AID,
    CONTRACTS,
    COUNTS,
    OWN_COUNTY,
    PAID,
    asked,
    values,
)
from tests.etl.own_layouts.written_tables import (
    COUNTY,
    write_aid,
    write_contracts,
    write_fees,
    write_history,
    write_roster,
)
from tests.lib.county import copy_of

ROSTER = [
    "--code", "L01", "--name", "工会花名册", "--frequency", "quarter", "--numbers", "stock", "--measure", "人",
    "--count", "家", "--unused", "所属乡镇(系统)", "单位性质", "统一社会信用代码", "建会时间", "本届换届时间",
]  # fmt: skip
FEES = ["--code", "L02", "--name", "经费收缴表", "--frequency", "month", "--numbers", "flow"]
AIDED = [
    "--code", "L03", "--name", "帮扶台账", "--frequency", "month", "--numbers", "flow", "--measure", "人",
    "--split", "帮扶项目",
]  # fmt: skip
SIGNED = [
    "--code", "L04", "--name", "合同台账", "--frequency", "standing", "--numbers", "stock", "--measure", "人",
    "--split", "合同类别", "--count", "份",
]  # fmt: skip
YEARS = [
    "--code", "L05", "--name", "历年数据", "--frequency", "standing",
    "--as", "基层工会=l01_rows", "职工=l01_c3", "会员=l01_c5", "经费收缴=l02_c3",
]  # fmt: skip
PAST = {2015: [3, 100, 80, 9.5], 2016: [4, 120, 90, 10.25]}
MANY = [
    [f"2026-{at:03d}", f"2026.1.{at + 1}", "西乡", "金秋助学" if at % 2 else "医疗救助", "省级财政", 1, 2, 500]
    for at in range(12)
]


def begin(folder: Path) -> None:
    path, store = write_roster(folder / "花名册.xlsx", COUNTS), folder / "store"
    assert etl(["found", "--name", COUNTY, "--units", str(path), "--yes", "--store", str(store)]) == 0


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return copy_of(begin, tmp_path)


def form(store: Path, path: Path, words: Sequence[str], *more: str) -> int:
    return etl(["form", str(path), *words, *more, "--who", "甲", "--store", str(store)])


def test_tables_become_forms_and_go_in_with_right_figures(store: Path, tmp_path: Path) -> None:
    roster, fees = tmp_path / "花名册.xlsx", write_fees(tmp_path / "收缴.xlsx", PAID)
    years = write_history(tmp_path / "历年.xlsx", PAST)
    for path, words in ((roster, ROSTER), (fees, FEES), (years, YEARS)):
        assert form(store, path, words, "--save") == 0
    summary = load_paths([roster, fees, years], store)
    assert not asked(summary) and summary.count("accepted") == 3
    assert values(store, "2026Q2", "l01_rows", "l01_c3", "l01_c5") == [4, 135, 103]
    assert values(store, "2026M02", "l02_c2", "l02_c3") == [300_000, 172_500]
    assert values(store, "2016", "l01_rows", "l01_c3", "l01_c5", "l02_c3") == [4, 120, 90, 102_500]


def test_ledgers_are_split_by_their_words(store: Path, tmp_path: Path) -> None:
    aid = write_aid(tmp_path / "帮扶.xlsx", {1: MANY})
    signed = [[*CONTRACTS[2][:1], word, *CONTRACTS[2][2:]] for word in ("综合", "工资", "综合", "综合", "工资", "工资")]
    contracts = write_contracts(tmp_path / "合同.xlsx", signed)
    assert form(store, aid, AIDED, "--save") == 0 and form(store, contracts, SIGNED, "--save") == 0
    summary = load_paths([aid, contracts], store)
    assert not asked(summary) and summary.count("accepted") == 2
    assert values(store, "2026M01", "l03_c8", "l03_c8_c4_c1", "l03_c6", "l03_c7") == [6000, 3000, 12, 24]
    assert values(store, "2026Q1", "l04_rows", "l04_rows_c3_c1", "l04_rows_c3_c2") == [6, 3, 3]


def test_the_next_quarters_files_go_in_without_a_question(store: Path, tmp_path: Path) -> None:
    """Months that were there come again with more; a list that is whole each time takes the place of the one before."""
    fees = write_fees(tmp_path / "上半年收缴.xlsx", PAID)
    signed = [[*CONTRACTS[2][:1], word, *CONTRACTS[2][2:]] for word in ("综合", "工资", "综合", "综合", "工资", "工资")]
    contracts = write_contracts(tmp_path / "合同.xlsx", signed)
    assert form(store, fees, FEES, "--save") == 0 and form(store, contracts, SIGNED, "--save") == 0
    assert load_paths([fees, contracts], store).count("accepted") == 2
    longer = {area: [*sums, *[5.0] * 7] for area, sums in PAID.items()}
    later = write_fees(tmp_path / "前三季度收缴.xlsx", longer, sheet_name="2026年前三季度")
    new = [*signed, [*CONTRACTS[2][:1], "综合", "单独", "2026.7.1—2029.6.30", 20]]
    summary = load_paths([later, write_contracts(tmp_path / "合同三季度.xlsx", new)], store)
    assert not asked(summary) and summary.count("accepted") == 2
    assert values(store, "2026Q3", "l02_c3", "l04_rows", "l04_rows_c3_c1") == [450_000, 7, 4]
    assert values(store, "2026M01", "l02_c3") == [205_000]


def test_a_list_that_is_whole_and_lost_rows_is_asked_about(store: Path, tmp_path: Path) -> None:
    signed = [[*CONTRACTS[2][:1], word, *CONTRACTS[2][2:]] for word in ("综合", "工资", "综合", "综合", "工资", "工资")]
    contracts = write_contracts(tmp_path / "合同.xlsx", signed)
    assert form(store, contracts, SIGNED, "--save") == 0
    assert load_paths([contracts], store).count("accepted") == 1
    summary = load_paths([write_contracts(tmp_path / "少了.xlsx", signed[:4])], store)
    assert asked(summary) and summary.count("held") == 1


def test_nothing_is_declared_before_it_is_asked_for(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "花名册.xlsx"
    assert form(store, path, ["--code", "L01", "--name", "工会花名册", "--frequency", "quarter"], "--save") == 1
    said = capsys.readouterr().out
    assert "要定：“职工数·总数”是期末的数，还是这一期里发生的数？" in said
    assert "职工数·总数：数，人，必填" in said, "as every form that is there counts them"
    assert form(store, path, ROSTER) == 0 and "没有立下" in capsys.readouterr().out
    assert newest(store) == 0


def test_a_column_of_counts_is_not_taken_for_persons(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """职工 heads names in one table and counts in another."""
    path = write_history(tmp_path / "历年.xlsx", PAST)
    assert form(store, path, ["--code", "L05", "--name", "历年数据", "--frequency", "standing"]) == 1
    said = capsys.readouterr().out
    assert "不取" not in said and "要定：“职工”是哪个数据项的总数？" in said


def test_persons_are_never_columns(store: Path, tmp_path: Path) -> None:
    assert form(store, tmp_path / "花名册.xlsx", ROSTER, "--save") == 0
    catalogue = catalogue_in_force(store)
    assert [layout.persons for layout in catalogue.layouts.values()] == [("工会主席", "联系电话")]
    assert not [column for column in catalogue.forms["L01"].columns if column.name in ("工会主席", "联系电话")]


def test_a_row_of_an_area_among_unions_is_not_counted_as_well(store: Path, tmp_path: Path) -> None:
    """A sum that does not call itself one."""
    path = tmp_path / "花名册.xlsx"
    assert form(store, path, ROSTER, "--save") == 0
    book = load_workbook(path)
    cells = next(cell for cell in book.worksheets[0]["B"] if cell.value == "东街街道小计")
    cells.value = "东街街道"
    book.save(tmp_path / "改过.xlsx")
    assert "wrong_level" in asked(load_paths([tmp_path / "改过.xlsx"], store))


def test_a_ledger_without_days_or_numbers_is_refused(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_contracts(tmp_path / "合同.xlsx", [[*row[:3], "", *row[4:]] for row in CONTRACTS])
    assert form(store, path, SIGNED, "--save") == 1
    assert "也没有日期栏，定不下一行是什么时候的事" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--code", "R01"], "已经有代码为“R01”的报表"),
        (["--code", "一"], "只能用英文字母、数字和下划线"),
        (["--as", "职工数·总数=没有的"], "没有代码为“没有的”的数据项"),
        (["--as", "职工数·总数"], "没有等号"),
        (["--domain", "别的"], "没有“别的”这个领域"),
    ],
)
def test_wrong_words_are_refused(
    store: Path, tmp_path: Path, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert form(store, tmp_path / "花名册.xlsx", ROSTER, *words, "--save") == 2
    assert sentence in capsys.readouterr().err and newest(store) == 0


def test_a_ledger_without_a_period_is_of_its_last_day(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_aid(tmp_path / "帮扶.xlsx", {1: MANY})
    book = load_workbook(path)
    sheet = book.worksheets[0]
    sheet.title, sheet["A1"] = "台账", "帮扶救助发放台账"
    book.create_sheet("说明").append(["项目", "口径"])
    book["说明"].append(["户数", 1])
    book.save(path)
    words = [word if word != "month" else "quarter" for word in AIDED]
    assert form(store, path, words, "--save") == 1
    assert "没有写报告期" in (said := capsys.readouterr().out) and "--by-days" in said
    assert form(store, path, words, "--by-days", "--save") == 0
    summary = load_paths([path], store)
    assert not asked(summary) and values(store, "2026Q1", "l03_c8") == [6000]


def test_a_word_of_the_second_sheet_is_in_the_list_of_codes(store: Path, tmp_path: Path) -> None:
    later = [[f"2026-1{at:02d}", f"2026.2.{at + 1}", "西乡", "夏送清凉", "省级财政", 1, 2, 500] for at in range(6)]
    path = write_aid(tmp_path / "帮扶.xlsx", {1: MANY, 2: later})
    assert form(store, path, AIDED, "--save") == 0
    assert load_paths([path], store).count("accepted") == 1
    assert AID, "the small ledger has too few rows to tell codes"


@pytest.mark.skipif(not OWN_COUNTY.is_dir(), reason="the files of a made-up county lie beside the repository")
def test_a_whole_county_moves_in_by_commands_alone(tmp_path: Path) -> None:
    files = [next(OWN_COUNTY.glob(f"*{word}*.xls*")) for word in ("花名册", "经费", "帮扶", "合同", "历年")]
    store = tmp_path / "store"
    moved = ["found", "--name", "清江县总工会", "--units", str(files[0]), "--kind", "新就业形态=联合", "--yes"]
    assert etl([*moved, "--store", str(store)]) == 0
    for path, words in zip(files, (ROSTER, FEES, AIDED, SIGNED, YEARS), strict=True):
        assert form(store, path, words, "--save") == 0
    summary = load_paths(files, store)
    assert not asked(summary) and summary.count("accepted") == len(files)
    figures_equal_truth(store)
