"""Parsing texts to whole numbers, amounts and dates. Each parser raises ValueError for any other text."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from base.month_spans import HALF_YEAR, MONTH, QUARTER, YEAR, Months
from base.text import normalise
from etl.model.numerals import parse_numeral

BLANKS = frozenset({"", "-", "—", "——", "/", "无", "空", "保密", "不详"})  # missing, never zero
YES = "yes"
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?%?")
_BOOKED = re.compile(r"\(([\d,.]+)\)")  # negative numbers in bookkeeping notation
_SPLIT = re.compile(r"\d\s+(?!\d{3}(?!\d))\d")  # "12 34" may be two numbers; "1 234" is one
_MOST_DIGITS = 15  # digits of a whole number that every format stores exactly
_LARGEST = 10**_MOST_DIGITS
_TEN_THOUSANDS = {"万": 10_000, "亿": 100_000_000}
_CURRENCY = re.compile(r"^\s*(?:¥|RMB|CNY|人民币)\s*[:：]?\s*(?=\S)", re.IGNORECASE)
_DATE_NUMERAL = re.compile(r"(?<![〇○零一二三四五六七八九十])[〇○零一二三四五六七八九十]++(?=[年月日])")
_DATE = re.compile(r"(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月?)")
_EXCEL_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_QUARTERS = (
    re.compile(r"(\d{4})年?(?:第)?([1-4一二三四])季度?"),
    re.compile(r"(\d{4})Q([1-4])"),
)
_MONTHS = re.compile(r"(\d{4})(?:年|[.-])(?:1月?[—–~至-]+)?(\d{1,2})(?:月|$)")
_ONE_MONTH = re.compile(r"(\d{4})(?:年(\d{1,2})月|[.M-](\d{1,2})(?![.-]?\d))")
_SEVERAL_MONTHS = re.compile(r"\d{1,2}月?[—–~至到-]+\d{1,2}月")
_RANGE = re.compile(r"(\d{4})年(\d{1,2})月?[—–~至到-]+(\d{1,2})月")
_HALF = re.compile(r"(\d{4})(?:年?(上|下)半年|H([12]))")
_PART_OF_YEAR = re.compile(r"季|半年|(?<!\d)\d{1,2}月|Q[1-4]|H[12]")
_YEAR_ALONE = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|$)")
_HALVES = re.compile(r"(\d{4})年(上|下)半年|(\d{4})年(?:全)?年?度")


class BelowZero(ValueError):
    """A well-formed number that is negative where that is not allowed."""


def is_blank(text: str) -> bool:
    """Return whether a text means a blank: empty, a dash, 无, 保密."""
    return normalise(text) in BLANKS


def parse_number(text: str) -> Decimal:
    """Return the number in a text: 1,234, 80% (0.8), 三百二十, −3, (3) for −3.

    Raises ValueError for bounds, words, errors, and numbers with a footnote mark: 1200①, 1200².
    """
    plain = normalise(text).replace("−", "-")
    if _has_footnote(text):
        raise ValueError(text)
    if booked := _BOOKED.fullmatch(plain):
        plain = f"-{booked[1]}"
    if not _NUMBER.fullmatch(plain):
        return Decimal(parse_numeral(plain))
    if _SPLIT.search(text):
        raise ValueError(text)
    try:
        number = Decimal(plain.rstrip("%").replace(",", ""))
    except InvalidOperation:
        raise ValueError(text) from None
    if abs(number) >= _LARGEST:
        raise ValueError(text)
    return number / 100 if plain.endswith("%") else number


def parse_money(text: str) -> Decimal:
    """Return the number a text stands for, with the sign of our currency or without. Raises as parse_number does."""
    if _has_footnote(text):
        raise ValueError(text)
    return parse_number(_without_currency(text))


def _has_footnote(text: str) -> bool:
    """Return whether a text has a superscript or circled digit, which normalisation would append to the number."""
    return not text.isascii() and any(unicodedata.category(letter) == "No" for letter in text)


def parse_integer(text: str, measures: tuple[str, ...] = (), signed: bool = False) -> int:
    """Return a whole number; 120人 is 120 where 人 is among the column's own measures.

    Raises BelowZero for a negative one unless `signed`; ValueError otherwise, also for 120多 and 约300, because a bound
    is not a value.
    """
    if text.isdigit() and text.isascii() and len(text) <= _MOST_DIGITS:
        return int(text)
    bare, _ = _without_measure(text, measures)
    number = parse_number(bare)
    if number != number.to_integral_value() or "%" in normalise(text):
        raise ValueError(text)
    return int(_of_sign(number, signed))


def _of_sign(number: Decimal, signed: bool) -> Decimal:
    if number < 0 and not signed:
        raise BelowZero(str(number))
    return number


def parse_score(text: str, words: Mapping[str, str]) -> float:
    """Return points as written, below zero for a deduction; a word of the list 是 and 否 is 1 or 0.

    Raises ValueError for anything else, also for a percentage, which is not a number of points.
    """
    plain = normalise(text)
    if plain in words:
        return float(words[plain] == YES)
    if plain.endswith("%"):
        raise ValueError(text)
    return float(parse_number(text))


def parse_amount(
    text: str, scale: float = 1.0, spellings: Mapping[str, float] | None = None, signed: bool = False
) -> float:
    """Return an amount in the stored unit (元, 吨). Raises BelowZero for a negative one unless `signed`.

    A number alone is in the sheet's unit, `scale`. One with its own unit (500元, 1.2万元) is in that, and the sheet's
    does not apply again. A bare 1.2万 is accepted in a column of 元 only: in a column of 万元 it may mean 12,000元 or
    1.2万 times 万元, so it raises ValueError.
    """
    if _has_footnote(text):
        raise ValueError(text)
    words = _without_currency(text) if spellings and "元" in spellings else text
    bare, measure = _without_measure(words, spellings or ())
    own = spellings[measure] if spellings and measure else scale
    if _TEN_THOUSANDS.keys() & set(bare):
        if own != 1.0:
            raise ValueError(text)
        if spellings and "元" in spellings and _NUMBER.fullmatch(bare[:-1]):
            bare, own = bare[:-1], float(_TEN_THOUSANDS.get(bare[-1], own))
    number = parse_number(bare)
    if "%" in normalise(text):
        raise ValueError(text)
    return float(_of_sign(number, signed) * Decimal(str(own)))


def _without_currency(text: str) -> str:
    """Return an amount of money without a leading currency sign (¥) and a trailing 整."""
    bare = _CURRENCY.sub("", unicodedata.normalize("NFKC", text), count=1).strip()
    return bare.removesuffix("整") if bare.endswith("元整") else bare


def _without_measure(text: str, measures: Iterable[str]) -> tuple[str, str]:
    """Return a text without the measure after its number, and that measure ("" when there is none)."""
    plain = text.strip()
    ending = max((measure for measure in measures if plain.endswith(measure)), key=len, default="")
    return (plain.removesuffix(ending).rstrip(), ending) if ending else (plain, "")


def parse_date(text: str, since_1904: bool = False) -> date:
    """Return the day of 2010-12-31, 2010年12月31日, 二〇一〇年十二月 (a month's last day) or a spreadsheet serial.

    Serials count from 1900, or from 1904 in workbooks that say so.
    """
    plain = with_arabic_dates(normalise(text))
    if _has_footnote(text):
        raise ValueError(text)
    if re.fullmatch(r"\d{5}", plain):
        return (_EPOCH_1904 if since_1904 else _EXCEL_EPOCH) + timedelta(days=int(plain))
    match = _DATE.fullmatch(plain)
    if not match:
        raise ValueError(text)
    year, month = int(match[1]), int(match[2])
    if not 1 <= month <= 12:
        raise ValueError(text)
    return date(year, month, int(match[3]) if match[3] else monthrange(year, month)[1])


def find_quarter(text: str, whole_years: bool = False) -> int | None:
    """Return the quarter a text names (2010年四季度, 2010年第4季度, 2010年12月, 2010年1—12月), or None.

    A month means its quarter. With `whole_years`, 上半年 means the second quarter, 年度 the fourth.
    """
    plain = with_arabic_dates(normalise(text))
    for pattern in _QUARTERS:
        if match := pattern.search(plain):
            return int(match[1]) * 4 + _numeral(match[2]) - 1
    if match := _MONTHS.search(plain):
        return int(match[1]) * 4 + (int(match[2]) - 1) // 3 if 1 <= int(match[2]) <= 12 else None
    if whole_years and (match := _HALVES.search(plain)):
        return int(match[1] or match[3]) * 4 + (1 if match[2] == "上" else 3)
    return None


def find_period(text: str, length: int, whole_years: bool = False) -> int | None:
    """Return the number of the period of so many months that a text names, or None.

    A half-year or a year is also named by all its months (2010年1—6月). A part of it names none: what stands under it
    would be taken for the whole.
    """
    if length == QUARTER:
        return find_quarter(text, whole_years)
    plain = with_arabic_dates(normalise(text))
    if length == MONTH:
        return _month_named(plain)
    if match := _RANGE.search(plain):
        year, first, last = map(int, match.groups())
        span = Months(year * YEAR + first - 1, year * YEAR + last - 1)
        return span.first // length if span.length == length and span.aligned(length) else None
    if length == HALF_YEAR:
        halves = {(year, word or "上下"[int(number) - 1]) for year, word, number in _HALF.findall(plain)}
        return next(int(year) * 2 + "上下".index(word) for year, word in halves) if len(halves) == 1 else None
    years = set() if _PART_OF_YEAR.search(plain) else set(_YEAR_ALONE.findall(plain))
    return int(years.pop()) if len(years) == 1 else None


def _month_named(plain: str) -> int | None:
    named = {(int(year), int(month or other)) for year, month, other in _ONE_MONTH.findall(plain)}
    if len(named) != 1 or _SEVERAL_MONTHS.search(plain):
        return None
    year, month = named.pop()
    return year * YEAR + month - 1 if 1 <= month <= YEAR else None


def _numeral(text: str) -> int:
    return int(text) if text.isdigit() else parse_numeral(text)


def with_arabic_dates(plain: str) -> str:
    """Return the text with Chinese numerals before 年, 月 and 日 replaced by digits."""
    return _DATE_NUMERAL.sub(lambda match: _as_digits(match[0]), plain)


def _as_digits(words: str) -> str:
    try:
        return str(parse_numeral(words))
    except ValueError:
        return words
