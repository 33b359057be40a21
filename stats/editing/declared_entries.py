"""What a county declares, entry by entry: out of its files, and changed entries back into them.

An entry is known by its kind and code. A row of a code list is of the kind `codes/LIST`, a setting of the kind
`reporting` or `history`, what is switched off of the kind `off` with `KIND:CODE`, the packs in use of the kind `packs`.
A file in which nothing changes stays as it is, to the byte.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

import yaml

from base.errors import UserError
from stats.catalogue.layers import ALIAS_COLUMNS, CODE_COLUMNS, CODES, FOLDERS, OFF
from stats.catalogue_declared import Declared

Key = tuple[str, str]
Contents = dict[Key, Any]
SETTINGS, SWITCHED_OFF, IN_USE, ALIASES = ("history", "reporting"), "off", "packs", "aliases"
_COLUMNS = {CODES: CODE_COLUMNS, ALIASES: ALIAS_COLUMNS}
_BY = {CODES: "code", ALIASES: "alias"}


def entries_in(declared: Declared) -> Contents:
    """Return what is declared by kind and code. Raises UserError for a file that can't be read."""
    entries: Contents = {(IN_USE, ""): list(declared.packs)}
    for path, text in declared.files.items():
        entries |= _entries_of(path, text)
    return entries


def changed(declared: Declared, edits: Mapping[Key, Any]) -> Declared:
    """Return what is declared once some entries are put in place; None takes an entry away."""
    files = dict(declared.files)
    by_file = sorted((item for item in edits.items() if item[0][0] != IN_USE), key=lambda item: _file_of(item[0]))
    for path, group in groupby(by_file, key=lambda item: _file_of(item[0])):
        entries = _entries_of(path, files.pop(path, ""))
        for key, content in group:
            entries.pop(key, None)
            if content is not None:
                entries[key] = content
        if entries:
            files[path] = _written(path, entries)
    packs = edits.get((IN_USE, ""), declared.packs)
    return Declared(tuple(packs), dict(sorted(files.items())))


def edits_between(before: Declared, after: Declared) -> Contents:
    """Return the edits that make one declaration of another."""
    old, new = entries_in(before), entries_in(after)
    return {key: new.get(key) for key in sorted(old.keys() | new.keys()) if old.get(key) != new.get(key)}


def off_key(kind: str, code: str) -> Key:
    """Return the key under which an entry of an earlier layer is switched off."""
    return SWITCHED_OFF, f"{kind}:{code}"


def to_text(edits: Mapping[Key, Any]) -> str:
    """Return edits as one text."""
    return json.dumps([[*key, content] for key, content in edits.items()], ensure_ascii=False, default=str)


def from_text(text: str) -> Contents:
    """Return the edits in a text."""
    return {(kind, code): content for kind, code, content in json.loads(text)}


def _file_of(key: Key) -> str:
    kind, code = key
    if kind in FOLDERS:
        return f"{kind}/{code}.yml"
    if kind.startswith(f"{CODES}/") or kind == ALIASES:
        return f"{kind}.csv"
    return OFF if kind == SWITCHED_OFF else f"{kind}.yml"


def _entries_of(path: str, text: str) -> Contents:
    kind, _, name = path.rpartition("/")
    stem = (name or path).rpartition(".")[0]
    if path.endswith(".csv"):
        by = _BY.get(kind or stem)
        rows = csv.DictReader(io.StringIO(text))
        if by is None or (text and set(rows.fieldnames or ()) != set(_COLUMNS[kind or stem])):
            raise _unreadable(path, f"每一行要正好有这几栏：{'、'.join(_COLUMNS.get(kind or stem, ()))}")
        return {(f"{kind}/{stem}" if kind else stem, row[by]): dict(row) for row in rows}
    content = _read(path, text)
    if path == OFF:
        if not all(isinstance(codes, list) for codes in content.values()):
            raise _unreadable(path, "每一类要写成代码的列表")
        pairs = ((kind, code) for kind, codes in content.items() for code in codes)
        return {off_key(kind, str(code)): True for kind, code in pairs}
    if kind in FOLDERS:
        return {(kind, stem): content} if content else {}
    if stem not in SETTINGS and (
        wrong := next((code for code, held in content.items() if not isinstance(held, dict)), "")
    ):
        raise _unreadable(path, f"“{wrong}”要写成“名称: 内容”")
    return {(stem, str(code)): value for code, value in content.items()}


def _read(path: str, text: str) -> dict[str, Any]:
    try:
        content = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise _unreadable(path, str(error)) from None
    if not isinstance(content, dict):
        raise _unreadable(path, "要写成“名称: 内容”")
    return content


def _unreadable(path: str, why: str) -> UserError:
    return UserError(f"本级目录的 {path} 读不了：{why}")


def _written(path: str, entries: Contents) -> str:
    if path.endswith(".csv"):
        return _rows(path, entries.values())
    if path == OFF:
        pairs = sorted(code.split(":", 1) for _, code in entries)
        return _dump({kind: [code for _, code in codes] for kind, codes in groupby(pairs, key=lambda pair: pair[0])})
    if path.partition("/")[0] in FOLDERS:
        return _dump(next(iter(entries.values())))
    return _dump({code: entries[kind, code] for kind, code in sorted(entries)})


def _rows(path: str, rows: Iterable[Mapping[str, Any]]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, _COLUMNS[path.partition("/")[0].removesuffix(".csv")], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _dump(content: Any) -> str:
    return str(yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120))
