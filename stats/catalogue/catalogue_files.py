"""The catalogue's entries read into closed models; each fault is one sentence with file and position."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from base.errors import suggest
from stats.catalogue.board_checks import known_keys
from stats.catalogue.boards import PANELS, Board
from stats.catalogue.code_lists import Code, CodeList
from stats.catalogue.layers import Entries
from stats.catalogue.outlines import Outline, outline_keys
from stats.catalogue.schemes import RULES, Scheme, scheme_keys

_KEYS: dict[type[BaseModel], Callable[[Sequence[str | int]], Iterable[str]]] = {
    Board: known_keys,
    Outline: outline_keys,
    Scheme: scheme_keys,
}
_WRONG = {
    "string_pattern_mismatch": "写法不对，应合乎 {pattern}",
    "string_too_short": "不能空着",
    "too_short": "至少要有{min_length}个",
    "too_long": "至多{max_length}个",
    "literal_error": "只能是 {expected}",
    "enum": "只能是 {expected}",
    "int_parsing": "要是整数",
    "int_from_float": "要是整数",
    "int_type": "要是整数",
    "float_parsing": "要是数",
    "float_type": "要是数",
    "decimal_parsing": "要是数",
    "string_type": "要是文字",
    "bool_parsing": "只能是真或假",
    "greater_than": "要大于{gt}",
    "greater_than_equal": "至少是{ge}",
    "less_than": "要小于{lt}",
    "less_than_equal": "至多是{le}",
}
M = TypeVar("M", bound=BaseModel)


def to_models(entries: Entries, model: type[M], faults: list[str]) -> dict[str, M]:
    """Return the models of entries by code, with what is wrong in them added to `faults`."""
    read = ((code, validate(entry.file, model, entry.content, faults)) for code, entry in entries.items())
    return {code: made for code, made in read if made is not None}


def validate(where: str, model: type[M], entry: Mapping[str, Any], faults: list[str]) -> M | None:
    """Return a model of an entry, or None with its faults added to `faults`."""
    try:
        return TypeAdapter(model).validate_python(entry)
    except ValidationError as error:
        faults += [f"{where}：{_explain(fault, model)}" for fault in error.errors()]
        return None


def _explain(fault: Any, model: type[BaseModel]) -> str:
    place = ".".join(str(step) for step in fault["loc"])
    if fault["type"] == "extra_forbidden":
        known = _KEYS[model](fault["loc"]) if model in _KEYS else model.model_fields
        return f"不认识“{place}”{suggest(str(fault['loc'][-1]), known)}"
    if fault["type"] == "union_tag_invalid":
        tag = fault["ctx"]["tag"]
        return f"“{place}”没有“{tag}”这一种{suggest(tag, RULES if model is Scheme else PANELS)}"
    if fault["type"] == "missing":
        return f"缺少“{place}”"
    return f"“{place}”的内容不对：{fault['input']!r}（{explain_value(fault)}）"


def explain_value(fault: Any) -> str:
    """Return what is wrong with a value, of a fault that pydantic found, in plain words."""
    template = _WRONG.get(fault["type"])
    if template:
        return template.format(**fault.get("ctx", {}))
    return str(fault["ctx"]["error"]) if fault["type"] == "value_error" else "写法不对"


def to_code_list(rows: Iterable[Mapping[str, str]]) -> CodeList:
    """Return the code list of some rows."""
    return CodeList(
        tuple(Code(row["code"], row["name"], _split(row["aliases"]), _split(row["groups"])) for row in rows)
    )


def _split(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split("|") if part)
