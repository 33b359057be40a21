"""The office's virus scanner, a clamd: asked about every file before anything opens it, by its command INSTREAM.

An office that names one relies on it: where it does not answer, or can't say, no file is taken.
"""

import logging
import socket
from collections.abc import Iterable
from pathlib import Path

from base.errors import UserError
from base.settings import settings
from etl.privacy import blank_name

_SECONDS = 60.0  # for connecting, for each piece and for the answer
_PIECE = 1 << 18  # bytes
_LONGEST = 4096  # bytes of an answer
_CLEAN, _INFECTED = "stream: OK", " FOUND"
_LOG = logging.getLogger("mingshu.virus_scan")


def refuse_infected(name: str, content: bytes) -> None:
    """Raise UserError for a file that the scanner rejects, or for which it gives no clear answer.

    Does nothing when no scanner is configured.
    """
    scanner = settings().virus_scanner
    if not scanner:
        return
    try:
        text = ask_scanner(scanner, content)
    except OSError:
        _LOG.error("查病毒的程序没有回答")
        raise UserError("查病毒的程序没有回答，所以没有收文件。请管理员看它是不是在运行，再报一次。") from None
    if text == _CLEAN:
        return
    _LOG.warning("查病毒的程序没有放行：%s", text)
    if text.endswith(_INFECTED):
        raise UserError(f"“{blank_name(name)}”里查出病毒，没有打开，也没有收。请在来的电脑上查杀，重新存一份再报。")
    raise UserError(f"查病毒的程序查不了“{blank_name(name)}”，没有收。请管理员看它的日志，多半是文件超过了它的上限。")


def refuse_infected_files(paths: Iterable[Path]) -> None:
    """Raise UserError as `refuse_infected` does, for the first of some files."""
    if settings().virus_scanner:
        for path in paths:
            refuse_infected(path.name, path.read_bytes())


def ask_scanner(scanner: str, content: bytes) -> str:
    """Return clamd's answer about a file's content. Raises OSError when it can't be reached or disconnects.

    `scanner` is the path of its socket, or host:port.
    """
    with _connect(scanner) as line:
        line.sendall(b"zINSTREAM\0")
        try:
            for start in range(0, len(content), _PIECE):
                piece = content[start : start + _PIECE]
                line.sendall(len(piece).to_bytes(4, "big") + piece)
            line.sendall(bytes(4))
        except (BrokenPipeError, ConnectionResetError):  # it says no before the end, and why
            pass
        return _answer(line)


def _connect(scanner: str) -> socket.socket:
    host, _, port = scanner.rpartition(":")
    if port.isdecimal() and host:
        return socket.create_connection((host.strip("[]"), int(port)), _SECONDS)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(_SECONDS)
    try:
        line.connect(scanner)
    except OSError:
        line.close()
        raise
    return line


def _answer(line: socket.socket) -> str:
    reply = b""
    while not reply.endswith(b"\0") and len(reply) < _LONGEST:
        piece = line.recv(_LONGEST)
        if not piece:
            break
        reply += piece
    if not reply:
        raise ConnectionError("the scanner said nothing")
    return reply.rstrip(b"\0\n").decode("utf-8", errors="replace")
