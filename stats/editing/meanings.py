"""Meanings: which codes would mean something else than before. What was counted under them could be misread.

What means something is marked in data/declared_fields.yml. A code that is used again after it was switched off is held
against what it last meant.
"""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from base.errors import UserError
from stats.catalogue import Catalogue
from stats.catalogue.code_lists import Code
from stats.catalogue.models import Form
from stats.catalogue_changes import DERIVED, KINDS
from stats.catalogue_in_force import catalogue_version
from stats.editing.fields import CodeRow, FieldOf, fields_of
from store.catalogue_versions import newest

_ENTRIES = ("forms", "items", "indicators", "measures", "schemes")


def changed_meanings(store: Path, before: Catalogue, after: Catalogue) -> list[str]:
    """Return one sentence for each code that means something else than it did, in force or when it last was."""
    earlier = [before, *_earlier(store, before, after)]
    sentences = [sentence for kind in _ENTRIES for sentence in _of_kind(kind, earlier, after)]
    return [*sentences, *_of_codes(before, after)]


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


def _of_kind(kind: str, earlier: Sequence[Catalogue], after: Catalogue) -> Iterator[str]:
    for code, entry in _entries(after, kind).items():
        source = next((version for version in earlier if code in _entries(version, kind)), None)
        if source is not None:
            old, place = _entries(source, kind)[code], f"{KINDS[kind]}“{entry.name}”（{code}）"
            yield from (f"{place}：{words}" for words in _differences(old, entry, (source, after)))


def _entries(catalogue: Catalogue, kind: str) -> Mapping[str, Any]:
    entries: Mapping[str, Any] = getattr(catalogue, kind)
    return entries


def _differences(old: BaseModel, new: BaseModel, within: tuple[Catalogue, Catalogue]) -> Iterator[str]:
    for field in fields_of(type(new)):
        values = getattr(old, field.key), getattr(new, field.key)
        if field.means and values[0] != values[1]:
            before, now = (
                _say(value, _names(field, entry, catalogue))
                for value, entry, catalogue in zip(values, (old, new), within, strict=True)
            )
            yield f"“{field.label}”由{before}改为{now}"
    if isinstance(old, Form) and isinstance(new, Form):
        for column in new.columns:
            if earlier := old.by_code.get(column.code):
                yield from (f"栏“{column.label}”的{words}" for words in _differences(earlier, column, within))


def _names(field: FieldOf, entry: BaseModel, catalogue: Catalogue) -> Mapping[str, str]:
    """Return what the values of a field are called: entries it refers to, columns of its form, or fixed values."""
    if field.refers in ("columns", "own_columns"):
        form = entry if isinstance(entry, Form) else catalogue.forms.get(str(getattr(entry, "form", "")))
        return {column.code: column.label for column in form.columns} if isinstance(form, Form) else {}
    if field.refers in ("forms", "items", "measures"):
        return {code: known.name for code, known in _entries(catalogue, field.refers).items()}
    return field.words


def _of_codes(before: Catalogue, after: Catalogue) -> Iterator[str]:
    for name in sorted((before.codes.keys() & after.codes.keys()) - DERIVED):
        old = {entry.code: entry for entry in before.codes[name].entries}
        for entry in after.codes[name].entries:
            if entry.code in old:
                place = f"代码表 {name} 的“{entry.name}”（{entry.code}）"
                yield from (
                    f"{place}：{words}" for words in _differences(_row(old[entry.code]), _row(entry), (before, after))
                )


def _row(code: Code) -> CodeRow:
    return CodeRow(code=code.code, name=code.name, aliases=code.aliases, groups=code.groups)


def _say(value: Any, names: Mapping[str, str]) -> str:
    if value is None or value in ((), {}):
        return "“无”"
    if isinstance(value, dict):
        held = (f"{names.get(key, key)}：{_plain(within, {})}" for key, within in value.items())
        return f"“{'，'.join(held)}”"
    return f"“{_plain(value, names)}”"


def _plain(value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, tuple | list):
        return "、".join(_plain(part, names) for part in value)
    return names.get(str(value), str(value))
