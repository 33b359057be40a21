"""An error is put down to the disk or the journal by what the database says, never by what somebody had written."""

from pathlib import Path

import duckdb
import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from store.disk_errors import say_fault

WORDS = ["malformed", "disk is full", "database is locked", "corrupt"]


@pytest.mark.parametrize("words", WORDS)
def test_s04_a_text_in_a_statement_is_no_fault_of_the_journal(words: str, tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'one.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text("create table reason (said text unique)"))
        connection.execute(text("insert into reason values (:said)"), {"said": words})
        with pytest.raises(DBAPIError) as raised:
            connection.execute(text("insert into reason values (:said)"), {"said": words})
    engine.dispose()
    assert words in str(raised.value) and say_fault(raised.value) == ""


@pytest.mark.parametrize("words", WORDS)
def test_s04_a_value_of_a_build_is_no_fault_of_it(words: str) -> None:
    with duckdb.connect() as connection, pytest.raises(duckdb.Error) as raised:
        connection.execute("select cast($1 as integer)", [words])
    assert words in str(raised.value) and say_fault(raised.value) == ""


def test_s04_a_journal_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "one.sqlite"
    path.write_bytes(b"no database at all" * 100)
    engine = create_engine(f"sqlite:///{path}")
    with engine.connect() as connection, pytest.raises(DBAPIError) as raised:
        connection.execute(text("select * from reason"))
    engine.dispose()
    assert "日志损坏" in say_fault(raised.value)
