"""Column kinds: what the values of a column are, so far as they tell it beyond doubt."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

from base.text import normalise
from etl.form_proposals.example_rows import ExampleRows
from etl.layout.text_kinds import is_identifier
from etl.model.shown.two_days import two_days
from etl.model.shown.written_days import is_written_day
from etl.model.values import parse_money
from etl.unit_lists.list_words import list_words
from stats.catalogue import Catalogue
from stats.catalogue.code_lists import CodeList

Kind = Literal["unit", "date", "days", "years", "term", "number", "rate", "code", "text"]
_YEAR = re.compile(r"(?:19|20)\d\d年?[度底末]?")
_TERM = re.compile(r"[\d一二三四五六七八九十两]{1,3}(?:个月|年)(?:期|整)?")  # how long a contract lasts
_WHEN = re.compile(r"日期|时间|年月|起止|期限|有效期")
_LEAST_ROWS = 3  # of fewer, two columns may agree by chance
_SLACK = 0.006  # a rate is written with two or more decimals
_SCALES = (1, 100)
_MOST = 0.8
_HALF = 0.5  # of a column of numbers, what else stands in it is asked about
_FEW_WORDS, _ROWS_A_WORD = 20, 3  # a list of codes has few words, and each stands in several rows


@dataclass(kw_only=True, frozen=True)
class ColumnKind:
    """The kind of a column: of names what they lack to be known, of codes the list that has all of them ("" for none).

    `levels` are those of the organisations named, `whole` says that all its numbers are whole.
    """

    kind: Kind
    suffix: str = ""
    codes: str = ""
    levels: tuple[str, ...] = ()
    whole: bool = False


def kind_of(
    rows: ExampleRows, column: int, heading: str, levels: Mapping[str, str], catalogue: Catalogue
) -> ColumnKind:
    """Return the kind of a column; `levels` are those of the organisations in the register by normalised name."""
    texts = rows.texts(column)
    if (suffix := _names(texts, levels)) is not None:
        named = tuple(sorted({levels[name] for text in texts if (name := f"{text}{suffix}") in levels}))
        return ColumnKind(kind="unit", suffix=suffix, levels=named)
    if _mostly(texts, lambda text: two_days(text) is not None):
        return ColumnKind(kind="days")
    if _mostly(texts, lambda text: bool(_TERM.fullmatch(text))):
        return ColumnKind(kind="term")
    if is_identifier(heading) and _mostly(texts, lambda text: bool(_YEAR.fullmatch(text))):
        return ColumnKind(kind="years")
    tells_when = is_identifier(heading) or bool(_WHEN.search(heading))
    if tells_when and _mostly(texts, is_written_day):
        return ColumnKind(kind="date")
    words = tuple(word for measure in catalogue.measures.values() for word in (measure.name, *measure.spellings))
    numbers = [bare for text in texts if (bare := _bare_number(text, words))]
    if len(numbers) > _HALF * len(texts) and not tells_when:
        return ColumnKind(kind="number", whole=all(map(_is_whole, numbers)))
    if _mostly(texts, is_written_day):
        return ColumnKind(kind="date")
    if _mostly(texts, lambda text: text.endswith(("%", "‰"))):
        return ColumnKind(kind="rate")
    kinds = {*texts}
    if texts and len(kinds) <= _FEW_WORDS and len(texts) >= _ROWS_A_WORD * len(kinds):
        return ColumnKind(kind="code", codes=_list_of(kinds, catalogue.codes))
    return ColumnKind(kind="text")


def _names(texts: Collection[str], levels: Mapping[str, str]) -> str | None:
    """Return what the texts lack to be names of organisations, None where they name none."""
    for suffix in ("", *list_words().name_parts) if texts and levels else ():
        if sum(f"{text}{suffix}" in levels for text in texts) >= _MOST * len(texts):
            return suffix
    return None


def _mostly(texts: Collection[str], fits: Callable[[str], bool]) -> bool:
    return bool(texts) and sum(map(fits, texts)) >= _MOST * len(texts)


def _bare_number(text: str, measures: Collection[str]) -> str:
    """Return a text that is a number without its measure, 500 of 500元, "" for any other."""
    endings = (measure for measure in measures if text.endswith(measure))
    for bare in (text, text.removesuffix(max(endings, key=len, default="-"))):
        if _is_number(bare):
            return bare
    return ""


def _is_number(text: str) -> bool:
    try:
        parse_money(text)
    except (ValueError, KeyError, ArithmeticError):
        return False
    return "%" not in text


def _is_whole(text: str) -> bool:
    return parse_money(text) == int(parse_money(text))


def _list_of(words: Collection[str], lists: Mapping[str, CodeList]) -> str:
    """Return the only list of codes that has all the words, "" for none and for several."""
    fitting = [name for name, codes in lists.items() if all(normalise(word) in codes.by_word for word in words)]
    return fitting[0] if len(fitting) == 1 else ""


def is_quotient(code: str, columns: Mapping[str, Sequence[float | None]]) -> bool:
    """Return whether a column is in every row one other column divided by another, as it is or in percent."""
    others = [numbers for other, numbers in columns.items() if other != code]
    return any(
        _divides(columns[code], upper, lower, scale) for upper, lower in permutations(others, 2) for scale in _SCALES
    )


def _divides(
    rates: Sequence[float | None], upper: Sequence[float | None], lower: Sequence[float | None], scale: int
) -> bool:
    filled = [
        (rate, scale * above / below)
        for rate, above, below in zip(rates, upper, lower, strict=True)
        if rate is not None and above is not None and below
    ]
    return len(filled) >= _LEAST_ROWS and all(abs(rate - quotient) <= _SLACK * scale for rate, quotient in filled)
