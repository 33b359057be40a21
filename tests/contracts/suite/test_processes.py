"""How the tests are dealt out to the processes names what there is, and keeps together what shares a set-up."""

import os

from tests.contracts.source import ROOT
from tests.lib.processes import FIRST, LAST, TOGETHER, count_processes, group_of, turn_of


def test_every_file_and_folder_named_is_there() -> None:
    named = [*(name for group in TOGETHER for name in group), *FIRST, *LAST]
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_files_that_share_a_set_up_are_one_group() -> None:
    papers = {group_of(f"tests/soundness/papers/test_{name}.py::test_it") for name in ("papers", "said_of_part")}
    assert papers == {"tests/soundness/papers/test_figure_titles.py"}
    assert group_of("tests/test_journey.py::test_it[a::b]") == "tests/test_journey.py"


def test_what_takes_longest_comes_first_and_what_is_quick_last() -> None:
    turns = [
        turn_of(f"tests/{name}.py::test_it") for name in ("browser/test_policy", "test_report", "contracts/test_sql")
    ]
    assert turns == sorted(turns) and len(set(turns)) == 3


def test_there_is_a_process_for_each_core_beside_the_one_that_waits_for_a_browser() -> None:
    assert 2 <= count_processes() <= (os.cpu_count() or 1) + 1
