"""The entries of a kind, a row each; opened, it shows what is declared, where it comes from, and what can be done."""

import re
from functools import partial
from html import escape

import streamlit as st

from base.errors import UserError
from pages.parts.catalogue.entry_words import say_fields
from pages.parts.catalogue.kinds import is_single, model_of, name_kind, name_layer
from pages.parts.catalogue.new_target import open_target
from pages.parts.catalogue.opened_entry import open_editing
from pages.shared.paging import page_of
from pages.view.foreign_text import Markdown, as_written
from pages.view.notices import show_empty, show_error
from pages.view.person import acts
from stats.catalogue.layers import CODES
from stats.editing.declared_entries import Contents
from stats.editing.fields import MODELS
from stats.editing.known_entries import (
    Known,
    KnownEntry,
    code_lists,
    edits_to_remove,
    edits_to_restore,
)

_SIZE = 15  # rows a page: a phone scrolls through them
_LIST = re.compile(r"[a-z0-9_]{1,64}")
_OWN, _ALL = "本地的", "全部"


def choose_kind(known: Known) -> str:
    """Draw the choice of a kind of entry, of a code list too; return the kind."""
    kind = st.pills(
        "看哪一类",
        list(MODELS),
        default="forms",
        format_func=lambda kind: as_written(name_kind(kind)),
        key="catalogue-kind",
        required=True,
    )
    if kind != CODES:
        return str(kind)
    names = {name: "、".join(entry.name for entry in known[f"{CODES}/{name}"].values()) for name in code_lists(known)}
    with st.container(horizontal=True, vertical_alignment="bottom", key="catalogue-lists"):
        chosen = st.selectbox("哪个代码表", list(names), format_func=names.__getitem__, key="catalogue-list", width=420)
        other = st.text_input(
            "另立一个", key="catalogue-new-list", placeholder="新代码表的代码", help="小写字母、数字和下划线", width=200
        ).strip()
    return f"{CODES}/{other if _LIST.fullmatch(other) else chosen}"


def draw_entries(kind: str, known: Known) -> None:
    """Draw the entries of a kind that are looked for, a page at a time."""
    entries = list(known.get(kind, {}).values())
    with st.container(horizontal=True, vertical_alignment="bottom", key="catalogue-bar"):
        wanted = st.text_input("查找", key="catalogue-find", placeholder="名称或代码", width=260).strip().casefold()
        which = st.segmented_control("哪些", [_ALL, _OWN], default=_ALL, key="catalogue-which", required=True)
        if not is_single(kind):
            st.button(
                as_written(f"新增{name_kind(kind)}"), type="primary", icon=":material/add:", key="catalogue-add",
                on_click=partial(open_editing, kind, None, known),
            )  # fmt: skip
    matching = [
        entry
        for entry in entries
        if (which == _ALL or entry.own or entry.off) and wanted in f"{entry.name} {entry.code}".casefold()
    ]
    if not matching:
        return show_empty("没有这样的。" if wanted or entries else "还没有。")
    for entry in page_of(matching, "项", f"catalogue-{kind}", _SIZE):
        _draw_entry(entry, known)
    return None


def _draw_entry(entry: KnownEntry, known: Known) -> None:
    with st.expander(_label(entry), key=f"entry-{entry.kind}-{entry.code}", on_change="rerun") as row:
        if row.open:
            st.html(_details(entry, known))
            with st.container(horizontal=True, key=f"ways-{entry.kind}-{entry.code}"):
                _draw_ways(entry, known)


def _label(entry: KnownEntry) -> Markdown:
    return Markdown(f"**{as_written(entry.name)}**　:gray[{as_written(_origin(entry))}]")


def _origin(entry: KnownEntry) -> str:
    """Return where an entry comes from, in a word or two."""
    if entry.off:
        return "已停用"
    if entry.own:
        return "内置，本地改过" if entry.built_in else "本地"
    return name_layer(entry.layers[-1])


def _details(entry: KnownEntry, known: Known) -> str:
    fields = [*say_fields(model_of(entry.kind), entry.content, known)]
    layers = " → ".join(name_layer(layer) for layer in entry.layers)
    rows = "".join(f"<dt>{escape(label)}</dt><dd>{escape(words)}</dd>" for label, words in fields)
    return (
        f'<dl class="definition">{rows}<dt>代码</dt><dd><code>{escape(entry.code)}</code></dd>'
        f"<dt>来源</dt><dd>{escape(layers)}</dd></dl>"
    )


def _draw_ways(entry: KnownEntry, known: Known) -> None:
    key = f"{entry.kind}-{entry.code}"
    if entry.off:
        st.button("恢复使用", key=f"on-{key}", on_click=partial(_edit, edits_to_restore(entry)))
        return
    st.button("改", key=f"edit-{key}", on_click=partial(open_editing, entry.kind, entry, known))
    if entry.own and entry.built_in:
        st.button("改回内置的", key=f"restore-{key}", on_click=partial(_edit, edits_to_restore(entry)))
    if not is_single(entry.kind):
        st.button("停用", key=f"off-{key}", on_click=partial(_edit, edits_to_remove(entry)))
    if entry.kind == "indicators":
        st.button("定目标", key=f"aim-{key}", on_click=partial(open_target, entry.code))


def _edit(edits: Contents) -> None:
    try:
        acts().edit(edits)
    except UserError as error:
        show_error(error)
