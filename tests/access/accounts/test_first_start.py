"""The first start on one's own machine, what an office still lacks, and accounts on the command line."""

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from access.__main__ import main
from access.accounts import accounts, add_account, check_password, find_account, stop_account
from access.accounts.first_start import lacking
from access.accounts.roles import Role
from access.accounts.sample_accounts import sample_accounts
from tests.access.gate.test_routes import ask
from tests.contracts.source import ROOT
from tests.lib.people import open_form, send
from tests.lib.server import serve

PASSWORD = re.compile(r"\b(\w{4}-\w{4}-\w{4}-\w{4})\b")


def run(store: Path, *words: str) -> int:
    return main([words[0], "--store", str(store), *words[1:]])


@pytest.fixture
def begun(template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, str]:
    """A store of the sample county after its first start, and what was printed."""
    store = tmp_path / "store"
    shutil.copytree(template, store)
    with closing(sqlite3.connect(store / "journal.sqlite")) as journal:  # with its data, and nobody who may come in
        for table in ("session", "known_browser", "sent_by", "account"):
            journal.execute(f"delete from {table}")
        journal.commit()
    assert run(store, "first") == 0
    return store, capsys.readouterr().out


def test_the_first_start_makes_an_administrator_and_prints_the_password_once(
    begun: tuple[Path, str], capsys: pytest.CaptureFixture[str]
) -> None:
    store, printed = begun
    password = PASSWORD.findall(printed)
    assert len(password) == 1 and "admin" in printed
    found = check_password(store, "admin", password[0])
    assert found and found.role == Role.ADMIN and found.must_change
    assert not [path for path in store.rglob("*") if path.is_file() and password[0].encode() in path.read_bytes()]
    assert run(store, "first") == 0 and capsys.readouterr().out == ""


def test_the_sample_county_has_an_account_a_role(begun: tuple[Path, str]) -> None:
    assert [account.role for account in sample_accounts(begun[0])] == list(Role)
    assert {account.area for account in sample_accounts(begun[0])} == {"", "T01"}


def test_another_county_has_none(tmp_path: Path) -> None:
    assert run(tmp_path, "first") == 0
    assert [account.name for account in accounts(tmp_path)] == ["admin"]


def test_sample_accounts_are_offered_and_let_in_on_this_machine_alone(begun: tuple[Path, str]) -> None:
    with serve(begun[0]) as address:
        form, seed = open_form(address)
        fields = {"form": form, "sample": "示例领导", "next": "/"}
        let_in = send(address, fields, seed)
        assert let_in["status"] == "303"
        cookie = f"mingshu_session={let_in['mingshu_session']}"
        assert ask(address, "GET", "/", {"Cookie": cookie})[0] == 200
        for elsewhere in ({"X-Forwarded-For": "192.0.2.7"}, {"X-Real-IP": "127.0.0.1"}, {"Host": "office.example"}):
            status, page = ask(address, "GET", "/sign-in", elsewhere)
            assert status == 200 and "示例领导" not in page.decode()
            assert "mingshu_session" not in send(address, fields, seed, **elsewhere)
            assert ask(address, "GET", "/", {"Cookie": cookie, **elsewhere})[0] == 401


def test_sample_accounts_are_not_offered_when_the_data_are_another_countys(tmp_path: Path) -> None:
    add_account(tmp_path, "示例领导", "示例领导", Role.LEADER, sample=True)
    with serve(tmp_path) as address:
        form, seed = open_form(address)
        assert "mingshu_session" not in send(address, {"form": form, "sample": "示例领导"}, seed)


def test_an_office_is_told_all_it_lacks(
    begun: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(begun[0], "ready") == 1
    told = capsys.readouterr().err
    assert "有不用密码的示例账号" in told and "MINGSHU_SECURE_COOKIE" in told and "还没有管理员" not in told
    assert run(tmp_path / "empty", "ready") == 1
    assert "还没有管理员" in capsys.readouterr().err
    for account in sample_accounts(begun[0]):
        stop_account(begun[0], account.name)
    monkeypatch.setenv("MINGSHU_SECURE_COOKIE", "true")
    assert (run(begun[0], "ready"), lacking(begun[0])) == (0, [])
    monkeypatch.setenv("MINGSHU_IDLE_MINUTES", "never")
    assert run(begun[0], "ready") == 1 and "MINGSHU_IDLE_MINUTES" in capsys.readouterr().err


def test_make_serve_does_not_start_while_anything_is_lacking(begun: tuple[Path, str]) -> None:
    done = subprocess.run(
        ["make", "-n", "serve"], capture_output=True, text=True, cwd=ROOT, check=True, timeout=60
    ).stdout
    lines = [line for line in done.splitlines() if "access ready" in line or "-m serving" in line]
    assert len(lines) == 2 and "access ready" in lines[0]


def test_accounts_on_the_command_line(template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = shutil.copytree(template, tmp_path / "store")
    assert run(store, "add", "zhang", "--shown", "张云", "--role", "填报员", "--area", "T02") == 0
    first = PASSWORD.findall(capsys.readouterr().out)[0]
    assert check_password(store, "zhang", first)
    assert run(store, "password", "zhang") == 0
    second = PASSWORD.findall(capsys.readouterr().out)[0]
    assert check_password(store, "zhang", second) and not check_password(store, "zhang", first)
    assert run(store, "stop", "zhang") == 0 and run(store, "list") == 0
    assert "zhang  张云  填报员  T02  已停用，还没有换过密码" in capsys.readouterr().out
    assert run(store, "start", "zhang") == 0
    account = find_account(store, "zhang")
    assert account and not account.stopped


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("stop", "nobody"), "没有登录名是“nobody”的账号"),
        (("stop", "测试管理员"), "最后一个管理员"),
        (("add", "zhang", "--shown", "张云", "--role", "填报员", "--area", "T09"), "T01（甲镇）、T02（乙乡）"),
        (("add", "测试管理员", "--shown", "张云", "--role", "领导"), "已经有了"),
    ],
)
def test_what_cannot_be_done_is_told(
    template: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    before = accounts(template)
    assert run(template, *words) == 2
    assert said in capsys.readouterr().err and accounts(template) == before


def test_the_command_runs_as_documented() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "access", "--help"], capture_output=True, text=True, cwd=ROOT, timeout=60, check=True
    )
    assert "谁能看、谁能做" in done.stdout
