"""Declared form: a proposed form as the files of the county's own layer, with an indicator for each new item."""

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from io import StringIO
from typing import Any

import yaml

from etl.form_proposals.proposed_form import ProposedForm
from stats.catalogue import Catalogue
from stats.catalogue.layers import CODE_COLUMNS
from stats.catalogue_declared import Declared

_ITEMS = "items.yml"


def declared_with(
    declared: Declared,
    code: str,
    layout_code: str,
    proposed: ProposedForm,
    domain: str,
    catalogue: Catalogue,
    day: date,
) -> Declared:
    """Return what a county declares with a proposed form added; an item that was known is taken from it now."""
    files = dict(declared.files)
    files[f"forms/{code}.yml"] = _yaml(proposed.form)
    files[f"layouts/{layout_code}.yml"] = _yaml(proposed.layout)
    files[_ITEMS] = _yaml({**(yaml.safe_load(files.get(_ITEMS, "")) or {}), **proposed.items})
    for name, words in proposed.codes.items():
        files[f"codes/{name}.csv"] = _code_list(words)
    for item, content in proposed.items.items():
        if item not in catalogue.items:
            files[f"indicators/{item}.yml"] = _yaml(_indicator(item, content, domain, day))
    return Declared(declared.packs, files)


def _indicator(code: str, item: Mapping[str, Any], domain: str, day: date) -> dict[str, Any]:
    name = str(item["name"])
    return {
        "name": name,
        "name_en": code,
        "domain": domain,
        "question": f"{name}是多少？",
        "why": "本县自己的表里的数。",
        "base": name,
        "unit": item["measure"],
        "direction": "none",
        "decimals": 0,
        "chart": "line",
        "owner": "办公室",
        "numerator": code,
        "history": [{"date": day, "what": "首次定义"}],
    }


def _yaml(content: Mapping[str, Any]) -> str:
    return str(yaml.safe_dump(dict(content), allow_unicode=True, sort_keys=False, width=1000))


def _code_list(words: Sequence[str]) -> str:
    """Return a list of codes as its file holds it: the words numbered in the order in which they come."""
    written = StringIO()
    code, name = CODE_COLUMNS[:2]
    writer = csv.DictWriter(written, CODE_COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({code: f"c{number}", name: word} for number, word in enumerate(words, start=1))
    return written.getvalue()
