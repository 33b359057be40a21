"""Stated units: what the unit of measure written in a heading or above a table makes of a column's numbers.

A unit counts as a whole word alone: 百元 and 美元 are not 元, and 万吨 is not 吨.
"""

import re
from collections.abc import Collection, Iterator, Mapping

from etl.model.finding import Finding, tell
from etl.model.nouns import Layout
from etl.model.rules.wording import Values
from stats.catalogue import Catalogue
from stats.catalogue.models import Column

_Problem = tuple[str, str, Values]  # rule, wording, values
_MORE = r"[十百千万亿]"
_OTHER = rf"[\d.]|{_MORE}|[美日欧港澳台韩英市]"  # what makes another unit of the one that follows


def scale_of_column(layout: Layout, column: Column, spellings: Mapping[str, float]) -> float | None:
    """Return how many of the stored unit one of the stated unit is; None where none is stated, or several are."""
    named = re.findall(rf"(?<!{_OTHER})(?:{_any_of(spellings)})", _written(layout, column)) if spellings else []
    scales = {spellings[word] for word in named}
    return scales.pop() if len(scales) == 1 else None


def words_of_one(column: Column, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the words for one of what a column counts: 人, 名. Empty when the column has no measure."""
    measure = catalogue.measures.get(column.measure or "")
    equal = {word for word, factor in measure.spellings.items() if factor == 1} if measure else set()
    return (measure.name, *sorted(equal - {measure.name})) if measure else ()


def unit_findings(layout: Layout, file: str, catalogue: Catalogue) -> Iterator[Finding]:
    """Yield a finding for each column whose stated unit is another one or, of money and goods, not stated at all."""
    present = [column for column in layout.form.columns if column.code in {**layout.columns, **layout.places}]
    for column in present:
        problem = None
        if column.type == "amount":
            problem = _of_amount(column, layout, catalogue)
        elif column.type == "integer":
            problem = _of_count(column, layout, catalogue)
        if problem:
            rule, wording, values = problem
            yield tell(rule, wording, file=file, sheet=layout.sheet.name, label=column.label, **values)


def _of_amount(column: Column, layout: Layout, catalogue: Catalogue) -> _Problem | None:
    spellings, written = catalogue.measures[column.measure or ""].spellings, _written(layout, column)
    if scale_of_column(layout, column, spellings) is not None:
        return None
    if any(word in written for word in spellings):
        return "other_unit", "amount", {"text": written, "measures": [*spellings]}
    return "no_unit", "", {"measures": [*spellings]}


def _of_count(column: Column, layout: Layout, catalogue: Catalogue) -> _Problem | None:
    """Return the finding on a column of whole numbers whose heading says 百人 or 万户."""
    words = words_of_one(column, catalogue)
    match = re.search(rf"{_MORE}+(?:{_any_of(words)})(?!次)", _written(layout, column)) if words else None
    if not match:
        return None
    return "other_unit", "count", {"text": match[0], "measures": [*words], "measure": words[0]}


def _written(layout: Layout, column: Column) -> str:
    """Return the unit of measure stated for a column, or else for the table."""
    return layout.scales.get(column.code) or layout.head.money or ""


def _any_of(words: Collection[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
