"""Parts within a part: the columns of a form, the panels of a board. Each is a row, opened by its button."""

from functools import partial
from html import escape

import streamlit as st

from pages.parts.catalogue.entry_words import say_part
from pages.parts.catalogue.opened_entry import Editing, begin_part
from pages.view.foreign_text import as_written
from stats.editing.fields import FieldOf, model_for, name_model
from stats.editing.known_entries import Known


def draw_one_part(editing: Editing, field: FieldOf, place: str) -> None:
    """Draw a part of which there is one or none."""
    content = editing.here()[1]
    model = field.shaped.models[0]
    with st.container(horizontal=True, vertical_alignment="center", key=f"part-{place}"):
        st.html(_row(field.label, say_part(model, content[field.key]) if field.key in content else "没有"))
        if field.key in content:
            editing.then(st.button("改", key=f"in-{place}"), partial(editing.go_in, field.key, None))
            if not field.required:
                editing.then(st.button("去掉", key=f"out-{place}"), partial(editing.remove, field.key, None))
        else:
            editing.then(st.button("加上", key=f"add-{place}"), partial(_add, editing, field, True))


def draw_parts(editing: Editing, field: FieldOf, place: str, known: Known) -> None:
    """Draw a list of parts, each to be opened, taken away or moved up, and the button for another."""
    listed = editing.here()[1].get(field.key) or []
    st.html(f"<h3>{escape(field.label)}<small>　{len(listed):d}个</small></h3>")
    for at, content in enumerate(listed):
        with st.container(horizontal=True, vertical_alignment="center", key=f"part-{place}-{at}"):
            st.html(_row(f"{at + 1}", say_part(model_for(field.shaped.models, content), content)))
            editing.then(st.button("改", key=f"in-{place}-{at}"), partial(editing.go_in, field.key, at))
            if at:
                editing.then(st.button("上移", key=f"up-{place}-{at}"), partial(editing.move_up, field.key, at))
            editing.then(st.button("去掉", key=f"out-{place}-{at}"), partial(editing.remove, field.key, at))
    what = name_model(field.shaped.models[0]) if len(field.shaped.models) == 1 else "个"
    label = as_written(f"加{'一' if what == '个' else '一个'}{what}")
    adding = st.button(label, key=f"add-{place}", icon=":material/add:")
    editing.then(adding, partial(_add, editing, field, False))


def _add(editing: Editing, field: FieldOf, single: bool) -> None:
    siblings = list(editing.here()[1].get(field.key) or []) if not single else []
    editing.add(field.key, single)
    if len(field.shaped.models) == 1:
        begin_part(editing.here()[1], field.shaped.models[0], siblings)


def _row(label: str, words: str) -> str:
    return f"<p><b>{escape(label)}</b>　{escape(words)}</p>"
