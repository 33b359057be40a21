"""The columns of a list as somebody names them, where their headings or values don't tell."""

from collections.abc import Iterator, Sequence

import streamlit as st

from base.errors import UserError
from base.text import normalise
from etl.model.nouns import Sheet
from etl.unit_lists.list_words import COLUMN_NAMES, ListColumn
from etl.unit_lists.read_list import list_in
from pages.view.foreign_text import as_written
from stats.catalogue import Catalogue

_ROWS = 6  # in which headings are looked for
_LONGEST = 24  # characters of a heading that is offered


def choose_columns(sheets: Sequence[Sheet], file: str, catalogue: Catalogue) -> dict[str, ListColumn | None]:
    """Return what headings hold, where somebody chose it: the column, or None for what is not used."""
    headings = _headings(sheets, file, catalogue)
    chosen: dict[str, ListColumn | None] = {}
    with st.expander("指明哪一栏是什么"):
        for column, name in COLUMN_NAMES.items():
            heading = st.selectbox(
                name, headings, index=None, placeholder="照看出来的", format_func=as_written, key=f"move-in-{column}"
            )
            if heading:
                chosen[normalise(heading)] = column
        unused = st.multiselect("不用的栏", headings, format_func=as_written, placeholder="没有", key="move-in-unused")
    return {normalise(heading): None for heading in unused} | chosen


def _headings(sheets: Sequence[Sheet], file: str, catalogue: Catalogue) -> list[str]:
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
