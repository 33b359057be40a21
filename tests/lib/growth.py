"""How the time of a search grows with the text: four times the text, about four times the work."""

import time
from collections.abc import Callable

_FEW = 10_000  # letters of a hostile text
_TIMES, _MOST_TIMES = 4, 9  # what goes back to its beginning takes sixteen times as long
_TOO_SHORT = 0.005  # seconds below which a ratio says nothing


def assert_linear(search: Callable[[str], object], piece: str) -> None:
    """Fail if a text four times as long, made of a repeated piece, takes far more than four times the work."""
    short = piece * (_FEW // len(piece))
    first, second = (_seconds(search, short * times) for times in (1, _TIMES))
    assert second < _TOO_SHORT or second < first * _MOST_TIMES, f"{first:.4f} s, {second:.4f} s"


def _seconds(search: Callable[[str], object], text: str) -> float:
    """Return the shortest of three times, in seconds of the processor's work."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        search(text)
        taken.append(time.process_time() - begun)
    return min(taken)
