"""目录: entries are changed in the dialogs, tried and published; what is wrong is said first, with its place."""

from pathlib import Path
from shutil import copytree

import pytest

from access.accounts.roles import Role
from access.acts import Acts
from base.errors import UserError
from etl.intake import load_paths
from etl.publishing.publish_catalogue import publish_catalogue
from stats.catalogue import USUAL_PACKS
from stats.catalogue_declared import Declared, to_zip
from stats.catalogue_in_force import catalogue_in_force
from store.catalogue_versions import append_version, new_version, newest, versions
from tests.etl.published.declared import ITEMS, OWN, RATE_CODE, VISITS, write_visits
from tests.lib.county import begin_store
from tests.lib.people import session_for
from tests.pages.catalogue.desk import Desk
from tests.pages.conftest import OpenPage

PAGE = "catalogue.py"
KEPT = "放进修改"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return begin_store(tmp_path / "store")


@pytest.fixture
def desk(open_page: OpenPage, store: Path) -> Desk:
    return Desk(open_page(store, PAGE))


@pytest.fixture(scope="module")
def loaded_visits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the form of visits and a file of it. Read only: `visited` is a copy."""
    folder = tmp_path_factory.mktemp("visits")
    store = begin_store(folder / "store")
    publish_catalogue(store, VISITS, "李四", "加一张走访表")
    load_paths([write_visits(folder / "走访.xlsx", ("甲镇", 40, 30), ("乙乡", 60, 20))], store)
    return store


@pytest.fixture
def visited(loaded_visits: Path, tmp_path: Path) -> Path:
    return copytree(loaded_visits, tmp_path / "store")


def test_an_entry_that_lacks_something_or_has_a_code_that_is_taken_is_not_put_into_the_draft(
    desk: Desk, store: Path
) -> None:
    desk.press("新增报表")
    desk.write("代码", "r01")
    desk.press(KEPT)
    for words in ("表名：要填", "各栏：要填", "由谁报：要填", "代码：“r01”已经是“基层工会组织情况表”的，请换一个"):
        assert words in desk.said
    desk.write("代码", "../x")
    desk.press(KEPT)
    assert "代码：只用字母、数字和下划线" in desk.said and "没有发布的修改" not in desk.said


def test_unlike_things_are_not_divided(open_page: OpenPage, visited: Path) -> None:
    desk = Desk(open_page(visited, PAGE))
    desk.look_at("indicators")
    desk.write("查找", "走访解决率")
    desk.open_row(f"indicators-{RATE_CODE}")
    desk.press("改")
    desk.choose("分子（不算比率就是这个数）", "工会会员人数")
    desk.press(KEPT)
    assert "指标“走访解决率”：分子按人计，分母按人次计，不是一类东西" in desk.said and "还不能发布" in desk.said
    assert next(button for button in desk.app.button if button.label == "试算").disabled
    desk.press("撤销")
    assert "没有发布的修改" not in desk.said


def test_a_column_that_items_need_is_told_with_its_place(open_page: OpenPage, visited: Path) -> None:
    desk = Desk(open_page(visited, PAGE))
    desk.write("查找", "走访职工情况表")
    desk.open_row("forms-X01")
    assert "<dt>由谁报</dt><dd>乡镇</dd>" in desk.said
    desk.press("改")
    desk.press("去掉", 2)
    desk.press(KEPT)
    assert "数据项“走访解决问题人次”：《走访职工情况表》 没有名为“其中解决问题人次”的栏" in desk.said
    assert ".yml" not in desk.said and "X01 没有" not in desk.said
    desk.press("去改")
    assert next(field for field in desk.app.text_input if field.label == "名称").value == "走访解决问题人次"


def test_a_changed_meaning_is_asked_about_before_it_is_published(open_page: OpenPage, visited: Path) -> None:
    desk = Desk(open_page(visited, PAGE))
    desk.look_at("items")
    desk.write("查找", "走访解决")
    desk.open_row("items-home_solved")
    desk.press("改")
    desk.choose("把哪一栏的数相加", "走访职工人次")
    desk.press(KEPT)
    desk.press("试算")
    assert "改动1个数" in desk.said and "50.0%" in desk.said and "换了含义" in desk.said
    desk.write("为什么改", "原来错了")
    desk.press("发布")
    assert newest(visited) == 1 and "请先写明理由" in desk.said
    desk.write("为什么仍用这个代码", "原来写错了栏")
    desk.press("发布")
    assert newest(visited) == 2 and any("原来写错了栏" in change for change in versions(visited)[-1].changes)


def test_the_draft_is_there_after_a_reload_and_for_the_second_who_publishes(open_page: OpenPage, store: Path) -> None:
    open_page(store, PAGE)
    Acts(store, session_for(store, Role.ADMIN)).edit({("reporting", "due_days"): 20})
    publish_catalogue(store, VISITS, "李四", "加一张走访表")
    desk = Desk(open_page(store, PAGE))
    assert "您是在第0版上改的，您的修改都还在" in desk.said and "没有相同的地方" in desk.said
    desk.press("在第1版上接着改")
    desk.press("试算")
    desk.write("为什么改", "多给五天")
    desk.press("发布")
    catalogue = catalogue_in_force(store)
    assert (catalogue.version, catalogue.reporting.due_days) == (2, 20) and RATE_CODE in catalogue.indicators


def test_an_entry_of_the_program_is_changed_and_put_back_with_its_origin_in_sight(desk: Desk, store: Path) -> None:
    desk.look_at("indicators")
    desk.write("查找", "工会会员人数")
    desk.open_row("indicators-union_members")
    assert "<dt>来源</dt><dd>2011年报告包</dd>" in desk.said
    desk.press("改")
    desk.write("容易看错的地方", "不含退休会员")
    desk.press(KEPT)
    desk.open_row("indicators-union_members")
    assert "<dt>来源</dt><dd>2011年报告包 → 本地</dd>" in desk.said and "改指标“工会会员人数”" in desk.said
    desk.press("改回内置的")
    assert "没有发布的修改" not in desk.said


def test_all_faults_of_the_newest_version_are_told_to_the_administrator(open_page: OpenPage, store: Path) -> None:
    publish_catalogue(store, VISITS, "李四", "加一张走访表")
    bad = OWN | {"items.yml": ITEMS.replace("person_time", "person_hour")}
    append_version(store, 1, new_version(1, USUAL_PACKS, bad, changes=(), who="李四", why="旧程序里发布的"))
    desk = Desk(open_page(store, PAGE))
    assert "在用的是第1版目录" in desk.said and "第2版有错，没有用" in desk.said
    assert desk.said.count("person_hour") == 2


def test_a_version_is_taken_back_and_another_county_takes_it_in(
    open_page: OpenPage, visited: Path, tmp_path: Path
) -> None:
    Acts(visited, session_for(visited, Role.ADMIN)).take_back(0)
    desk = Desk(open_page(visited, PAGE))
    desk.press("试算")
    assert "第 2 号“走访" in desk.said and newest(visited) == 1, "its file is in the figures"
    other = begin_store(tmp_path / "other")
    zipped = tmp_path / "目录.zip"
    zipped.write_bytes(to_zip(Declared(USUAL_PACKS, OWN)))
    acts = Acts(other, session_for(other, Role.ADMIN))
    acts.import_catalogue(zipped)
    assert acts.wanted().files.keys() == OWN.keys() and acts.publish_draft("从别的县来").number == 1
    assert RATE_CODE in catalogue_in_force(other).indicators


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (Declared(("report-2012",), {}), "没有名为“report-2012”的目录包"),
        (Declared(USUAL_PACKS, {"forms/run.py": "import os"}), "目录里不能有“forms/run.py”"),
        (Declared(USUAL_PACKS, {"items.yml": ITEMS.replace("X01", "X09")}), "没有报表“X09”"),
    ],
)
def test_an_import_that_can_not_be_used_is_told_and_no_draft(
    store: Path, tmp_path: Path, wrong: Declared, said: str
) -> None:
    (tmp_path / "目录.zip").write_bytes(to_zip(wrong))
    acts = Acts(store, session_for(store, Role.ADMIN))
    with pytest.raises(UserError, match=said):
        acts.import_catalogue(tmp_path / "目录.zip")
    assert not acts.draft().edits
