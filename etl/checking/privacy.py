"""Check privacy: no person may be told by an identity number, a mobile number, a bank card or a name.

Every cell of every sheet is looked at, hidden columns and sheets that are none of the forms included. What is found is
said without being quoted. One thing is let pass: the mobile number in a signature line (填表人 … 联系电话 …), which
offices write on every return so that they can be called. It is no datum, so the return is not sent back for it, and
wherever cells or findings are shown, `hide` strikes it out.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from etl.findings import Finding
from etl.nouns import Sheet
from etl.reading.grid import Cell, Place, address_of
from stats.words import normalise

HIDDEN = "（已隐去）"
_MOBILE_NUMBER, _NAME = "手机号码", "姓名"
_LEAST_DIGITS, _LEAST_NUMBER, _LONGEST_LABEL = 11, 1e10, 12
_DIGITS = re.compile(r"(?<![\d.])\d(?:[ \-]?\d){10,18}[Xx]?(?!\.?\d)")
_IDENTITY = re.compile(r"\d{17}[\dX]")
_OLD_IDENTITY = re.compile(r"\d{15}")
_MOBILE = re.compile(r"(?:0?086|86)?1[3-9]\d{9}")
_CARD = re.compile(r"(?:62|60)\d{14,17}|(?:4\d|5[1-5]|35)\d{14}|95\d{17}")  # UnionPay, Visa, Mastercard, JCB, deposit
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = frozenset(map(str, [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55),
                                  *range(61, 66), 71, 81, 82, 83]))  # fmt: skip  # GB/T 2260, first two digits
_NAMES = re.compile(
    r"(姓名|户主|受助人|受助人员|受助对象|帮扶对象|困难职工|特困职工|职工|学生|当事人|患者|领款人|户主本人|本人|家长)?"
    r"(姓名|名字)|户主|受助人|受助人员|领款人|当事人|身份证|身份证号码?|公民身份号码|银行卡号?|手机号?码?|家庭住址"
)
_LAST_LETTERS = frozenset("名字主人员证号码卡机址")  # of all these labels
_SIGNATURE = re.compile(r"填表人|制表|审核人?|负责人|联系人|经办人|联系电话|电话[::]|填报日期")
_TODO = "请删去后再报，原件也请一并更换"


def check_privacy(sheet: Sheet, data_rows: Collection[int], file: str) -> Iterator[Finding]:
    """Yield a finding for each cell that tells of a person; `data_rows` are the rows of a form, () when it is none."""
    values = sheet.grid.different()
    told = _telling([value for value in values if type(value) is str])
    if not told and not any(_is_suspect(value) for value in values if type(value) is not str):
        return
    for row in range(1, sheet.height + 1):
        for column, value in _suspects(sheet.grid.row(row), told):
            what = told.get(value) if type(value) is str else _personal(_digits(value), lossy=True)
            if what is None or (what == _MOBILE_NUMBER and row not in data_rows and _is_signed(sheet, row)):
                continue
            if what != _NAME:
                yield _refused(sheet, (row, column), f"这里有{what}", file)
            elif _heads_a_column(sheet, row, column):
                yield _refused(sheet, (row, column), f"有“{normalise(value)}”一栏，下面填了内容", file)


def _suspects(values: list[Any], told: Mapping[str, str]) -> list[tuple[int, Any]]:
    """Return the values of a row worth a look, with their columns: texts that tell, and numbers of many digits."""
    return [
        (column, value)
        for column, value in enumerate(values, start=1)
        if (value in told if type(value) is str else _is_suspect(value))
    ]


def _is_suspect(value: Any) -> bool:
    """Return whether a value that is no plain text needs a look: a number of many digits, a cell made beforehand."""
    return value >= _LEAST_NUMBER if type(value) is float else type(value) is not str


def _digits(value: object) -> str:
    """Return a value as text, a large number without an exponent."""
    if isinstance(value, float):
        return f"{value:.0f}" if value.is_integer() else ""
    return value.raw if isinstance(value, Cell) else str(value)


def _telling(texts: list[str]) -> dict[str, str]:
    """Return what there is to tell, by text. Digits are looked for in all texts at once, as most have none."""
    long = [text for text in texts if len(text) >= _LEAST_DIGITS]
    searched = long if _DIGITS.search("\n".join(long)) else []
    numbers = {text: what for text in searched if (what := _personal(text))}
    return {text: _NAME for text in texts if _labels_a_name(text)} | numbers


def _labels_a_name(text: str) -> bool:
    """Return whether a text is the label of what names a person; its last letter is asked first, being cheap."""
    likely = len(text) <= _LONGEST_LABEL and text.rstrip()[-1:] in _LAST_LETTERS
    return likely and _NAMES.fullmatch(normalise(text)) is not None


def hide(text: str) -> str:
    """Return a text with every number that tells of a person struck out, so that it can be shown."""
    if len(text) < _LEAST_DIGITS:
        return text
    return _DIGITS.sub(lambda found: HIDDEN if _personal(found[0], lossy=True) else found[0], text)


def _refused(sheet: Sheet, place: Place, said: str, file: str) -> Finding:
    where = (file, hide(sheet.name), address_of(place))
    return Finding("personal_data", "return", *where, said, "报表里不得出现个人身份信息", _TODO)


def _is_signed(sheet: Sheet, row: int) -> bool:
    return any(_SIGNATURE.search(cell.raw) for cell in sheet.row_cells(row))


def _heads_a_column(sheet: Sheet, row: int, column: int) -> bool:
    """Return whether anything stands below a label, or beside it where labels stand on the left."""
    beside = column == 1 and (row, 2) in sheet.cells and (row, 3) not in sheet.cells
    return beside or any((row + step, column) in sheet.cells for step in (1, 2))


def _personal(text: str, lossy: bool = False) -> str | None:
    """Return what number of a person stands in a text, or None. `lossy`: a number cell, which keeps only 15 digits."""
    for found in _DIGITS.findall(text):
        number = re.sub(r"[ \-]", "", found).upper()
        if _is_identity(number, lossy):
            return "身份证号"
        if _MOBILE.fullmatch(number):
            return _MOBILE_NUMBER
        if _CARD.fullmatch(number) and _luhn(number):
            return "银行卡号"
    return None


def _is_identity(number: str, lossy: bool) -> bool:
    if number[:2] not in _PROVINCES:
        return False
    if _IDENTITY.fullmatch(number):
        return _is_day(number[6:14]) and (lossy or _checksum(number) == number[17])
    return bool(_OLD_IDENTITY.fullmatch(number)) and _is_day("19" + number[6:12])


def _is_day(text: str) -> bool:
    try:
        return date(1900, 1, 1) <= date(int(text[:4]), int(text[4:6]), int(text[6:])) <= date.today()
    except ValueError:
        return False


def _checksum(number: str) -> str:
    """Return the check character of an 18-digit identity number (GB 11643)."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11]


def _luhn(number: str) -> bool:
    """Return whether the last digit of a card number fits the others (ISO/IEC 7812)."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0
