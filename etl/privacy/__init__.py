"""Check privacy: no person may be identified by an identity number, a mobile number, a bank card or a name.

Every cell of every sheet is checked, including hidden columns and sheets that are not a form, and so are the names of
files and sheets and everything else in a file besides its cells. Findings do not quote what was found. One exception:
the mobile number in a signature line (填表人 … 联系电话 …), which offices write on every return. It is no datum, so the
return is not sent back for it, but `hide` redacts it wherever cells or findings are shown.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from base.text import normalise
from etl.model.finding import Finding, tell
from etl.model.grid import Cell, Place, address_of, as_text
from etl.model.nouns import Sheet
from etl.model.rules import PERSONAL_DATA
from etl.privacy.names import is_name_alone, names_somebody, without_somebody
from etl.privacy.numbers import HIDDEN, MOBILE_NUMBER, find_numbers, hide, may_hold, numbers_in
from etl.privacy.person_labels import labels_a_person, names_persons
from etl.privacy.split_numbers import split_numbers

__all__ = ["HIDDEN", "blank_name", "check_asides", "check_file_name", "check_privacy", "hide", "may_hold"]

_NAME = "姓名"
_LEAST_NUMBER = 1e10
_SIGNATURE = re.compile(r"填表人|制表|审核人?|负责人|联系人|经办人|联系电话|电话[::]|填报日期")
_BELOW = 3  # rows below a label that are checked

Kinds = frozenset[str]  # the kinds of numbers, or that a name is labelled


def check_privacy(
    sheet: Sheet, data_rows: Collection[int], file: str, counted: Collection[int] = ()
) -> Iterator[Finding]:
    """Yield a finding for each cell with personal data; `data_rows` are the rows of a form, () when it is not a form.

    Cells that merged ranges cover are searched as well. `counted` are the numeric columns of that form: figures side by
    side in them are not pieces of one number.
    """
    sheet = sheet.whole
    if hide(sheet.name) != sheet.name or (names_somebody(sheet.name) and not data_rows):
        yield _of_persons("sheet_name", file, blank_name(sheet.name))
    for (row, first, last, bottom), what in split_numbers(sheet, data_rows, counted):
        cells = f"{address_of((row, first))}:{address_of((bottom, last))}"
        yield _of_persons("pieces", file, hide(sheet.name), cells, kind=what)
    values = sheet.grid.different()
    kinds_by_text = _telling([value for value in values if type(value) is str])
    if not kinds_by_text and not any(_is_suspect(value) for value in values if type(value) is not str):
        return
    for row in range(1, sheet.height + 1):
        suspects = _suspects(sheet.grid.row(row), kinds_by_text)
        signed = bool(suspects) and row not in data_rows and _is_signed(sheet, row)
        for column, value in suspects:
            kinds = kinds_by_text.get(value) if type(value) is str else _kinds(value)
            if not (signed and (kinds or frozenset()) - {_NAME} == {MOBILE_NUMBER}):
                yield from _of_cell(sheet, (row, column), kinds, value, data_rows, file)


def _of_cell(
    sheet: Sheet, place: Place, kinds: Kinds | None, value: Any, data_rows: Collection[int], file: str
) -> Iterator[Finding]:
    numbers, words = (kinds or frozenset()) - {_NAME}, as_text(value)[0]
    if numbers:
        yield _of_persons("numbers", file, hide(sheet.name), address_of(place), kinds=sorted(numbers))
    elif kinds and (place[0] not in data_rows or _NAME in words) and _heads_names(sheet, place, words):
        label = normalise(words)
        yield _of_persons("names", file, hide(sheet.name), address_of(place), label=label)


def check_file_name(name: str) -> Iterator[Finding]:
    """Yield the finding on a file whose name, redacted on receipt, held personal data."""
    if HIDDEN in name:
        yield _of_persons("file_name", name)
    elif names_somebody(name):
        yield tell(PERSONAL_DATA, "name_in_file_name", severity="note", file=name)
    elif is_name_alone(name):
        yield tell(PERSONAL_DATA, "name_as_file_name", severity="note", file=name)


def blank_name(name: str) -> str:
    """Return the name of a file or sheet as it can be kept and shown: without numbers and names of persons."""
    return without_somebody(hide(name))


def check_asides(texts: Iterable[tuple[str, str]], file: str, sheets: Collection[Sheet] = ()) -> Iterator[Finding]:
    """Yield a finding for each kind of place besides the cells whose texts hold personal data.

    A text that is also in a cell of the sheets is judged there.
    """
    by_place: dict[str, set[str]] = {}
    for where, text in texts:
        if numbers := numbers_in(text):
            by_place.setdefault(where, set()).update(numbers)
    known = {number for sheet in sheets for number in _in_cells(sheet)} if by_place else set()
    for where in sorted(where for where, numbers in by_place.items() if not numbers <= known):
        yield _of_persons("aside", file, where=where)


def _in_cells(sheet: Sheet) -> Iterator[str]:
    for value in sheet.grid.different():
        text = as_text(value)[0]
        yield from numbers_in(text, lossy=True)
        if type(value) is float and abs(value) >= _LEAST_NUMBER:
            yield from numbers_in(_whole(text), lossy=True)


def _of_persons(wording: str, file: str, sheet: str = "", address: str = "", **values: Any) -> Finding:
    return tell(PERSONAL_DATA, wording, severity="return", file=file, sheet=sheet, address=address, **values)


def _suspects(values: list[Any], kinds_by_text: Mapping[str, Kinds]) -> list[tuple[int, Any]]:
    """Return the suspicious values of a row with their columns: telling texts and numbers of many digits."""
    return [
        (column, value)
        for column, value in enumerate(values, start=1)
        if (value in kinds_by_text if type(value) is str else _is_suspect(value))
    ]


def _is_suspect(value: Any) -> bool:
    """Return whether a value that is not plain text is suspicious: a number of many digits, a converted cell."""
    return abs(value) >= _LEAST_NUMBER if type(value) is float else type(value) is not str


def _kinds(value: Any) -> Kinds:
    """Return the kinds of personal numbers in a value that is not plain text; large numbers without an exponent."""
    made, text = type(value) is Cell, as_text(value)[0]
    if isinstance(value, float) or (made and value.kind == "number"):
        text = _whole(text)
    kinds = frozenset(spot.what for spot in find_numbers(text, lossy=True))
    labelled = made and labels_a_person(value.raw)
    return kinds | {_NAME} if labelled else kinds


def _whole(text: str) -> str:
    """Return a whole number without an exponent; "" for any other."""
    number = float(text)
    return (text if text.isdigit() else f"{number:.0f}") if number.is_integer() else ""


def _telling(texts: list[str]) -> dict[str, Kinds]:
    """Return the kinds of personal data found, by text."""
    kinds_by_text = {text: frozenset(spot.what for spot in find_numbers(text)) for text in texts if may_hold(text)}
    labels = {text: frozenset({_NAME}) for text in texts if labels_a_person(text)}
    return labels | {text: kinds | labels.get(text, frozenset()) for text, kinds in kinds_by_text.items() if kinds}


def _is_signed(sheet: Sheet, row: int) -> bool:
    return any(_SIGNATURE.search(cell.raw) for cell in sheet.row_cells(row))


def _heads_names(sheet: Sheet, place: Place, label: str) -> bool:
    """Return whether persons are named below a label, or beside it if labels are on the left."""
    row, column = place
    right = [(row, 2)] if column == 1 and (row, 3) not in sheet.cells else []
    below = [(row + step, column) for step in range(1, _BELOW + 1)]
    filled = [sheet.cells[at].raw for at in right + below if at in sheet.cells]
    return names_persons(label, [text for text in filled if text.strip() != HIDDEN])
