"""A cell in its sheet: the part of the sheet around it, and the file as received."""

from collections.abc import Sequence
from functools import partial
from html import escape

import streamlit as st

from access.acts import NOT_SHOWN
from pages.shared.downloads import handing_out
from pages.view import cached
from pages.view.person import acts
from pages.view.receipts import entry_of
from pages.view.scripts import mount
from stats.readings.trace import CellRef
from stats.readings.unit_table import SheetView, lay_out
from store.verbs import Verb


def draw_sheet(build: str, cell: CellRef) -> None:
    """Draw the surroundings of a cell and offer its file to people who may see them; tell others that they may not."""
    doing = acts()
    if not doing.cells([cell]):
        st.caption(NOT_SHOWN)
        return
    surroundings = doing.around(cell, partial(cached.around, build))
    st.html(
        f'<p class="sum">「{escape(cell.name)}」表“{escape(cell.sheet)}” <b>{escape(cell.address)}</b>：'
        f"原文“{escape(cell.raw)}”</p>{_draw_grid(lay_out(surroundings, cell))}"
    )
    mount("here", f"here-{cell.submission}-{cell.sheet}-{cell.address}", "<span></span>")
    entry = entry_of(cell.submission)
    st.download_button(
        "下载原件",
        data=handing_out(Verb.LOOKED, f"“{cell.name}”", lambda: doing.original(entry).read_bytes()),
        file_name=cell.name,
        on_click="ignore",
        icon=":material/download:",
        key=f"original-{cell.submission}-{cell.sheet}-{cell.address}",
    )


def _draw_grid(view: SheetView) -> str:
    head = "".join(f"<th>{escape(letter)}</th>" for letter in view.letters)
    rows = "".join(_draw_row(number, texts, view.here) for number, texts in view.rows)
    return f'<div class="sheet"><table><tr><th></th>{head}</tr>{rows}</table></div>'


def _draw_row(number: int, texts: Sequence[str], here: tuple[int, int]) -> str:
    cells = "".join(
        f"<td{' class=here' if (number, at) == here else ''}>{escape(text)}</td>" for at, text in enumerate(texts)
    )
    return f"<tr><th>{number}</th>{cells}</tr>"
