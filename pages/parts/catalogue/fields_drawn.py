"""The fields of a dialog, one function for each shape: what is filled in goes into the content at once."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import streamlit as st

from pages.parts.catalogue.keyed_fields import draw_by_key, draw_lines
from pages.parts.catalogue.offered_choices import choices_for
from pages.parts.catalogue.opened_entry import Editing
from pages.parts.catalogue.parts_drawn import draw_one_part, draw_parts
from pages.view.foreign_text import Markdown, as_written
from stats.editing.fields import FieldOf
from stats.editing.known_entries import Known
from stats.editing.shapes import FieldShape

_CHOOSE = "请选择"


def draw_field(editing: Editing, field: FieldOf, known: Known) -> None:
    """Draw one field of the part that is shown, and take over what is filled in."""
    content = editing.here()[1]
    offered = choices_for(field, editing.enclosing(), known) if field.refers else dict(field.words)
    place = f"{editing.serial}-{'.'.join(f'{key}{at}' for key, at in editing.way)}-{field.key}"
    if field.shape is FieldShape.ENTRY:
        return draw_one_part(editing, field, place)
    if field.shape is FieldShape.ENTRIES:
        return draw_parts(editing, field, place, known)
    if field.shape in (FieldShape.BY_KEY, FieldShape.NUMBERS_BY_KEY):
        value = draw_by_key(editing, field, place, offered, known)
    else:
        value = _DRAWN[field.shape](field, content.get(field.key, field.default), place, offered)
    if _is_left_out(value, field):
        content.pop(field.key, None)
    elif field.key in content or value != field.default:
        content[field.key] = value
    return None


def label_of(field: FieldOf) -> Markdown:
    """Return the label of a field, with a mark where it must be filled in."""
    return Markdown(as_written(field.label) + ("" if field.required else "（可不填）"))


def help_of(field: FieldOf) -> Markdown:
    """Return the help of a field, "" for none."""
    return as_written(field.help)


def _is_left_out(value: Any, field: FieldOf) -> bool:
    return value is None or value == "" or (value in ([], {}) and not field.default)


def _words(field: FieldOf, value: Any, place: str, offered: Mapping[str, str]) -> Any:
    if field.refers and offered:
        return _one_of(field, value, place, offered)
    written = "" if value is None else str(value)
    if field.long:
        return st.text_area(label_of(field), written, key=f"edit-long-{place}", help=help_of(field)).strip()
    return st.text_input(label_of(field), written, key=f"edit-{place}", help=help_of(field)).strip()


def _one_of(field: FieldOf, value: Any, place: str, offered: Mapping[str, str]) -> Any:
    known = {"" if value is None else str(value): str(value)} if value not in (None, "", *offered) else {}
    names = {**offered, **known}
    codes = list(names)
    return st.selectbox(
        label_of(field),
        codes,
        index=codes.index(str(value)) if value not in (None, "") else None,
        format_func=lambda code: names[code],
        key=f"edit-one-{place}",
        help=help_of(field),
        placeholder=_CHOOSE,
    )


def _several(field: FieldOf, value: Any, place: str, offered: Mapping[str, str]) -> list[str]:
    chosen = [str(word) for word in ([value] if isinstance(value, str) else value or ())]
    if not offered and not field.refers:
        return draw_lines(label_of(field), chosen, place, help_of(field))
    names = {**offered, **{word: word for word in chosen if word not in offered}}
    return list(
        st.multiselect(
            label_of(field),
            list(names),
            default=chosen,
            format_func=lambda code: names.get(code, code),
            key=f"edit-several-{place}",
            help=help_of(field),
            placeholder=_CHOOSE,
        )
    )


def _numbers(field: FieldOf, value: Any, place: str, offered: Mapping[str, str]) -> list[Any]:
    return [_as_number(number) for number in _several(field, [f"{number}" for number in value or ()], place, offered)]


def _as_number(text: str) -> Any:
    """Return the number a text says, or the text: the model says then what is wrong with it."""
    try:
        number = float(text)
    except ValueError:
        return text
    return int(number) if number.is_integer() else number


def _number(field: FieldOf, value: Any, place: str, offered: Mapping[str, str]) -> Any:
    whole = field.shape is FieldShape.WHOLE
    began = None if value is None else (int(value) if whole else float(value))
    return st.number_input(
        label_of(field), value=began, step=1 if whole else None, key=f"edit-number-{place}", help=help_of(field),
        placeholder="不填",
    )  # fmt: skip


def _yes_no(field: FieldOf, value: Any, place: str, offered: Mapping[str, str]) -> bool:
    return st.toggle(as_written(field.label), bool(value), key=f"edit-yes-{place}", help=help_of(field))


def _day(field: FieldOf, value: Any, place: str, offered: Mapping[str, str]) -> Any:
    began = date.fromisoformat(str(value)) if value else None
    day = st.date_input(label_of(field), began, key=f"edit-day-{place}", help=help_of(field), format="YYYY-MM-DD")
    return day.isoformat() if isinstance(day, date) else None


_Draw = Callable[[FieldOf, Any, str, Mapping[str, str]], Any]
_DRAWN: Mapping[FieldShape, _Draw] = {
    FieldShape.WORDS: _words,
    FieldShape.CHOICE: _one_of,
    FieldShape.CHOICES: _several,
    FieldShape.SEVERAL: _several,
    FieldShape.NUMBERS: _numbers,
    FieldShape.NUMBER: _number,
    FieldShape.WHOLE: _number,
    FieldShape.YES_NO: _yes_no,
    FieldShape.DAY: _day,
}


def shown_fields(fields: Sequence[FieldOf], new: bool) -> list[FieldOf]:
    """Return the fields that are asked for: a code only of what is new; first what must be filled in, columns last."""
    asked = [field for field in fields if not field.fixed and (new or field.key != "code")]
    return sorted(asked, key=lambda field: (not field.required, field.refers == "own_columns"))


def is_short(field: FieldOf) -> bool:
    """Return whether a field may stand beside others."""
    if field.shape in (FieldShape.SEVERAL, FieldShape.NUMBERS) and not field.refers:
        return False
    wide = (FieldShape.ENTRY, FieldShape.ENTRIES, FieldShape.BY_KEY, FieldShape.NUMBERS_BY_KEY)
    return not field.long and field.shape not in wide
