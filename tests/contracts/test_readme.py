"""Every command the README shows exists."""

import re
import shlex
import subprocess
import sys
from functools import cache

import pytest

from tests.contracts.source import ROOT

README = ROOT / "README.md"
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
# Commands of others that the README may use as they are.
FOREIGN = {"git", "cd", "sudo", "apt-get", "ls", "cat"}


def _commands() -> list[str]:
    blocks = BLOCK.findall(README.read_text("utf-8"))
    lines = [re.sub(r"(^|\s)#.*", "", line) for block in blocks for line in block.splitlines()]
    return sorted({part.strip() for line in lines for part in line.split("&&")} - {""})


@cache
def _targets() -> frozenset[str]:
    return frozenset(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))


@cache
def _help(*words: str) -> str:
    """Return what a module's --help prints. Fails the test when the module or its subcommand is unknown."""
    done = subprocess.run(
        [sys.executable, "-m", *words, "--help"], capture_output=True, text=True, cwd=ROOT, timeout=60, check=False
    )
    assert done.returncode == 0, f"python -m {' '.join(words)} --help: {done.stderr.strip()}"
    return done.stdout


@pytest.mark.parametrize("command", _commands())
def test_command_exists(command: str) -> None:
    words = [word for word in shlex.split(command) if not re.fullmatch(r"[A-Z_]+=.*", word)]
    if words[0] == "make":
        assert set(words[1:]) <= _targets()
    elif words[:2] == ["streamlit", "run"]:
        assert (ROOT / words[2]).is_file()
    elif words[0].endswith("python"):
        _check_module(words[words.index("-m") + 1 :])
    else:
        assert words[0] in FOREIGN, f"unknown command {command}"


def _check_module(words: list[str]) -> None:
    subcommand = [word for word in words[1:2] if re.fullmatch(r"[a-z]+", word)]
    shown = _help(words[0], *subcommand)
    options = {word.split("=")[0] for word in words if word.startswith("--")}
    assert [option for option in options if option not in shown] == []


def test_readme_has_commands() -> None:
    assert {"make run", "make test"} <= set(_commands())


def test_make_help_lists_every_command() -> None:
    listed = re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert {"setup", "run", "test", "bench", "lint", "help"} <= set(listed)
