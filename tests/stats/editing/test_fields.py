"""Every field of every model that the page edits has its words and a way to be filled in; no words are left over."""

from collections.abc import Iterator

from pydantic import BaseModel

from stats.editing.fields import MODELS as KINDS
from stats.editing.fields import CodeRow, answers, declared_words, fields_of, kind_of, name_model
from stats.editing.shapes import FieldShape

CALLED = {"CodeRow": "Code", "AliasRow": "Alias"}


def models() -> Iterator[type[BaseModel]]:
    waiting, seen = list(KINDS.values()), set[type[BaseModel]]()
    while waiting:
        model = waiting.pop()
        if model not in seen:
            seen.add(model)
            yield model
            waiting += [inner for field in fields_of(model) for inner in field.shaped.models]


def test_every_field_has_its_words() -> None:
    for model in models():
        assert name_model(model)
        for field in fields_of(model):
            unnamed = [value for value in field.shaped.values if field.words[value] == value]
            assert field.label and (field.fixed or not unnamed), f"{model.__name__}.{field.key}: {unnamed}"


def test_models_that_are_told_apart_by_kind_say_what_they_answer() -> None:
    siblings = [field.shaped.models for model in models() for field in fields_of(model) if len(field.shaped.models) > 1]
    assert siblings
    for group in siblings:
        assert all(kind_of(model) for model in group)
        assert len({answers(model) for model in group}) == len(group)


def test_no_words_are_left_over() -> None:
    known = {CALLED.get(one.__name__, one.__name__): one for model in models() for one in model.__mro__}
    common = {key for model in models() for key in model.model_fields}
    words = declared_words()
    assert set(words["models"]) <= set(known) and set(words["fields"]) <= common
    for name, declared in words["models"].items():
        assert set(declared.get("fields", {})) <= set(known[name].model_fields), name


def test_the_shape_follows_from_the_model() -> None:
    shapes = {field.key: field.shape for field in fields_of(KINDS["forms"])}
    wanted = {
        **{"name": FieldShape.WORDS, "columns": FieldShape.ENTRIES, "assigned": FieldShape.ENTRY},
        **{"frequency": FieldShape.CHOICE, "layouts": FieldShape.CHOICES, "key": FieldShape.SEVERAL},
    }
    assert {key: shapes[key] for key in wanted} == wanted
    items = {field.key: field.shape for field in fields_of(KINDS["items"])}
    assert (items["where"], items["least"]) == (FieldShape.BY_KEY, FieldShape.NUMBERS_BY_KEY)
    assert {field.key for field in fields_of(CodeRow) if field.means} == {"name"}
