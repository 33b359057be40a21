"""Meanings: which codes would mean something else than before. What was counted under them could be misread.

What means something is marked in data/declared_fields.yml. A code that is used again after it was switched off is held
against what it last meant.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from base.errors import UserError
from stats.catalogue import Catalogue
from stats.catalogue.code_lists import Code, CodeList
from stats.catalogue.models import Form
from stats.catalogue_changes import DERIVED, KINDS
from stats.catalogue_in_force import catalogue_version
from stats.editing.fields import CodeRow, fields_of
from store.catalogue_versions import newest

_ENTRIES = ("forms", "items", "indicators", "measures", "schemes")


def changed_meanings(store: Path, before: Catalogue, after: Catalogue) -> list[str]:
    """Return one sentence for each code that means something else than it did, in force or when it last was."""
    earlier = [before, *_earlier(store, before, after)]
    sentences = [sentence for kind in _ENTRIES for sentence in _of_kind(kind, earlier, after)]
    return [*sentences, *_of_codes(before.codes, after.codes)]


def _earlier(store: Path, before: Catalogue, after: Catalogue) -> Iterator[Catalogue]:
    """Yield the catalogues in which a code was that is new now, the latest first; most are never needed."""
    new = {(kind, code) for kind in _ENTRIES for code in _entries(after, kind).keys() - _entries(before, kind).keys()}
    for number in range(newest(store) if new else -1, -1, -1):
        try:
            version = catalogue_version(store, number)
        except UserError:  # one that this program refuses was not in force under it
            continue
        if any(code in _entries(version, kind) for kind, code in new):
            yield version


def _of_kind(kind: str, earlier: Iterable[Catalogue], after: Catalogue) -> Iterator[str]:
    for code, entry in _entries(after, kind).items():
        old = next((known[code] for version in earlier if code in (known := _entries(version, kind))), None)
        if old is not None:
            place = f"{KINDS[kind]}“{entry.name}”（{code}）"
            yield from (f"{place}：{words}" for words in _differences(old, entry))


def _entries(catalogue: Catalogue, kind: str) -> Mapping[str, Any]:
    entries: Mapping[str, Any] = getattr(catalogue, kind)
    return entries


def _differences(old: BaseModel, new: BaseModel) -> Iterator[str]:
    for field in fields_of(type(new)):
        before, now = getattr(old, field.key), getattr(new, field.key)
        if field.means and before != now:
            yield f"“{field.label}”由{_say(before)}改为{_say(now)}"
    if isinstance(old, Form) and isinstance(new, Form):
        for column in new.columns:
            if earlier := old.by_code.get(column.code):
                yield from (f"栏“{column.label}”的{words}" for words in _differences(earlier, column))


def _of_codes(before: Mapping[str, CodeList], after: Mapping[str, CodeList]) -> Iterator[str]:
    for name in sorted((before.keys() & after.keys()) - DERIVED):
        old = {entry.code: entry for entry in before[name].entries}
        for entry in after[name].entries:
            if entry.code in old:
                place = f"代码表 {name} 的“{entry.name}”（{entry.code}）"
                yield from (f"{place}：{words}" for words in _differences(_row(old[entry.code]), _row(entry)))


def _row(code: Code) -> CodeRow:
    return CodeRow(code=code.code, name=code.name, aliases=code.aliases, groups=code.groups)


def _say(value: Any) -> str:
    if value is None or value in ((), {}):
        return "“无”"
    if isinstance(value, dict):
        return f"“{'，'.join(f'{key}：{_plain(held)}' for key, held in value.items())}”"
    return f"“{_plain(value)}”"


def _plain(value: Any) -> str:
    return "、".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
