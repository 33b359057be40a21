"""The layers of a catalogue: core, packs and what a county declared itself; by code, the later layer wins.

A layer is a folder in the layout of data/catalogue. Its `off.yml` lists by kind which entries of earlier layers are not
used. Entries are replaced whole; only settings (`history.yml`, `reporting.yml`) are merged key by key, and code lists
row by row.
"""

import copy
import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from base.errors import UserError, suggest

CORE, LOCAL = "core", "local"
PACKS = "packs"  # the folder of the packs, within the core
OFF = "off.yml"
MAPPINGS = ("measures", "kinds", "domains", "items")  # one file each, entries by code
FOLDERS = ("forms", "indicators", "boards", "outlines", "schemes", "layouts")  # one file an entry
CODES = "codes"  # one CSV a code list
_PARSED = 2000  # texts of files; a catalogue has some 250, and a version shares nearly all of them with the one before
CODE_COLUMNS = ("code", "name", "aliases", "groups")
ALIAS_COLUMNS = ("unit", "alias", "who", "when", "why")


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # libyaml's parser where there is one
    """Reads YAML, and refuses a code that stands twice: the first entry would be lost without a word."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        keys = [key.value for key, _ in node.value]
        if twice := next((key for at, key in enumerate(keys) if key in keys[:at]), None):
            raise yaml.YAMLError(f"“{twice}”写了两次，只能有一个")
        return super().construct_mapping(node, deep)


@dataclass(frozen=True)
class Layer:
    """A folder of declarations under the name of its layer: core, local, or a pack's code."""

    name: str
    folder: Path


@dataclass(frozen=True)
class DeclaredEntry:
    """An entry as it stands in the last layer that declares it; `layers` are all that do, the first one first."""

    file: str
    content: Mapping[str, Any]
    layers: tuple[str, ...]


Entries = dict[str, DeclaredEntry]


def layers_of(folder: Path, packs: Iterable[str], local: Path | None = None) -> tuple[Layer, ...]:
    """Return the layers in the order in which they apply. Raises UserError for a pack that is not there."""
    known = {path.name: path for path in sorted((folder / PACKS).glob("*")) if path.is_dir()}
    chosen = list(packs)
    for pack in chosen:
        if pack not in known:
            raise UserError(f"没有名为“{pack}”的目录包{suggest(pack, known)}")
    own = [Layer(LOCAL, local)] if local else []
    return (Layer(CORE, folder), *(Layer(pack, known[pack]) for pack in chosen), *own)


def demand_folders(layers: Iterable[Layer]) -> None:
    """Raise UserError when the folder of a layer is gone: without it the others would be read as if they were all."""
    for layer in layers:
        if not layer.folder.is_dir():
            raise UserError(
                f"指标目录少了一层，文件夹“{layer.folder.name}”不见了。请再做一次；还不行，请管理员重建数据。"
            )


def read_entries(layers: Sequence[Layer], kind: str, faults: list[str]) -> Entries:
    """Return the entries of a kind by code, faults in `off.yml` added to `faults`."""
    entries: Entries = {}
    for layer in layers:
        _switch_off(entries, layer, kind, faults)
        for code, file, content in _declared(layer, kind):
            earlier = entries[code].layers if code in entries else ()
            entries[code] = DeclaredEntry(file, {"code": code} | content, (*earlier, layer.name))
    return entries


def read_settings(layers: Sequence[Layer], name: str) -> dict[str, Any]:
    """Return a file of settings, each later layer's keys merged over the earlier ones."""
    merged: dict[str, Any] = {}
    for layer in layers:
        merged = _merge(merged, _read_yaml(layer, name))
    return merged


def read_code_rows(layers: Sequence[Layer], faults: list[str]) -> dict[str, list[dict[str, str]]]:
    """Return the rows of each code list: a later layer's row takes the place of the one with its code."""
    lists: dict[str, dict[str, dict[str, str]]] = {}
    for layer in layers:
        for name, rows in lists.items():
            _switch_off(rows, layer, f"{CODES}/{name}", faults)
        for path in sorted((layer.folder / CODES).glob("*.csv")):
            rows_here = read_rows(path, CODE_COLUMNS)
            faults += (
                f"{_written(layer, f'{CODES}/{path.name}')}：代码“{code}”写了两次"
                for code in _repeated(rows_here, "code")
            )
            lists.setdefault(path.stem, {}).update({row["code"]: row for row in rows_here})
    return {name: list(rows.values()) for name, rows in sorted(lists.items())}


def read_alias_rows(layers: Sequence[Layer]) -> list[dict[str, str]]:
    """Return the rows of organisations' aliases, the last row of each alias."""
    files = [path for layer in layers if (path := layer.folder / "aliases.csv").exists()]
    return list({row["alias"]: row for path in files for row in read_rows(path, ALIAS_COLUMNS)}.values())


def files_of(layer: Layer) -> list[Path]:
    """Return the files of a layer in order; those of the packs are not the core's."""
    packs = layer.folder / PACKS
    return [path for path in sorted(layer.folder.rglob("*")) if path.is_file() and packs not in path.parents]


def read_rows(path: Path, columns: Sequence[str]) -> list[dict[str, str]]:
    """Return the rows of a CSV file by heading. Raises UserError when it can't be read or its columns are others."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows = list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UserError(f"指标目录里的 {path.name} 读不了：{error}") from None
    if set(reader.fieldnames or ()) != set(columns) or any(None in (*row, *row.values()) for row in rows):
        raise UserError(f"指标目录里的 {path.name} 读不了：每一行要正好有这几栏：{'、'.join(columns)}")
    return rows


def _repeated(rows: Iterable[Mapping[str, str]], column: str) -> list[str]:
    return [value for value, times in Counter(row[column] for row in rows).items() if times > 1]


def _declared(layer: Layer, kind: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    if kind in MAPPINGS:
        name = f"{kind}.yml"
        for code, content in _read_yaml(layer, name).items():
            yield str(code), _written(layer, f"{name} {code}"), _mapping(layer, name, content)
    else:
        for path in sorted((layer.folder / kind).glob("*.yml")):
            yield path.stem, _written(layer, f"{kind}/{path.name}"), _read_yaml(layer, f"{kind}/{path.name}")


def _switch_off(entries: dict[str, Any], layer: Layer, kind: str, faults: list[str]) -> None:
    for code in _read_yaml(layer, OFF).get(kind) or ():
        if entries.pop(str(code), None) is None:
            faults.append(f"{_written(layer, OFF)}：{kind} 里没有“{code}”，不必停用{suggest(str(code), entries)}")


def _written(layer: Layer, file: str) -> str:
    return f"本级目录 {file}" if layer.name == LOCAL else file


def _read_yaml(layer: Layer, name: str) -> dict[str, Any]:
    """Return what a file of a layer holds, nothing where it has none. Raises UserError when it can't be read."""
    path = layer.folder / name
    if not path.exists():
        return {}
    try:
        return _mapping(layer, name, copy.deepcopy(_parsed(path.read_text(encoding="utf-8"))))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UserError(f"指标目录里的 {_written(layer, path.name)} 读不了：{error}") from None


@lru_cache(maxsize=_PARSED)
def _parsed(text: str) -> Any:
    """Return what a text in YAML holds; it is kept, so a reader takes a copy."""
    return yaml.load(text, Loader=_Loader) or {}


def _mapping(layer: Layer, name: str, content: Any) -> dict[str, Any]:
    if not isinstance(content, dict):
        raise UserError(f"指标目录里的 {_written(layer, name)} 读不了：要写成“名称: 内容”")
    return content


def _merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Return two nested mappings as one; lists and single values are replaced whole."""
    both = {
        key: _merge(below[key], value) if isinstance(value, dict) and isinstance(below.get(key), dict) else value
        for key, value in above.items()
    }
    return dict(below) | both
