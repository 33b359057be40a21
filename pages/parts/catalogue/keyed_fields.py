"""Fields that hold something for each of several keys: which codes a column must hold, how many days each step has."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from pages.parts.catalogue.offered_choices import codes_for, columns_of
from pages.parts.catalogue.opened_entry import Editing
from pages.view.foreign_text import Markdown, as_written
from stats.editing.fields import FieldOf
from stats.editing.known_entries import Known
from stats.editing.shapes import FieldShape


def draw_by_key(
    editing: Editing, field: FieldOf, place: str, offered: Mapping[str, str], known: Known
) -> dict[str, Any]:
    """Draw the keys to choose from, then what each of those chosen holds; return it by key."""
    before = editing.here()[1].get(field.key) or {}
    names = {**offered, **{key: key for key in before if key not in offered}}
    label = as_written(field.label + ("" if field.required else "（可不填）"))
    if offered or field.refers:
        keys = st.multiselect(
            label,
            list(names),
            default=list(before),
            format_func=lambda key: names.get(key, key),
            key=f"edit-keys-{place}",
            help=as_written(field.help),
            placeholder="请选择",
        )
    else:
        keys = draw_lines(label, list(before), f"keys-{place}", as_written(field.help))
    held = {}
    for key in keys:
        name = names.get(key, key)
        if field.shape is FieldShape.NUMBERS_BY_KEY:
            held[key] = _number(name, before.get(key), f"{place}-{key}")
        else:
            held[key] = _codes(name, before.get(key), f"{place}-{key}", _codes_of(editing, field, key, known))
    return held


def _number(name: str, value: Any, place: str) -> Any:
    began = None if value is None else float(value)
    return st.number_input(as_written(f"{name}：数"), value=began, key=f"edit-held-{place}", placeholder="请填数")


def draw_lines(label: Markdown, words: Sequence[str], place: str, help_text: Markdown) -> list[str]:
    """Draw several words that are written freely, one a line; return them."""
    written = st.text_area(label, "\n".join(words), key=f"edit-lines-{place}", help=help_text, placeholder="一行一个")
    return list(dict.fromkeys(line.strip() for line in written.splitlines() if line.strip()))


def _codes(name: str, value: Any, place: str, offered: Mapping[str, str]) -> Any:
    chosen = [str(code) for code in ([value] if isinstance(value, str) else value or ())]
    names = {**offered, **{code: code for code in chosen if code not in offered}}
    label = as_written(f"{name}：是")
    picked: Sequence[str] = (
        st.multiselect(
            label,
            list(names),
            default=chosen,
            format_func=lambda code: names.get(code, code),
            key=f"edit-codes-{place}",
            placeholder="请选择",
        )
        if offered
        else draw_lines(label, chosen, place, as_written(""))
    )
    return picked[0] if len(picked) == 1 else list(picked)


def _codes_of(editing: Editing, field: FieldOf, key: str, known: Known) -> dict[str, str]:
    """Return the codes that the column of a key may hold; none where the key is no column."""
    what, _, of = field.refers.partition("@")
    if what not in ("columns", "own_columns"):
        return {}
    columns = columns_of(editing.enclosing(), known, of or ("form" if what == "columns" else ""))
    column = next((column for column in columns if column["code"] == key), None)
    return codes_for(column, known) if column else {}
