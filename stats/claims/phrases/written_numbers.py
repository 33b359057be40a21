"""Numbers as drafts write them: digits, Chinese numerals and fractions, as exact decimals."""

import re
from decimal import Decimal

from stats.claims.grammar.word_patterns import FORMAL, NUMERAL

_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10**4, "亿": 10**8}
_PLAIN = str.maketrans(FORMAL, "一二三四五六七八九十百千")
SCALES = {
    "": 1, "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
    "万亿": 10**12,
}  # fmt: skip
_ONLY = re.compile(f"[{NUMERAL}]+")
_BY_PLACE = re.compile("[零〇一二三四五六七八九]{2,}")


def parse_number(written: str) -> Decimal | None:
    """Return the number that digits or Chinese numerals write, None if they write none."""
    if written[:1].isdigit() and written[:1].isascii():
        return Decimal(written.replace(",", ""))
    whole, _, decimals = written.translate(_PLAIN).partition("点")
    value = _parse_whole(whole)
    if value is None or not decimals:
        return value
    return value + Decimal("0." + "".join(str(_DIGITS[sign]) for sign in decimals))


def _parse_whole(written: str) -> Decimal | None:
    if not _ONLY.fullmatch(written):
        return None
    if _BY_PLACE.fullmatch(written):
        return Decimal("".join(str(_DIGITS[sign]) for sign in written))
    for sign in ("亿", "万"):
        if sign in written:
            above, below = written.split(sign, 1) if sign == "万" else written.rsplit(sign, 1)
            return _sum(above, _LARGE[sign], below)
    return _below_ten_thousand(written)


def _sum(above: str, scale: int, below: str) -> Decimal | None:
    """Return what stands above and below 万 or 亿 together; 万 alone is ten thousand."""
    high = _parse_whole(above) if above else Decimal(1)
    low = _parse_whole(below) if below else Decimal(0)
    if high is None or low is None or low >= scale:
        return None
    return high * scale + low


def _below_ten_thousand(written: str) -> Decimal | None:
    total, digit, least = 0, None, 10**4
    for sign in written:
        if sign in _UNITS:
            if _UNITS[sign] >= least:
                return None
            least = _UNITS[sign]
            total += (1 if digit is None else digit) * least
            digit = None
        elif digit not in (None, 0):
            return None
        else:
            digit = _DIGITS[sign]
    return Decimal(total + (digit or 0))


def last_place(written: str) -> Decimal:
    """Return the unit of the last written place: 0.1 for 8.2, 1 for 400."""
    decimals = re.split("[.点]", written, maxsplit=1)[1:]
    return Decimal(1).scaleb(-len(decimals[0])) if decimals else Decimal(1)


def last_nonzero_place(value: Decimal, place: Decimal) -> Decimal:
    """Return the unit of the last place that is not zero, at least the last written place: 100 for 400."""
    if place < 1 or not value:
        return place
    digits = str(int(value))
    return Decimal(10) ** (len(digits) - len(digits.rstrip("0")))
