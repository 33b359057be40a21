"""建库: a later list is held against the register on the page, and only what is confirmed is taken in."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.etl.register_changes.test_later_lists import FIRST, HEAD, LATER, begin, names
from tests.etl.unit_lists.written_lists import write_cells
from tests.lib.county import copy_of
from tests.pages.conftest import OpenPage, words

PAGE = "move_in.py"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return copy_of(begin, tmp_path)


def drop(app: AppTest, path: Path) -> AppTest:
    app.file_uploader(key="later-list").set_value([(path.name, path.read_bytes(), "")])
    return app.run()


def test_what_is_confirmed_is_taken_in_and_nothing_else(open_page: OpenPage, store: Path, tmp_path: Path) -> None:
    app = drop(open_page(store, PAGE), write_cells(tmp_path / "新花名册.xlsx", [HEAD, *LATER]))
    assert not app.exception and "王小明" not in words(app)
    box = next(box for box in app.selectbox if "“民企”" in box.label)
    app = box.set_value("私营").run()
    assert app.button[-1].disabled and app.button[-1].label == "收下 0 处变动"
    app.checkbox(key="later-all-renamed").set_value(True)
    app.multiselect(key="later-new").set_value(["P01001"])
    app.date_input(key="later-since").set_value("2026-07-01")
    app = app.run()
    assert "“开发园区”还没有确认新设" in "".join(caption.value for caption in app.caption) and app.button[-1].disabled
    app = app.checkbox(key="later-all-new_area").set_value(True).run()
    assert app.button[-1].label == "收下 3 处变动" and not app.button[-1].disabled
    app.button[-1].click().run()
    after = names(store)
    assert after["戊园工会"] == "开发园区" and "甲纺织厂工会" in after
    assert after["乙厂工会"] == "东镇" and "丁局工会" in after  # shown, and not confirmed


def test_a_list_like_the_register_changes_nothing(open_page: OpenPage, store: Path, tmp_path: Path) -> None:
    app = drop(open_page(store, PAGE), write_cells(tmp_path / "花名册.xlsx", [HEAD, *FIRST]))
    assert "和名册一样的 5 个" in "".join(caption.value for caption in app.caption) and app.button[-1].disabled


def test_a_row_without_an_area_is_of_the_one_above_if_somebody_says_so(
    open_page: OpenPage, store: Path, tmp_path: Path
) -> None:
    rows = [*FIRST[:2], ["己厂工会", None, "私营企业", None, None, None], *FIRST[2:]]
    app = drop(open_page(store, PAGE), write_cells(tmp_path / "花名册.xlsx", [HEAD, *rows]))
    app = app.checkbox(key="move-in-fill-down").set_value(True).run()
    assert [option for option in app.multiselect(key="later-new").options if "己厂工会：归东镇" in option]


def test_a_day_before_what_the_register_says_now_is_refused(open_page: OpenPage, store: Path, tmp_path: Path) -> None:
    app = drop(open_page(store, PAGE), write_cells(tmp_path / "花名册.xlsx", [HEAD, *LATER]))
    app.checkbox(key="later-all-renamed").set_value(True)
    app.date_input(key="later-since").set_value("2025-06-01")
    app = app.run()
    assert "现在的登记从2026年1月1日起算" in "".join(caption.value for caption in app.caption)
    assert app.button[-1].disabled
