"""Saved layout: a layout declared in the county's own layer, published as a version like every other declaration."""

from pathlib import Path

import yaml

from base.errors import UserError
from etl.publishing.publish_catalogue import publish_catalogue
from stats.catalogue.layouts import TableLayout
from stats.catalogue_declared import Declared, declared_in
from store.catalogue_versions import newest

_FOLDER = "layouts"


def save_layout(store: Path, layout: TableLayout, who: str, why: str) -> int:
    """Publish a layout, new or in the place of the one with its code, and return the number of the version.

    Raises UserError as publishing does.
    """
    after = newest(store)
    return publish_catalogue(store, with_layout(declared_in(store, after), layout), who, why, after=after).number


def with_layout(declared: Declared, layout: TableLayout) -> Declared:
    """Return what is declared with a layout, new or in the place of the one with its code."""
    return Declared(declared.packs, {**declared.files, f"{_FOLDER}/{layout.code}.yml": as_yaml(layout)})


def as_yaml(layout: TableLayout) -> str:
    """Return a layout as its file holds it."""
    content = layout.model_dump(mode="json", exclude_defaults=True, exclude={"code"})
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=1000))


def free_code(form: str, taken: frozenset[str] | set[str]) -> str:
    """Return a code that no layout has yet: r05_1, r05_2."""
    numbers = range(1, len(taken) + 2)
    return next(code for number in numbers if (code := f"{form.lower()}_{number}") not in taken)


def demand_code(code: str) -> str:
    """Return a code that may be a file's name. Raises UserError for any other."""
    if not code.isascii() or not code.replace("_", "").isalnum():
        raise UserError(f"表式的代码“{code}”只能用英文字母、数字和下划线。")
    return code
