"""Nothing the repository tracks is a secret, and what could hold one can't be tracked by mistake."""

import re
import subprocess

import pytest

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
