"""Column kinds: what the values of a column are, so far as they tell it beyond doubt."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from base.text import normalise
from etl.form_proposals.example_rows import ExampleRows
from etl.layout.text_kinds import is_identifier
from etl.model.values import parse_date, parse_money
from etl.unit_lists.list_words import list_words
from stats.catalogue import Catalogue
from stats.catalogue.code_lists import CodeList

Kind = Literal["unit", "date", "days", "years", "number", "code", "text"]
_DAY = r"\d{4}[年./-]\d{1,2}[月./-]\d{1,2}日?"
_TWO_DAYS = re.compile(rf"{_DAY}[^\d]{{1,4}}{_DAY}")
_YEAR = re.compile(r"(?:19|20)\d\d年?度?")
_MOST = 0.8
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
    if _mostly(texts, lambda text: bool(_TWO_DAYS.fullmatch(text))):
        return ColumnKind(kind="days")
    if is_identifier(heading) and _mostly(texts, lambda text: bool(_YEAR.fullmatch(text))):
        return ColumnKind(kind="years")
    if _mostly(texts, _is_number) and not is_identifier(heading):
        return ColumnKind(kind="number", whole=all(_is_whole(text) for text in texts if _is_number(text)))
    if _mostly(texts, _is_day):
        return ColumnKind(kind="date")
    words = {*texts}
    if texts and len(words) <= _FEW_WORDS and len(texts) >= _ROWS_A_WORD * len(words):
        return ColumnKind(kind="code", codes=_list_of(words, catalogue.codes))
    return ColumnKind(kind="text")


def _names(texts: Collection[str], levels: Mapping[str, str]) -> str | None:
    """Return what the texts lack to be names of organisations, None where they name none."""
    for suffix in ("", *list_words().name_parts) if texts and levels else ():
        if sum(f"{text}{suffix}" in levels for text in texts) >= _MOST * len(texts):
            return suffix
    return None


def _mostly(texts: Collection[str], fits: Callable[[str], bool]) -> bool:
    return bool(texts) and sum(map(fits, texts)) >= _MOST * len(texts)


def _is_number(text: str) -> bool:
    try:
        parse_money(text)
    except (ValueError, KeyError, ArithmeticError):
        return False
    return "%" not in text


def _is_whole(text: str) -> bool:
    return parse_money(text) == int(parse_money(text))


def _is_day(text: str) -> bool:
    try:
        return bool(parse_date(text)) and bool(re.search(r"[年./-]", text))
    except ValueError:
        return False


def _list_of(words: Collection[str], lists: Mapping[str, CodeList]) -> str:
    """Return the only list of codes that has all the words, "" for none and for several."""
    fitting = [name for name, codes in lists.items() if all(normalise(word) in codes.by_word for word in words)]
    return fitting[0] if len(fitting) == 1 else ""
