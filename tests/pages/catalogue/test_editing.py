"""目录: a form, items, a rate and a panel are made in the dialogs, tried and published; what is wrong is said first."""

from pathlib import Path

import pytest

from tests.lib.county import begin_store
from tests.pages.catalogue.desk import Desk
from tests.pages.conftest import OpenPage

PAGE = "catalogue.py"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return begin_store(tmp_path / "store")


@pytest.fixture
def desk(open_page: OpenPage, store: Path) -> Desk:
    return Desk(open_page(store, PAGE))


def add_column(desk: Desk, name: str, kind: str, measure: str = "") -> None:
    desk.press("加一个栏")
    desk.write("栏名", name)
    desk.choose("填什么", kind)
    if measure:
        desk.choose("计量单位", measure)
    desk.switch("必填")
    desk.press("好了，回上一层")


def add_form(desk: Desk) -> None:
    desk.press("新增报表")
    desk.write("表名", "走访职工情况表")
    desk.write("回答什么问题", "走访了多少职工？")
    desk.press("加上")
    desk.pick("哪一级单位", "乡镇")
    desk.press("好了，回上一层")
    desk.choose("多久报一次", "每季")
    add_column(desk, "乡镇", "单位名称")
    add_column(desk, "走访职工人次", "整数", "人次")
    add_column(desk, "其中解决问题人次", "整数", "人次")
    desk.pick("数算给哪一栏的单位", "乡镇")
    desk.pick("一行由哪几栏认定", "乡镇")
    desk.press("放进修改")


def test_a_form_is_made_in_the_dialog(desk: Desk, store: Path) -> None:
    add_form(desk)
    assert "新增报表“走访职工情况表”" in desk.said
    print(desk.said[-3000:])
