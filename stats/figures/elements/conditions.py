"""Conditions on the rows of a form as query parameters: the codes that a column may hold."""

from typing import Any

from stats.catalogue import INDICATORS
from stats.catalogue.boards import Conditions
from stats.catalogue.models import Form
from stats.figures.elements.figure_model import Source


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
