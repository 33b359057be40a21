"""Settings: one file, variables before it, and everything that is wrong told at once."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from base.errors import UserError
from base.settings import PREFIX, Settings, read_settings, settings_file
from tests.contracts.source import ROOT, product_files

EXAMPLE = ROOT / "settings.example.toml"
SECRET = "correct-horse-battery"


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def _file(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_only_this_machine_is_served() -> None:
    found = read_settings(settings_file())
    assert (found.listen, found.port, found.only_here, found.upload_mb) == ("127.0.0.1", 8501, True, 30)


def test_a_variable_goes_before_the_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = _file(tmp_path, 'port = 9000\nlog_level = "DEBUG"\nhosts = ["a.example"]')
    monkeypatch.setenv("MINGSHU_PORT", "9001")
    monkeypatch.setenv("MINGSHU_HOSTS", "b.example, c.example")
    found = read_settings(file)
    assert (found.port, found.log_level, found.hosts) == (9001, "DEBUG", ("b.example", "c.example"))


def test_the_file_may_lie_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MINGSHU_SETTINGS", str(tmp_path / "none.toml"))
    with pytest.raises(UserError, match="没有设置文件"):
        settings_file()
    (tmp_path / "none.toml").write_text("port = 9002")
    assert read_settings(settings_file()).port == 9002


def test_everything_that_is_wrong_is_told_at_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MINGSHU_PROT", "1")
    monkeypatch.setenv("MINGSHU_LOG_DAYS", "many")
    file = _file(
        tmp_path, f'prot = 1\nthreads = 0\nbackup_at = "25:00"\nmemory_limit = "all"\nmetrics_token = "{SECRET[:9]}"'
    )
    with pytest.raises(UserError) as told:
        read_settings(file)
    said = str(told.value)
    for part in (
        "不认识变量“MINGSHU_PROT”，是不是“MINGSHU_PORT”",
        "变量 MINGSHU_LOG_DAYS 写的是“many”",
        "不认识“prot”，是不是“port”",
        "“threads” 写的是“0”，应为：数据库用几个处理器，1 到 256 的整数",
        "“backup_at” 写的是“25:00”",
        "“memory_limit” 写的是“all”",
        "“metrics_token” 写的是“（不显示）”",
    ):
        assert part in said
    assert SECRET[:9] not in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('certificate = "a.crt"', "要么都写"),
        ('oidc_issuer = "https://sso.example.cn"', "oidc_client"),
        ('proxy_header = "x-user"', "proxies"),
        ('proxies = ["office"]', "“proxies” 写的是"),
        ('proxies = ["0.0.0.0/0"]', "太宽"),
        ('proxies = ["10.0.0.0/8"]', "太宽"),
        ('proxies = ["::/0"]', "太宽"),
        ("idle_minutes = 0", "“idle_minutes” 写的是“0”，应为：多少分钟不动就要重新登录"),
        ("port = ", "读不了"),
        ('address = "mingshu.example.cn"', "https://mingshu.example.cn"),
    ],
)
def test_what_does_not_go_together_is_told(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=said):
        read_settings(_file(tmp_path, text))


def test_a_command_takes_the_store_from_the_file(tmp_path: Path) -> None:
    _file(tmp_path, f'store = "{tmp_path / "elsewhere"}"')
    command = [sys.executable, "-m", "stats", "read", "--unit", "COUNTY", "--span", "2010Q4"]
    ran = subprocess.run(
        command, cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 2
    assert str(tmp_path / "elsewhere") in ran.stderr


def test_secrets_are_held_back_from_print() -> None:
    found = Settings(metrics_token=SECRET, journal=f"postgresql://m:{SECRET}@db/m")
    assert SECRET not in repr(found) + str(found)
    assert SECRET in found.secrets()


def test_the_example_names_every_setting_and_is_right_when_all_is_taken(tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8")
    named = re.findall(r"^# ([a-z_]+) = ", text, re.MULTILINE)
    assert sorted(named) == sorted(Settings.model_fields)
    whole = tomllib.loads(re.sub(r"^# ([a-z_]+ = )", r"\1", text, flags=re.MULTILINE))
    filled = {name: value or SECRET for name, value in whole.items()}
    Settings(**filled)


def test_what_the_example_says_is_what_holds_without_a_file() -> None:
    text = re.sub(r"^# ([a-z_]+ = )", r"\1", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE)
    whole, usual = tomllib.loads(text), Settings()
    held = ("listen", "port", "upload_mb", "memory_limit", "log_level", "log_days", "idle_minutes", "longest_hours",
            "oidc_claim", "oidc_label")  # fmt: skip
    assert {name: whole[name] for name in held} == {name: getattr(usual, name) for name in held}


def test_no_variable_is_read_that_is_no_setting() -> None:
    known = {"MINGSHU_SETTINGS", "MINGSHU_SECRETS", *(PREFIX + name.upper() for name in Settings.model_fields)}
    named = {
        found for path in product_files() for found in re.findall(r"MINGSHU_[A-Z_]*[A-Z]", path.read_text("utf-8"))
    }
    assert named - known - {"MINGSHU_KEY"} == set()
