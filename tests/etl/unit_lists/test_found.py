"""A county's own list becomes the register: shown first, taken in when confirmed, each row with the cell it is from."""

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from openpyxl import load_workbook

from etl.__main__ import main as etl
from etl.intake import load_paths
from stats.warehouse import open_warehouse, run_query
from store.builds import current_build
from tests.contracts.source import ROOT
from tests.etl.unit_lists.written_lists import (
    COUNTY,
    UNIONS,
    write_blanks_below,
    write_cells,
    write_grouped,
    write_list,
    write_numbered_groups,
    write_sheets,
)
from tests.lib.books import Form, Row, write_book
from tests.lib.county import town_one, write_roster

CREDIT, OTHER = "91430100MA4L16JQ9B", "91430100MA4L16JQ8C"
SECOND_KEYS = ROOT / "etl" / "load" / "sql" / "second_keys.sql"
OWN_COUNTY = Path(__file__).resolve().parents[4] / "shared" / "spreadsheets" / "own_county_a"
WRITERS: dict[str, Callable[[Path], Path]] = {
    "column": write_list,
    "groups": write_grouped,
    "subtotals": lambda path: write_grouped(path, below="小计"),
    "sheets": write_sheets,
    "numbered groups": write_numbered_groups,
}


def found(store: Path, path: Path, *words: str) -> int:
    return etl(["found", "--name", COUNTY, "--units", str(path), *words, "--store", str(store)])


def tree(store: Path) -> dict[str, set[str]]:
    """Return the names of the organisations in a store below each other."""
    with closing(open_warehouse(store)) as warehouse:
        rows = run_query(warehouse, "organisations.sql")
    names = {row["code"]: row["name"] for row in rows}
    below: dict[str, set[str]] = {}
    for row in rows:
        below.setdefault(names.get(row["parent"], ""), set()).add(row["name"])
    return below


EXPECTED = {
    "": {COUNTY},
    COUNTY: {"东街街道", "西乡", "教育系统"},
    **{area: {name for where, name, *_ in UNIONS if where == area} for area in ("东街街道", "西乡", "教育系统")},
}


@pytest.mark.parametrize("writer", WRITERS)
def test_any_list_becomes_the_same_tree(tmp_path: Path, writer: str, capsys: pytest.CaptureFixture[str]) -> None:
    path, store = WRITERS[writer](tmp_path / "花名册.xlsx"), tmp_path / "store"
    assert found(store, path) == 0
    assert "没有写入任何数据" in capsys.readouterr().out and not store.exists()
    assert found(store, path, "--yes") == 0
    assert tree(store) == EXPECTED


def test_a_blank_area_is_that_above_only_when_it_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, store = write_blanks_below(tmp_path / "花名册.xlsx"), tmp_path / "store"
    assert found(store, path) == 1 and "--fill-down" in capsys.readouterr().out
    assert found(store, path, "--fill-down", "--yes") == 0
    assert tree(store) == EXPECTED


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("founded")
    assert found(folder / "store", write_list(folder / "花名册.xlsx"), "--yes") == 0
    return folder / "store"


def records(store: Path) -> list[dict[str, str]]:
    build = current_build(store)
    assert build
    with duckdb.connect(str(build), read_only=True) as connection:
        return [json.loads(fields) for (fields,) in connection.execute("select fields from raw.record").fetchall()]


def test_what_the_list_says_is_kept_and_persons_are_not(founded: Path) -> None:
    by_name = {row["unit_name"]: row for row in records(founded)}
    firm = by_name["清河县甲纺织有限公司工会"]
    assert (firm["category"], firm["founded"], firm["parent"]) == ("170", "2013年6月", "T01")
    assert by_name["清河县第一中学工会"]["effective"] == "2026-04-01", "founded after the first day"
    assert firm["effective"] == "2026-01-01"
    for file in filter(Path.is_file, founded.rglob("*")):
        content = file.read_bytes()
        assert b"13900000001" not in content and "钱某".encode() not in content


def test_each_row_names_the_cell_it_is_from(founded: Path) -> None:
    [book] = (founded / "inbox").glob("*.xlsx")
    remarks = [cell.value for cell in load_workbook(book).worksheets[0]["P"] if cell.value]
    assert "取自“花名册.xlsx”的 花名册!B5" in remarks and "取自“花名册.xlsx”的 花名册!C4" in remarks


def test_a_register_is_not_made_twice(founded: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path for path in founded.rglob("*") if path.is_file()}
    assert found(founded, write_list(tmp_path / "花名册.xlsx"), "--yes") == 0
    assert "没有写入任何数据" in capsys.readouterr().out
    assert {path for path in founded.rglob("*") if path.is_file()} == before


def test_a_code_of_credit_finds_its_organisation(tmp_path: Path) -> None:
    rows = [["东镇", "甲厂工会", CREDIT], ["东镇", "乙厂工会", None]]
    path = write_cells(tmp_path / "花名册.xlsx", [["2008年"], ["乡镇", "工会名称", "信用代码"], *rows])
    store = tmp_path / "store"
    assert found(store, path, "--yes") == 0
    row = {**town_one()[0], "union": CREDIT}
    roster = write_roster(tmp_path, "东镇", "2008年一季度", [row, {**town_one()[1], "union": "乙厂工会"}])
    assert load_paths([roster], store).count("accepted") == 1


def test_a_code_of_credit_that_was_corrected_finds_whose_it_is(tmp_path: Path) -> None:
    """In the list the first had the second's code: what is sent under it later is of the second."""
    listed = [["东镇", "甲厂工会", CREDIT], ["东镇", "乙厂工会", None]]
    path = write_cells(tmp_path / "花名册.xlsx", [["2008年"], ["乡镇", "工会名称", "信用代码"], *listed])
    store = tmp_path / "store"
    assert found(store, path, "--yes") == 0
    kept = {"level": "基层工会", "parent": "T01", "status": "在册", "effective": "2008-04-01"}
    named = {"T01001": ("甲厂工会", OTHER), "T01002": ("乙厂工会", CREDIT)}
    rows: list[Row] = [
        {"unit_code": code, "unit_name": name, "credit_code": own, **kept} for code, (name, own) in named.items()
    ]
    book = Form("R00", COUNTY, "2008年二季度", rows)
    assert load_paths([write_book(tmp_path / "更正.xlsx", book)], store).count("accepted") == 1
    with duckdb.connect(str(current_build(store)), read_only=True) as build:
        assert dict(build.execute(SECOND_KEYS.read_text("utf-8")).fetchall()) == {OTHER: "T01001", CREDIT: "T01002"}


WRONG: dict[str, tuple[list[list[object]], str]] = {
    "unknown kind": ([["东镇", "甲厂工会", "民企"]], "“民企”（花名册!C3）不在单位类别里"),
    "unknown level": ([["城关", "甲厂工会", "私营"]], "“城关”（花名册!A3）看不出是乡镇、园区还是系统"),
    "no name": ([["东镇", None, "私营"], ["东镇", "甲厂工会", "私营"]], "花名册!第 3 行没有写单位名称"),
    "no area": ([[None, "甲厂工会", "私营"]], "花名册!B3没有写属于哪个乡镇"),
    "double": ([["东镇", "甲厂工会", "私营"]] * 2, "“甲厂工会”有 2 行（花名册!B3、花名册!B4）"),
    "two places": (
        [["东镇", "甲厂工会", "私营"], ["西镇", "甲厂工会", "私营"]],
        "“甲厂工会”有 2 行（花名册!B3、花名册!B4）",
    ),
    "alike": (
        [["东镇", "甲有限责任公司工会", "私营"], ["东镇", "甲有限公司工会委员会", "私营"]],
        "“甲有限责任公司工会”（花名册!B3）、“甲有限公司工会委员会”（花名册!B4）看起来是一个单位",
    ),
}
LATER = [["东镇", "甲厂工会", "2999年3月"]]
_HEAD = [["截至2026年6月30日"], ["乡镇", "工会名称", "单位性质"]]


def test_what_is_not_founded_yet_is_asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_cells(tmp_path / "花名册.xlsx", [["2026年"], ["乡镇", "工会名称", "建会时间"], *LATER])
    assert found(tmp_path / "store", path) == 1
    assert "要定：“甲厂工会”的建会时间（花名册!C3）在今天以后" in capsys.readouterr().out


@pytest.mark.parametrize("case", WRONG)
def test_what_is_unclear_is_asked_with_its_place(tmp_path: Path, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows, sentence = WRONG[case]
    path = write_cells(tmp_path / "花名册.xlsx", [*_HEAD, *rows])
    assert found(tmp_path / "store", path) == 1
    assert f"要定：{sentence}" in capsys.readouterr().out
    assert found(tmp_path / "store", path, "--yes") == 2
    assert "没有写入任何数据" in capsys.readouterr().err and not (tmp_path / "store").exists()


SETTLED: dict[str, tuple[str, list[str], dict[str, set[str]]]] = {
    "a kind": ("unknown kind", ["--kind", "民企=私营"], {"东镇": {"甲厂工会"}}),
    "no kind": ("unknown kind", ["--kind", "民企="], {"东镇": {"甲厂工会"}}),
    "a level": ("unknown level", ["--level-of", "城关=乡镇"], {"城关": {"甲厂工会"}}),
    "the same": ("double", ["--same", "甲厂工会"], {"东镇": {"甲厂工会"}}),
    "two": (
        "two places",
        ["--apart", "甲厂工会"],
        {"东镇": {"甲厂工会（东镇）"}, "西镇": {"甲厂工会（西镇）"}},
    ),
    "not alike": (
        "alike",
        ["--apart", "甲有限责任公司工会", "甲有限公司工会委员会"],
        {"东镇": {"甲有限责任公司工会", "甲有限公司工会委员会"}},
    ),
}


@pytest.mark.parametrize("case", SETTLED)
def test_what_was_asked_is_settled(tmp_path: Path, case: str) -> None:
    asked, words, expected = SETTLED[case]
    path = write_cells(tmp_path / "花名册.xlsx", [*_HEAD, *WRONG[asked][0]])
    assert found(tmp_path / "store", path, *words, "--yes") == 0
    assert {area: names for area, names in tree(tmp_path / "store").items() if area not in ("", COUNTY)} == expected


REFUSED: dict[str, tuple[list[list[object]], list[str], str]] = {
    "no column of names": ([["甲", "乙"], ["东镇", 5]], [], "没有认出单位名称这一栏"),
    "nothing below": (_HEAD, [], "表头下面没有单位"),
    "two columns of names": (
        [["单位名称", "工会名称", "乡镇"], ["甲厂", "甲厂工会", "东镇"]],
        [],
        "看起来都是单位名称",
    ),
    "no year": ([["乡镇", "工会名称"], ["东镇", "甲厂工会"]], [], "看不出花名册是哪一年的"),
    "a wrong kind": ([*_HEAD, ["东镇", "甲厂工会", "民企"]], ["--kind", "民企=民营的"], "没有“民营的”这个类别"),
    "no sign": ([*_HEAD, ["东镇", "甲厂工会", "民企"]], ["--kind", "民企"], "没有等号"),
    "a wrong column": ([*_HEAD, ["东镇", "甲厂工会", "民企"]], ["--column", "乡镇=地"], "不是一栏的内容"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_can_not_be_read_is_refused(tmp_path: Path, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    rows, words, sentence = REFUSED[case]
    path = write_cells(tmp_path / "花名册.xlsx", rows)
    assert found(tmp_path / "store", path, *words) == 2
    assert sentence in capsys.readouterr().err


def test_a_column_is_shown_by_hand(tmp_path: Path) -> None:
    rows = [["单位名称", "工会名称", "片"], ["甲厂", "甲厂工会", "东镇"], ["乙厂", "乙厂工会", "东镇"]]
    path = write_cells(tmp_path / "花名册.xlsx", [["2026年"], *rows])
    words = ["--column", "单位名称=不用", "片=所属乡镇、园区、系统", "--yes"]
    assert found(tmp_path / "store", path, *words) == 0
    assert tree(tmp_path / "store")["东镇"] == {"甲厂工会", "乙厂工会"}


def test_a_merged_area_holds_for_its_rows(tmp_path: Path) -> None:
    rows = [*_HEAD, ["东镇", "甲厂工会", "私营"], [None, "乙厂工会", "私营"], ["西镇", "丙厂工会", "私营"]]
    path = write_cells(tmp_path / "花名册.xlsx", rows, ["A3:A4"])
    assert found(tmp_path / "store", path, "--yes") == 0
    assert tree(tmp_path / "store")["东镇"] == {"甲厂工会", "乙厂工会"}


@pytest.mark.skipif(not OWN_COUNTY.is_dir(), reason="the files of a made-up county lie beside the repository")
def test_the_list_of_a_whole_county(tmp_path: Path) -> None:
    [path] = OWN_COUNTY.glob("*花名册*.xlsx")
    truth = json.loads((OWN_COUNTY / "truth.json").read_text("utf-8"))["roster"]
    words = ["--kind", "新就业形态=联合", "--yes"]
    assert found(tmp_path / "store", path, *words) == 0
    below = tree(tmp_path / "store")
    assert len(below[COUNTY]) == truth["areas"]
    assert sum(len(below[area]) for area in below[COUNTY]) == truth["unions"]
