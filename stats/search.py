"""Search: figures, organisations and forms by name, by the initials of its pinyin, or by code."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from stats.catalogue import Catalogue
from stats.catalogue.boards import UNPLACED
from stats.organisations import organisations
from stats.warehouse import Warehouse

_BUILDS = 3  # builds whose names are cached: a build never changes
_FEWEST_INITIALS = 2  # a single letter begins too many names


class SearchKind(StrEnum):
    """What a name belongs to, in the order in which matches are listed."""

    INDICATOR = "indicator"
    ORGANISATION = "organisation"
    FORM = "form"


@dataclass(frozen=True, kw_only=True)
class SearchEntry:
    """A name that can be searched for: its code, the initials of its pinyin, and beside it what tells it apart."""

    kind: SearchKind
    code: str
    name: str
    context: str = ""
    initials: str = ""


@lru_cache(maxsize=_BUILDS)
def searchable(warehouse: Warehouse, catalogue: Catalogue) -> tuple[SearchEntry, ...]:
    """Return every indicator, organisation and form of a build, headline figures first, with their initials."""
    known = {organisation.code: organisation.name for organisation in organisations(warehouse)}
    named = [
        *(
            SearchEntry(
                kind=SearchKind.INDICATOR,
                code=entry.code,
                name=entry.name,
                context=catalogue.fields[entry.domain].name,
            )
            for entry in sorted(catalogue.indicators.values(), key=lambda entry: entry.headline or UNPLACED)
        ),
        *(
            SearchEntry(
                kind=SearchKind.ORGANISATION, code=entry.code, name=entry.name, context=known.get(entry.parent, "")
            )
            for entry in organisations(warehouse)
        ),
        *(SearchEntry(kind=SearchKind.FORM, code=form.code, name=form.name) for form in catalogue.forms.values()),
    ]
    return tuple(_with_initials(entry) for entry in named)


def search(words: str, known: Sequence[SearchEntry]) -> dict[SearchKind, list[SearchEntry]]:
    """Return the entries that match, by kind, the best first: the code, then names that begin so, then the others.

    Words with spaces between them must all be in the name. Letters also match the initials of the name's pinyin.
    """
    parts = words.lower().split()
    ranked = [(rank, entry) for entry in known if (rank := _rank(entry, parts)) is not None]
    ranked.sort(key=lambda match: (match[0], _length(match[1])))
    by_kind = {kind: [entry for _, entry in ranked if entry.kind == kind] for kind in SearchKind}
    return {kind: matches for kind, matches in by_kind.items() if matches}


def _length(entry: SearchEntry) -> int:
    """Return the length of an organisation's name: a township's is part of those below it. Others keep their order."""
    return len(entry.name) if entry.kind is SearchKind.ORGANISATION else 0


def _rank(entry: SearchEntry, parts: Sequence[str]) -> int | None:
    """Return how well an entry matches, 0 being best; None if it does not."""
    name = entry.name.lower()
    if parts == [entry.code.lower()] or parts == [name]:
        return 0
    if not parts or not all(part in name or _is_initials(part, entry) for part in parts):
        return None
    return 1 if name.startswith(parts[0]) or entry.initials.startswith(parts[0]) else 2


def _is_initials(part: str, entry: SearchEntry) -> bool:
    return len(part) >= _FEWEST_INITIALS and part.isascii() and part in entry.initials


def _with_initials(entry: SearchEntry) -> SearchEntry:
    letters = "".join(lazy_pinyin(entry.name, style=Style.FIRST_LETTER, errors="ignore"))
    return SearchEntry(
        kind=entry.kind, code=entry.code, name=entry.name, context=entry.context, initials=letters.lower()
    )
