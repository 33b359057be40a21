"""python -m stats catalogue: list, check, compare and export what a county declares.

Publishing rebuilds the figures, which this package knows nothing of: the command line puts it beside these.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from stats.catalogue import Catalogue
from stats.catalogue.layers import FOLDERS, MAPPINGS
from stats.catalogue_changes import KINDS, EntryChange, catalogue_changes
from stats.catalogue_declared import check_declared, declared_in, read_declared, to_zip
from stats.catalogue_in_force import catalogue_in_force, catalogue_version, faults_of_newest
from stats.commands.options import DONE, Commands, add_json, add_store, save, show
from store.builds import store_path
from store.catalogue_versions import CatalogueVersion, newest, versions


def add(commands: Commands, add_publishing: Callable[[Any], None]) -> None:
    """Add the command to the parser, with what publishes, imports and takes back."""
    parser = commands.add_parser("catalogue", help="本级的指标目录：列出、核对、比较、发布、导出、导入、退回")
    parts = parser.add_subparsers(required=True, metavar="做什么")
    _add(parts, "list", "列出在用的报表、数据项、指标等，各在哪一层", _list, as_json=True)
    _add(parts, "history", "列出发布过的各版", _history, as_json=True)
    checked = _add(parts, "check", "核对一份目录（文件夹或导出的压缩包），说明发布后会变什么", _check)
    checked.add_argument("path", metavar="目录", type=Path)
    compared = _add(parts, "diff", "比较两版目录", _diff)
    compared.add_argument("before", metavar="前一版", type=int)
    compared.add_argument("after", metavar="后一版", type=int, nargs="?", help="不写则为在用的一版")
    exported = _add(parts, "export", "把本级目录导出成一个压缩包", _export)
    exported.add_argument("-o", "--out", metavar="文件.zip", type=Path, required=True)
    exported.add_argument("--version", metavar="第几版", type=int, help="不写则为最新一版")
    add_publishing(parts)


def _add(parts: Any, name: str, text: str, run: Any, as_json: bool = False) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = parts.add_parser(name, help=text, description=text)
    add_store(parser)
    if as_json:
        add_json(parser)
    parser.set_defaults(run=run)
    return parser


def _list(options: argparse.Namespace) -> int:
    store = store_path(options.store)
    catalogue = catalogue_in_force(store)
    faults = faults_of_newest(store)
    answer = {"version": catalogue.version, "faults": faults, "entries": list(_entries(catalogue))}
    return show(options, answer, lambda _: _say_entries(catalogue.version, faults, list(_entries(catalogue))))


def _entries(catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    for kind in (*MAPPINGS, *FOLDERS):
        for code, entry in getattr(catalogue, kind).items():
            layers = catalogue.origins.get((kind, code), ())
            yield {"kind": KINDS[kind], "code": code, "name": entry.name, "layers": list(layers)}


def _say_entries(version: int, faults: str, entries: Sequence[dict[str, Any]]) -> str:
    lines = [f"{row['kind']}\t{row['code']}\t{row['name']}\t{' → '.join(row['layers'])}" for row in entries]
    return "\n".join([f"在用的是第{version}版目录。", *([faults] if faults else []), *lines])


def _history(options: argparse.Namespace) -> int:
    published = versions(store_path(options.store))[::-1]
    return show(options, [_row(version) for version in published], lambda _: _say_history(published))


def _row(version: CatalogueVersion) -> dict[str, Any]:
    return asdict(version) | {"files": sorted(version.files)}


def _say_history(published: Sequence[CatalogueVersion]) -> str:
    if not published:
        return "还没有发布过本级目录，用的是程序自带的目录。"
    return "\n".join(
        f"第{version.number}版　{version.at[:10]}　{version.who}　{version.why}\n{_indent(version.changes)}"
        for version in published
    )


def _check(options: argparse.Namespace) -> int:
    changes = check_declared(store_path(options.store), read_declared(options.path))
    print("没有错。发布后：\n" + _indent(_sentences(changes)) if changes else "没有错，和在用的目录一样。")
    return DONE


def _diff(options: argparse.Namespace) -> int:
    store = store_path(options.store)
    after = newest(store) if options.after is None else options.after
    changes = catalogue_changes(catalogue_version(store, options.before), catalogue_version(store, after))
    print("\n".join(_sentences(changes)) or "两版一样。")
    return DONE


def _export(options: argparse.Namespace) -> int:
    content = to_zip(declared_in(store_path(options.store), options.version))
    print(f"已导出到 {save(options.out, content)}。")
    return DONE


def _sentences(changes: Sequence[EntryChange]) -> list[str]:
    return [change.sentence for change in changes]


def _indent(lines: Sequence[str]) -> str:
    return "\n".join(f"  {line}" for line in lines)
