"""What is wrong with one entry as it was filled in, each fault with its place in the words of the dialog."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from stats.catalogue.catalogue_files import explain_value
from stats.catalogue.layers import CODES, FOLDERS
from stats.editing.fields import MODELS, FieldOf, fields_of, kind_of, model_for
from stats.editing.known_entries import Known
from stats.editing.shapes import FieldShape

_CODE = re.compile(r"[A-Za-z0-9_]{1,64}")


def faults_of(kind: str, content: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with an entry, nothing where its model takes it."""
    model = MODELS[kind.partition("/")[0]]
    try:
        model.model_validate(content)
    except ValidationError as error:
        faults = [fault for fault in error.errors() if not _follows(fault["loc"], error.errors())]
        return [f"{_place(model, content, fault['loc'])}：{_explain(fault)}" for fault in faults]
    return []


def code_faults(kind: str, code: str, known: Known) -> Iterator[str]:
    """Yield why a new entry can't have a code: it is taken, or nothing may be called so."""
    taken = {other.casefold(): entry for other, entry in known.get(kind, {}).items()}
    if entry := taken.get(code.casefold()):
        yield f"代码：“{code}”已经是“{entry.name}”的，请换一个"
    if (kind in FOLDERS or kind == "items" or kind.startswith(CODES)) and not _CODE.fullmatch(code):
        yield "代码：只用字母、数字和下划线"


def _follows(loc: Sequence[str | int], faults: Sequence[Any]) -> bool:
    """Return whether a fault is there because of another one within it: a list of nothing but wrong parts is empty."""
    return any(len(other["loc"]) > len(loc) and tuple(other["loc"][: len(loc)]) == tuple(loc) for other in faults)


def _explain(fault: Any) -> str:
    return "要填" if fault["type"] == "missing" else explain_value(fault)


def _place(model: type[BaseModel], content: Any, loc: Sequence[str | int]) -> str:
    """Return the way to a fault in the names of the fields, such as 各栏第2个·填什么."""
    words: list[str] = []
    models: tuple[type[BaseModel], ...] = (model,)
    for step in loc:
        if isinstance(step, int):
            words[-1:] = [f"{words[-1]}第{step + 1}个"] if words else []
            content = content[step] if isinstance(content, list) and step < len(content) else {}
            continue
        if any(kind_of(each) == step for each in models):
            continue  # which of several models it is
        field = _field(model_for(models, content if isinstance(content, Mapping) else {}), step)
        if field is None:
            continue
        words.append(field.label)
        content = content.get(step, {}) if isinstance(content, Mapping) else {}
        models = field.shaped.models if field.shape in (FieldShape.ENTRY, FieldShape.ENTRIES) else models
    return "·".join(words) or "这一项"


def _field(model: type[BaseModel], key: str) -> FieldOf | None:
    return next((field for field in fields_of(model) if field.key == key), None)
