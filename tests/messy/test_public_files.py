"""Spreadsheets from public sources, which nobody here wrote: each is read, or refused with its reason."""

import time
from pathlib import Path

from etl.guard import Refused
from etl.read import reader
from etl.recognise import recognise
from stats.catalogue import Catalogue

PATIENCE = 10  # seconds for one file
OTHER = {".md", ".txt"}  # what describes the spreadsheets
# These hold every character of an encoding, controls too; or a format of 1992; or nothing but a broken frame.
NOT_READ = {
    "test_big5.csv",
    "test_gb18030.csv",
    "test_windows-936-2000.csv",
    "test_zh_cn.gbk.csv",
    "biff4_no_format_no_window2.xls",
}


def test_public_spreadsheets_are_read_or_refused_and_none_takes_long(
    shared_spreadsheets: Path, catalogue: Catalogue
) -> None:
    files = [path for path in sorted(shared_spreadsheets.rglob("*")) if path.is_file() and path.suffix not in OTHER]
    assert files
    reader().start(files[0])()  # starting the child process is no file's fault
    refused = {path.name for path in files if not _is_read(path, catalogue)}
    assert refused == NOT_READ & {path.name for path in files}


def _is_read(path: Path, catalogue: Catalogue) -> bool:
    began = time.monotonic()
    try:
        for sheet in reader().start(path)():
            recognise(sheet, path.name, catalogue)
        return True
    except Refused as refused:
        assert str(refused), path
        return False
    finally:
        assert time.monotonic() - began < PATIENCE, path
