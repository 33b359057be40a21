"""Each fault on each command: it does its work, or ends with 2 and a sentence; nothing is half-written."""

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from access.__main__ import build_parser as access_parser
from access.__main__ import main as access
from access.accounts.roles import Role
from etl.__main__ import build_parser as etl_parser
from etl.__main__ import main as etl
from etl.backup import back_up
from etl.pipeline.server_start import served_store
from serving.__main__ import main as serving
from stats.__main__ import build_parser as stats_parser
from stats.__main__ import main as stats
from store import engine
from store.audit import entries, verify
from tests.lib.contents import contents
from tests.lib.county import town_two, write_roster
from tests.lib.faults import OF_BUILD, OF_JOURNAL, READ_ON, UNHURT, disk
from tests.lib.files.word import write_word
from tests.lib.people import account_for, name_of
from tests.lib.server import ROOT

FAULTS = READ_ON | OF_JOURNAL | OF_BUILD
SENTENCE = re.compile("请[^。]*[。：]|运行：")
Main = Callable[[list[str]], int]
SPAN = ["--unit", "COUNTY", "--span", "2008Q1"]
# What is asked, and what of the store it needs: "b" the build, "j" the journal, "w" to write into it.
DAILY: dict[str, tuple[Main, list[str], str]] = {
    "read": (stats, ["read", *SPAN], "b"),
    "trace": (stats, ["trace", "union_members", *SPAN], "b"),
    "targets": (stats, ["targets", *SPAN], "b"),
    "brief": (stats, ["brief", *SPAN, "--out", "OUT"], "bw"),
    "status": (etl, ["status", "--period", "2008Q1"], "bj"),
    "check": (etl, ["check", "FILE"], "b"),
    "load": (etl, ["load", "FILE"], "bjw"),
    "withdraw": (etl, ["withdraw", "2", "--reason", "报错了"], "bjw"),
    "forget": (etl, ["forget", "4", "--reason", "含个人信息"], "jw"),
    "retention": (etl, ["retention"], "j"),
    "answer": (etl, ["answer", "4", "--list"], "j"),
    "backup": (etl, ["backup", "OUT"], "j"),
    "audit-store": (etl, ["audit-store"], ""),
    "audit list": (access, ["audit", "list"], "j"),
    "audit verify": (access, ["audit", "verify"], "j"),
    "accounts": (access, ["list"], "j"),
    "add": (access, ["add", "limei", "--shown", "李梅", "--role", "工作人员"], "jw"),
}
# Each fault meets half of the daily ones and a few of these here, and all in the soak. What makes a build anew comes
# last: it ends the fault. Where nothing is needed, nothing can be done as it is asked, or nothing is to be done.
OTHERS: dict[str, tuple[Main, list[str], str]] = {
    "read a file": (etl, ["read", "FILE"], ""),
    "blank form": (etl, ["template", "R01", "--unit", "T01", "--period", "2008Q3", "--out", "OUT.xlsx"], "b"),
    "found": (etl, ["found", "--name", "甲县总工会", "--units", "FILE"], ""),
    "own form": (etl, ["form", "FILE", "--code", "L01", "--name", "甲表", "--frequency", "quarter"], ""),
    "own layout": (etl, ["layout", "FILE", "--form", "R01"], ""),
    "confirm": (etl, ["confirm", "2", "--reason", "核实过"], ""),
    "match": (etl, ["match", "4", "--ignore", "甲"], ""),
    "figure": (stats, ["figure", "organisation", "density", *SPAN], "b"),
    "score": (stats, ["score", "town_work_2010"], "b"),
    "placeholders": (stats, ["placeholders", *SPAN], "b"),
    "paper's template": (stats, ["template", "work_report", "--out", "OUT.docx"], ""),
    "fill": (stats, ["fill", "PAPER", *SPAN, "--out", "OUT.docx"], "bw"),
    "page": (stats, ["page", *SPAN, "--out", "OUT.pdf"], "bw"),
    "cite": (stats, ["cite", "7K2M-Q9XT4"], ""),
    "verify": (stats, ["verify", "PAPER", *SPAN, "--out", "OUT.docx"], "bw"),
    "totals": (etl, ["totals"], "b"),
    "stop": (access, ["stop", "CLERK"], "jw"),
    "start": (access, ["start", "CLERK"], "jw"),
    "password": (access, ["password", "CLERK"], "jw"),
    "unbind": (access, ["unbind", "CLERK"], "jw"),
    "end": (access, ["end", "CLERK"], "jw"),
    "drop-code": (access, ["drop-code", "CLERK"], "jw"),
    "first": (access, ["first"], "j"),
    "ready": (access, ["ready"], "j"),
    "settings": (serving, ["settings"], ""),
    "restore": (etl, ["restore", "BACKUP"], "w"),
    "freeze": (etl, ["freeze", "--scheme", "town_work_2010", "--date", "2010-12-31"], "jw"),
    "upgrade": (etl, ["upgrade"], ""),
    "build": (etl, ["build"], "jw"),
    "catalogue": (stats, ["catalogue", "list"], "j"),
    "take back": (etl, ["catalogue", "take-back", "0", "--who", "甲", "--why", "试"], "jw"),
}
LONG: dict[str, tuple[Main, list[str], str]] = {"sample": (etl, ["sample", "OUT"], "")}
COMMANDS = DAILY | LONG | OTHERS
NO_STORE = {"read a file", "paper's template", "settings", "sample"}


@pytest.fixture(scope="module")
def kept(loaded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A store on a small disk of its own. Every fault ends with its test."""
    with disk(tmp_path_factory.mktemp("kept") / "disk", 32) as place:
        store = Path(shutil.copytree(loaded, place / "store"))
        account_for(store, Role.ADMIN)
        account_for(store, Role.CLERK, "T01")
        yield store


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_READ_PATIENCE", 0.1)
    monkeypatch.setattr(engine, "_PATIENCE", 0.2)
    engine._LOCKED.clear()


def run(name: str, store: Path, file: Path, out: Path) -> int:
    main, words, _ = COMMANDS[name]
    given = {"FILE": str(file), "PAPER": str(file.with_name("文.docx")), "BACKUP": str(file.with_name("backup"))}
    given["CLERK"] = name_of(Role.CLERK, "T01")
    named = [given.get(word, word.replace("OUT", str(out))) for word in words]
    return main(named if name in NO_STORE else [*named, "--store", str(store)])


def sendings(folder: Path, store: Path) -> Path:
    """Write what the commands are given; return a return, beside which a paper and a backup of the store lie."""
    (folder / "文.docx").write_bytes(write_word("工会组织情况"))
    back_up(store, folder / "backup")
    return write_roster(folder, "乙乡", "2008年三季度", town_two())


def test_every_command_is_tried() -> None:
    parsers = {etl: etl_parser(), stats: stats_parser(), access: access_parser()}
    tried = {(main, words[0]) for main, words, _ in COMMANDS.values()}
    assert {(main, name) for main, parser in parsers.items() for name in _names(parser)} - tried == set()


def _names(parser: argparse.ArgumentParser) -> list[str]:
    (commands,) = (one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    return [*commands.choices]


@pytest.mark.parametrize("number", range(len(FAULTS)))
def test_s04_each_command_does_its_work_or_says_what_is_the_matter(
    number: int, kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    few = [*list(DAILY)[number % 4 :: 4], *list(OTHERS)[number % 8 :: 8]]
    try_commands(list(FAULTS)[number], few, kept, tmp_path, capsys)


@pytest.mark.soak
@pytest.mark.parametrize("fault", FAULTS)
def test_s04_every_command_through_every_fault(
    fault: str, kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try_commands(fault, [*COMMANDS], kept, tmp_path, capsys)


def try_commands(fault: str, names: list[str], kept: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Run commands under a fault; see that each works or says what to do, and that nothing is half-written."""
    file = sendings(folder, kept)
    before = contents(kept), [entry.verb for entry in entries(kept)]
    with FAULTS[fault](kept):
        for name in names:
            if name == "restore" and fault == "a vanished store":
                continue  # there it would begin the store anew, as it is meant to
            code = run(name, kept, file, folder / "out")
            said = capsys.readouterr()
            assert "Traceback" not in said.err, (name, said.err)
            assert code == 0 or said.err or said.out, name
            assert works(name, fault) or (code and SENTENCE.search(said.err + said.out)), (name, code, said)
            shutil.rmtree(folder / "out", ignore_errors=True)
    if fault in READ_ON:
        assert (contents(kept), [entry.verb for entry in entries(kept)]) == before
    assert contents(kept) == before[0] and verify(kept).broken is None
    assert not [*kept.glob("warehouse/work-*"), *kept.glob("inbox/part-*"), *kept.glob("queue-*")]


def works(name: str, fault: str) -> bool:
    """Return whether a command may do its work in spite of a fault."""
    needs = set(COMMANDS[name][2])
    lacking = {"w"} if fault in READ_ON else {"b"} if fault in OF_BUILD else {"j", "w"}
    if fault == "a vanished store":
        lacking |= {"b"}
    return not needs & lacking or fault == "a journal shut by another"


@pytest.fixture(scope="module", params=["read", "trace", "targets", "status", "check", "audit list", "accounts"])
def undisturbed(
    kept: Path, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Path, int, str]:
    """A reading command, the return that it is given, what it ends with and what it says when nothing is the matter."""
    name, folder = request.param, tmp_path_factory.mktemp("undisturbed")
    file, said = write_roster(folder, "乙乡", "2008年三季度", town_two()), StringIO()
    with redirect_stdout(said):
        code = run(name, kept, file, folder)
    return name, file, code, said.getvalue()


@pytest.mark.parametrize("fault", [*UNHURT, "a full disk", "a read-only disk", "a journal written to by another"])
def test_s04_reading_commands_say_the_same_through_faults_of_writing(
    fault: str, undisturbed: tuple[str, Path, int, str], kept: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name, file, code, said = undisturbed
    with (UNHURT | FAULTS)[fault](kept):
        assert run(name, kept, file, tmp_path) == code
    assert capsys.readouterr().out == said and said


@pytest.mark.parametrize("fault", OF_BUILD)
def test_s05_what_is_lost_of_a_build_is_made_anew_from_originals_and_journal(
    fault: str, store: Path, loaded: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with OF_BUILD[fault](store):
        assert etl(["build", "--store", str(store)]) == 0
        assert contents(store) == contents(loaded)


@pytest.mark.parametrize("fault", OF_JOURNAL | OF_BUILD)
def test_s10_a_server_on_a_broken_store_starts_and_says_so(
    fault: str, kept: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if fault == "a vanished store":
        pytest.skip("a server that starts makes the folder of its store")
    with FAULTS[fault](kept), served_store(kept):
        said = capsys.readouterr().err
    assert SENTENCE.search(said) and "Traceback" not in said


@pytest.mark.parametrize(
    "command", [["-m", "stats", "read", *SPAN], ["-m", "etl", "status", "--period", "2008Q1"], ["-m", "access", "list"]]
)
def test_s10_a_binary_current_and_a_garbage_journal_are_told_in_one_line(command: list[str], store: Path) -> None:
    (store / "warehouse" / "CURRENT").write_bytes(b"\xff\xfe\x00" * 7)
    (store / "journal.sqlite").write_bytes(b"\x00\xff" * 9000)
    done = subprocess.run(
        [sys.executable, *command, "--store", str(store)], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 2 and SENTENCE.search(done.stderr) and len(done.stderr.strip().splitlines()) == 1
