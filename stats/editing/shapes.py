"""The shape of a field: how a value of a model's annotation is filled in, whatever the model."""

import types
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel


class FieldShape(Enum):
    """How a field is filled in."""

    WORDS = "words"
    NUMBER = "number"
    WHOLE = "whole"
    YES_NO = "yes or no"
    CHOICE = "one of fixed values"
    CHOICES = "some of fixed values"
    DAY = "day"
    SEVERAL = "several words"
    NUMBERS = "several numbers"
    BY_KEY = "words by key"
    NUMBERS_BY_KEY = "a number by key"
    ENTRY = "an entry of its own"
    ENTRIES = "a list of entries"


@dataclass(frozen=True)
class Shaped:
    """A shape, with the fixed values to choose from, or the models of the entries within."""

    shape: FieldShape
    values: tuple[str, ...] = ()
    models: tuple[type[BaseModel], ...] = field(default=())


_SCALARS = {
    str: FieldShape.WORDS,
    int: FieldShape.WHOLE,
    float: FieldShape.NUMBER,
    Decimal: FieldShape.NUMBER,
    date: FieldShape.DAY,
}


def shape_of(annotation: Any) -> Shaped:
    """Return the shape of an annotation. Raises TypeError for one that nobody can fill in."""
    parts = [part for part in _alternatives(annotation) if part is not type(None)]
    if models := tuple(part for part in parts if isinstance(part, type) and issubclass(part, BaseModel)):
        return Shaped(FieldShape.ENTRY, models=models)
    if len(parts) > 1:
        return _shape_of_several(parts)
    (part,) = parts
    if part is bool:
        return Shaped(FieldShape.YES_NO)
    if get_origin(part) is Literal:
        return Shaped(FieldShape.CHOICE, tuple(map(str, get_args(part))))
    if isinstance(part, type) and issubclass(part, StrEnum):
        return Shaped(FieldShape.CHOICE, tuple(part))
    return _SHAPES.get(get_origin(part), _shape_of_scalar)(part)


def _shape_of_several(parts: list[Any]) -> Shaped:
    if set(parts) == {str, tuple[str, ...]}:
        return Shaped(FieldShape.SEVERAL)
    raise TypeError(f"nobody can fill in {parts}")


def _shape_of_scalar(part: Any) -> Shaped:
    if part not in _SCALARS:
        raise TypeError(f"nobody can fill in {part}")
    return Shaped(_SCALARS[part])


def _shape_of_tuple(part: Any) -> Shaped:
    inner = shape_of(get_args(part)[0])
    if inner.shape is FieldShape.ENTRY:
        return Shaped(FieldShape.ENTRIES, models=inner.models)
    if inner.shape is FieldShape.CHOICE:
        return Shaped(FieldShape.CHOICES, inner.values)
    return Shaped(FieldShape.SEVERAL if inner.shape is FieldShape.WORDS else FieldShape.NUMBERS)


def _shape_of_mapping(part: Any) -> Shaped:
    keys, value = (shape_of(part) for part in get_args(part))
    number = value.shape in (FieldShape.NUMBER, FieldShape.WHOLE)
    return Shaped(FieldShape.NUMBERS_BY_KEY if number else FieldShape.BY_KEY, keys.values)


_SHAPES = {tuple: _shape_of_tuple, dict: _shape_of_mapping}


def _alternatives(annotation: Any) -> Iterator[Any]:
    """Yield what a value may be, without the remarks of Annotated."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _alternatives(get_args(annotation)[0])
    elif origin in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from _alternatives(part)
    else:
        yield annotation
