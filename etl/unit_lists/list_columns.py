"""List columns: which column of a sheet says what about an organisation, by its heading, or else by its values."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from base.errors import UserError
from base.text import normalise
from etl.layout.header import HEADER_ROWS
from etl.model.nouns import Header, Sheet
from etl.privacy.numbers import numbers_in
from etl.recognise.form_columns import below_header
from etl.recognise.headers import find_headers, spellings_of
from etl.unit_lists.list_words import COLUMN_NAMES, ListColumn, ListWords, bare_heading, list_words
from stats.catalogue import Catalogue
from stats.catalogue.models import FormRole

_CREDIT = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}", re.IGNORECASE)
_MOST = 0.8  # the share of values that have to fit, where the heading says nothing
_LOOKED_AT = 200  # rows


@dataclass(frozen=True)
class ListLayout:
    """Where the list is in a sheet: its header, its first row, and the number of each column by what it holds."""

    sheet: Sheet
    header: Header
    first_row: int
    columns: Mapping[ListColumn, int]

    @property
    def persons(self) -> list[int]:
        """Return the columns that name persons, which are never taken."""
        words = list_words()
        return [number for number, path in self.header.paths.items() if words.names_persons(path)]

    def heading(self, number: int) -> str:
        """Return the heading of a column as shown."""
        return "·".join(self.header.paths.get(number, []))


def list_layout(
    sheet: Sheet, file: str, catalogue: Catalogue, chosen: Mapping[str, ListColumn | None]
) -> ListLayout | None:
    """Return where a list of organisations is in a sheet; None where no column names them.

    `chosen` says of headings what their columns hold, None for nothing. Raises UserError for two that hold the same.
    """
    header = _header(sheet, catalogue, chosen)
    if header is None:
        return None
    first, _ = below_header(sheet, header, {})
    columns = _single(_by_heading(header, list_words(), chosen), header, sheet, file)
    columns |= _by_values(sheet, header, first, columns, catalogue, chosen)
    return ListLayout(sheet, header, first, columns) if ListColumn.NAME in columns else None


def _header(sheet: Sheet, catalogue: Catalogue, chosen: Mapping[str, ListColumn | None]) -> Header | None:
    """Return the header that names most columns, down to the last row of headings; None where nothing is named."""
    words, spellings = list_words(), spellings_of(catalogue)
    named = {bare_heading(text) for text in (*(word for texts in words.columns.values() for word in texts), *chosen)}
    known = _headings(sheet, named)
    headers = find_headers(sheet, spellings, known)
    matching = [(_by_heading(header, words, chosen), header) for header in headers]
    best = max(matching, key=lambda pair: (len(pair[0]), -pair[1].depth, -pair[1].top), default=None)
    if best is None or not best[0]:
        return None
    columns, header = best
    depth = _depth(sheet, header, [number for numbers in columns.values() for number in numbers])
    below = {normalise(cell.raw) for row in range(header.top, header.top + depth) for cell in sheet.row_cells(row)}
    deeper = find_headers(sheet, spellings, known | below)
    return next((other for other in deeper if (other.top, other.depth) == (header.top, depth)), header)


def _depth(sheet: Sheet, header: Header, columns: Sequence[int]) -> int:
    """Return how many rows a header has: as far down as a known heading is merged, or only words stand beside it."""
    depth = header.depth
    while _continues(sheet, header.top, header.top + depth, columns):
        depth += 1
    return depth


def _continues(sheet: Sheet, top: int, row: int, columns: Sequence[int]) -> bool:
    if any(top <= sheet.merged_origins.get((row, number), (row, 0))[0] < row for number in columns):
        return True
    cells = [cell for cell in sheet.row_cells(row) if cell.raw.strip()]
    blank = all((row, number) not in sheet.cells for number in columns)
    return blank and len(cells) > 1 and all(cell.kind == "text" for cell in cells) and row < top + HEADER_ROWS


def _headings(sheet: Sheet, named: set[str]) -> frozenset[str]:
    """Return the texts of a sheet that are one of some headings, as a header is looked for by them."""
    return frozenset(normalise(text) for text in sheet.grid.texts() if bare_heading(text) in named)


def _by_heading(
    header: Header, words: ListWords, chosen: Mapping[str, ListColumn | None]
) -> dict[ListColumn, list[int]]:
    matched: dict[ListColumn, list[int]] = {}
    answers = {bare_heading(heading): column for heading, column in chosen.items()}
    for number, path in header.paths.items():
        heading = bare_heading(path[-1])
        column = answers[heading] if heading in answers else words.column_of(path)
        if column and (heading in answers or not words.names_persons(path)):
            matched.setdefault(column, []).append(number)
    return matched


def _single(matched: Mapping[ListColumn, list[int]], header: Header, sheet: Sheet, file: str) -> dict[ListColumn, int]:
    for column, numbers in matched.items():
        if len(numbers) > 1:
            headings = "、".join(f"“{'·'.join(header.paths[number])}”" for number in numbers)
            raise UserError(
                f"{file} 的工作表“{sheet.name}”里，{headings}看起来都是{COLUMN_NAMES[column]}。"
                "请指明哪一栏是，另一栏不用。",
                "python -m etl found --column 另一栏的栏头=不用",
            )
    return {column: numbers[0] for column, numbers in matched.items()}


def _by_values(
    sheet: Sheet,
    header: Header,
    first: int,
    columns: Mapping[ListColumn, int],
    catalogue: Catalogue,
    chosen: Mapping[str, ListColumn | None],
) -> dict[ListColumn, int]:
    """Return the columns that their values tell: codes of credit, areas, kinds; none that a heading named already."""
    free = [
        number
        for number, path in header.paths.items()
        if number not in columns.values() and bare_heading(path[-1]) not in map(bare_heading, chosen)
        if not list_words().names_persons(path)
    ]
    matched: dict[ListColumn, int] = {}
    for column, fits in _tests(catalogue).items():
        if column not in columns:
            fitting = [number for number in free if _mostly(sheet, number, first, fits)]
            if len(fitting) == 1:  # of two that fit equally well, the heading has to tell
                matched[column] = fitting[0]
                free.remove(fitting[0])
    return matched


_Test = Callable[[str], bool]


def _tests(catalogue: Catalogue) -> dict[ListColumn, _Test]:
    words, register = list_words(), catalogue.form_of(FormRole.UNITS)
    kinds = catalogue.codes[register.column("category").codes or ""].by_word
    return {
        ListColumn.CREDIT: lambda text: bool(_CREDIT.fullmatch(text)) and not numbers_in(text),
        ListColumn.KIND: lambda text: text in kinds,
        ListColumn.AREA: lambda text: words.level_of(text) is not None,
    }


def _mostly(sheet: Sheet, number: int, first: int, fits: _Test) -> bool:
    """Return whether most of the filled cells of a column fit; a column with a single one says nothing."""
    values = sheet.grid.column(number, first)[:_LOOKED_AT]
    texts = [normalise(value) for value in values if type(value) is str and value.strip()]
    return len(texts) > 1 and sum(map(fits, texts)) >= _MOST * len(texts)
