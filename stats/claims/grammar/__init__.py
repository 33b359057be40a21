"""The grammar of numbers in drafts: the words of data/claims, read into closed models."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from stats.claims.grammar.words import Amounts, ClassRule, Comparators, Grammar, Links, NamedNumber, NotFigure, Spoken

FOLDER = Path(__file__).resolve().parents[3] / "data" / "claims"
_CHANGE = "{change}"


@cache
def read_grammar() -> Grammar:
    """Return the grammar. Raises pydantic's ValidationError or KeyError for files that don't hold one."""
    links = Links.model_validate(_file("links"))
    change = f"[{'|'.join([*links.rising, *links.falling])}]"
    return Grammar(
        amounts=Amounts.model_validate(_file("measures")),
        comparators=Comparators.model_validate(_file("comparators")),
        not_figures=tuple(NotFigure.model_validate(entry) for entry in _file("not_figures")),
        named=tuple(NamedNumber.model_validate(entry) for entry in _file("named_numbers")),
        spoken=tuple(Spoken.model_validate(entry) for entry in _file("spoken_amounts")),
        classes=tuple(ClassRule.model_validate(dict(_expanded(entry, change))) for entry in _file("classes")),
        links=links,
    )


def _file(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yml").read_text("utf-8"))


def _expanded(entry: Mapping[str, Any], change: str) -> Iterator[tuple[str, Any]]:
    """Yield a class with the verbs of change where its templates name them."""
    for key, value in entry.items():
        yield key, [text.replace(_CHANGE, change) for text in value] if isinstance(value, list) else value
