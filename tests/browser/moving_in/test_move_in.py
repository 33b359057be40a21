"""建库 in a browser: an empty store gets its register and a form of the county's own, from files full of signs."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook
from playwright.sync_api import expect

from stats.catalogue_in_force import catalogue_in_force
from tests.browser.conftest import PHONE, OpenAddress, widest
from tests.browser.moving_in.mover import Mover
from tests.browser.test_typed_text import Typist
from tests.lib.dashboard.drawn import PATIENCE
from tests.lib.dashboard.fields import fields_of_pages
from tests.lib.dashboard.watched import Watched
from tests.lib.marked import SHEET, SIGNS

pytestmark = pytest.mark.browser

MOST = 45  # presses and fields until the county's own table and targets can be sent in
LIST = [
    ["工会名称", "所属乡镇", "单位性质", "工会主席"],
    [f"甲厂工会{SIGNS}", "东镇", "私营企业", "王小明"],
    ["乙厂工会", "城关", "民企", "李大山"],
]
TARGETS = [["2026年目标任务"], ["乡镇", "会员"], ["东镇", 60], ["城关", 70], ["全县", 130]]
TABLE = [["截至2026年6月30日"], ["工会名称", "会员数"], [f"甲厂工会{SIGNS}", 50], ["乙厂工会", 60]]


def written(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    book = Workbook()
    (sheet := book.worksheets[0]).title = SHEET[:31].replace("/", "")
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_a_county_moves_in_by_its_own_tables(
    started: str, visit: OpenAddress, empty: Path, paths: list[str], tmp_path: Path
) -> None:
    page = visit(f"{started}/move-in")
    watched = Watched(page, started)
    typist, mover = Typist(page, watched, paths), Mover(page)
    mover.fill("县总工会的全称", f"某县总工会{SIGNS}"[:40])
    mover.drop(written(tmp_path / "2026年花名册.xlsx", LIST))
    mover.choose(mover.select("“城关”"), "乡镇")
    mover.choose(mover.select("“民企”"), "私营")
    watched.look(page, "the list", typist.own)
    assert "王小明" not in watched.said
    mover.press("收下，建名册")
    expect(page.get_by_role("heading", name="本县的报表")).to_be_visible(timeout=PATIENCE)
    mover.drop(written(tmp_path / "会员数.xlsx", TABLE), number=1)
    mover.fill("报表名称", f"会员表{SIGNS}"[:40])
    mover.pick("期末的数")
    watched.look(page, "the form", typist.own)
    forms = len(catalogue_in_force(empty).forms)
    mover.press("立下这张报表")
    expect(page.get_by_text(f"现有 {forms + 1} 张")).to_be_visible(timeout=PATIENCE)
    mover.drop(written(tmp_path / "目标.xlsx", TARGETS), number=1)
    mover.pick("当作已有的一张报表收")
    mover.choose(mover.select("当作哪张报表"), "《年度目标任务分解表》")
    mover.choose(mover.select("“会员”"), f"{f'会员表{SIGNS}'[:40]}·会员数的目标")
    mover.fill_in("责任部门", SIGNS[:40])
    mover.date("填报日期", "2026", "01", "15")
    watched.look(page, "the targets", typist.own)
    mover.press("记下这个表式")
    expect(page.get_by_text("以后同样的表在“上报”里直接收")).to_be_visible(timeout=PATIENCE)
    later = [LIST[0], [f"丁厂工会{SIGNS}", "东镇", "私营企业", "王小明"]]
    mover.drop(written(tmp_path / "后来的花名册.xlsx", later))
    expect(page.get_by_text("和名册一样的 0 个")).to_be_visible(timeout=PATIENCE)
    watched.look(page, "the later list", typist.own)
    assert "王小明" not in watched.said
    assert (watched.wrong, watched.elsewhere, watched.signed_out) == ({}, [], [])
    assert mover.steps < MOST and "L01" in catalogue_in_force(empty).forms
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert widest(page) <= PHONE[0]


def test_every_field_of_moving_in_is_known() -> None:
    """The fields that the walk above fills; a new one has to be filled there too."""
    fields = [one for one in fields_of_pages() if one.where.startswith("pages/parts/move_in/")]
    assert len(fields) == 6
