"""Shown: a cell whose number format shows more than its number counts as if that had been typed.

12.5 shown as 12.5万元 is 125,000元 in a column of 元. Words that are no measure, as in 12名职工, change nothing.
"""

import re
from collections.abc import Iterable
from math import isclose

from etl.reading.grid import Cell
from stats.words import normalise

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_SCALES = frozenset("十百千万亿%‰$€£:")  # the last in a span of time, 26:30


def is_rescaled(cell: Cell) -> bool:
    """Return whether another number is shown than stands in the cell, with no word that says why: 12500 as 12.5."""
    shown = _NUMBER.fullmatch(cell.shown)
    return bool(shown) and cell.kind == "number" and not isclose(float(cell.shown), float(cell.raw))


def in_scale(cell: Cell, scale: float) -> float:
    """Return the number of a rescaled cell where the column's unit explains the scale. Raises ValueError elsewhere."""
    number = float(cell.raw)
    if number < 0 or not isclose(float(cell.shown) * scale, number):
        raise ValueError(cell.shown)
    return number


def contradicts(shown: str, own: Iterable[str], measures: Iterable[str]) -> bool:
    """Return whether a shown number carries a scale, or a measure that is not one of the column's own."""
    words = re.sub(r"[\d.,+-]", "", normalise(shown))
    named = max((measure for measure in measures if measure in words), key=len, default="")
    return bool(_SCALES & {*words}) or bool(named) and named not in {*own}


def say_cell(cell: Cell) -> str:
    """Return what stands in a cell, for a finding."""
    return f"填的是“{cell.raw}”，显示成“{cell.shown}”" if is_rescaled(cell) else f"填的是“{cell.said}”"
