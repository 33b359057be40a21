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


class NameKind(StrEnum):
    """What a name belongs to, in the order in which matches are listed."""

    INDICATOR = "indicator"
    ORGANISATION = "organisation"
    FORM = "form"


@dataclass(frozen=True, kw_only=True)
class NamedThing:
    """A name that can be searched for: its code, the initials of its pinyin, and beside it what tells it apart."""

    kind: NameKind
    code: str
    name: str
    context: str = ""
    initials: str = ""


@lru_cache(maxsize=_BUILDS)
def searchable(warehouse: Warehouse, catalogue: Catalogue) -> tuple[NamedThing, ...]:
    """Return every indicator, organisation and form of a build, headline figures first, with their initials."""
    known = {organisation.code: organisation.name for organisation in organisations(warehouse)}
    named = [
        *(
            NamedThing(
                kind=NameKind.INDICATOR, code=entry.code, name=entry.name, context=catalogue.domains[entry.domain].name
            )
            for entry in sorted(catalogue.indicators.values(), key=lambda entry: entry.headline or UNPLACED)
        ),
        *(
            NamedThing(
                kind=NameKind.ORGANISATION, code=entry.code, name=entry.name, context=known.get(entry.parent, "")
            )
            for entry in organisations(warehouse)
        ),
        *(NamedThing(kind=NameKind.FORM, code=form.code, name=form.name) for form in catalogue.forms.values()),
    ]
    return tuple(_with_initials(entry) for entry in named)


def search(words: str, known: Sequence[NamedThing]) -> dict[NameKind, list[NamedThing]]:
    """Return the entries that match, by kind, the best first: the code, then names that begin so, then the others.

    Words with spaces between them must all be in the name. Letters also match the initials of the name's pinyin.
    """
    parts = words.lower().split()
    ranked = [(rank, entry) for entry in known if (rank := _rank(entry, parts)) is not None]
    ranked.sort(key=lambda match: (match[0], _length(match[1])))
    by_kind = {kind: [entry for _, entry in ranked if entry.kind == kind] for kind in NameKind}
    return {kind: matches for kind, matches in by_kind.items() if matches}


def _length(entry: NamedThing) -> int:
    """Return the length of an organisation's name: a township's is part of those below it. Others keep their order."""
    return len(entry.name) if entry.kind is NameKind.ORGANISATION else 0


def _rank(entry: NamedThing, parts: Sequence[str]) -> int | None:
    """Return how well an entry matches, 0 being best; None if it does not."""
    name = entry.name.lower()
    if parts == [entry.code.lower()] or parts == [name]:
        return 0
    if not parts or not all(part in name or _is_initials(part, entry) for part in parts):
        return None
    return 1 if name.startswith(parts[0]) or entry.initials.startswith(parts[0]) else 2


def _is_initials(part: str, entry: NamedThing) -> bool:
    return len(part) >= _FEWEST_INITIALS and part.isascii() and part in entry.initials


def _with_initials(entry: NamedThing) -> NamedThing:
    letters = "".join(lazy_pinyin(entry.name, style=Style.FIRST_LETTER, errors="ignore"))
    return NamedThing(
        kind=entry.kind, code=entry.code, name=entry.name, context=entry.context, initials=letters.lower()
    )
