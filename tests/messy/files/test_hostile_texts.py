"""Hostile texts: a cell, a format or a line of the log is gone through once, however long and whatever it holds."""

from collections.abc import Callable

import pytest

from etl.labels.total_labels import total_rank
from etl.model.number_format import read_format
from serving.logs import clean
from tests.lib.growth import assert_linear

SEARCHES: dict[str, Callable[[str], object]] = {
    "a number's format": read_format,
    "a total's label": lambda text: total_rank(f"合计{text}一"),
    "a line of the log": clean,
}


@pytest.mark.parametrize("piece", ["[", '"', "“", "'一", "“一", "、", "(一)", "(", "一", "1", ";", "\\", "[红]"])
@pytest.mark.parametrize("search", SEARCHES)
def test_s03_four_times_the_text_takes_about_four_times_the_work(search: str, piece: str) -> None:
    assert_linear(SEARCHES[search], piece)
