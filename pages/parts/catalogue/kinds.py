"""The kinds of entry that the page offers, and what is known of each with one's own draft."""

from functools import lru_cache
from typing import Any

from pydantic import BaseModel

from base.errors import UserError
from pages.view.person import acts
from stats.catalogue.layers import CODES
from stats.catalogue_declared import Declared, declared_in
from stats.catalogue_in_force import catalogue_in_force
from stats.editing.fields import MODELS, declared_words, name_model
from stats.editing.known_entries import REPORTING, Known, known_entries
from store.builds import store_path


def known_now() -> Known:
    """Return all entries with one's own draft. Raises UserError when it can't be read."""
    declared = acts().wanted()
    return _known(declared.packs, tuple(sorted(declared.files.items())))


def known_if_read() -> Known:
    """Return all entries with one's own draft, or those of the program alone where it can't be read."""
    try:
        return known_now()
    except UserError:
        return known_entries(Declared(acts().wanted().packs, {}))


def known_in_force() -> Known:
    """Return all entries of the version in force."""
    store = store_path()
    declared = declared_in(store, catalogue_in_force(store).version)
    return _known(declared.packs, tuple(sorted(declared.files.items())))


@lru_cache(maxsize=8)
def _known(packs: tuple[str, ...], files: tuple[tuple[str, str], ...]) -> Known:
    return known_entries(Declared(packs, dict(files)))


def model_of(kind: str) -> type[BaseModel]:
    """Return the model of a kind of entry."""
    return MODELS[kind.partition("/")[0]]


def name_kind(kind: str) -> str:
    """Return what a kind of entry is called."""
    return "代码表" if kind == CODES else name_model(model_of(kind))


def name_layer(layer: str) -> str:
    """Return what a layer is called."""
    return str(declared_words()["layers"].get(layer, layer))


def is_single(kind: str) -> bool:
    """Return whether there is one entry of a kind, which is neither added nor taken away."""
    return kind == REPORTING


def name_in(content: Any) -> str:
    """Return how a content names itself, "" where it does not."""
    names = (content.get(key) for key in ("name", "title", "alias", "question", "what", "code"))
    return str(next((name for name in names if name), ""))
