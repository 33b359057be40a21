"""Saved views: named, pinned, replaced after a question, deleted; they outlive the server and are never HTML."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from access.accounts.saved_views import SavedView, delete_view, pin_view, save_view, saved_views
from base.errors import UserError
from etl.journal import read_entries
from store.schema import LONGEST_VIEW_NAME
from tests.pages.conftest import OpenPage, words


@pytest.fixture
def own_store(store: Path, tmp_path: Path) -> Iterator[Path]:
    """A store of one's own, with the sample county's build and journal."""
    shutil.copytree(store, tmp_path / "store", ignore=shutil.ignore_patterns("inbox"))
    yield tmp_path / "store"


def test_what_is_saved_is_there_for_the_next(tmp_path: Path) -> None:
    save_view(tmp_path, " 一镇  会员 ", "indicator?unit=T01", pinned=True, who="办公室")
    found = saved_views(tmp_path)
    assert [(one.name, one.address, one.pinned, one.who) for one in found] == [
        ("一镇 会员", "indicator?unit=T01", True, "办公室")
    ]
    assert found[0].at.startswith("20")


def test_the_same_name_again_replaces(tmp_path: Path) -> None:
    save_view(tmp_path, "会员", "indicator?unit=T01", pinned=True)
    save_view(tmp_path, "会员", "indicator?unit=T02", pinned=False)
    assert [(one.address, one.pinned) for one in saved_views(tmp_path)] == [("indicator?unit=T02", False)]


def test_pins_and_deletes(tmp_path: Path) -> None:
    save_view(tmp_path, "甲", "?unit=T01", pinned=False)
    save_view(tmp_path, "乙", "?unit=T02", pinned=False)
    pin_view(tmp_path, "甲", True)
    delete_view(tmp_path, "乙")
    assert [(one.name, one.pinned) for one in saved_views(tmp_path)] == [("甲", True)]


@pytest.mark.parametrize("name", ["", "   ", "长" * (LONGEST_VIEW_NAME + 1)])
def test_a_name_of_no_use_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="名字"):
        save_view(tmp_path, name, "?unit=T01", pinned=True)
    assert saved_views(tmp_path) == []


def test_looking_makes_no_journal(tmp_path: Path) -> None:
    assert saved_views(tmp_path) == []
    assert list(tmp_path.iterdir()) == []


def test_the_journal_stays_as_it_is(own_store: Path) -> None:
    before = read_entries(own_store)
    save_view(own_store, "会员", "?unit=T01", pinned=True)
    assert read_entries(own_store) == before


def test_the_page_on_the_screen_is_saved_with_its_filters(open_page: OpenPage, own_store: Path) -> None:
    app = open_page(own_store, "indicator.py", unit="T01", span="2010Q4", against="2009Q4")
    _save(app, "一镇")
    saved = _only(own_store)
    assert saved.address.startswith("indicator?") and saved.pinned
    for part in ("unit=T01", "span=2010Q4..2010Q4", "against=2009Q4..2009Q4"):
        assert part in saved.address
    pinned = words(open_page(own_store)).split('class="pinned"')[1]
    assert "一镇</a>" in pinned.split("</nav>")[0]


def test_the_same_name_is_asked_about_before_it_is_replaced(open_page: OpenPage, own_store: Path) -> None:
    save_view(own_store, "一镇", "?unit=T01", pinned=True)
    app = open_page(own_store, unit="T02")
    app.text_input(key="view-name").input("一镇").run()
    assert "已有同名的收藏" in words(app)
    assert app.button(key="view-save").label == "替换"
    app.button(key="view-save").click().run()
    assert "unit=T02" in _only(own_store).address


def test_a_name_is_never_html(open_page: OpenPage, own_store: Path) -> None:
    save_view(own_store, "<b onclick=1>甲", "?unit=T01", pinned=True)
    app = open_page(own_store)
    assert "&lt;b onclick=1&gt;甲" in words(app) and "<b onclick" not in words(app)


def _save(app: AppTest, name: str) -> None:
    app.text_input(key="view-name").input(name).run()
    app.button(key="view-save").click().run()


def _only(store: Path) -> SavedView:
    found = saved_views(store)
    assert len(found) == 1
    return found[0]
