"""Hostile texts: a cell, a format or a line of the log is gone through once, however long and whatever it holds."""

import time
from collections.abc import Callable

import pytest

from etl.labels.total_labels import total_rank
from etl.model.number_format import read_format
from serving.logs import clean

_FEW, _TIMES, _MOST_TIMES = 10_000, 4, 9  # what goes back to its beginning takes sixteen times as long
_TOO_SHORT = 0.005  # seconds below which a ratio says nothing
SEARCHES: dict[str, Callable[[str], object]] = {
    "a number's format": read_format,
    "a total's label": lambda text: total_rank(f"合计{text}一"),
    "a line of the log": clean,
}


@pytest.mark.parametrize("piece", ["[", '"', "“", "'一", "“一", "、", "(一)", "(", "一", "1", ";", "\\", "[红]"])
@pytest.mark.parametrize("search", SEARCHES)
def test_s03_four_times_the_text_takes_about_four_times_the_work(search: str, piece: str) -> None:
    short = piece * (_FEW // len(piece))
    first, second = (_seconds(SEARCHES[search], short * times) for times in (1, _TIMES))
    assert second < _TOO_SHORT or second < first * _MOST_TIMES, f"{first:.4f} s, {second:.4f} s"


def _seconds(search: Callable[[str], object], text: str) -> float:
    taken = []
    for _ in range(3):
        begun = time.thread_time()
        search(text)
        taken.append(time.thread_time() - begun)
    return min(taken)
