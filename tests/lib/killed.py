"""A process that kills itself at a chosen step, as a power cut would: between two operations on the disk."""

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

Step = tuple[str, str]  # the next operation of the interpreter, and its file
_TOUCHES = frozenset(
    {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "shutil.copyfile", "shutil.rmtree", "sqlite3.connect"}
)
_SOURCE = (".py", ".pyc", ".so")
# Forking a process that has everything imported is fifty times as fast as starting one.
_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    ["etl.intake", "etl.backup", "etl.backup.restore", "etl.pipeline.upgrade", "tests.lib.killed"]
)


def steps_of(work: Callable[..., Any], *arguments: Any) -> list[Step]:
    """Run a function in a process of its own and return its steps."""
    receiver, sender = _CONTEXT.Pipe(duplex=False)
    process = _CONTEXT.Process(target=_work, args=(work, arguments, -1, 0.0, sender))
    process.start()
    sender.close()
    steps: list[Step] = receiver.recv()
    process.join()
    assert process.exitcode == 0
    return steps


def begin(work: Callable[..., Any], *arguments: Any) -> BaseProcess:
    """Start a function in a process of its own and return the process."""
    process = _CONTEXT.Process(target=_work, args=(work, arguments, -1, 0.0, None))
    process.start()
    return process


def kill_at(step: int, delay: float, work: Callable[..., Any], *arguments: Any) -> bool:
    """Run a function and kill it at a step, or a number of seconds after; return whether it was killed in time."""
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
