"""The dashboard as users get it: served by its own process, on a given store."""

import os
import random
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from access.accounts.roles import Role
from tests.lib.people import account_for

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app.py"
PATIENCE = 60  # seconds to wait for the first answer, and for the end
_PORTS = range(20_000, 32_000)  # below those of outgoing connections


@contextmanager
def serve(store: Path, port: int = 0, **settings: str) -> Iterator[str]:
    """Serve the dashboard on a store while the block runs, with extra environment variables; yields its address."""
    with start(store, port=port, **settings) as (address, _):
        yield address


@contextmanager
def start(store: Path, script: Path = APP, port: int = 0, **settings: str) -> Iterator[tuple[str, int]]:
    """Serve a script on a store, with the settings of its own folder; yields the address and the process id.

    The dashboard gets an administrator account for the tests.
    """
    if script == APP:
        account_for(store, Role.ADMIN)
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", script.name, "--server.port", str(port)]
    quiet = ["--server.headless", "true", "--browser.gatherUsageStats", "false"]
    environment = os.environ | {"MINGSHU_STORE": str(store)} | settings
    process = subprocess.Popen(command + quiet, cwd=script.parent, env=environment, stdout=subprocess.DEVNULL)
    try:
        _await(f"http://localhost:{port}/_stcore/health", process)
        yield f"http://localhost:{port}", process.pid
    finally:
        process.terminate()
        process.wait(timeout=PATIENCE)


def free_port() -> int:
    """Return a free port that no connection of another test can take meanwhile.

    The system gives outgoing connections ports from 32768 up, so one of those may be gone before a server binds it.
    """
    for port in random.SystemRandom().sample(_PORTS, len(_PORTS)):
        with socket.socket() as probe:
            try:
                probe.bind(("", port))
            except OSError:  # taken by another server
                continue
            return port
    raise RuntimeError("no port is free")


def _await(address: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:  # connection refused, or no answer in time
            time.sleep(0.05)
    raise RuntimeError(f"no answer at {address}")
