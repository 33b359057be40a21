"""A table is shown once as a form; what is open is asked with its place, and nothing is kept before it is settled."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook

from etl.__main__ import main as etl
from etl.intake import load_paths
from etl.layout_proposals.bound_to_year import bound_to_year
from etl.layout_proposals.own_table import own_tables
from etl.publishing.publish_catalogue import publish_catalogue
from stats.catalogue.layouts import FixedValue, TableHeading, TableLayout
from stats.catalogue_declared import Declared, check_declared, declared_in
from stats.catalogue_in_force import catalogue_in_force
from store.catalogue_versions import newest
from tests.etl.own_layouts.own_county import own_county
from tests.etl.own_layouts.test_own_tables import AID, CONTRACTS, COUNTS, OWN_COUNTY, PAID, asked
from tests.etl.own_layouts.written_tables import (
    COUNTY,
    write_aid,
    write_contracts,
    write_fees,
    write_roster,
    write_targets,
    write_turned,
)
from tests.etl.unit_lists.test_found import records
from tests.lib.county import copy_of

ROSTER = [
    "--column", "职工数·总数=职工", "会员数·总数=会员", "会员数·其中女=女会员", "会员数·其中农民工=农民工会员",
    "会员数·其中新就业形态=新就业形态会员", "--rest-unused",
]  # fmt: skip
WORDS = ["集体合同", "工资专项集体合同", "女职工专项集体合同"]
CONTRACT = [
    "--column", "企业名称=签订工会", "--dated-by", "合同期限·起",
    "--word", *(f"合同类别:{word}={meant}" for word, meant in zip(("综合", "工资", "女职工权益"), WORDS, strict=True)),
]  # fmt: skip


def begin(folder: Path) -> None:
    path, store = write_roster(folder / "花名册.xlsx", COUNTS), folder / "store"
    assert etl(["found", "--name", COUNTY, "--units", str(path), "--yes", "--store", str(store)]) == 0
    declared = own_county(COUNTY)
    forms = {name: text for name, text in declared.files.items() if not name.startswith("layouts/")}
    publish_catalogue(store, Declared(declared.packs, forms), "甲", "本县的表")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return copy_of(begin, tmp_path)


def layout(store: Path, path: Path, *words: str) -> int:
    return etl(["layout", str(path), *words, "--who", "甲", "--store", str(store)])


def test_four_tables_are_shown_once_and_then_go_in(store: Path, tmp_path: Path) -> None:
    tables: list[tuple[Path, str, Sequence[str]]] = [
        (tmp_path / "花名册.xlsx", "L01", ROSTER),
        (write_fees(tmp_path / "收缴.xlsx", PAID), "L02", []),
        (write_aid(tmp_path / "帮扶.xlsx", AID), "L03", []),
        (write_contracts(tmp_path / "合同.xlsx", CONTRACTS), "L04", CONTRACT),
    ]
    for path, form, words in tables:
        assert layout(store, path, "--form", form, *words, "--save") == 0
    summary = load_paths([path for path, _, _ in tables], store)
    assert summary.count("accepted") == len(tables)


def test_a_turned_table_is_shown_once_and_then_goes_in(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_turned(tmp_path / "建档.xlsx", {"东街街道": [12, 3.5], "西乡": [8, 1.25]}, ["慰问户数", 1, 2, 3])
    words = ["--form", "L06", "--turned", "乡镇（系统）"]
    assert layout(store, path, *words) == 1
    assert "要定：“慰问户数”是报表的哪一栏？" in capsys.readouterr().out
    assert layout(store, path, *words, "--column", "慰问户数=不用", "--save") == 0
    assert "2026年二季度，2 行，建档户数共 20户，发放金额共 47,500元" in capsys.readouterr().out
    assert load_paths([path], store).count("accepted") == 1


TARGETS = [
    "--form", "R13", "--target", "帮扶户数=own_households", "帮扶资金=own_aid_spent", "经费收缴率=经费按月收缴率",
    "--column", "乡镇(系统)=责任区域（单位）", "--word", f"责任区域（单位）:全县={COUNTY}",
    "--dated-by", "填报日期", "--fixed", "年度=2026", "文件依据=《清河县总工会2026年目标任务分解表》",
    "责任部门=办公室", "完成时限=2026-12-31", "填报日期=2026-01-15",
]  # fmt: skip
AIMS = {"东街街道": [4, 4000, "≥95%"], "西乡": [3, 2500, "96%以上"], "教育系统": [1, 0, "95%"]}


def test_targets_are_read_as_they_are_written(store: Path, tmp_path: Path) -> None:
    path = write_targets(tmp_path / "目标.xlsx", AIMS, [8, 6500, "95%以上"])
    assert layout(store, path, *TARGETS, "--save") == 0
    summary = load_paths([path], store)
    assert summary.count("accepted") == 1 and not asked(summary)
    rows = {(row["unit"], row["indicator"]): row for row in records(store) if "indicator" in row}
    bounds = {key: (row["comparator"], row["value"], row["measure"]) for key, row in rows.items()}
    assert len(bounds) == 12
    assert bounds["西乡", "own_rate"] == (">=", 0.96, "%") and bounds["教育系统", "own_rate"] == (">=", 0.95, "%")
    assert bounds[COUNTY, "own_households"] == (">=", 8, "户") and bounds["西乡", "own_aid_spent"] == (">=", 2500, "元")


def test_the_countys_target_is_held_against_its_areas_where_it_adds_up(store: Path, tmp_path: Path) -> None:
    path = write_targets(tmp_path / "目标.xlsx", AIMS, [9, 6500, "95%以上"])
    assert layout(store, path, *TARGETS, "--save") == 0
    summary = load_paths([path], store)
    [finding] = [finding for finding in summary.outcomes[0].findings if finding.severity != "note"]
    assert (finding.rule, finding.address) == ("target_sum", "B6")
    assert "全县的目标是9户，各地加起来是8户" in finding.sentence()


@pytest.mark.skipif(not OWN_COUNTY.is_dir(), reason="the files of a made-up county lie beside the repository")
def test_the_targets_of_a_whole_county_equal_its_truth(tmp_path: Path) -> None:
    [path], [roster] = OWN_COUNTY.glob("*目标*"), OWN_COUNTY.glob("*花名册*")
    name, store = "清江县总工会", tmp_path / "store"
    moved = ["found", "--name", name, "--units", str(roster), "--kind", "新就业形态=联合", "--yes"]
    assert etl([*moved, "--store", str(store)]) == 0
    publish_catalogue(store, own_county(name), "甲", "本县的表")
    headings = {
        "新建工会": "own_unions", "发展会员·总数": "own_members", "发展会员·其中:新就业形态": "own_new",
        "工资集体合同": "own_wage", "帮扶资金": "own_aid_spent", "经费收缴率": "own_rate",
    }  # fmt: skip
    aims = ["--target", *(f"{heading}={code}" for heading, code in headings.items())]
    rest = [word.replace(COUNTY, name) for word in TARGETS[TARGETS.index("--column") :]]
    assert layout(store, path, "--form", "R13", *aims, *rest, "--save") == 0
    summary = load_paths([path], store)
    assert not asked(summary) and summary.count("accepted") == 1
    rows = {row["indicator"]: row for row in records(store) if "indicator" in row and row["unit"] == name}
    truth = json.loads((OWN_COUNTY / "truth.json").read_text("utf-8"))["targets"]
    *numbers, bound = truth.values()
    assert [rows[code]["value"] for code in list(headings.values())[:-1]] == numbers
    assert f"{rows['own_rate']['comparator']}{rows['own_rate']['value']}" == bound


def test_targets_down_and_areas_across_are_read_as_well(store: Path, tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    rows = zip(*(numbers for numbers in (*AIMS.values(), [8, 6500, "95%以上"])), strict=True)
    labels = ("帮扶户数（户）", "帮扶资金（元）", "经费收缴率")
    for row in (
        ["2026年目标"],
        ["指标", *AIMS, "全县"],
        *([label, *row] for label, row in zip(labels, rows, strict=True)),
    ):
        sheet.append(row)
    book.save(tmp_path / "目标.xlsx")
    words = [word for word in TARGETS if word not in ("--column", "乡镇(系统)=责任区域（单位）")]
    assert layout(store, tmp_path / "目标.xlsx", *words, "--turned", "责任区域（单位）", "--save") == 0
    summary = load_paths([tmp_path / "目标.xlsx"], store)
    assert summary.count("accepted") == 1 and not asked(summary)
    rows_of = {(row["unit"], row["indicator"]): row for row in records(store) if "indicator" in row}
    read = {key: (row["comparator"], row["value"], row["measure"]) for key, row in rows_of.items()}
    assert len(read) == 12 and read["西乡", "own_rate"] == (">=", 0.96, "%")
    assert read[COUNTY, "own_households"] == (">=", 8, "户") and read["西乡", "own_aid_spent"] == (">=", 2500, "元")


def test_what_is_no_bound_is_said(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_targets(tmp_path / "目标.xlsx", AIMS | {"西乡": ["若干个", 2500, "96%以上"]}, [8, 6500, "95%以上"])
    assert layout(store, path, *TARGETS, "--save") == 1
    assert "B4" in capsys.readouterr().out


def test_a_label_that_stands_twice_is_not_guessed(store: Path, tmp_path: Path) -> None:
    publish_catalogue(store, own_county(COUNTY), "甲", "表式")
    path = write_turned(tmp_path / "建档.xlsx", {"东街街道": [12, 3.5], "西乡": [8, 1.25]}, ["建档户数", 1, 2, 3])
    assert load_paths([path], store).count("returned") == 1


def test_what_is_shown_is_kept_only_when_asked(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_fees(tmp_path / "收缴.xlsx", PAID)
    assert layout(store, path, "--form", "经费按月收缴表") == 0
    said = capsys.readouterr().out
    assert "各期·应缴 → 应缴" in said and "2026年1月，3 行，应缴共 300,000元，实缴共 205,000元" in said
    assert "没有记下" in said and newest(store) == 1
    assert load_paths([path], store).count("returned") == 1


def test_without_a_form_the_nearest_are_named(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert layout(store, write_fees(tmp_path / "收缴.xlsx", PAID)) == 1
    assert "《经费按月收缴表》（L02）：必填的栏都有" in capsys.readouterr().out


def test_open_headings_words_and_columns_are_asked(
    store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write_contracts(tmp_path / "合同.xlsx", CONTRACTS)
    assert layout(store, path, "--form", "L04", "--save") == 1
    said = capsys.readouterr().out
    assert "要定：“企业名称”是报表的哪一栏？" in said and "要定：必填的“签订工会”在表里没有来处" in said
    assert "要定：“综合”（C3）不是“合同类别”里的词" in said and newest(store) == 1


def test_a_column_filled_twice_is_refused(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_fees(tmp_path / "收缴.xlsx", PAID)
    assert layout(store, path, "--form", "L02", "--column", "累计·应缴=应缴", "--save") == 1
    assert "“各期·应缴”、“累计·应缴”都当作同一栏，会算重" in capsys.readouterr().out


def test_a_table_without_a_period_is_said(store: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_contracts(tmp_path / "合同.xlsx", CONTRACTS)
    words = [word for word in CONTRACT if word not in ("--dated-by", "合同期限·起")]
    assert layout(store, path, "--form", "L04", *words, "--save") == 1
    assert "没有写报告期" in capsys.readouterr().out and newest(store) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--form", "L02", "--column", "应缴"], "没有等号"),
        (["--form", "L02", "--column", "累计·应缴=应收"], "没有“应收”这一栏"),
        (["--form", "L99"], "没有代码为“L99”的报表"),
        (["--form", "L02", "--sheet", "别处"], "没有找到有栏头的表"),
        (["--form", "L04"], "没有一栏认得出是《集体合同签订台账》的"),
        (["--form", "L04", "--turned", "签订工会"], "没有一项认得出是《集体合同签订台账》的"),
        (["--form", "L02", "--code", "../x"], "只能用英文字母、数字和下划线"),
    ],
)
def test_wrong_words_are_refused(
    store: Path, tmp_path: Path, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert layout(store, write_fees(tmp_path / "收缴.xlsx", PAID), *words) == 2
    assert sentence in capsys.readouterr().err


def test_two_layouts_with_the_same_headings_are_a_fault(store: Path) -> None:
    declared = own_county(COUNTY)
    files = {**declared.files, "layouts/other.yml": declared.files["layouts/fees.yml"]}
    with pytest.raises(Exception, match="分不清一张表是哪一个"):
        check_declared(store, Declared(declared.packs, files))


@pytest.mark.parametrize("years", [("", "year: 2026\n"), ("year: 2026\n", ""), ("year: 2026\n", "year: 2026\n")])
def test_a_layout_for_any_year_has_no_other_beside_it(store: Path, years: tuple[str, str]) -> None:
    declared = own_county(COUNTY)
    fees = declared.files["layouts/fees.yml"]
    files = {**declared.files, "layouts/fees.yml": fees + years[0], "layouts/other.yml": fees + years[1]}
    with pytest.raises(Exception, match="分不清一张表是哪一个"):
        publish_catalogue(store, Declared(declared.packs, files), "甲", "表式")
    apart = {**declared.files, "layouts/fees.yml": f"{fees}year: 2025\n", "layouts/other.yml": f"{fees}year: 2026\n"}
    publish_catalogue(store, Declared(declared.packs, apart), "甲", "表式")


def test_a_day_of_the_year_before_binds_a_layout_to_the_year_of_its_table(store: Path, tmp_path: Path) -> None:
    path = write_targets(tmp_path / "目标.xlsx", AIMS, [8, 6500, "95%以上"])
    table = own_tables(path, catalogue_in_force(store))[0]
    fixed = {value: (FixedValue(column="date", value=value),) for value in ("2025-12-20", "办公室")}
    made = {
        value: TableLayout(code="a", name="目标", form="R13", headings=(TableHeading(path="区域"),), fixed=each)
        for value, each in fixed.items()
    }
    assert {value: bound_to_year(each, table, path.name).year for value, each in made.items()} == {
        "2025-12-20": 2026,
        "办公室": None,
    }


def test_a_form_with_a_layout_can_not_go(store: Path) -> None:
    declared = own_county(COUNTY)
    publish_catalogue(store, declared, "甲", "表式")
    files = {name: text for name, text in declared_in(store).files.items() if name != "forms/L02.yml"}
    with pytest.raises(Exception, match="没有报表“L02”"):
        check_declared(store, Declared(declared.packs, files))
    assert "fees" in catalogue_in_force(store).layouts
