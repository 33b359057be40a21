"""The fields of the catalogue's models, in the words of data/declared_fields.yml: what the dialogs of a page follow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import BaseModel

from stats.catalogue.boards import Board
from stats.catalogue.code_lists import Domain, Kind, Measure
from stats.catalogue.form_rules import Closed, Reporting
from stats.catalogue.layouts import TableLayout
from stats.catalogue.models import Form, Indicator, Item
from stats.catalogue.outlines import Outline
from stats.catalogue.schemes import Scheme
from stats.editing.shapes import FieldShape, Shaped, shape_of

WORDS = Path(__file__).resolve().parents[2] / "data" / "declared_fields.yml"


class CodeRow(Closed):
    """A row of a code list, as its file holds it."""

    code: str
    name: str
    aliases: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


class AliasRow(Closed):
    """Another name of an organisation, with who added it, when and why."""

    alias: str
    unit: str
    who: str = ""
    when: str = ""
    why: str = ""


MODELS: Mapping[str, type[BaseModel]] = {  # by kind of entry, in the order in which the page offers them
    "forms": Form, "items": Item, "indicators": Indicator, "boards": Board, "outlines": Outline, "schemes": Scheme,
    "layouts": TableLayout,
    "codes": CodeRow, "aliases": AliasRow, "measures": Measure, "kinds": Kind, "domains": Domain,
    "reporting": Reporting,
}  # fmt: skip
_CALLED = {"CodeRow": "Code", "AliasRow": "Alias"}


@dataclass(kw_only=True, frozen=True)
class FieldOf:
    """A field of a model: its key, its name and the help on the screen, its shape, and what is chosen from.

    `words` are those of its fixed values. What `means` something changes the number when it changes. A `fixed` field is
    not asked for. `default` is what holds where it is left out, None where it must be given.
    """

    key: str
    label: str
    help: str
    shaped: Shaped
    required: bool
    default: Any
    refers: str
    words: Mapping[str, str]
    long: bool
    means: bool
    fixed: bool

    @property
    def shape(self) -> FieldShape:
        """Return how it is filled in."""
        return self.shaped.shape


@cache
def fields_of(model: type[BaseModel]) -> tuple[FieldOf, ...]:
    """Return the fields of a model in their order; a kind that tells models apart is none of them."""
    told_apart = _tag(model)
    return tuple(_field(model, key) for key in model.model_fields if not (key == "kind" and told_apart))


def labels_of(model: type[BaseModel], keys: Iterable[str]) -> tuple[str, ...]:
    """Return the labels of some keys of a model, in the words of the screen; a key without words stays as it is."""
    if model not in MODELS.values():
        return tuple(keys)
    labels = {field.key: field.label for field in fields_of(model)}
    return tuple(labels[key] for key in keys)


def name_model(model: type[BaseModel]) -> str:
    """Return what one entry of a model is called on the screen."""
    return str(_of_model(model)["name"])


def answers(model: type[BaseModel]) -> str:
    """Return the question that a panel, or the way of scoring that a rule, of this model stands for."""
    return str(_of_model(model).get("answers") or name_model(model))


def kind_of(model: type[BaseModel]) -> str:
    """Return the value of the key `kind` by which a model is told from its siblings, "" where it has none."""
    return _tag(model)


def model_for(models: tuple[type[BaseModel], ...], content: Mapping[str, Any]) -> type[BaseModel]:
    """Return which of several models a content is of: by its kind, or the only one."""
    return next((model for model in models if len(models) == 1 or _tag(model) == content.get("kind")), models[0])


def _field(model: type[BaseModel], key: str) -> FieldOf:
    info = model.model_fields[key]
    words = _words_of(model, key)
    shaped = shape_of(info.annotation)
    return FieldOf(
        key=key,
        label=str(words["label"]),
        help=str(words.get("help", "")),
        shaped=shaped,
        required=info.is_required() or any(getattr(rule, "min_length", None) for rule in info.metadata),
        default=None if info.is_required() else info.get_default(call_default_factory=True),
        refers=str(words.get("refers", "")),
        words={value: str(words.get("values", {}).get(value, value)) for value in shaped.values},
        long=bool(words.get("long")),
        means=bool(words.get("means")),
        fixed=bool(words.get("fixed")),
    )


def _tag(model: type[BaseModel]) -> str:
    """Return the one value of the key `kind` of a model that has siblings, "" for any other."""
    info = model.model_fields.get("kind")
    values = get_args(info.annotation) if info else ()
    return str(values[0]) if len(values) == 1 else ""


def _words_of(model: type[BaseModel], key: str) -> Mapping[str, Any]:
    """Return the words of a field: its model's own, those of a model it inherits from, or those common to all."""
    for base in model.__mro__:
        declared = declared_words()["models"].get(_CALLED.get(base.__name__, base.__name__)) or {}
        if key in declared.get("fields", {}):
            return dict(declared["fields"][key])
    return dict(declared_words()["fields"][key])


def _of_model(model: type[BaseModel]) -> Mapping[str, Any]:
    return dict(declared_words()["models"][_CALLED.get(model.__name__, model.__name__)])


@cache
def declared_words() -> Mapping[str, Any]:
    """Return the words for the fields of all models."""
    return dict(yaml.safe_load(WORDS.read_text(encoding="utf-8")))
