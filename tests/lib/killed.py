"""A process that kills itself at a chosen step of its work, as a power cut would: between two touches of the disk."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

Step = tuple[str, str]  # what the interpreter was about to do, and to which file
_TOUCHES = frozenset(
    {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.copyfile", "shutil.rmtree", "sqlite3.connect"}
)
_SOURCE = (".py", ".pyc", ".so")
# Processes forked from one that has everything imported start in a fiftieth of the time.
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    ["etl.intake", "etl.backup", "etl.backup.restore", "etl.pipeline.upgrade", "tests.lib.killed"]
)


def steps_of(work: Callable[..., Any], *arguments: Any) -> list[Step]:
    """Do a piece of work in a process of its own and return the steps it took."""
    receiver, sender = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_work, args=(work, arguments, -1, 0.0, sender))
    process.start()
    sender.close()
    steps: list[Step] = receiver.recv()
    process.join()
    assert process.exitcode == 0
    return steps


def kill_at(step: int, delay: float, work: Callable[..., Any], *arguments: Any) -> bool:
    """Do a piece of work and kill it at a step, or so many seconds after; return whether it was killed in time."""
    process = _CONTEXT.Process(target=_work, args=(work, arguments, step, delay, None))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def _work(
    work: Callable[..., Any], arguments: tuple[Any, ...], fatal: int, delay: float, sender: Connection | None
) -> None:
    steps: list[Step] = []

    def notice(event: str, values: tuple[Any, ...]) -> None:
        if event in _TOUCHES and not str(values[0]).endswith(_SOURCE):
            steps.append((event, str(values[0])))
            if len(steps) - 1 == fatal:
                _die(delay)

    sys.addaudithook(notice)
    with Path(os.devnull).open("w") as quiet:
        sys.stdout = sys.stderr = quiet
        work(*arguments)
    if sender:
        sender.send(steps)
    os._exit(0)


def _die(delay: float) -> None:
    if not delay:
        os.kill(os.getpid(), signal.SIGKILL)

    def later() -> None:
        time.sleep(delay)
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=later, daemon=True).start()
