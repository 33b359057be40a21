"""Printable: characters that a sender's cells and file names may hold but a paper's file can't are removed."""

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

_UNPRINTABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML has no place for

Paper = TypeVar("Paper")


def printable(paper: Paper) -> Paper:
    """Return a paper without characters that a file can't hold; the same paper if there are none."""
    cleaned: Paper = _cleaned(paper)
    return cleaned


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _UNPRINTABLE.sub("", value) if _UNPRINTABLE.search(value) else value
    if isinstance(value, tuple):
        parts = [_cleaned(part) for part in value]
        return tuple(parts) if any(new is not old for new, old in zip(parts, value, strict=True)) else value
    if is_dataclass(value) and not isinstance(value, type):
        values = {field.name: getattr(value, field.name) for field in fields(value)}
        changed = {name: new for name, old in values.items() if (new := _cleaned(old)) is not old}
        return replace(value, **changed) if changed else value
    return value
