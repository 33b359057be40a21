"""Shared by several commands: options, an open warehouse, and printing results."""

import argparse
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

from base.errors import UserError
from base.periods import Span, parse_span
from stats.totals import county_of
from stats.warehouse import Warehouse, open_warehouse
from store.builds import store_path

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
DONE, WRONG_USE = 0, 2
MISSING = "—"


def add_selection(parser: argparse.ArgumentParser, against: bool = True, whole: bool = False) -> None:
    """Add the selection: --unit, --span and --store, and --against for commands that compare figures.

    With `whole` the unit is optional, and `unit_of` returns the county.
    """
    text = "；不写则为全县" if whole else ""
    parser.add_argument("--unit", metavar="单位代码", required=not whole, help=f"全县为 COUNTY{text}")
    parser.add_argument("--span", metavar="期间", required=True, help="例如 2008Q1..2010Q4")
    if against:
        parser.add_argument(
            "--against", metavar="期间", help="与哪一期比，和 --span 一样长；不写则发生数比上年同期、期末数比上期末"
        )
    add_store(parser)


def add_store(parser: argparse.ArgumentParser) -> None:
    """Add --store: the data folder, for store.builds.store_path."""
    parser.add_argument("--store", metavar="数据目录", help="默认 data/store，或环境变量 MINGSHU_STORE")


def add_json(parser: argparse.ArgumentParser) -> None:
    """Add --json: print the result as JSON."""
    parser.add_argument("--json", action="store_true", help="以 JSON 输出")


@contextmanager
def opened(options: argparse.Namespace, build: int | None = None) -> Iterator[Warehouse]:
    """Yield the current build of the store asked for, or the one of a number, and close it.

    Raises UserError when there is none.
    """
    warehouse = open_warehouse(store_path(options.store), build)
    try:
        yield warehouse
    finally:
        warehouse.close()


def unit_of(options: argparse.Namespace, warehouse: Warehouse) -> str:
    """Return the organisation named by --unit, by default the county."""
    return options.unit or county_of(warehouse)


def save(path: Path, data: bytes) -> Path:
    """Write a file, making its folder, and return its path. Raises UserError when it can't be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError:
        raise UserError(f"“{path}”写不进去。请关掉正打开着的同名文件，或换一个文件夹。") from None
    return path


def span_against(options: argparse.Namespace) -> Span | None:
    """Return the span named by --against, None for the previous one."""
    return parse_span(options.against) if options.against else None


def show(options: argparse.Namespace, value: Any, say: Callable[[Any], str]) -> int:
    """Print the result, as JSON or in words, and return exit code 0."""
    print(json.dumps(value, ensure_ascii=False, indent=1) if options.json else say(value))
    return DONE


def read_file(path: Path) -> bytes:
    """Return the content of a file. Raises UserError when it can't be read."""
    try:
        return path.read_bytes()
    except OSError:
        raise UserError(f"读不了文件 {path}。请看看路径对不对。") from None


def write_file(path: Path, content: bytes) -> None:
    """Write a file. Raises UserError when that can't be done."""
    try:
        path.write_bytes(content)
    except OSError:
        raise UserError(f"写不了文件 {path}。请看看文件夹在不在、文件是不是正开着。") from None


def table(columns: dict[str, str], rows: Sequence[dict[str, Any]]) -> str:
    """Return rows as tab-separated lines under headings, with a dash for missing values."""
    lines = ["\t".join(columns.values())]
    lines += ["\t".join(MISSING if row[key] is None else str(row[key]) for key in columns) for row in rows]
    return "\n".join(lines)
