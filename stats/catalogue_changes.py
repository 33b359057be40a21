"""Catalogue changes: what is different between two catalogues, entry by entry, in plain words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic import BaseModel

from stats.catalogue import INDICATORS, Catalogue
from stats.catalogue.code_lists import CodeList
from stats.catalogue.layers import FOLDERS, MAPPINGS
from stats.catalogue.schemes import SCHEME_ITEMS, SCHEMES
from stats.editing.fields import labels_of

DERIVED = {INDICATORS, SCHEMES, SCHEME_ITEMS}  # code lists made of other entries
KINDS = {
    "forms": "报表", "items": "数据项", "indicators": "指标", "boards": "看板", "outlines": "文稿",
    "schemes": "考核办法", "layouts": "表式", "measures": "计量单位", "domains": "领域", "kinds": "类别",
}  # fmt: skip


class How(StrEnum):
    """What happened to an entry."""

    ADDED = "新增"
    CHANGED = "修改"
    REMOVED = "停用"


@dataclass(kw_only=True, frozen=True)
class EntryChange:
    """One entry that is different: its kind and code, its name, and the keys that changed, with their labels."""

    kind: str
    code: str
    name: str
    how: How
    keys: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """Return the change in words."""
        keys = f"：{'、'.join(self.labels)}" if self.labels else ""
        return f"{self.how}{self.kind}“{self.name}”（{self.code}）{keys}"


def catalogue_changes(before: Catalogue, after: Catalogue) -> list[EntryChange]:
    """Return what is different, in the order of the kinds: entries, code lists, settings, aliases."""
    changes = [change for kind in (*MAPPINGS, *FOLDERS) for change in _of_kind(kind, before, after)]
    changes += _of_codes(before.codes, after.codes)
    for name, title in (("thresholds", "核对的尺度"), ("reporting", "报送的规定")):
        if keys := _keys(getattr(before, name), getattr(after, name)):
            labels = labels_of(type(getattr(after, name)), keys)
            changes.append(EntryChange(kind="设置", code=name, name=title, how=How.CHANGED, keys=keys, labels=labels))
    if before.aliases != after.aliases:
        changes.append(EntryChange(kind="设置", code="aliases", name="单位的别名", how=How.CHANGED))
    return changes


def _of_kind(kind: str, before: Catalogue, after: Catalogue) -> Iterator[EntryChange]:
    old: Mapping[str, Any] = getattr(before, kind)
    new: Mapping[str, Any] = getattr(after, kind)
    for code in sorted(old.keys() | new.keys()):
        keys = _keys(old[code], new[code]) if code in old and code in new else ()
        if how := _how(code, old, new, bool(keys)):
            entry = new.get(code) or old[code]
            labels = labels_of(type(entry), keys)
            yield EntryChange(kind=KINDS[kind], code=code, name=entry.name, how=how, keys=keys, labels=labels)


def _of_codes(before: Mapping[str, CodeList], after: Mapping[str, CodeList]) -> Iterator[EntryChange]:
    for name in sorted((before.keys() | after.keys()) - DERIVED):
        old = {entry.code: entry for entry in before[name].entries} if name in before else {}
        new = {entry.code: entry for entry in after[name].entries} if name in after else {}
        for code in sorted(old.keys() | new.keys()):
            if how := _how(code, old, new, old.get(code) != new.get(code)):
                yield EntryChange(kind="代码", code=f"{name}.{code}", name=(new.get(code) or old[code]).name, how=how)


def _how(code: str, old: Mapping[str, Any], new: Mapping[str, Any], differs: bool) -> How | None:
    if code not in old:
        return How.ADDED
    if code not in new:
        return How.REMOVED
    return How.CHANGED if differs else None


def _keys(before: BaseModel, after: BaseModel) -> tuple[str, ...]:
    return tuple(name for name in type(after).model_fields if getattr(before, name) != getattr(after, name))
