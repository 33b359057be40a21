"""The grammar of numbers in drafts: the words of data/claims, read into closed models."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from stats.claims.grammar.words import Amounts, ClassRule, Comparators, Grammar, Links, NamedNumber, NotFigure, Spoken

_FOLDER = Path(__file__).resolve().parents[3] / "data" / "claims"
_CHANGE = "{change}"


@cache
def read_grammar() -> Grammar:
    """Return the grammar. Raises pydantic's ValidationError or KeyError for files that don't hold one."""
    links = Links.model_validate(read_file("links"))
    change = f"[{'|'.join([*links.rising, *links.falling])}]"
    return Grammar(
        amounts=Amounts.model_validate(read_file("measures")),
        comparators=Comparators.model_validate(read_file("comparators")),
        not_figures=tuple(NotFigure.model_validate(entry) for entry in read_file("not_figures")),
        named=tuple(NamedNumber.model_validate(entry) for entry in read_file("named_numbers")),
        spoken=tuple(Spoken.model_validate(entry) for entry in read_file("spoken_amounts")),
        classes=tuple(ClassRule.model_validate(dict(_expanded(entry, change))) for entry in read_file("classes")),
        links=links,
    )


def read_file(name: str) -> Any:
    """Return what a file of data/claims holds, before a model has checked it."""
    return yaml.safe_load((_FOLDER / f"{name}.yml").read_text("utf-8"))


def _expanded(entry: Mapping[str, Any], change: str) -> Iterator[tuple[str, Any]]:
    """Yield a class with the verbs of change where its templates name them."""
    for key, value in entry.items():
        yield key, [text.replace(_CHANGE, change) for text in value] if isinstance(value, list) else value
