"""Headers nobody knows: asked about in 上报 and in 收退记录, answered once, not asked again."""

from pathlib import Path
from shutil import copytree

import pytest
from streamlit.testing.v1 import AppTest

from etl.intake import ACCEPTED, RETURNED, load_paths
from etl.journal import Journal
from pages.view.receipts import receipts
from tests.lib.books import address
from tests.lib.county import town_one, write_register, write_roster
from tests.pages.conftest import OpenPage, words
from tests.pages.screens.test_upload import drop, press, rows

Q1, Q2 = "2008年一季度", "2008年二季度"
UNITS, TRADE = "下属单位个数", "门类"


@pytest.fixture(scope="module")
def registered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that knows the units. Read only: `store` is a copy."""
    folder = tmp_path_factory.mktemp("registered")
    load_paths([write_register(folder)], folder / "store")
    return folder / "store"


@pytest.fixture
def store(registered: Path, tmp_path: Path) -> Path:
    """A store of one's own that knows the units."""
    return copytree(registered, tmp_path / "store")


def roster(folder: Path, quarter: str = Q1) -> Path:
    """Write a roster in which two columns go by names of the sender's own."""
    renamed = {_head("covered"): UNITS, _head("industry"): TRADE}
    return write_roster(folder, "甲镇", quarter, town_one(), extra=renamed)


def ask(app: AppTest, header: str, answer: str | None) -> None:
    next(field for field in app.selectbox if header in field.label).set_value(answer).run()


def choices(app: AppTest, header: str) -> list[str]:
    return next(field.options for field in app.selectbox if header in field.label)


@pytest.fixture
def asked(open_page: OpenPage, store: Path, tmp_path: Path) -> AppTest:
    """The page 上报 with a roster of two unknown headers on it, and a name given."""
    app = drop(open_page(store, "upload.py"), roster(tmp_path))
    return app


def test_the_row_says_what_to_do_and_each_header_offers_the_form_in_its_order(asked: AppTest) -> None:
    assert "待认定：请认定 2 栏" in rows(asked)[0]
    assert "同一单位再报同样的表式不再问" in words(asked)
    assert choices(asked, UNITS) == ["还没有定", "行业", "涵盖单位数", "这一栏不用"]
    assert f"“{UNITS}”这一栏认不出来" not in words(asked)  # it is asked, not told as well


def test_an_answer_takes_the_file_in_and_the_next_quarter_is_not_asked(
    asked: AppTest, store: Path, tmp_path: Path
) -> None:
    ask(asked, UNITS, "covered")
    ask(asked, TRADE, "industry")
    press(asked, "按这样认定")
    assert "已收下" in rows(asked)[0] and receipts(store)[-1].what == ACCEPTED
    assert {one.path: (one.column, one.who) for one in Journal(store).matchings()} == {
        UNITS: ("covered", "李梅"),
        TRADE: ("industry", "李梅"),
    }
    drop(asked, roster(tmp_path, Q2))
    assert "可以收下" in rows(asked)[0]


def test_the_rest_is_not_used(asked: AppTest, store: Path) -> None:
    ask(asked, UNITS, "covered")
    press(asked, "其余的都不用")
    press(asked, "按这样认定")
    assert {one.path: one.column for one in Journal(store).matchings()} == {UNITS: "covered", TRADE: ""}
    assert "已收下" in rows(asked)[0]


def test_what_is_left_open_is_asked_again(asked: AppTest, store: Path) -> None:
    ask(asked, TRADE, "industry")
    press(asked, "按这样认定")
    assert "已记为退回：请认定 1 栏" in rows(asked)[0] and receipts(store)[-1].what == RETURNED
    asked.session_state[next(key for key in _row_keys(asked) if key.endswith("decided-returned"))] = True
    asked.run()
    ask(asked, UNITS, "covered")
    press(asked, "按这样认定")
    assert "已收下" in rows(asked)[0] and len(receipts(store)) == 2


def test_nothing_is_kept_without_an_answer_or_when_two_answers_are_one_column(asked: AppTest, store: Path) -> None:
    press(asked, "按这样认定")
    assert "请先选定至少一栏" in asked.warning[0].value
    for header in (UNITS, TRADE):
        ask(asked, header, "covered")
    press(asked, "按这样认定")
    assert "两栏不能认定为报表的同一栏" in asked.warning[0].value
    assert len(receipts(store)) == 1


def test_a_receipt_can_be_answered_later(open_page: OpenPage, store: Path, tmp_path: Path) -> None:
    load_paths([roster(tmp_path)], store)
    app = open_page(store, "submissions.py")
    app.session_state["receipt-2-returned"] = True
    app.run()
    ask(app, UNITS, "covered")
    press(app, "其余的都不用")
    press(app, "按这样认定")
    assert receipts(store)[-1].what == ACCEPTED


def test_columns_are_not_asked_about_while_nobody_knows_who_reports(open_page: OpenPage, tmp_path: Path) -> None:
    app = drop(open_page(tmp_path / "none", "upload.py"), roster(tmp_path))
    assert "先报单位名册" in words(app) and not [field for field in app.selectbox if UNITS in field.label]


def _head(column: str) -> str:
    return f"{address('R01', column).rstrip('0123456789')}3"


def _row_keys(app: AppTest) -> list[str]:
    return [f"row-{sha}-{parcel.state}" for sha, parcel in app.session_state["upload_list"].items()]
