"""Altered figures: what a slip of the pen makes of a number of a draft that agrees with the data."""

import re
from collections.abc import Iterator
from itertools import pairwise

from base.chinese_numerals import say_numeral
from base.periods import parse_span
from stats.claims.checks import check_draft
from stats.claims.claim_verdicts import TO_MEND, JudgedNumber, judged_numbers
from stats.claims.draft_files.plain_draft import read_text
from stats.claims.from_data.data_verdicts import AskedOfData, judge_by_data
from stats.readings import read

_DIGITS = re.compile(r"\d+")
_NUMERALS = re.compile("[一二三四五六七八九十两]+")
_YEARS = ("2008", "2009", "2010")


def judged(text: str, asked: AskedOfData) -> list[JudgedNumber]:
    """Return every number of a text with its verdict."""
    checked = check_draft(read_text(text))
    return list(judged_numbers(checked, judge_by_data(checked, asked)))


def flagged(text: str, asked: AskedOfData) -> list[JudgedNumber]:
    return [number for number in judged(text, asked) if number.verdict in TO_MEND]


def altered(number: JudgedNumber, asked: AskedOfData) -> Iterator[str]:
    """Yield the text of a number with a slip: one more or less, ten times, digits swapped, another year, 人."""
    amount, written = number.phrase.amount, number.phrase.text
    digits = _DIGITS.search(written) or _NUMERALS.search(written)
    if amount is None or amount.spoken or digits is None:
        return
    for value in _values(number, digits[0], asked):
        if value != digits[0]:
            yield written.replace(digits[0], value, 1)
    if amount.counted == "person_time":
        yield written.replace("人次", "人")


def _values(number: JudgedNumber, digits: str, asked: AskedOfData) -> Iterator[str]:
    if not digits.isdigit():
        value = int(number.phrase.value or 0)
        yield from (say_numeral(other, "") for other in (value + 1, value - 1, value * 10) if other > 0)
        return
    value = int(digits)
    yield from (str(other) for other in (value + 1, value - 1, value * 10) if other > 0)
    swap = next((place for place, (left, right) in enumerate(pairwise(digits)) if left != right), None)
    if swap is not None:
        yield digits[:swap] + digits[swap + 1] + digits[swap] + digits[swap + 2 :]
    yield from _of_other_years(number, asked)


def _of_other_years(number: JudgedNumber, asked: AskedOfData) -> Iterator[str]:
    amount, data = number.phrase.amount, number.data
    if amount is None or data is None:
        return
    factor = 0.01 if amount.kind == "percent" else 10_000 if amount.scaled else 1
    for year in _YEARS:
        (reading,) = read(asked.warehouse, asked.catalogue, asked.unit, parse_span(year), [data.indicator])
        if reading.value:
            yield str(int(reading.value / factor))


def put_in(text: str, number: JudgedNumber, written: str) -> str:
    """Return a paragraph with a number written otherwise."""
    place = number.phrase.place
    return f"{text[: place.start]}{written}{text[place.end :]}"
