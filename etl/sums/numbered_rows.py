"""Numbered rows: 一、 above 1. and 2. is their sum where the figures say so, with no word for it."""

import re
from collections.abc import Iterator, Sequence

from base.text import normalise
from etl.layout.table_rows import RankedRow
from etl.sums.column_totals import Sums
from etl.sums.scope import agree

_LEVELS = (
    re.compile(r"第?[一二三四五六七八九十]+(?:、|\.|,|部分|类)"),
    re.compile(r"\([一二三四五六七八九十]+\)"),
    re.compile(r"\d{1,2}(?:、|\.(?!\d)|,)"),
    re.compile(r"\(\d{1,2}\)|\d{1,2}\)|[①-⑳]"),
)
_SHARE = 0.5  # of the rows with others numbered below them, so many at least must be their sums


def sum_numbered(items: Sequence[RankedRow], sums: Sums) -> dict[int, list[RankedRow]]:
    """Turn rows that are the sums of those numbered below them into totals; return the parts of each by its row."""
    parents = list(_parents(items))
    agreeing = [at for at, parts in parents if agree(sums.compare(items[at], parts))]
    if not parents or len(agreeing) < _SHARE * len(parents):
        return {}
    for at, _ in parents:
        items[at].kind, items[at].rank = "total", 1
    return {items[at].row.row: parts for at, parts in parents}


def _parents(items: Sequence[RankedRow]) -> Iterator[tuple[int, list[RankedRow]]]:
    """Yield each numbered detail below which others of a deeper number stand, and those right below it."""
    levels = [_level(item.row.label) if item.kind == "detail" else None for item in items]
    for at, level in enumerate(levels):
        if level is None:
            continue
        below = list(_deeper(levels, at, level))
        top = min((levels[n] or 0 for n in below), default=0)
        if below:
            yield at, [items[n] for n in below if levels[n] == top]


def _deeper(levels: Sequence[int | None], at: int, level: int) -> Iterator[int]:
    """Yield the rows below one up to the first that is not numbered more deeply."""
    for n in range(at + 1, len(levels)):
        deeper = levels[n]
        if deeper is None or deeper <= level:
            return
        yield n


def _level(label: str) -> int | None:
    plain = normalise(label)
    return next((level for level, pattern in enumerate(_LEVELS) if pattern.match(plain)), None)
