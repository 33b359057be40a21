"""Drafts: edits of the catalogue that are not published, and the version they were made on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from stats.catalogue_declared import Declared, catalogue_declared, declared_in
from stats.editing.declared_entries import Contents, Key, changed, edits_between, entries_in, from_text, to_text
from store.catalogue_drafts import drop_draft, keep_draft, kept_draft
from store.catalogue_versions import newest


@dataclass(frozen=True)
class Draft:
    """Edits by kind and code, None for an entry that is taken away, and the version they were made on."""

    after: int
    edits: Contents = field(default_factory=dict)


def draft_of(store: Path, account: int) -> Draft:
    """Return the draft of an account; one without edits, on the newest version, where there is none."""
    kept = kept_draft(store, account)
    return Draft(kept.after, from_text(kept.edits)) if kept else Draft(newest(store))


def save(store: Path, account: int, draft: Draft) -> None:
    """Keep a draft, or drop it where it changes nothing."""
    base = entries_in(declared_in(store, draft.after))
    edits = {key: content for key, content in draft.edits.items() if base.get(key) != content}
    if edits:
        keep_draft(store, account, draft.after, to_text(edits))
    else:
        drop_draft(store, account)


def with_edits(draft: Draft, edits: Mapping[Key, Any]) -> Draft:
    """Return a draft with further edits, which take the place of earlier ones of the same entries."""
    return Draft(draft.after, dict(draft.edits) | dict(edits))


def without(draft: Draft, key: Key) -> Draft:
    """Return a draft without the edit of one entry."""
    return Draft(draft.after, {other: content for other, content in draft.edits.items() if other != key})


def declared_by(store: Path, draft: Draft) -> Declared:
    """Return what would be declared if a draft were published. Raises UserError when it can't be read."""
    return changed(declared_in(store, draft.after), draft.edits)


def edited_meanwhile(store: Path, draft: Draft) -> list[Key]:
    """Return which entries of a draft others have published in another form since it was begun."""
    since = edits_between(declared_in(store, draft.after), declared_in(store))
    return [key for key in draft.edits if key in since and since[key] != draft.edits[key]]


def on_newest(store: Path, draft: Draft) -> Draft:
    """Return the same edits on the newest version: what others published stays, but for the same entries."""
    return Draft(newest(store), draft.edits)


def draft_of_declared(store: Path, wanted: Declared) -> Draft:
    """Return the draft that makes the newest version into what is declared elsewhere, or was earlier.

    Raises UserError with every fault where this program can't use it: a draft is there to be published.
    """
    catalogue_declared(store, wanted)
    return Draft(newest(store), edits_between(declared_in(store), wanted))
