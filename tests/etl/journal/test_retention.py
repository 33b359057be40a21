"""Originals that went back for personal data are kept so long as the catalogue says, then listed, then deleted."""

from pathlib import Path

import pytest
import time_machine

from etl.__main__ import main as etl
from etl.intake import forget, load_paths, withdraw
from etl.journal import Journal
from etl.pipeline.retention import overdue
from stats.catalogue import Catalogue
from tests.lib.county import copy_of, town_one, union_row, write_register, write_roster

PERIOD, IDENTITY = "2008年一季度", "11010519491231002X"


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store where in January 2020 two files went back for an identity number, one for a word, one was withdrawn."""
    return copy_of(_of_january, tmp_path)


def _of_january(where: Path) -> None:
    folder, store = where / "sent", where / "store"
    personal = [union_row("甲一厂工会", 1, 2), union_row(IDENTITY, 1, 2)]
    worded = [union_row("甲一厂工会", "约三百", 2)]  # type: ignore[arg-type]
    files = [
        write_register(folder),
        write_roster(folder, "甲镇", PERIOD, town_one()),
        write_roster(folder, "甲镇", "2008年二季度", personal, name="证一.xlsx"),
        write_roster(folder, "甲镇", "2008年三季度", personal, name="证二.xlsx"),
        write_roster(folder, "甲镇", "2008年三季度", worded, name="约.xlsx"),
    ]
    with time_machine.travel("2020-01-15T00:00:00+00:00"):
        for file in files:
            load_paths([file], store)
        withdraw(store, 2, "报错了", "")


def test_only_what_holds_personal_data_and_was_kept_long_enough_is_due(store: Path, catalogue: Catalogue) -> None:
    assert catalogue.reporting.personal_data_days == 90
    with time_machine.travel("2020-04-13T00:00:00+00:00"):
        assert overdue(store) == []
    with time_machine.travel("2020-04-16T00:00:00+00:00"):
        assert [entry.name for entry in overdue(store)] == ["证一.xlsx", "证二.xlsx"]
        assert overdue(store, 200) == []
    forget(store, 3, "含个人信息", "赵明")
    assert [entry.name for entry in overdue(store)] == ["证二.xlsx"]


def test_the_command_lists_first_and_deletes_when_told(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["retention", "--store", str(store), "--who", "赵明"]
    before = {entry.seq: store / entry.file for entry in Journal(store).entries()}
    assert etl(asked) == 0
    assert "共 2 份已过保存期。要删除，请加 --forget" in capsys.readouterr().out
    assert all(path.is_file() for path in before.values())
    assert etl([*asked, "--forget"]) == 0
    assert "已删除 2 份原件" in capsys.readouterr().out
    assert [seq for seq, path in before.items() if not path.is_file()] == [3, 4]
    gone = Journal(store).entries()[2].forgotten
    assert gone and (gone.who, gone.reason) == ("赵明", "含个人信息，保存期满")
    assert etl(asked) == 0
    assert "共 0 份已过保存期。" in capsys.readouterr().out


def test_a_file_that_came_back_lately_is_kept_from_then_on(store: Path, tmp_path: Path) -> None:
    """Sent again and sent back again, one original stands for both receipts; the older one is due, and listed once."""
    load_paths([tmp_path / "sent" / "证一.xlsx"], store)
    due = overdue(store)
    assert len({one.sha for one in due}) == len(due) == 1, "the one that came again waits its time"
