"""The dialog in which an entry is filled in: its fields follow from the model of its kind, part by part."""

from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial
from itertools import groupby

import streamlit as st
from pydantic import BaseModel

from base.errors import UserError
from pages.parts.catalogue.fields_drawn import draw_field, is_short, shown_fields
from pages.parts.catalogue.kinds import known_now, name_in, name_kind
from pages.parts.catalogue.opened_entry import Editing, begin_part, close_editing, editing_now
from pages.parts.catalogue.panel_preview import draw_preview, is_panel
from pages.view.foreign_text import as_written
from pages.view.notices import plain_errors
from pages.view.person import acts
from serving.streamlit_internals import StreamlitAPIException
from stats.editing.entry_faults import code_faults, faults_of
from stats.editing.fields import answers, fields_of, model_for
from stats.editing.known_entries import Known, edits_for

_SHORT = 330  # pixels of a field that stands beside others


def draw_dialog() -> None:
    """Draw the dialog, where an entry is being changed."""
    if editing := editing_now():
        what = name_kind(editing.kind)
        title = f"改{what}" if editing.code else f"新增{what}"
        st.dialog(as_written(title), width="large", on_dismiss=close_editing)(_draw)(editing)


def _draw(editing: Editing) -> None:
    if editing_now() is not editing:
        st.rerun()  # it was put into the draft: the dialog closes
    with plain_errors():
        known = known_now()
        _draw_way(editing)
        models, content = editing.here()
        if len(models) > 1 and "kind" not in content:
            _choose_kind(editing, models)
        else:
            _draw_part(editing, model_for(models, content), known)
    if editing.asked:
        act, editing.asked = editing.asked, None
        act()
        _draw_again()


def _draw_part(editing: Editing, model: type[BaseModel], known: Known) -> None:
    """Draw the fields of the part that is shown, short ones side by side."""
    asked = shown_fields(fields_of(model), new=bool(editing.way) or not editing.code)
    for side_by_side, fields in groupby(asked, key=is_short):
        with st.container(horizontal=True) if side_by_side else nullcontext():
            for field in fields:
                with st.container(width=_SHORT) if side_by_side else nullcontext():
                    draw_field(editing, field, known)
    if is_panel(model):
        draw_preview(editing.here()[1])
    _draw_end(editing, known)


def _draw_again() -> None:
    """Draw the dialog alone again, or the whole page where all of it was drawn in this run."""
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:
        st.rerun()


def _draw_way(editing: Editing) -> None:
    """Draw the way from the whole entry to the part that is shown, each step a button."""
    names = [name_in(content) for content in editing.enclosing()]
    if not editing.way:
        return
    with st.container(horizontal=True, vertical_alignment="center", key=f"way-{editing.serial}"):
        for depth, name in enumerate(names[:-1]):
            label = name or name_kind(editing.kind)
            pressed = st.button(as_written(f"‹ {label}"), key=f"way-{editing.serial}-{depth}")
            editing.then(pressed, partial(editing.go_up, depth))


def _choose_kind(editing: Editing, models: Sequence[type[BaseModel]]) -> None:
    """Draw what a new part may be, by the question it answers."""
    st.html("<h3>要回答什么？</h3>")
    for number, model in enumerate(models):
        pressed = st.button(as_written(answers(model)), key=f"kind-{editing.serial}-{number}")
        editing.then(pressed, partial(_begin, editing, model))


def _begin(editing: Editing, model: type[BaseModel]) -> None:
    content = editing.here()[1]
    key, _ = editing.way[-1]
    listed = editing.enclosing()[-2].get(key)
    begin_part(content, model, listed if isinstance(listed, list) else [])


def _draw_end(editing: Editing, known: Known) -> None:
    if editing.way:
        pressed = st.button("好了，回上一层", type="primary", key=f"up-{editing.serial}")
        editing.then(pressed, partial(editing.go_up, len(editing.way) - 1))
        return
    for fault in editing.faults:
        st.warning(as_written(fault), icon=":material/edit:")
    pressed = st.button("放进修改", type="primary", key=f"keep-{editing.serial}", help="先放进您的修改，发布以后才生效")
    editing.then(pressed, partial(_keep, editing, known))


def _keep(editing: Editing, known: Known) -> None:
    """Put the entry into the draft and close, or note what is wrong with it."""
    code = editing.code or str(editing.content.get("code") or editing.content.get("alias") or "").strip()
    editing.faults = faults_of(editing.kind, editing.content)
    if not editing.code:
        editing.faults += code_faults(editing.kind, code, known)
    if not editing.faults:
        try:
            acts().edit(edits_for(editing.kind, code, editing.content, known))
        except UserError as error:
            editing.faults = [str(error)]
        else:
            close_editing()
