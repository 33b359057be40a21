"""The next files of a table that became a form: the same go in unasked, a changed one shows its differences."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from etl.intake import load_paths
from tests.etl.form_proposals.shaped_tables import write_sheets
from tests.etl.form_proposals.test_form_command import begin, form
from tests.etl.own_layouts.test_own_tables import asked, values
from tests.etl.own_layouts.written_tables import AREAS
from tests.lib.county import copy_of

LEDGER = ["--code", "L03", "--name", "帮扶", "--frequency", "month", "--numbers", "flow", "--measure", "人"]
HEAD = ("序号", "发放时间", "乡镇", "受助人", "家庭人口", "金额（元）")


def write(folder: Path, month: int, head: Sequence[str] = HEAD, rows: int = 6) -> Path:
    lines = [[at, f"{month}月{at}日", AREAS[at % 3], "钱多多", at, 100 * at] for at in range(1, rows + 1)]
    order = [HEAD.index(name) if name in HEAD else (3 if "姓名" in name else 4) for name in head]
    table = [[line[at] for at in order] for line in lines]
    path = folder / f"帮扶{month}月{len(list(folder.iterdir()))}.xlsx"
    return write_sheets(path, {f"{month}月": [[f"2026年{month}月帮扶台账"], head, *table]})


@pytest.fixture
def store(tmp_path: Path) -> Path:
    store = copy_of(begin, tmp_path)
    path = write(tmp_path, 3)
    assert form(store, path, LEDGER, "--save") == 0
    assert not asked(load_paths([path], store))
    return store


def test_numbers_that_begin_anew_and_columns_that_moved_are_no_question(store: Path, tmp_path: Path) -> None:
    moved = (HEAD[0], HEAD[2], HEAD[1], *HEAD[3:])
    assert not asked(load_paths([write(tmp_path, 4), write(tmp_path, 5, moved)], store))
    assert [values(store, f"2026M0{month}", "l03_c5") for month in (3, 4, 5)] == [[2100]] * 3


@pytest.mark.parametrize(
    ("head", "rules"),
    [
        ((*HEAD, "家庭成员"), ["layout_more"]),
        ((*HEAD[:4], "家庭成员", HEAD[5]), ["layout_more", "layout_lacks"]),
        ((*HEAD[:3], "受助对象姓名", *HEAD[4:]), ["layout_more", "layout_lacks", "personal_data"]),
        ((*HEAD, HEAD[5]), ["heading_twice"]),
    ],
)
def test_a_changed_table_is_held_against_its_layout(
    store: Path, tmp_path: Path, head: Sequence[str], rules: list[str]
) -> None:
    summary = load_paths([write(tmp_path, 4, head)], store)
    assert asked(summary) == rules
    assert not any("Cell(" in finding.sentence() for finding in summary.outcomes[0].findings)


def test_a_file_sent_again_with_a_row_less_is_asked_about(store: Path, tmp_path: Path) -> None:
    assert asked(load_paths([write(tmp_path, 3, rows=5)], store)) == ["drops_rows"]
