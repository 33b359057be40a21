"""Column comparison: compares two columns at once; single rows only if the columns differ."""

from collections.abc import Sequence
from operator import eq, ge, le
from typing import Any, Literal

_HOLDS = {"<=": le, ">=": ge, "=": eq}


def all_hold(lefts: Sequence[Any], op: Literal["<=", ">=", "="], rights: Sequence[Any]) -> bool:
    """Return whether both columns have a number in every row and each pair satisfies the comparison."""
    return {*map(type, lefts), *map(type, rights)} <= {int, float} and all(map(_HOLDS[op], lefts, rights))
