"""Columns: a look over two whole columns, so that rows are compared one by one only where something may be wrong."""

from collections.abc import Sequence
from operator import eq, ge, le
from typing import Any, Literal

_HOLDS = {"<=": le, ">=": ge, "=": eq}


def all_hold(lefts: Sequence[Any], op: Literal["<=", ">=", "="], rights: Sequence[Any]) -> bool:
    """Return whether a number stands in every row of both columns and each left one is so to its right one."""
    return {*map(type, lefts), *map(type, rights)} <= {int, float} and all(map(_HOLDS[op], lefts, rights))
