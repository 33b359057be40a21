"""A later list is held against the register: each difference is shown, and only what is confirmed is taken in."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from base.errors import UserError
from etl.__main__ import main as etl
from etl.intake import rebuild
from etl.register_changes.register_now import demand_unchanged, register_now
from stats.organisations import organisations
from stats.warehouse import open_warehouse
from tests.etl.unit_lists.written_lists import COUNTY, write_cells
from tests.lib.contents import contents
from tests.lib.county import copy_of

HEAD = ["工会名称", "所属乡镇", "单位性质", "统一社会信用代码", "换届时间", "工会主席"]
CREDIT = "91430100MA4L16JQ9B"
FIRST = [
    ["甲厂工会", "东镇", "私营企业", CREDIT, "2021.3", "王小明"],
    ["乙厂工会", "东镇", "私营企业", None, None, "李大山"],
    ["丙校工会", "东镇", "事业单位", None, None, None],
    ["丙校工会", "西乡", "事业单位", None, None, None],
    ["丁局工会", "县直属", "机关", None, None, None],
]
LATER = [
    ["甲纺织厂工会", "东镇", "私营企业", CREDIT, "2026年3月", "王小明"],  # renamed, elected again
    ["乙厂工会", "西乡", "私营企业", None, None, None],  # moved
    ["丙校工会", "东镇", "事业单位", None, None, None],
    ["丙校工会", "西乡", "事业单位", None, None, None],
    ["戊园工会", "开发园区", "民企", None, None, None],  # new, in an area that is new
]  # 丁局工会 is gone
SINCE = ["--since", "2026-07-01"]


def begin(folder: Path) -> None:
    path = write_cells(folder / "2026年花名册.xlsx", [HEAD, *FIRST])
    words = ["--name", COUNTY, "--units", str(path), "--apart", "丙校工会", "--yes"]
    assert etl(["found", *words, "--store", str(folder / "store")]) == 0


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return copy_of(begin, tmp_path)


def later(store: Path, rows: Sequence[Sequence[object]], *words: str) -> int:
    path = write_cells(store.parent / "后来的花名册.xlsx", [HEAD, *rows])
    return etl(["found", "--units", str(path), *words, "--store", str(store)])


def names(store: Path, quarter: int = 2026 * 4 + 2) -> dict[str, str]:
    with closing(open_warehouse(store)) as warehouse:
        units = organisations(warehouse)
    by_code = {unit.code: unit.name for unit in units}
    return {unit.name: by_code.get(unit.parent, "") for unit in units if unit.open_in(quarter)}


def test_every_difference_is_shown_and_nothing_is_written(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = contents(store)
    assert later(store, LATER, "--kind", "民企=私营") == 0
    told = capsys.readouterr().out
    for line in (
        "和名册一样的 2 个",
        "新设的乡镇、园区、系统 1 个：\n  P01 开发园区",
        "新建 1 个：\n  P01001 戊园工会：归开发园区",
        "更名 1 个：\n  T01001 甲厂工会：改称“甲纺织厂工会”",
        "T01002 乙厂工会：从东镇到西乡",
        "改登记 1 个",
        "换届时间从2021.3改为2026年3月",
        "撤销 1 个：\n  Z001 丁局工会：归清河县总工会，表里没有",
    ):
        assert line in told, told
    assert contents(store) == before and "王小明" not in told


def test_what_is_not_confirmed_stays_as_it_is(store: Path) -> None:
    assert later(store, LATER, "--kind", "民企=私营", *SINCE, "--confirm", "更名", "迁移") == 0
    assert names(store) == {
        COUNTY: "", "东镇": COUNTY, "西乡": COUNTY, "甲纺织厂工会": "东镇", "乙厂工会": "西乡",
        "丙校工会（东镇）": "东镇", "丙校工会（西乡）": "西乡", "丁局工会": COUNTY,
    }  # fmt: skip


def test_all_that_is_confirmed_is_taken_in_and_a_rebuild_is_the_same(store: Path) -> None:
    words = ["新设的乡镇、园区、系统", "新建", "更名", "迁移", "改登记", "撤销"]
    assert later(store, LATER, "--kind", "民企=私营", *SINCE, "--confirm", *words) == 0
    after = names(store)
    assert after["戊园工会"] == "开发园区" and "丁局工会" not in after
    before = contents(store)
    rebuild(store)
    assert contents(store) == before
    assert later(store, LATER, *SINCE, "--confirm", *words) == 0  # nothing differs any more
    assert names(store) == after


def test_a_union_in_a_new_area_needs_the_area(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert later(store, LATER, "--kind", "民企=私营", *SINCE, "--confirm", "新建") == 2
    assert "“开发园区”还没有确认新设" in capsys.readouterr().err and "戊园工会" not in names(store)


def test_a_list_of_one_township_closes_nobody_else(store: Path) -> None:
    assert later(store, FIRST[:3], *SINCE, "--confirm", "撤销=丙校工会（西乡）") == 0
    assert "丙校工会（西乡）" not in names(store) and "丁局工会" in names(store)


def test_a_name_that_is_only_alike_is_asked_about(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows = [FIRST[0], ["乙厂工会委员会", *FIRST[1][1:]], *FIRST[2:]]
    assert later(store, rows, *SINCE, "--confirm", "更名") == 2
    assert "和名册里的“乙厂工会”像是一个单位" in capsys.readouterr().out
    assert later(store, rows, *SINCE, "--same", "乙厂工会委员会", "--confirm", "更名") == 0
    assert "乙厂工会委员会" in names(store) and "乙厂工会" not in names(store)


def test_two_rows_about_one_organisation_are_said(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = ["甲分厂工会", "东镇", "私营企业", CREDIT, None, None]
    assert later(store, [*FIRST, again], *SINCE, "--confirm", "新建") == 2
    assert "信用代码一样" in capsys.readouterr().out


def test_a_closed_organisation_that_is_listed_again_comes_back(store: Path) -> None:
    assert later(store, FIRST[:4], *SINCE, "--confirm", "撤销") == 0
    assert "丁局工会" not in names(store)
    assert later(store, FIRST, "--since", "2026-10-01", "--confirm", "恢复") == 0
    assert names(store, 2026 * 4 + 3)["丁局工会"] == COUNTY


def test_a_change_can_not_begin_before_what_the_register_says_now(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert later(store, LATER, "--kind", "民企=私营", *SINCE, "--confirm", "更名") == 0
    again = [["甲棉纺厂工会", *LATER[0][1:]], *LATER[1:]]
    capsys.readouterr()
    assert later(store, again, "--kind", "民企=私营", "--since", "2026-03-01", "--confirm", "更名") == 2
    assert "“甲纺织厂工会”现在的登记从2026年7月1日起算" in capsys.readouterr().err
    assert "甲纺织厂工会" in names(store)


def test_a_register_that_has_changed_meanwhile_is_compared_anew(store: Path, tmp_path: Path) -> None:
    now = register_now(store)
    demand_unchanged(store, now)
    assert later(store, LATER, "--kind", "民企=私营", *SINCE, "--confirm", "更名") == 0
    with pytest.raises(UserError, match="名册刚刚改过"):
        demand_unchanged(store, now)
