"""Headers: the labels above each column of a sheet, read through merged cells, and those that a form accepts."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from base.text import normalise
from etl.labels.total_labels import total_rank
from etl.layout.header import HEADER_ROWS
from etl.layout.header_paths import header_paths
from etl.layout.text_kinds import is_year
from etl.model.grid import as_text
from etl.model.nouns import Header, Sheet
from stats.catalogue import Catalogue
from stats.catalogue.models import Form

IGNORED = frozenset({"序号", "备注", "说明"})  # headings that say nothing about a form
_TOTAL = "合计"  # as the forms call it
_SEARCH_ROWS = 20
_UNIT_SUFFIX = re.compile(r"[(\[](?:单位:)?([^()\[\]]{1,4})[)\]]$")


@dataclass(frozen=True)
class Labels:
    """A form's accepted labels: normalised header path to column code."""

    form: Form
    codes: dict[str, str]

    def match(self, path: Sequence[str]) -> str | None:
        """Return the column named by a header path or, failing that, by its longest accepted suffix."""
        return self.codes.get(self.accepted(path))

    def accepted(self, path: Sequence[str]) -> str:
        """Return the accepted path that a header path equals or ends with, "" for none; 总数 and 小计 mean 合计."""
        tails = ("/".join(path[start:]) for start in range(len(path)))
        text = next((tail for tail in tails if tail in self.codes), "")
        if text or len(path) < 2 or path[-1] == _TOTAL or not total_rank(path[-1]):
            return text
        return self.accepted([*path[:-1], _TOTAL])

    @cached_property
    def words(self) -> frozenset[str]:
        """Return every single word of the accepted paths."""
        return frozenset(word for path in self.codes for word in path.split("/"))


@cache
def labels_of(catalogue: Catalogue) -> dict[str, Labels]:
    """Return the labels each form accepts: its column names and their declared aliases."""
    return {
        form.code: Labels(
            form, {_path_key(name): column.code for column in form.columns for name in (column.name, *column.aliases)}
        )
        for form in catalogue.forms.values()
    }


@cache
def words_of(catalogue: Catalogue) -> frozenset[str]:
    """Return every single word of the paths that any form accepts."""
    return frozenset().union(*(labels.words for labels in labels_of(catalogue).values()))


def _path_key(name: str) -> str:
    return "/".join(normalise(part) for part in name.split("/"))


@cache
def spellings_of(catalogue: Catalogue) -> frozenset[str]:
    """Return every word that may be a unit of measure."""
    return frozenset(word for measure in catalogue.measures.values() for word in (measure.name, *measure.spellings))


@lru_cache(maxsize=1 << 15)
def split_unit(text: str, spellings: frozenset[str]) -> tuple[str, str]:
    """Return a header's label and the unit of measure in brackets after it ("" when there is none)."""
    plain = normalise(text)
    match = _UNIT_SUFFIX.search(plain)
    return (plain[: match.start()], match[1]) if match and match[1] in spellings else (plain, "")


def find_headers(
    sheet: Sheet, spellings: frozenset[str], words: frozenset[str], near: Sequence[int] | None = None
) -> list[Header]:
    """Return every possible header of one to four rows near the top of the sheet that begins with an accepted word.

    `near` are the rows in which it is looked for, by default the first ones; in given ones the number of a year is a
    label as well.
    """
    origins = sheet.merged_origins
    rows = range(1, sheet.height + 1) if near is None else near
    labels = {
        (row, column): split_unit(as_text(value)[0], spellings)
        for row in rows[: _SEARCH_ROWS + HEADER_ROWS]
        for column, value in enumerate(sheet.grid.row(row), start=1)
        if value != "" and (type(value) is not float or (near is not None and is_year(as_text(value)[0])))
    }
    columns = range(1, sheet.width + 1)
    worded = {row for (row, _), (label, _) in labels.items() if label in words}
    return [
        Header(top, depth, *header_paths(labels, origins, range(top, top + depth), columns))
        for top in sorted(worded)
        if top in rows[:_SEARCH_ROWS]
        for depth in range(1, max(worded & {*range(top, top + HEADER_ROWS)}) - top + 2)
    ]


def filled_rows(sheet: Sheet) -> list[int]:
    """Return the rows of a sheet that hold anything."""
    return sorted({row for row, _ in sheet.cells})
