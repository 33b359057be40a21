"""Displayed values: a cell whose number format shows more than its number counts as if the shown text had been typed.

12.5 shown as 12.5万元 is 125,000元 in a column of 元. Words around the column's own measure, as in 12名职工, change
nothing; all others (12kg, 12w, 约12) are as if they had been typed.
"""

import re
from collections.abc import Iterable, Sequence
from math import isclose

from base.text import normalise
from etl.model.grid import Cell
from etl.model.rules.wording import Values

_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_OTHERWISE = frozenset("十百千万亿%‰$€£:"  # a scale, another currency, a span of time (26:30)
                       "美欧日港英" "约近超余多几")  # 美元, 约12元  # fmt: skip


def is_rescaled(cell: Cell) -> bool:
    """Return whether the shown number differs from the cell's, with no word that explains it: 12500 shown as 12.5."""
    shown = _NUMBER.fullmatch(cell.shown)
    return bool(shown) and cell.kind == "number" and not isclose(float(cell.shown), float(cell.raw))


def in_scale(cell: Cell, scale: float) -> float:
    """Return the number of a rescaled cell if the column's unit explains the scale, else raise ValueError."""
    number = float(cell.raw)
    if number < 0 or not isclose(float(cell.shown) * scale, number):
        raise ValueError(cell.shown)
    return number


def contradicts(shown: str, own: Sequence[str], measures: Iterable[str]) -> bool:
    """Return whether a shown number carries words that may change its meaning.

    `own` are the words for the column's own measure, its name first; only these, and the text around them, do not.
    """
    words = re.sub(r"[\d.,+-]", "", normalise(shown))
    named = max((measure for measure in measures if measure in words), key=len, default="")
    known = named in own if named else any(words in name for name in own[:1])
    return bool(_OTHERWISE & {*words}) or not known


def quoted(cell: Cell) -> Values:
    """Return a cell's content as findings quote it: an error, or what was filled in and how it is shown."""
    if cell.kind == "error":
        return {"error": cell.raw}
    return {"value": cell.raw, "shown": cell.shown} if is_rescaled(cell) else {"value": cell.text}
