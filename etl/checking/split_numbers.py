"""Split numbers: an identity number split into adjacent cells."""

from collections.abc import Collection, Iterator
from itertools import chain
from typing import Any

from etl.checking.person_numbers import IDENTITY_NUMBER, is_identity, plain_digits
from etl.nouns import Sheet
from etl.reading.grid import Cell

_LENGTH = 18
_CUTS = {6, 10, 12, 14, 17}  # after the area, the year, the month, the day, before the check character
Stretch = tuple[int, int, int]  # row, first and last column


def split_numbers(sheet: Sheet, data_rows: Collection[int], counted: Collection[int]) -> Iterator[tuple[Stretch, str]]:
    """Yield where adjacent cells make up an identity number, and the name of its kind.

    In the rows of a form its numeric columns are skipped. Only columns that hold pieces are searched.
    """
    first, last = min(data_rows, default=0), max(data_rows, default=0)
    outside = [*range(1, first), *range(last + 1, sheet.height + 1)] if data_rows else [*range(1, sheet.height + 1)]
    if data_rows:
        free = {column for column in range(1, sheet.width + 1) if column not in counted}
        pieces = {column for column in free if _holds_pieces(sheet.grid.stretch(column, first, last))}
        if any(column + 1 in pieces for column in pieces):
            yield from chain.from_iterable(_in_row(sheet, row, pieces) for row in range(first, last + 1))
    yield from chain.from_iterable(_in_row(sheet, row, None) for row in outside)


def _holds_pieces(values: list[Any]) -> bool:
    return any(map(_piece, set(values)))


def _in_row(sheet: Sheet, row: int, columns: Collection[int] | None) -> Iterator[tuple[Stretch, str]]:
    pieces: list[str] = []
    values = sheet.grid.row(row)
    for column, value in enumerate([*values, ""], start=1):
        piece = "" if columns is not None and column not in columns else _piece(value)
        if piece:
            pieces.append(piece)
        elif pieces:
            for start, end in _numbers(pieces) if len(pieces) > 1 else ():
                before = column - len(pieces)
                yield (row, before + start, before + end), IDENTITY_NUMBER
            pieces = []


def _numbers(pieces: list[str]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of the pieces that make up a number: all pieces, or those of a usual split."""
    for start in range(len(pieces)):
        number, end = pieces[start], start
        while len(number) < _LENGTH and end + 1 < len(pieces):
            end += 1
            number += pieces[end]
        if len(number) == _LENGTH and end > start and is_identity(number):
            taken = pieces[start : end + 1]
            if len(taken) == len(pieces) or len(taken) == _LENGTH or _cuts(taken) <= _CUTS:
                yield start, end


def _cuts(pieces: list[str]) -> set[int]:
    cuts, at = set(), 0
    for piece in pieces[:-1]:
        at += len(piece)
        cuts.add(at)
    return cuts


def _piece(value: Any) -> str:
    """Return the digits of a value that may be a piece of an identity number, "" if it can't be one."""
    if type(value) is Cell:
        value = value.raw
    if type(value) is float:
        return str(int(value)) if value.is_integer() and 0 <= value < 10 ** (_LENGTH - 1) else ""
    if type(value) is not str or not value or len(value) > _LENGTH + 6:
        return ""
    plain = plain_digits(value).strip(" \t\r\n\u00a0\u3000-/.").upper()
    digits = plain[:-1] if plain.endswith("X") else plain
    return plain if plain and len(plain) < _LENGTH and (digits.isdigit() or plain == "X") else ""
