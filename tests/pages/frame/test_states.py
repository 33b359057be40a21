"""With no data, half a store or another version's, the pages say a sentence; an unexpected error gets a number."""

import errno
import logging
from pathlib import Path

import duckdb
import pytest

from access.accounts.roles import Role
from etl.intake import load_paths
from tests.lib.county import write_register
from tests.lib.people import account_for
from tests.pages.conftest import OpenPage, words

PAGES = ("", "trace.py")


@pytest.mark.parametrize("page", PAGES)
def test_no_store(open_page: OpenPage, tmp_path: Path, page: str) -> None:
    app = open_page(tmp_path / "none", page)
    assert not app.exception
    assert "还没有数据" in app.warning[0].value


@pytest.mark.parametrize("page", PAGES)
def test_a_store_whose_build_is_gone(open_page: OpenPage, tmp_path: Path, page: str) -> None:
    _point_to(tmp_path, "000007.duckdb")
    app = open_page(tmp_path, page)
    assert not app.exception
    assert "不完整" in app.warning[0].value


def test_a_build_cut_short(open_page: OpenPage, tmp_path: Path) -> None:
    _point_to(tmp_path, "000001.duckdb").write_bytes(b"half" * 1024)
    assert "打不开或不完整" in open_page(tmp_path).warning[0].value


def test_a_store_of_another_version(open_page: OpenPage, tmp_path: Path) -> None:
    with duckdb.connect(str(_point_to(tmp_path, "000001.duckdb"))) as connection:
        connection.execute("create schema core")
        connection.execute("create table core.build as select 1 as number, 99 as store_version, '' as built_at")
    assert "第 99 版格式" in open_page(tmp_path).warning[0].value


@pytest.mark.parametrize("page", PAGES)
def test_a_store_with_a_register_and_nothing_else(open_page: OpenPage, tmp_path: Path, page: str) -> None:
    load_paths([write_register(tmp_path)], tmp_path / "store")
    app = open_page(tmp_path / "store", page)
    assert not app.exception and not app.error
    assert any(word in words(app) for word in ("没有数据", "没有收到"))


def test_an_unexpected_error_gets_a_number_found_in_the_log(
    open_page: OpenPage, store: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a fault nobody thought of")

    monkeypatch.setattr("pages.parts.overview.attention.say_overdue", fail)
    with caplog.at_level(logging.ERROR):
        app = open_page(store)
    assert not app.exception
    number = app.error[0].value.split("编号 ")[1][:6]
    assert number in caplog.text and "a fault nobody thought of" in caplog.text
    assert "RuntimeError" not in app.error[0].value


def _point_to(store: Path, build: str) -> Path:
    account_for(store, Role.ADMIN)  # data without a journal are another fault
    folder = store / "warehouse"
    folder.mkdir(parents=True)
    (folder / "CURRENT").write_text(build, encoding="utf-8")
    return folder / build


def test_a_full_disk_is_told_as_such(open_page: OpenPage, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pages.parts.overview.attention.say_overdue", fail)
    app = open_page(store)
    assert not app.exception and not app.error
    assert "磁盘满了" in app.warning[0].value


def test_the_register_is_offered_on_an_empty_store(open_page: OpenPage, tmp_path: Path) -> None:
    app = open_page(tmp_path / "none", "templates.py")
    assert not app.exception and not app.warning
    assert "请先填单位名册" in words(app) and "一行一个单位，单位取自单位名册" in words(app)
    labels = [button.label for button in app.button]
    assert "制作《单位名册》空表" in labels


def test_a_clerk_is_sent_to_the_county(open_page: OpenPage, tmp_path: Path) -> None:
    app = open_page(tmp_path / "none", "templates.py", Role.CLERK, "T01")
    assert not app.exception and "请先问县总工会" in words(app)


def test_pages_without_data_lead_to_where_they_begin(open_page: OpenPage, tmp_path: Path) -> None:
    assert "单位名册的空表" in open_page(tmp_path / "none", "upload.py").main.get("page_link")[0].proto.label
    app = open_page(tmp_path / "none")
    assert "建库" in app.warning[0].value and app.main.get("page_link")[0].proto.page == "move-in"
