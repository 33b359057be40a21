"""An entry being changed: its content so far, and which part of it the dialog shows."""

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import streamlit as st
from pydantic import BaseModel

from base import china_days
from pages.parts.catalogue.kinds import model_of
from stats.editing.fields import FieldOf, declared_words, fields_of, kind_of, model_for
from stats.editing.known_entries import Known, KnownEntry
from stats.editing.shapes import FieldShape

_OPEN, _SERIAL = "catalogue-editing", "catalogue-serial"
Step = tuple[str, int | None]  # the key of a field, and which one of a list


@dataclass(kw_only=True)
class Editing:
    """The entry of a kind that is changed, `code` "" while it is new; `way` leads to the part that is shown.

    `serial` tells the fields of one dialog from those of the next. `asked` is what a button asked for in this run: it
    is done once every field has been taken over, or what was typed last would be lost.
    """

    kind: str
    code: str
    content: dict[str, Any]
    serial: int
    way: list[Step] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    asked: Callable[[], None] | None = None

    def then(self, pressed: bool, act: Callable[[], None]) -> None:
        """Do something at the end of this run, if its button was pressed."""
        if pressed:
            self.asked = act

    def steps(self) -> Iterator[tuple[tuple[type[BaseModel], ...], dict[str, Any]]]:
        """Yield the models and the content of each part from the whole entry to the one shown."""
        models: tuple[type[BaseModel], ...] = (model_of(self.kind),)
        content = self.content
        yield models, content
        for key, at in self.way:
            models = _field_named(model_for(models, content), key).shaped.models
            content = content[key] if at is None else content[key][at]
            yield models, content

    def here(self) -> tuple[tuple[type[BaseModel], ...], dict[str, Any]]:
        """Return the models and the content of the part that is shown."""
        return list(self.steps())[-1]

    def enclosing(self) -> list[Mapping[str, Any]]:
        """Return the contents that the part lies in, the whole entry first, the part last."""
        return [content for _, content in self.steps()]

    def go_in(self, key: str, at: int | None) -> None:
        """Show a part of the part that is shown."""
        self.way.append((key, at))

    def go_up(self, depth: int) -> None:
        """Show the part at a depth again; an empty part that was begun and left is dropped."""
        while len(self.way) > depth:
            key, at = self.way.pop()
            content = self.here()[1]
            if at is None and not content[key]:
                del content[key]
            elif at is not None and not set(content[key][at]) - {"kind"}:
                del content[key][at]

    def add(self, key: str, single: bool) -> None:
        """Add a part under a key, and show it."""
        content = self.here()[1]
        if single:
            content[key] = {}
            return self.go_in(key, None)
        content[key] = [*content.get(key, ()), {}]
        return self.go_in(key, len(content[key]) - 1)

    def remove(self, key: str, at: int | None) -> None:
        """Take a part away."""
        content = self.here()[1]
        if at is None or len(content[key]) == 1:
            del content[key]
        else:
            del content[key][at]

    def move_up(self, key: str, at: int) -> None:
        """Put one of a list before the one above it."""
        listed = self.here()[1][key]
        listed[at - 1], listed[at] = listed[at], listed[at - 1]


def open_editing(kind: str, entry: KnownEntry | None, known: Known) -> None:
    """Open the dialog for an entry, or for a new one of a kind."""
    st.session_state[_SERIAL] = serial = int(st.session_state.get(_SERIAL, 0)) + 1
    content = deepcopy(dict(entry.content)) if entry else begun(kind, free_code(kind, known))
    if entry and is_coded(kind):
        content["code"] = entry.code
    st.session_state[_OPEN] = Editing(kind=kind, code=entry.code if entry else "", content=content, serial=serial)


def editing_now() -> Editing | None:
    """Return the entry being changed, None where no dialog is open."""
    opened: Editing | None = st.session_state.get(_OPEN)
    return opened


def close_editing() -> None:
    """Close the dialog; what was not put into the draft is gone."""
    st.session_state.pop(_OPEN, None)


def is_coded(kind: str) -> bool:
    """Return whether entries of a kind have a code of their own among their fields."""
    return "code" in model_of(kind).model_fields


def free_code(kind: str, known: Known) -> str:
    """Return a code that is not taken; forms are numbered as in the program's own catalogue."""
    begin, width = ("B", "02d") if kind == "forms" else (f"own_{kind.partition('/')[0].rstrip('s')}_", "d")
    taken = {code.casefold() for code in known.get(kind, {})}
    return next(code for number in range(1, 10_000) if (code := f"{begin}{number:{width}}").casefold() not in taken)


def free_part_code(content: Mapping[str, Any], listed: list[Any]) -> str:
    """Return a code for a part that none of its siblings has."""
    taken = {str(part.get("code")) for part in listed}
    return next(code for number in range(1, 10_000) if (code := f"c{number}") not in taken)


def begun(kind: str, code: str) -> dict[str, Any]:
    """Return what a new entry of a kind begins with."""
    words = {"code": code, "today": china_days.today().isoformat()}
    filled: dict[str, Any] = fill(declared_words()["begins"].get(kind, {}), words)
    return filled | ({"code": code} if is_coded(kind) else {})


def fill(value: Any, words: Mapping[str, str]) -> Any:
    """Return a nested value with words put into its texts."""
    if isinstance(value, dict):
        return {key: fill(inner, words) for key, inner in value.items()}
    if isinstance(value, list):
        return [fill(inner, words) for inner in value]
    return value.format_map(words) if isinstance(value, str) else value


def _field_named(model: type[BaseModel], key: str) -> FieldOf:
    return next(field for field in fields_of(model) if field.key == key)


def begin_part(content: dict[str, Any], model: type[BaseModel], siblings: list[Any]) -> None:
    """Give a new part its kind and a code of its own, where it has them."""
    if tag := kind_of(model):
        content.setdefault("kind", tag)
    coded = next((field for field in fields_of(model) if field.key == "code" and field.shape is FieldShape.WORDS), None)
    if coded and "code" not in content:
        content["code"] = free_part_code(content, siblings)
