"""The subject of a commit fits into one line, so that the log can be read."""

import subprocess

import pytest

from tests.contracts.source import ROOT

LONGEST = 72
SINCE = "2026-11-30T02:00:00Z"  # earlier subjects are longer


def test_subjects_of_commits_are_short() -> None:
    written = git("log", "--no-merges", f"--since={SINCE}", "--format=%h %s")
    if not written:
        pytest.skip("no commits here, as in an archive of the files")
    assert too_long(written) == []


def test_a_long_subject_is_seen() -> None:
    assert too_long([f"abc1234 {'x' * 72}", f"abc1235 {'x' * 73}"]) == [f"abc1235 {'x' * 73}"]


def too_long(commits: list[str]) -> list[str]:
    return [commit for commit in commits if len(commit.partition(" ")[2]) > LONGEST]


def git(*words: str) -> list[str]:
    done = subprocess.run(["git", "-C", str(ROOT), *words], capture_output=True, text=True, check=False)
    return done.stdout.splitlines()
