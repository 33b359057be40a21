"""What people type is kept at a length that fits, and without the numbers that tell of a person."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from access.accounts.roles import Role
from access.accounts.sessions import Sessions
from access.acts import Acts
from base.errors import UserError
from base.settings import Settings
from etl.journal import read_entries
from etl.privacy.typed_words import LONGEST
from stats.catalogue import load_catalogue
from tests.lib.people import session_for
from tests.lib.scores import SCHEME

NUMBER = "11010519491231002X"
WRITINGS = (NUMBER, "１１０１０５１９４９１２３１００２Ｘ", "110105 19491231 002X", "手机138-0013-8000")
Type = Callable[[Acts, int, str], object]


def _object(doing: Acts, _: int, words: str) -> object:
    return doing.object_to(SCHEME, "T01", next(iter(load_catalogue().scheme(SCHEME).items)), words)


def _answer(doing: Acts, _: int, words: str) -> object:
    return doing.answer_objection(_asked(doing), True, words)


def _asked(doing: Acts) -> int:
    number = _object(doing, 0, "请复核")
    assert isinstance(number, int)
    return number


TYPED: dict[str, Type] = {
    "an objection": _object,
    "an answer": _answer,
    "why a file is withdrawn": Acts.withdraw,
    "a page kept": lambda doing, _, words: doing.save_view(words, f"goals?seek={words.replace(' ', '')}", True),
}


@pytest.fixture
def own(store: Path, tmp_path: Path) -> Path:
    return shutil.copytree(store, tmp_path / "store")


@pytest.fixture
def staff(own: Path) -> Acts:
    return Acts(own, session_for(own, Role.STAFF))


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_s07_no_typed_text_is_kept_with_a_persons_number(own: Path, staff: Acts, typed: Type) -> None:
    last = max(entry.seq for entry in read_entries(own) if entry.what == "accepted")
    for writing in WRITINGS[:1] if typed is Acts.withdraw else WRITINGS:
        typed(staff, last, f"王芳 {writing} 来电")
    kept = _kept(own)
    assert [one for one in WRITINGS if one.removeprefix("手机") in kept] == []
    assert "（已隐去） 来电" in kept


def test_s07_a_number_given_as_a_name_to_sign_in_with_is_not_kept(own: Path) -> None:
    Sessions(own, Settings()).refuse(NUMBER)
    assert NUMBER not in _kept(own)


@pytest.mark.parametrize("typed", [one for name, one in TYPED.items() if name != "a page kept"])
def test_s09_a_text_of_any_length_does_not_fill_the_journal(own: Path, staff: Acts, typed: Type) -> None:
    last = max(entry.seq for entry in read_entries(own) if entry.what == "accepted")
    with pytest.raises(UserError, match="最多 500 个字"):
        typed(staff, last, "长" * (LONGEST + 1))
    assert "长长" not in _kept(own)


@pytest.mark.parametrize(
    "address", ["https://example.invalid", "//example.invalid/a?b=c", "javascript:alert(1)", "goals?a=" + "x" * 3000]
)
def test_s06_a_page_kept_leads_nowhere_but_to_a_page_of_ours(staff: Acts, address: str) -> None:
    with pytest.raises(UserError, match="没有收藏"):
        staff.save_view("名", address, True)
    staff.save_view("名", "goals?unit=T01&span=2010Q1", True)


def _kept(store: Path) -> str:
    """Return every text in a store's journal."""
    with sqlite3.connect(store / "journal.sqlite") as journal:
        kept = "\n".join(journal.iterdump())
    journal.close()
    return kept
