"""What belongs in a cell by the type of its column."""

from etl.model.rules.wording import Values
from stats.catalogue import INDICATORS, Catalogue
from stats.catalogue.models import Column

_LISTED = 8  # words of a code list that are named
_TYPES = frozenset({"integer", "amount", "number", "score", "date", "moment", "period"})  # each has its own wording


def what_belongs(column: Column, catalogue: Catalogue) -> tuple[str, Values]:
    """Return the wording for what belongs in a column, and its values."""
    if column.type not in ("code", "indicator"):
        return (column.type, {}) if column.type in _TYPES else ("text", {})
    names = catalogue.codes[column.codes or INDICATORS].names()
    return "code", {"words": "、".join(names[:_LISTED]) + ("等" if len(names) > _LISTED else "")}
