"""Conditions on the rows of a form: as query parameters, the codes that a column may hold, and in words."""

from collections.abc import Sequence
from typing import Any

from stats.catalogue import INDICATORS
from stats.catalogue.boards import Conditions
from stats.catalogue.code_lists import CodeList
from stats.catalogue.models import Column, Form
from stats.figures.elements.figure_model import Source

_BLANK = "未填"


def codes_allowed(
    source: Source, form: Form, conditions: Conditions, kinds: tuple[str, tuple[str, ...]] | None = None
) -> list[dict[str, Any]]:
    """Return each column with the codes it may hold, none for no row. A kind narrows what its column may hold."""
    allowed: dict[str, frozenset[str]] = {}
    for column, wanted in conditions.items():
        codes = source.catalogue.codes[form.column(column).codes or INDICATORS]
        words = (wanted,) if isinstance(wanted, str) else wanted
        allowed[column] = frozenset().union(*(codes.expand(word) for word in words))
    if kinds:
        allowed[kinds[0]] = allowed.get(kinds[0], frozenset(kinds[1])) & frozenset(kinds[1])
    return [{"column": column, "codes": sorted(codes)} for column, codes in allowed.items()]


def name_code(source: Source, column: Column, code: str) -> str:
    """Return the name of a code in a column of codes, and for "" that it is blank."""
    return source.catalogue.codes[column.codes or ""].name_of(code) if code else f"{column.label}{_BLANK}"


def codes_of_done(source: Source, form: Form, column: str) -> list[dict[str, Any]]:
    """Return the codes that say that a day has come though it is blank, as parameters of a query."""
    return codes_allowed(source, form, form.column(column).done_if) if column else []


def say_undated(form: Form, column: str, count: int, counted: str) -> str:
    """Return how many rows are done on a day that is not known, and so counted nowhere; "" for none."""
    return f"△ 另有{count:,}{counted}已办完但没有填{form.column(column).label}，没有算在内" if count else ""


def say_conditions(source: Source, form: Form, conditions: Conditions) -> list[str]:
    """Return conditions in the names of the form's columns and codes, one phrase a column."""
    phrases = []
    for code, wanted in conditions.items():
        column = form.column(code)
        codes = source.catalogue.codes[column.codes or INDICATORS]
        words = (wanted,) if isinstance(wanted, str) else wanted
        phrases.append(f"{column.label}为{'或'.join(_say_code(source, codes, word) for word in words)}")
    return phrases


def _say_code(source: Source, codes: CodeList, word: str) -> str:
    """Return a code's name; a group of codes has the name of its kind of organisation, else those of its codes."""
    if word in source.catalogue.kinds:
        return source.catalogue.kinds[word].name
    return "、".join(entry.name for entry in codes.entries if entry.code in codes.expand(word))


def say_renewed(form: Form, renewed: Sequence[str]) -> str:
    """Return that rows which are renewed already do not count; `renewed` are the columns that both rows share."""
    return f"{'、'.join(form.column(code).label for code in renewed)}相同、期限更长的记录已经有了的不算"
