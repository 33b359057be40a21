"""How often a table is likely sent in, by how it says its time: months across it, a sheet a month, years down it."""

from collections.abc import Iterator, Mapping, Sequence

from base.month_spans import MONTH
from base.text import normalise
from etl.form_proposals.column_kinds import kind_of
from etl.form_proposals.example_rows import ExampleRows
from etl.layout_proposals.own_table import OwnTable
from etl.own_layouts.named_periods import period_named
from stats.catalogue import Catalogue

_LASTING = {"days", "years"}  # what was agreed from a day until another, and a row a year, are all sent each time


def suggested_frequency(tables: Sequence[OwnTable], levels: Mapping[str, str], catalogue: Catalogue) -> str:
    """Return how often a form of these tables would be sent in: a suggestion, to be confirmed.

    `levels` are those of the organisations in the register by normalised name.
    """
    if any(period_named(text, MONTH) is not None for text in _names(tables)):
        return "month"
    rows = ExampleRows(tables)
    paths = tables[0].header.paths.items()
    kinds = (kind_of(rows, number, path[-1], levels, catalogue).kind for number, path in paths)
    return "standing" if any(kind in _LASTING for kind in kinds) else "quarter"


def _names(tables: Sequence[OwnTable]) -> Iterator[str]:
    """Yield the words that may name a period: of the headings, and of the sheets."""
    for table in tables:
        yield normalise(table.sheet.name)
        yield from (part for path in table.header.paths.values() for part in path)
