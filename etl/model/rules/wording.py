"""Wordings: a finding's sentences as templates, which its values fill.

A name in braces stands for a value, with a format as in Python; a sequence is joined by the text in place of the
format: {names:、}. What is in square brackets is left out where one of its values is None or not given.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from string import Formatter
from typing import Any

Values = dict[str, Any]
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_Field = tuple[str, str | None, str]  # text before a value, the value's name, its format


@dataclass(frozen=True)
class Wording:
    """The sentences of one kind of finding.

    A finding given another wording keeps its requirement and its to-do where that wording has none.
    """

    problem: str
    requirement: str = ""
    todo: str = ""

    def names(self) -> frozenset[str]:
        """Return the names of all values it has a place for."""
        return _names(self.problem) | _names(self.requirement) | _names(self.todo)


@dataclass(frozen=True)
class Clause:
    """A part of a sentence that may come several times: its template and the values of one time."""

    template: str
    values: Values


def fill(template: str, values: Values) -> str:
    """Return the sentence. Raises KeyError for a value that is needed and missing, ValueError for one that is None."""
    return "".join(
        text + (_say(values[name], form, name) if name else "") for text, name, form in _fields(template, values)
    )


def compared(template: str, values: Values) -> Iterator[str]:
    """Yield the values that fill a template as plain data, name=value: what a finding is known by again."""
    for _, name, form in _fields(template, values):
        if name:
            yield from _named(name, values[name], form)


def outline(template: str, words: Mapping[str, str]) -> str:
    """Return a template with a word for each value, and in ［］ what may be left out."""
    parts = (
        (optional, "".join(text + (words[name] if name else "") for text, name, _ in fields))
        for optional, fields in _pieces(template)
    )
    return "".join(f"［{text}］" if optional else text for optional, text in parts)


def _named(name: str, value: object, form: str) -> Iterator[str]:
    if isinstance(value, Clause):
        yield from (f"{name}.{inner}" for inner in compared(value.template, value.values))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _named(name, item, "")
    else:
        yield f"{name}={value:{form}}"


def _say(value: object, form: str, name: str) -> str:
    if value is None:
        raise ValueError(f"{name} is None")
    if isinstance(value, Clause):
        return fill(value.template, value.values)
    if isinstance(value, list | tuple):
        return form.join(_say(item, "", name) for item in value)
    return format(value, form)


def _fields(template: str, values: Values) -> Iterator[_Field]:
    """Yield the parts of a template that are said with these values."""
    for optional, fields in _pieces(template):
        if not optional or all(values.get(name) is not None for _, name, _ in fields if name):
            yield from fields


@cache
def _pieces(template: str) -> tuple[tuple[bool, tuple[_Field, ...]], ...]:
    texts = _OPTIONAL.split(template)  # every second one stood in brackets
    return tuple((number % 2 == 1, tuple(_parse(text))) for number, text in enumerate(texts))


def _parse(text: str) -> Iterator[_Field]:
    yield from ((before, name, form or "") for before, name, form, _ in Formatter().parse(text))


@cache
def _names(template: str) -> frozenset[str]:
    return frozenset(name for _, fields in _pieces(template) for _, name, _ in fields if name)
