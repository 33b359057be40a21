"""List headings: the headings of a list, from which somebody chooses what a column holds."""

from collections.abc import Iterator, Sequence

from base.errors import UserError
from etl.model.nouns import Sheet
from etl.unit_lists.read_list import list_in
from stats.catalogue import Catalogue

_ROWS = 6  # in which headings are looked for, where no list is recognised
_LONGEST = 24  # characters of a heading


def headings_of(sheets: Sequence[Sheet], file: str, catalogue: Catalogue) -> list[str]:
    """Return the headings of the lists that are recognised, else the short texts in the first rows of the sheets."""
    try:
        layouts = list_in(sheets, file, catalogue, {}).layouts
    except UserError:
        return list(dict.fromkeys(filter(_may_head, _first_texts(sheets))))
    paths = (path for layout in layouts for path in layout.header.paths.values())
    return list(dict.fromkeys(path[-1] for path in paths))


def _first_texts(sheets: Sequence[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        rows = range(1, _ROWS + 1) if sheet.visible else ()
        yield from (cell.raw.strip() for row in rows for cell in sheet.row_cells(row) if cell.kind == "text")


def _may_head(text: str) -> bool:
    return 0 < len(text) <= _LONGEST and not any(character.isdigit() for character in text)
