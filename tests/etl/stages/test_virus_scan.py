"""The virus scanner: a real clamd with signatures of our own, asked before anything opens a file."""

import shutil
import subprocess
import time
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from base.errors import UserError
from base.settings import settings
from etl.guard.virus_scan import ask_scanner, refuse_infected
from etl.intake import ACCEPTED, check_paths, load_paths
from tests.lib.county import write_register
from tests.lib.server import free_port

CLAMD = shutil.which("clamd") or "/usr/sbin/clamd"
MARK = b"mingshu-tests-take-this-for-a-virus"
PATIENCE = 60  # seconds


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A running clamd that knows one signature: the path of its socket, and its host and port."""
    folder = tmp_path_factory.mktemp("clamd")
    (folder / "base").mkdir()
    (folder / "base" / "own.ndb").write_text(f"Mingshu.Test:0:*:{MARK.hex()}\n")
    socket, port = folder / "clamd.ctl", free_port()
    told = {"DatabaseDirectory": folder / "base", "LocalSocket": socket, "TCPSocket": port, "TCPAddr": "127.0.0.1",
            "Foreground": "yes", "StreamMaxLength": "1M", "TemporaryDirectory": folder}  # fmt: skip
    (folder / "clamd.conf").write_text("".join(f"{name} {value}\n" for name, value in told.items()))
    command = [CLAMD, "--config-file", str(folder / "clamd.conf")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE
        while not socket.exists():
            assert process.poll() is None and time.monotonic() < until, "clamd does not start"
            time.sleep(0.1)
        yield str(socket), f"127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


@pytest.fixture
def scanner(clamd: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The settings name that scanner."""
    yield from _named(clamd[0], monkeypatch)


@pytest.fixture
def gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The settings name a scanner that does not run."""
    yield from _named(str(tmp_path / "none.ctl"), monkeypatch)


def _named(scanner: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setenv("MINGSHU_VIRUS_SCANNER", scanner)
    settings.cache_clear()
    yield scanner
    settings.cache_clear()


def _zipped(content: bytes) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("a.csv", content)
    return packed.getvalue()


def test_the_scanner_is_asked_by_socket_and_by_port(clamd: tuple[str, str]) -> None:
    for place in clamd:
        assert ask_scanner(place, b"") == ask_scanner(place, b"x" * 500_000) == "stream: OK"
        assert ask_scanner(place, b"before " + MARK + b" behind").startswith("stream: Mingshu.Test")
        assert ask_scanner(place, _zipped(MARK)).endswith("FOUND")


@pytest.mark.usefixtures("scanner")
def test_what_is_infected_is_neither_judged_nor_kept(tmp_path: Path) -> None:
    sound, bad = write_register(tmp_path), tmp_path / "bad.csv"
    store = tmp_path / "store"
    for content in (MARK, _zipped(MARK)):
        bad.write_bytes(content)
        for take in (check_paths, load_paths):
            with pytest.raises(UserError, match="“bad.csv”里查出病毒"):
                take([sound, bad], store)
    assert not store.exists()
    assert load_paths([sound], store).count(ACCEPTED) == 1


@pytest.mark.usefixtures("scanner")
def test_what_the_scanner_can_not_say_is_not_taken() -> None:
    refuse_infected("a.csv", b"a,b\n1,2\n")
    with pytest.raises(UserError, match="查不了“a.csv”"):
        refuse_infected("a.csv", b"x" * (3 << 20))


@pytest.mark.usefixtures("gone")
def test_nothing_is_taken_while_the_scanner_does_not_answer(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="没有回答"):
        load_paths([write_register(tmp_path)], tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_without_a_scanner_nobody_is_asked() -> None:
    refuse_infected("a.csv", MARK)
