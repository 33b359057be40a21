"""All entries there are with what a county declares, each with its layers; what is switched off stays listed.

They are read as they are written, so that a draft with faults can be listed and put right.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from stats.catalogue import FOLDER
from stats.catalogue.layers import (
    CODES,
    FOLDERS,
    LOCAL,
    MAPPINGS,
    layers_of,
    read_alias_rows,
    read_code_rows,
    read_entries,
    read_settings,
)
from stats.catalogue_declared import Declared
from stats.editing.declared_entries import ALIASES, IN_USE, SWITCHED_OFF, Contents, entries_in, off_key
from stats.editing.fields import MODELS

REPORTING = "reporting"
_SEVERAL = ("aliases", "groups")  # columns of a code list that hold several words, with | between


@dataclass(frozen=True)
class KnownEntry:
    """An entry as the last layer writes it, and every layer that declares it, the first one first."""

    kind: str
    code: str
    content: Mapping[str, Any]
    layers: tuple[str, ...]
    off: bool = False

    @property
    def name(self) -> str:
        """Return its name on the screen."""
        return str(self.content.get("name") or self.content.get("alias") or self.code)

    @property
    def own(self) -> bool:
        """Return whether the county declares it itself, new or in place of a built-in one."""
        return self.layers[-1:] == (LOCAL,)

    @property
    def built_in(self) -> bool:
        """Return whether the program has it too."""
        return self.layers[:1] != (LOCAL,)


Known = Mapping[str, Mapping[str, KnownEntry]]


def known_entries(declared: Declared) -> Known:
    """Return all entries by kind and code; rows of code lists under the kind codes/LIST.

    Raises UserError for what can't be read.
    """
    known = {kind: dict(entries) for kind, entries in _built_in(declared.packs).items()}
    own = entries_in(declared)
    for (kind, code), content in own.items():
        if kind in (SWITCHED_OFF, IN_USE):
            continue
        if kind in (REPORTING, "history"):
            _merge_setting(known, kind, code, content)
            continue
        before = known.setdefault(kind, {}).get(code)
        layers = (*(before.layers if before else ()), LOCAL)
        known[kind][code] = KnownEntry(kind, code, to_content(kind, content), layers)
    for kind, entries in known.items():
        for code in [code for code in entries if off_key(kind, code) in own and not entries[code].own]:
            entries[code] = replace(entries[code], off=True)
    return known


def code_lists(known: Known) -> list[str]:
    """Return the names of all code lists."""
    return sorted(kind.partition("/")[2] for kind in known if kind.startswith(f"{CODES}/"))


def edits_for(kind: str, code: str, content: Mapping[str, Any], known: Known) -> Contents:
    """Return the edits that put a content in the place of an entry, which is then no more switched off."""
    if kind == REPORTING:
        before = known[kind][REPORTING].content
        return {(kind, key): value for key, value in content.items() if before.get(key) != value}
    edits: Contents = {(kind, code): from_content(kind, content)}
    if code in known.get(kind, {}) and known[kind][code].off:
        edits[off_key(kind, code)] = None
    return edits


def edits_to_remove(entry: KnownEntry) -> Contents:
    """Return the edits that take an entry out of use: one of the program's is switched off, one's own is no more."""
    gone: Contents = {(entry.kind, entry.code): None} if entry.own else {}
    return gone | ({off_key(entry.kind, entry.code): True} if entry.built_in else {})


def edits_to_restore(entry: KnownEntry) -> Contents:
    """Return the edits that put an entry of the program's back as the program has it."""
    return {(entry.kind, entry.code): None, off_key(entry.kind, entry.code): None}


def to_content(kind: str, written: Any) -> dict[str, Any]:
    """Return an entry as it is edited, from the form in which its file holds it."""
    content = {key: value for key, value in dict(written).items() if key is not None}
    if kind.startswith(f"{CODES}/"):
        return content | {key: [word for word in str(content.get(key) or "").split("|") if word] for key in _SEVERAL}
    return content


def from_content(kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
    """Return an entry as its file holds it."""
    if kind.startswith(f"{CODES}/"):
        several = {key: "|".join(content.get(key) or ()) for key in _SEVERAL}
        return {"code": content["code"], "name": content["name"]} | several
    if kind == ALIASES:
        return {key: content.get(key, "") for key in ("unit", "alias", "who", "when", "why")}
    return {key: value for key, value in content.items() if key != "code"}


def _merge_setting(known: dict[str, dict[str, KnownEntry]], kind: str, key: str, content: Any) -> None:
    if kind == REPORTING:
        before = known[kind][REPORTING]
        layers = tuple(dict.fromkeys((*before.layers, LOCAL)))
        known[kind][REPORTING] = replace(before, content=dict(before.content) | {key: content}, layers=layers)


@lru_cache(maxsize=4)
def _built_in(packs: tuple[str, ...]) -> Known:
    layers = layers_of(FOLDER, packs)
    faults: list[str] = []
    known: dict[str, dict[str, KnownEntry]] = {kind: {} for kind in MODELS if kind != CODES}
    for kind in (*MAPPINGS, *FOLDERS):
        for code, entry in read_entries(layers, kind, faults).items():
            content = {key: value for key, value in entry.content.items() if key != "code"}
            known[kind][code] = KnownEntry(kind, code, content, entry.layers)
    for layer in layers:
        for kind, code, row in _rows(layer, faults):
            known.setdefault(kind, {})[code] = KnownEntry(kind, code, to_content(kind, row), (layer.name,))
    settings = read_settings(layers, f"{REPORTING}.yml")
    known[REPORTING] = {REPORTING: KnownEntry(REPORTING, REPORTING, settings, (layers[0].name,))}
    return known


def _rows(layer: Any, faults: list[str]) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    for name, rows in read_code_rows([layer], faults).items():
        yield from ((f"{CODES}/{name}", row["code"], row) for row in rows)
    yield from ((ALIASES, row["alias"], row) for row in read_alias_rows([layer]))
