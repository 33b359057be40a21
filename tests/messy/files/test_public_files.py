"""Spreadsheets from public sources, which nobody here wrote: each is read, or refused with its reason."""

import multiprocessing
import re
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from etl.guard import Refused
from etl.intake import check_paths
from etl.read import read_sheets, reader
from etl.recognise import recognise
from etl.replies.answer import answer_file
from etl.survey import survey
from etl.survey.describe import tell_table
from stats.catalogue import Catalogue
from tests.lib.county import begin_store

PATIENCE = 10  # seconds for one file
MEMORY = 1 << 30  # bytes for one file
OTHER = {".md", ".txt"}  # what describes the spreadsheets
# These hold every character of an encoding, controls too; or a format of 1992; or nothing but a broken frame.
NOT_READ = {
    "test_big5.csv",
    "test_gb18030.csv",
    "test_windows-936-2000.csv",
    "test_zh_cn.gbk.csv",
    "biff4_no_format_no_window2.xls",
}


@pytest.fixture(scope="module")
def files(shared_spreadsheets: Path) -> list[Path]:
    found = [path for path in sorted(shared_spreadsheets.rglob("*")) if path.is_file() and path.suffix not in OTHER]
    assert found
    return found


def test_public_spreadsheets_are_read_or_refused_and_none_takes_long(files: list[Path], catalogue: Catalogue) -> None:
    reader().start(files[0])()  # starting the child process is no file's fault
    refused = {path.name for path in files if not _is_read(path, catalogue)}
    assert refused == NOT_READ & {path.name for path in files}


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.soak)])
def test_public_spreadsheets_are_judged_and_answered_and_none_takes_long(
    files: list[Path], tmp_path: Path, step: int
) -> None:
    """All are read by the other tests; every ninth is judged in `make test`, every one in `make soak`."""
    files, store = files[::step], tmp_path / "store"
    begin_store(store)
    examined = check_paths(files, store)
    assert len(examined) == len(files)
    assert {one.verdict for one in examined} <= {"accepted", "held", "returned"}
    for path in files:  # each by itself, as one that is sent alone
        began = time.monotonic()
        assert answer_file(store, path).write(tmp_path / "answer.xlsx").stat().st_size
        assert time.monotonic() - began < PATIENCE, path


@pytest.mark.soak
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")
def test_reading_and_surveying_public_spreadsheets_keeps_within_memory(files: list[Path]) -> None:
    """One process does them all, one after another, so its peak bounds that of each."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        tables, peak = pool.submit(_survey_all, files).result()
    assert tables > len(files) / 2
    assert peak < MEMORY


def _is_read(path: Path, catalogue: Catalogue) -> bool:
    began = time.monotonic()
    try:
        for sheet in reader().start(path)():
            recognise(sheet, path.name, catalogue)
            survey(sheet, path.name)
        return True
    except Refused as refused:
        assert str(refused), path
        return False
    finally:
        assert time.monotonic() - began < PATIENCE, path


def _survey_all(files: list[Path]) -> tuple[int, int]:
    """Return how many tables the files hold and this process's peak of memory in bytes."""
    tables = 0
    for path in files:
        try:
            for sheet in read_sheets(path):
                tables += len([list(tell_table(table, 1)) for table in survey(sheet, path.name)])
        except Refused:
            continue
    peak = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
    assert peak
    return tables, int(peak[1]) << 10
