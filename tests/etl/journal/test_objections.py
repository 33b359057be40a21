"""Objections: kept with their answers, by whom and when, and never changed."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from base.errors import UserError
from etl.journal.objections import answer_objection, object_to, objections
from store.paths import journal_url
from tests.lib.county import begin_store
from tests.lib.scores import SCHEME


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return begin_store(tmp_path / "store")


def test_an_objection_and_its_answers_are_kept_in_order(store: Path) -> None:
    first = object_to(store, SCHEME, "T01", "archives", "档案已经补齐", "甲镇工会")
    second = object_to(store, SCHEME, "T02", "files", "资料交过了", "乙乡工会")
    answer_objection(store, first, False, "补齐在截止日之后", "考核办")
    answer_objection(store, first, True, "复议后采纳", "考核办")
    one, other = objections(store, SCHEME)
    assert (one.id, one.unit, one.item, one.words, one.who) == (first, "T01", "archives", "档案已经补齐", "甲镇工会")
    assert [(answer.upheld, answer.words, answer.who) for answer in one.answers] == [
        (False, "补齐在截止日之后", "考核办"),
        (True, "复议后采纳", "考核办"),
    ]
    assert one.at and all(answer.at for answer in one.answers)
    assert (other.id, other.answers) == (second, ())


@pytest.mark.parametrize(("asked", "said"), [
    (("town_work_2011", "T01", "archives", "有误", "甲"), "是不是“town_work_2010”"),
    ((SCHEME, "T01", "archive", "有误", "甲"), "是不是“archives”"),
    ((SCHEME, "T01001", "archives", "有误", "甲"), "不考核代码为“T01001”的单位"),
    ((SCHEME, "T01", "archives", "  ", "甲"), "请写明申诉的理由"),
    ((SCHEME, "T01", "archives", "有误", ""), "请写明由谁提出申诉"),
])  # fmt: skip
def test_what_cannot_be_noted_is_told(asked: tuple[str, str, str, str, str], said: str, store: Path) -> None:
    with pytest.raises(UserError, match=said):
        object_to(store, *asked)
    assert objections(store, SCHEME) == []


def test_an_answer_needs_an_objection(store: Path) -> None:
    with pytest.raises(UserError, match="没有编号为 7 的申诉"):
        answer_objection(store, 7, True, "采纳", "考核办")


def test_looking_makes_no_journal(tmp_path: Path) -> None:
    assert objections(tmp_path, SCHEME) == []
    assert list(tmp_path.iterdir()) == []


def test_an_older_journal_goes_on(store: Path) -> None:
    engine = create_engine(journal_url(store))
    with engine.begin() as connection:
        for table in ("objection_answer", "objection", "frozen"):
            connection.execute(text(f"drop table {table}"))
    engine.dispose()
    assert objections(store, SCHEME) == []
    assert object_to(store, SCHEME, "T01", "archives", "有误", "甲") == 1
