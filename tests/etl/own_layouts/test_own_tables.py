"""A county's own tables go in by their layouts without a question, add up, and leave no person in the store."""

import json
import zipfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from openpyxl import load_workbook

from base.periods import parse_span
from etl.__main__ import main as etl
from etl.intake import check_paths, load_paths
from etl.journal import read_entries
from etl.journal.outcomes import Summary
from etl.publishing.publish_catalogue import publish_catalogue
from stats.catalogue_in_force import catalogue_in_force
from stats.readings import read_units
from stats.readings.trace import trace
from stats.warehouse import open_warehouse
from tests.etl.own_layouts.own_county import own_county
from tests.etl.own_layouts.written_tables import (
    AREAS,
    COUNTY,
    PERSON,
    PHONE,
    UNIONS,
    write_aid,
    write_area_sheets,
    write_contracts,
    write_fees,
    write_history,
    write_roster,
    write_turned,
)
from tests.lib.county import copy_of

OWN_COUNTY = Path(__file__).resolve().parents[4] / "shared" / "spreadsheets" / "own_county_a"
COUNTS = dict(
    zip(UNIONS, ([10, 4, 8, 3, 0, 0], [90, 50, 60, 40, 7, 2], [30, 20, 30, 20, 0, 0], [5, 1, 5, 1, 0, 0]), strict=True)
)
PAID = {"东街街道": [9.5, 8.0], "西乡": [10.0, 7.25], "教育系统": [1.0, 2.0]}
AID = {
    1: [["2026-001", "2026.1.9", "西乡", "金秋助学", "省级财政", 1, 2, 500]],
    2: [
        ["2026-002", "2026.2.8", "东街街道", "医疗救助", "中央财政", 1, 3, 800],
        ["2026-003", "2026.2.9", "教育系统", "金秋助学", "工会经费", 1, 1, 1500],
    ],
}
FIRM = "清河县甲纺织有限公司"
CONTRACTS = [
    [FIRM, "综合", "单独", "2024.6.1—2027.5.31", 90],
    [FIRM, "工资", "单独", "2023.4.1—2024.3.31", 90],
    [FIRM, "女职工权益", "区域性", "2026.1.1—2028.12.31", 50],
]


def begin(folder: Path) -> None:
    """Found a county on its roster and publish its forms and layouts."""
    path, store = write_roster(folder / "花名册.xlsx", COUNTS), folder / "store"
    assert etl(["found", "--name", COUNTY, "--units", str(path), "--yes", "--store", str(store)]) == 0
    publish_catalogue(store, own_county(COUNTY), "甲", "本县的表")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return copy_of(begin, tmp_path)


def values(store: Path, span: str, *codes: str, unit: str = "COUNTY") -> list[float | None]:
    with closing(open_warehouse(store)) as warehouse:
        readings = read_units(warehouse, catalogue_in_force(store), [unit], parse_span(span), codes)
    by_code = {reading.indicator: reading.value for reading in readings}
    return [by_code[code] for code in codes]


def asked(summary: Summary) -> list[str]:
    """Return the rules of what is asked or returned about files."""
    findings = [finding for outcome in summary.outcomes for finding in outcome.findings]
    return [finding.rule for finding in findings if finding.severity != "note"]


def load(store: Path, *paths: Path) -> Summary:
    return load_paths(paths, store)


def test_a_roster_with_subtotals_counts_each_union_once(store: Path, tmp_path: Path) -> None:
    summary = load(store, tmp_path / "花名册.xlsx")
    assert not asked(summary) and summary.count("accepted") == 1
    codes = ("own_workers", "own_members", "own_women", "own_migrant", "own_new")
    assert values(store, "2026Q2", *codes) == [135, 103, 64, 7, 2]
    assert values(store, "2026Q2", "own_workers", unit="T01") == [100]


def test_months_across_are_a_return_each(store: Path, tmp_path: Path) -> None:
    summary = load(store, write_fees(tmp_path / "收缴.xlsx", PAID))
    assert not asked(summary) and summary.count("accepted") == 1
    assert values(store, "2026M01", "own_due", "own_paid") == [300_000, 205_000]
    assert values(store, "2026M02", "own_due", "own_paid") == [300_000, 172_500]


def test_the_next_months_go_in_without_a_question(store: Path, tmp_path: Path) -> None:
    load(store, write_fees(tmp_path / "收缴.xlsx", PAID))
    longer = {area: [*sums, 4.0] for area, sums in PAID.items()}
    summary = load(store, write_fees(tmp_path / "三个月.xlsx", longer))
    assert not asked(summary) and summary.count("accepted") == 1
    assert values(store, "2026Q1", "own_paid") == [497_500]


def test_months_to_come_are_blank_in_a_table_of_the_year(store: Path, tmp_path: Path) -> None:
    path = write_fees(tmp_path / "全年.xlsx", {area: [*sums, 0.0] for area, sums in PAID.items()})
    book = load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(5, 5 + len(PAID)):
        sheet.cell(row, 6).value = sheet.cell(row, 7).value = None  # the sums of March stay, at zero
    book.save(path)
    summary = load(store, path)
    assert not asked(summary) and summary.count("accepted") == 1
    assert values(store, "2026M02", "own_paid") == [172_500]


def test_a_changed_month_is_asked_about(store: Path, tmp_path: Path) -> None:
    load(store, write_fees(tmp_path / "收缴.xlsx", PAID))
    summary = load(store, write_fees(tmp_path / "改过.xlsx", PAID | {"西乡": [1.0, 7.25]}))
    assert asked(summary) and summary.count("held") == 1
    assert values(store, "2026M01", "own_paid") == [205_000]


def test_a_ledger_with_a_sheet_a_month(store: Path, tmp_path: Path) -> None:
    summary = load(store, write_aid(tmp_path / "帮扶.xlsx", AID))
    assert not asked(summary) and summary.count("accepted") == 1
    codes = ("own_aid_spent", "own_aid_school", "own_households", "own_aided")
    assert values(store, "2026M02", *codes) == [2300, 1500, 2, 4]
    assert values(store, "2026M01..2026M02", *codes) == [2800, 2000, 3, 6]


def test_two_days_in_a_cell_and_names_of_employers(store: Path, tmp_path: Path) -> None:
    summary = load(store, write_contracts(tmp_path / "合同.xlsx", CONTRACTS))
    assert not asked(summary) and summary.count("accepted") == 1
    assert values(store, "2026Q1", "own_collective", "own_wage", "own_women_contracts") == [1, 0, 1]


def test_years_before_the_register_are_own_totals(store: Path, tmp_path: Path) -> None:
    years = {2015: [3, 100, 80, 9.5], 2016: [4, 120, 90, 10.25]}
    summary = load(store, write_history(tmp_path / "历年.xlsx", years), tmp_path / "花名册.xlsx")
    assert not asked(summary) and summary.count("accepted") == 2
    codes = ("own_unions", "own_workers", "own_members", "own_paid")
    assert values(store, "2015", *codes) == [3, 100, 80, 95_000]
    assert values(store, "2016", *codes) == [4, 120, 90, 102_500]
    assert values(store, "2026Q2", *codes[:3]) == [4, 135, 103]


def test_items_down_and_areas_across(store: Path, tmp_path: Path) -> None:
    path = write_turned(tmp_path / "建档.xlsx", {"东街街道": [12, 3.5], "西乡": [8, 1.25], "教育系统": [0, 0]})
    summary = load(store, path)
    assert not asked(summary) and summary.count("accepted") == 1
    assert values(store, "2026Q2", "own_archives", "own_handed_out") == [20, 47_500]
    assert values(store, "2026Q2", "own_archives", "own_handed_out", unit="T02") == [8, 12_500]
    with closing(open_warehouse(store)) as warehouse:
        cells = trace(warehouse, catalogue_in_force(store), "own_handed_out", "T02", parse_span("2026Q2"))
    assert [cell.address for cell in cells] == ["C4"]


def test_a_turned_table_with_a_wrong_cell_or_area_is_said(store: Path, tmp_path: Path) -> None:
    wrong = write_turned(tmp_path / "错.xlsx", {"东街街道": [12, 3.5], "北镇": [8, 1.25]})
    [outcome] = load(store, wrong).outcomes
    assert [(finding.rule, finding.address) for finding in outcome.findings if finding.severity == "return"] == [
        ("unknown_unit", "C2")
    ]
    more = write_turned(tmp_path / "多.xlsx", {"东街街道": [12, 3.5], "西乡": [8, 1.25]}, ["慰问户数（户）", 3, 4, 7])
    assert asked(load(store, more)) == ["layout_more"]


def test_a_sheet_an_area_and_no_sum_counted_twice(store: Path, tmp_path: Path) -> None:
    summary = load(store, write_area_sheets(tmp_path / "各地.xlsx", {"东街街道": [90, 80], "西乡": [70, 60]}))
    assert not asked(summary) and summary.count("accepted") == 1
    assert values(store, "2026M02", "own_due", "own_paid") == [200, 140]
    assert values(store, "2026M01", "own_paid", unit="T02") == [70]
    assert "sheet_left_out" in {finding.rule for finding in summary.outcomes[0].findings}


def test_a_sheet_of_no_known_area_is_said(store: Path, tmp_path: Path) -> None:
    summary = load(store, write_area_sheets(tmp_path / "各地.xlsx", {"东街街道": [90, 80], "北镇": [70, 60]}))
    assert "unknown_unit" in asked(summary) and summary.count("returned") == 1
    assert {finding.sheet for finding in summary.outcomes[0].findings if finding.rule == "unknown_unit"} == {"北镇"}


def test_a_figure_is_traced_to_the_cell_of_the_own_table(store: Path, tmp_path: Path) -> None:
    load(store, write_fees(tmp_path / "收缴.xlsx", PAID))
    with closing(open_warehouse(store)) as warehouse:
        cells = trace(warehouse, catalogue_in_force(store), "own_paid", "COUNTY", parse_span("2026M02"))
    found = {(cell.file, cell.address, cell.raw) for cell in cells}
    assert {address for _, address, _ in found} == {"E5", "E6", "E7"}, found


def test_no_person_comes_into_the_store(store: Path, tmp_path: Path) -> None:
    load(store, tmp_path / "花名册.xlsx", write_aid(tmp_path / "帮扶.xlsx", AID))
    assert [entry.what for entry in read_entries(store)] == ["accepted"] * 3
    for path in filter(Path.is_file, store.rglob("*")):
        for content in _contents(path):
            assert PERSON.encode() not in content and PHONE.encode() not in content, path


def _contents(path: Path) -> Sequence[bytes]:
    if not zipfile.is_zipfile(path):
        return [path.read_bytes()]
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_a_file_sent_twice_is_known_again(store: Path, tmp_path: Path) -> None:
    first, again = (load(store, tmp_path / "花名册.xlsx") for _ in range(2))
    assert first.count("accepted") == 1 and again.count("unchanged") == 1


def test_a_check_says_the_same_and_keeps_nothing(store: Path, tmp_path: Path) -> None:
    before = {path for path in store.rglob("*") if path.suffix == ".xlsx"}
    [examination] = check_paths([tmp_path / "花名册.xlsx"], store)
    assert {finding.severity for finding in examination.findings} == {"note"}
    assert {path for path in store.rglob("*") if path.suffix == ".xlsx"} == before


def test_a_new_column_is_shown_and_asked_about_once(store: Path, tmp_path: Path) -> None:
    summary = load(store, write_roster(tmp_path / "多一栏.xlsx", COUNTS, more=["困难职工数"]))
    assert asked(summary) == ["layout_more"] and summary.count("held") == 1
    [finding] = [finding for finding in summary.outcomes[0].findings if finding.severity == "confirm"]
    assert "多了“困难职工数”" in finding.sentence()


def test_a_missing_column_is_said(store: Path, tmp_path: Path) -> None:
    path = write_aid(tmp_path / "帮扶.xlsx", AID)
    book = load_workbook(path)
    for sheet in book.worksheets:
        sheet.cell(3, 8).value = None
        sheet.delete_cols(8)
    book.save(path)
    assert "layout_lacks" in asked(load(store, path))


def test_a_cell_that_lacks_its_second_day_is_said(store: Path, tmp_path: Path) -> None:
    summary = load(store, write_contracts(tmp_path / "合同.xlsx", [[FIRM, "综合", "单独", "2024.6.1起", 90]]))
    assert "bad_value" in asked(summary) and summary.count("returned") == 1


def test_an_area_nobody_knows_is_said_with_its_cell(store: Path, tmp_path: Path) -> None:
    summary = load(store, write_fees(tmp_path / "收缴.xlsx", PAID | {"北镇": [1.0, 1.0]}))
    assert "unknown_unit" in asked(summary)
    assert "A8" in {finding.address for finding in summary.outcomes[0].findings}


def test_a_rebuild_gives_the_same_figures(store: Path, tmp_path: Path) -> None:
    load(store, tmp_path / "花名册.xlsx", write_fees(tmp_path / "收缴.xlsx", PAID))
    before = values(store, "2026Q2", "own_workers"), values(store, "2026M01", "own_paid")
    assert etl(["build", "--store", str(store)]) == 0
    assert (values(store, "2026Q2", "own_workers"), values(store, "2026M01", "own_paid")) == before


@pytest.mark.skipif(not OWN_COUNTY.is_dir(), reason="the files of a made-up county lie beside the repository")
def test_the_tables_of_a_whole_county_equal_its_truth(tmp_path: Path) -> None:
    truth = json.loads((OWN_COUNTY / "truth.json").read_text("utf-8"))
    name, words = "清江县总工会", ("花名册", "经费", "帮扶", "合同", "历年")
    files = [next(OWN_COUNTY.glob(f"*{word}*.xls*")) for word in words]
    store = tmp_path / "store"
    found = ["found", "--name", name, "--units", str(files[0]), "--kind", "新就业形态=联合", "--yes"]
    assert etl([*found, "--store", str(store)]) == 0
    publish_catalogue(store, own_county(name), "甲", "本县的表")
    summary = load(store, *files)
    assert not asked(summary) and summary.count("accepted") == len(files)
    roster, fees, aid = truth["roster"], truth["fees"], truth["aid"]
    people = ("own_workers", "own_members", "own_women", "own_migrant", "own_new")
    wanted = ("workers", "members", "women_members", "migrant_members", "new_form_members")
    assert values(store, "2026Q2", *people) == [roster[code] for code in wanted]
    assert values(store, "2026H1", "own_due", "own_paid") == pytest.approx([fees["due_yuan"], fees["paid_yuan"]])
    quarters = [values(store, f"2026Q{number}", "own_paid")[0] for number in (1, 2)]
    assert quarters == pytest.approx([fees["q1_paid_yuan"], fees["q2_paid_yuan"]])
    spent = ("own_aid_spent", "own_households", "own_aided", "own_aid_school")
    by_kind = aid["by_kind"]["金秋助学"]
    assert values(store, "2026H1", *spent) == [aid["aid_spent_yuan"], aid["households"], aid["persons"], by_kind]
    for year, numbers in truth["history"].items():
        read = values(store, year, "own_unions", "own_workers", "own_members", "own_paid")
        assert read == pytest.approx([*numbers.values()])
    force = truth["contracts"]["in_force_2026Q2"]
    contracts = values(store, "2026Q2", "own_collective", "own_women_contracts", "own_wage")
    assert contracts == [force["综合"], force["女职工权益"], force["工资"]]


def test_areas_are_as_the_list_names_them() -> None:
    assert {area for area, _ in UNIONS.values()} == {*AREAS}
