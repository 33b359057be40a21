"""Downloads: a table is copied as a table; a file is handed out only if that can be recorded in the audit."""

from collections.abc import Callable
from functools import partial
from html import escape
from typing import Literal

import streamlit as st

from access.accounts.roles import Action
from access.acts import Acts
from base.periods import say_span
from pages.view.filters import chosen
from pages.view.foreign_text import as_written
from pages.view.person import acts
from stats.exports.style.file_names import file_name
from store.audit import note
from store.builds import store_path
from store.verbs import Verb

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer_file(
    label: str,
    name: str,
    mime: str,
    make: Callable[[], bytes],
    kind: Literal["secondary", "tertiary"] = "secondary",
    registers: bool = False,
    key: str = "",
) -> None:
    """Draw the button for one file, which is made when it is clicked; `kind` is the button's style.

    A file that `registers` its figures is recorded with them; any other is recorded before it is made. `key` tells
    files of a page apart that may be called alike.
    """
    st.download_button(
        as_written(label),
        data=handing_out(Verb.EXPORTED, name, make, registers),
        file_name=name,
        mime=mime,
        on_click="ignore",
        type=kind,
        icon=":material/download:" if kind == "secondary" else None,
        key=f"take-{key or name}",
    )


def offer_tables(name: str, xlsx: Callable[[], bytes], csv: Callable[[], bytes], key: str = "") -> None:
    """Draw the button for a table as a spreadsheet, and folded away the one for its plain text; `name` is as yet bare.

    `key` tells tables of a page apart that may be called alike.
    """
    key = key or name
    offer_file("表格（Excel）", file_name(name, "xlsx"), XLSX, xlsx, "tertiary", key=f"{key}.xlsx")
    with st.popover("其他格式", type="tertiary", key=f"formats-{key}"):
        offer_file("纯文本（CSV）", file_name(name, "csv"), "text/csv", csv, "tertiary", key=f"{key}.csv")


def handing_out(verb: Verb, about: str, make: Callable[[], bytes], registers: bool = False) -> Callable[[], bytes]:
    """Return the function a download button calls: it records who downloads what, then makes the file.

    A file that `registers` its figures is recorded by that.
    """
    return partial(permitted, acts(), make) if registers else partial(hand_out, acts(), verb, about, make)


def permitted(doing: Acts, make: Callable[[], bytes]) -> bytes:
    """Return the result of `make`, which records the download itself. Raises UserError when the session is over."""
    doing.permit(Action.VIEW)
    return make()


def hand_out(doing: Acts, verb: Verb, about: str, make: Callable[[], bytes]) -> bytes:
    """Record the download, then return the file.

    Raises UserError, and hands out nothing, when the session is over or the download can't be recorded.
    """
    note(store_path(), doing.permit(Action.VIEW).shown, verb, about)
    return make()


def copying(what: str) -> str:
    """Return the button that copies the tables in the same element of the class taken, as HTML.

    The copy is headed by whose it is, what and of when.
    """
    view = chosen()
    heading = f"{view.unit.name}：{what}（{say_span(view.span)}）"
    return f'<button type="button" class="copy" aria-live="polite" data-title="{escape(heading)}">复制表格</button>'
