"""Split numbers: a personal number divided over several cells, next to or below one another."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from etl.model.grid import Cell
from etl.model.nouns import Sheet
from etl.privacy.check_digits import is_card, is_identity, is_mobile
from etl.privacy.numbers import CARD_NUMBER, IDENTITY_NUMBER, MOBILE_NUMBER, plain_digits

_LENGTH = 18
_CUTS = {6, 10, 12, 14, 17}  # where people cut: after the area, the year, the month, the day, before the check
_AREA = re.compile(r"[1-8]\d{5}")
_MOBILE_SHAPES = {(3, 4, 4), (3, 8), (7, 4), (1,) * 11}
_CARD_SHAPES = {(4, 4, 4, 4), (4, 4, 4, 4, 3)}
_NAMED = re.compile("手机|电话|联系|号码|卡号|银行卡")
Stretch = tuple[int, int, int, int]  # row, first and last column, last row


def split_numbers(sheet: Sheet, data_rows: Collection[int], counted: Collection[int]) -> Iterator[tuple[Stretch, str]]:
    """Yield where cells side by side, or below one another, make up a number of a person, and what it is called.

    In the rows of a form its columns of numbers are passed over. Only columns that hold pieces are looked through.
    """
    first, last = min(data_rows, default=0), max(data_rows, default=0)
    outside = [*range(1, first), *range(last + 1, sheet.height + 1)] if data_rows else [*range(1, sheet.height + 1)]
    free = [column for column in range(1, sheet.width + 1) if not data_rows or column not in counted]
    if data_rows:
        pieces = {column for column in free if _holds_pieces(sheet.grid.stretch(column, first, last))}
        for row in range(first, last + 1) if any(column + 1 in pieces for column in pieces) else ():
            yield from _in_row(sheet, row, pieces)
    for row in outside:
        yield from _in_row(sheet, row, None)
    for column in free:
        yield from _in_column(sheet, column)


def _holds_pieces(values: list[Any]) -> bool:
    return any(map(_piece, set(values)))


def _in_row(sheet: Sheet, row: int, columns: Collection[int] | None) -> Iterator[tuple[Stretch, str]]:
    pieces: list[str] = []
    values = sheet.grid.row(row)
    named: bool | None = None  # whether the row says what it holds, once that is asked
    for column, value in enumerate([*values, ""], start=1):
        piece = "" if columns is not None and column not in columns else _piece(value)
        if piece:
            pieces.append(piece)
        elif pieces:
            before = column - len(pieces)
            for start, end in _numbers(pieces) if len(pieces) > 1 else ():
                yield (row, before + start, before + end, row), IDENTITY_NUMBER
            if what := _other_number(pieces) if len(pieces) > 1 else "":
                if named is None and not _begins_with_zero(pieces):
                    named = any(type(value) is str and _NAMED.search(value) for value in values)
                if named or _begins_with_zero(pieces):
                    yield (row, before, column - 1, row), what
            pieces = []


def _begins_with_zero(pieces: list[str]) -> bool:
    """Return whether a piece begins with a zero, as no figure does; else figures lie side by side as well."""
    return any(len(piece) > 1 and piece.startswith("0") for piece in pieces)


def _other_number(pieces: list[str]) -> str:
    """Return what other number some pieces make up, "" when none."""
    number, shape = "".join(pieces), tuple(map(len, pieces))
    if not (shape in _MOBILE_SHAPES and is_mobile(number)) and not (shape in _CARD_SHAPES and is_card(number)):
        return ""
    return MOBILE_NUMBER if shape in _MOBILE_SHAPES else CARD_NUMBER


def _in_column(sheet: Sheet, column: int) -> Iterator[tuple[Stretch, str]]:
    values = sheet.grid.stretch(column, 1, sheet.height)
    pieces = {value: _piece(value) for value in set(values)}
    areas = {value for value, piece in pieces.items() if _AREA.fullmatch(piece)}
    for at, value in enumerate(values) if areas else ():
        if value in areas:
            below = _until_whole(pieces[value] for value in values[at : at + _LENGTH])
            for end in (end for start, end in _numbers(below) if start == 0):
                yield (at + 1, column, column, at + end + 1), IDENTITY_NUMBER


def _until_whole(pieces: Iterable[str]) -> list[str]:
    """Return as many pieces as an identity number may take."""
    taken: list[str] = []
    length = 0
    for piece in pieces:
        if not piece or length >= _LENGTH:
            break
        taken.append(piece)
        length += len(piece)
    return taken


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
