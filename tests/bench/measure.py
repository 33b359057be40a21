"""Measure: how long a step takes and how much memory it needs at most, in a process of its own."""

import multiprocessing
import resource
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

_KIB = 1 if sys.platform == "darwin" else 1024  # bytes in the unit the system counts memory in


@dataclass(frozen=True)
class Measured:
    """Seconds, and the most memory in bytes that the process, or one that it started, held at any time."""

    seconds: float
    peak: int


def measure(step: Callable[..., Any], *arguments: Any) -> Measured:
    """Run a step in a fresh process; starting it and loading the libraries is not counted."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_run, step, *arguments).result()


def middle(turns: list[Measured]) -> Measured:
    """Return the median time of several turns, and the most memory of all."""
    return Measured(median(one.seconds for one in turns), max(one.peak for one in turns))


def _run(step: Callable[..., Any], *arguments: Any) -> Measured:
    start = perf_counter()
    step(*arguments)
    seconds = perf_counter() - start
    used = (resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Measured(seconds, max(used) * _KIB)
