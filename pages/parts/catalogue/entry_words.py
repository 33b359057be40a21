"""Entries in words: each field with its value, names in place of codes."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from pages.parts.catalogue.kinds import name_in
from pages.parts.catalogue.offered_choices import choices_for
from stats.editing.fields import FieldOf, fields_of, kind_of, model_for, name_model
from stats.editing.known_entries import Known
from stats.editing.shapes import FieldShape

_MOST = 12  # parts that are named


def say_fields(model: type[BaseModel], content: Mapping[str, Any], known: Known) -> Iterator[tuple[str, str]]:
    """Yield the label and the value in words of each field that is filled in."""
    for field in fields_of(model):
        if field.key in content and not field.fixed and field.key != "code":
            yield field.label, _say_as_it_is(field, content, known)


def _say_as_it_is(field: FieldOf, content: Mapping[str, Any], known: Known) -> str:
    """Return a value in words, or as it stands where an earlier program wrote it in a form of its own."""
    try:
        return _say(field, content[field.key], [content], known)
    except (AttributeError, KeyError, TypeError):
        return str(content[field.key])


def say_part(model: type[BaseModel], content: Mapping[str, Any]) -> str:
    """Return a part in a few words: what it is called, or what it holds."""
    kind = f"{name_model(model)}：" if kind_of(model) else ""
    words = {field.key: field.words for field in fields_of(model)}
    parts = (_plain(value, words.get(key, {})) for key, value in content.items() if value)
    return kind + (name_in(content) or "，".join(parts))


def _say(field: FieldOf, value: Any, enclosing: Sequence[Mapping[str, Any]], known: Known) -> str:
    if field.shape is FieldShape.YES_NO:
        return "是" if value else "否"
    if field.shape is FieldShape.ENTRY:
        return say_part(model_for(field.shaped.models, value), value)
    if field.shape is FieldShape.ENTRIES:
        parts = [say_part(model_for(field.shaped.models, part), part) for part in value]
        more = f" 等{len(parts):d}个" if len(parts) > _MOST else ""
        return "；".join(parts[:_MOST]) + more
    names = choices_for(field, enclosing, known) if field.refers else dict(field.words)
    if isinstance(value, Mapping):
        return "；".join(f"{names.get(key, key)}：{_plain(held)}" for key, held in value.items())
    several = value if isinstance(value, list | tuple) else [value]
    return "、".join(names.get(str(code), str(code)) for code in several)


def _plain(value: Any, names: Mapping[str, str] = MappingProxyType({})) -> str:
    if isinstance(value, Mapping):
        return name_in(value) or "、".join(_plain(held) for held in value.values())
    several = value if isinstance(value, list | tuple) else [value]
    return "、".join(_plain(part) if isinstance(part, Mapping) else names.get(str(part), str(part)) for part in several)
