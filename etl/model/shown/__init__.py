"""Shown table: what a declared layout says of a county's own table, as its cells are parsed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from base.text import normalise
from etl.model.shown.two_days import two_days

_BOUND = re.compile(r"([^\d.]*)(\d[\d,]*(?:\.\d+)?%?)([^\d.%]*)")


@dataclass(frozen=True, kw_only=True)
class ShownTable:
    """The layout's code; what words in a column mean, and what its cells lack or hold besides, by column code.

    `halves` says which of two days in a cell is the column's, `bounds` whether the comparison (0) or the number (1) in
    it is, and which comparison a number alone means, `fixed` what a column holds in every row; `across`, that
    periods stand side by side, `whole`, that a later file takes the place of the one before. `areas` are those in which
    the rows stand, by number, and `only` the rows that count, None for all.
    """

    code: str
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    suffixes: Mapping[str, str] = field(default_factory=dict)
    halves: Mapping[str, int] = field(default_factory=dict)
    bounds: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    across: bool = False
    whole: bool = False
    areas: Mapping[int, str] = field(default_factory=dict)
    only: frozenset[int] | None = None

    def rewrites(self, column: str) -> bool:
        """Return whether the cells of a column don't mean what they say by themselves."""
        return any(column in changed for changed in (self.words, self.suffixes, self.halves, self.bounds))

    def meant(self, column: str, raw: str) -> str:
        """Return what a cell's text means. Raises ValueError for a cell that should hold two days and does not."""
        if column in self.bounds:
            return _bound(raw, *self.bounds[column])
        if column in self.halves:
            return _half(raw, self.halves[column])
        word = self.words.get(column, {}).get(normalise(raw))
        return word if word is not None else f"{raw.strip()}{self.suffixes.get(column, '')}"


def _bound(raw: str, which: int, if_plain: str) -> str:
    match = _BOUND.fullmatch(normalise(raw))
    if match is None:
        raise ValueError(raw)
    return (match[1] + match[3] or if_plain, match[2])[which]


def _half(raw: str, which: int) -> str:
    days = two_days(raw)
    if days is None:
        raise ValueError(raw)
    return days[which]
