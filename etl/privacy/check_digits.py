"""Check digits: what numbers of persons hold in themselves: area, day of birth, check character."""

import re
from datetime import date

from base import china_days

CARD = re.compile(r"(?:62|60)\d{14,17}|(?:4\d|5[1-5]|35)\d{14}|95\d{17}")  # UnionPay, Visa, Mastercard, JCB, deposit
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = frozenset(map(str, [*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55),
                                  *range(61, 66), 71, 81, 82, 83]))  # fmt: skip  # GB/T 2260, first two digits


def is_identity(number: str, strict: bool = True) -> bool:
    """Return whether 18 characters are an identity number: area, date of birth and, if `strict`, check character."""
    if number[:2] not in _PROVINCES or not number[:17].isdigit() or not _is_day(number[6:14]):
        return False
    return not strict or _checksum(number) == number[17]


def is_mobile(number: str) -> bool:
    """Return whether digits are a mobile number, without its country's prefix."""
    return re.fullmatch(r"1[3-9]\d{9}", number) is not None


def is_card(number: str) -> bool:
    """Return whether digits are the number of a bank card whose last digit fits."""
    return CARD.fullmatch(number) is not None and luhn(number)


def is_old_identity(number: str) -> bool:
    """Return whether 15 digits are an identity number as they were until 1999: with two digits of the year."""
    return len(number) == 15 and number[:2] in _PROVINCES and number.isdigit() and _is_day("19" + number[6:12])


def _is_day(text: str) -> bool:
    try:
        return date(1900, 1, 1) <= date(int(text[:4]), int(text[4:6]), int(text[6:])) <= china_days.today()
    except ValueError:
        return False


def is_organisation(code: str) -> bool:
    """Return whether the check character of an organisation code is correct (GB 32100)."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    if not set(code) <= set(signs):
        return False
    total = sum(signs.index(sign) * pow(3, place, 31) for place, sign in enumerate(code[:17]))
    return signs[-total % 31] == code[17]


def _checksum(number: str) -> str:
    """Return the check character of an 18-digit identity number (GB 11643)."""
    return "10X98765432"[sum(int(digit) * weight for digit, weight in zip(number, _WEIGHTS, strict=False)) % 11]


def luhn(number: str) -> bool:
    """Return whether the check digit of a card number is correct (ISO/IEC 7812)."""
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number))]
    return sum(digit - 9 if digit > 9 else digit for digit in doubled) % 10 == 0
