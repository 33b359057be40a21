"""建库: an empty store gets its register from a list, with what is open settled on the page."""

from contextlib import closing
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access.accounts.roles import Role
from stats.organisations import organisations
from stats.warehouse import open_warehouse
from store.builds import current_build
from tests.etl.unit_lists.written_lists import write_cells
from tests.pages.conftest import OpenPage, words

PAGE = "move_in.py"
HEAD = ["工会名称", "所属乡镇", "单位性质", "工会主席", "联系电话"]
ROWS = [
    ["甲厂工会", "东镇", "私营企业", "王小明", "13800138000"],
    ["甲厂工会", "西乡", "民企", "李大山", "13800138001"],
    ["小学工会", "城关", "事业单位", "赵丽", "13800138002"],
]


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    return tmp_path / "store"


def drop(app: AppTest, path: Path) -> AppTest:
    app.text_input(key="move-in-county").set_value("某某县总工会")
    app.file_uploader[0].set_value([(path.name, path.read_bytes(), "")])
    return app.run()


def choose(app: AppTest, about: str, answer: str) -> AppTest:
    box = next(box for box in app.selectbox if about in box.label)
    return box.set_value(answer).run()


def test_a_list_becomes_the_register(open_page: OpenPage, empty: Path, tmp_path: Path) -> None:
    path = write_cells(tmp_path / "2026年花名册.xlsx", [HEAD, *ROWS])
    app = drop(open_page(empty, PAGE), path)
    assert not app.exception and "下一步：单位名册" in words(app)
    assert app.button[-1].disabled and "还有 3 处要定" in "".join(caption.value for caption in app.caption)
    app = choose(app, "“甲厂工会”有 2 行", "是几个单位")
    app = choose(app, "“城关”", "乡镇")
    app = choose(app, "“民企”", "私营")
    assert not app.button[-1].disabled and "王小明" not in words(app)
    app = app.button[-1].click().run()
    assert "已建好" in words(app)
    with closing(open_warehouse(empty)) as warehouse:
        names = {unit.name: unit.level for unit in organisations(warehouse)}
    assert names == {
        "某某县总工会": "county", "东镇": "town", "西乡": "town", "城关": "town",
        "甲厂工会（东镇）": "union", "甲厂工会（西乡）": "union", "小学工会": "union",
    }  # fmt: skip
    kept = b"".join(file.read_bytes() for file in empty.rglob("*") if file.is_file())
    assert b"13800138000" not in kept and "王小明".encode() not in kept


def test_what_only_the_list_can_settle_is_told_and_nothing_is_written(
    open_page: OpenPage, empty: Path, tmp_path: Path
) -> None:
    path = write_cells(tmp_path / "2026年花名册.xlsx", [HEAD, ROWS[0], ["乙厂工会", "", "私营企业", "", ""]])
    app = drop(open_page(empty, PAGE), path)
    assert "没有写属于哪个乡镇" in words(app) and app.button[-1].disabled
    assert current_build(empty) is None


def test_a_column_that_no_heading_names_is_pointed_out(open_page: OpenPage, empty: Path, tmp_path: Path) -> None:
    head = ["牌子", "片", *HEAD[2:]]
    app = drop(open_page(empty, PAGE), write_cells(tmp_path / "2026年花名册.xlsx", [head, ROWS[0]]))
    assert "没有认出单位名称" in app.warning[0].value and "--" not in app.warning[0].value
    app = app.selectbox(key="move-in-name").set_value("牌子").run()
    app = app.selectbox(key="move-in-area").set_value("片").run()
    assert "甲厂工会" in words(app) and not app.button[-1].disabled


def test_only_an_administrator_moves_a_county_in(open_page: OpenPage, empty: Path) -> None:
    assert "不能打开“建库”" in words(open_page(empty, PAGE, Role.LEADER))
