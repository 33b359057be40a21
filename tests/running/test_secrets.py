"""No secret is tracked, none needs to stand in the settings, and none is open to every account of the machine."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from access.accounts.first_start import lacking
from base.errors import UserError
from base.settings import PREFIX, read_settings, settings, take_settings
from tests.contracts.source import ROOT

SECRETS = {
    "private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----\s+[A-Za-z0-9+/]"),
    "cloud key": re.compile(r"\b(AKIA|ASIA)[A-Z0-9]{16}\b"),
    "access token": re.compile(r"\b(gh[pousr]_[A-Za-z0-9]{30,}|glpat-[\w-]{20,}|xox[abp]-[\w-]{20,})"),
    "web token": re.compile(r"\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}"),
    "address with a password": re.compile(r"[a-z]+://[^\s:/@'\"{}]+:(?!口令|PASSWORD|\{|…)[^\s:/@'\"{}]{6,}@(?!db/)"),
    "written-down password": re.compile(
        r"^\s*[\w.]*(password|passwd|secret|token)\w*\s*=\s*['\"][^'\"\s{}]{12,}['\"]\s*$", re.IGNORECASE | re.MULTILINE
    ),
}
LEFT_OUT = ("settings.toml", ".streamlit/secrets.toml", "data/store/journal.sqlite", "data/store/logs/mingshu.log")


def _tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.parametrize("kind", SECRETS)
def test_no_tracked_file_holds_a_secret(kind: str) -> None:
    found = []
    for name in _tracked():
        if name.startswith("tests/") and kind == "written-down password":
            continue  # those of people made up for a test
        text = (ROOT / name).read_bytes().decode("utf-8", errors="ignore")
        found += [f"{name}: {hit[0][:40]}" for hit in SECRETS[kind].finditer(text)]
    assert found == []


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_may_hold_one_is_never_tracked(name: str) -> None:
    ignored = subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False)
    assert ignored.returncode == 0


def test_the_search_finds_what_it_is_for() -> None:
    samples = ("-----BEGIN RSA PRIVATE KEY-----\nMIIE", "AKIA" + "A" * 16, "ghp_" + "a" * 36,
               f"eyJ{'a' * 20}.eyJ{'b' * 20}.{'c' * 20}", "postgresql://m:" + "hunter2hunter@host/m",
               'API_TOKEN = "' + "a" * 16 + '"')  # fmt: skip
    assert all(any(pattern.search(sample) for pattern in SECRETS.values()) for sample in samples)


HELD = "correct-horse-battery"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of secrets, in a place without other settings."""
    for name in [name for name in os.environ if name.startswith(PREFIX)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    made = tmp_path / "credentials"
    made.mkdir()
    return made


@pytest.mark.parametrize("variable", ["MINGSHU_SECRETS", "CREDENTIALS_DIRECTORY"])
def test_a_secret_may_lie_in_a_file_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch, variable: str) -> None:
    monkeypatch.setenv(variable, str(folder))
    (folder / "mingshu_oidc_secret").write_text(f"{HELD}\n", "utf-8")
    (folder / "mingshu_metrics_token").write_text(HELD, "utf-8")
    file = folder.parent / "settings.toml"
    file.write_text('oidc_issuer = "https://sso.example"\noidc_client = "m"\naddress = "https://m.example"\n')
    found = read_settings(file)
    assert found.oidc_secret.get_secret_value() == found.token == HELD
    assert HELD in found.secrets(), "kept out of the log like any other"
    monkeypatch.setenv("MINGSHU_METRICS_TOKEN", HELD + "-2")
    assert read_settings(file).token == HELD + "-2"


def test_what_is_wrong_in_such_a_file_is_told_without_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGSHU_SECRETS", str(folder))
    (folder / "mingshu_metrics_token").write_text("short-one", "utf-8")
    with pytest.raises(UserError, match="metrics_token.*不显示") as told:
        read_settings(None)
    assert "short-one" not in str(told.value)
    monkeypatch.setenv("MINGSHU_SECRETS", str(folder / "none"))
    with pytest.raises(UserError, match="MINGSHU_SECRETS"):
        read_settings(None)


def test_the_journals_address_may_lie_in_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINGSHU_SECRETS", str(folder))
    (folder / "mingshu_journal").write_text("sqlite:////elsewhere/journal.sqlite", "utf-8")
    settings.cache_clear()
    taken: dict[str, str] = {}
    take_settings(taken)
    settings.cache_clear()
    assert taken == {"MINGSHU_JOURNAL": "sqlite:////elsewhere/journal.sqlite"}


@pytest.mark.skipif(os.name != "posix", reason="rights of files")
@pytest.mark.parametrize(
    ("text", "rights", "told"),
    [
        (f'metrics_token = "{HELD}"', 0o644, True),
        (f'metrics_token = "{HELD}"', 0o640, False),
        ('metrics_token = ""', 0o644, False),
        ("port = 9000", 0o644, False),
    ],
)
def test_settings_with_a_secret_that_every_account_may_read_do_not_serve_an_office(
    folder: Path, text: str, rights: int, told: bool
) -> None:
    file = folder.parent / "settings.toml"
    file.write_text(text)
    file.chmod(rights)
    said = [one for one in lacking(folder.parent / "store") if "别的账号也能读" in one]
    assert bool(said) is told and HELD not in "".join(said)
