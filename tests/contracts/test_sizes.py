"""Files and functions stay small enough to be read whole, and are named for what they do."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.contracts.source import ROOT, check_files, nodes, parse, place, product_files

FILE_LINES = 300
FUNCTION_LINES = 40
USUAL_LINES = 30  # nine functions in ten stay within this
VAGUE = {"utils", "util", "helpers", "helper", "manager", "service", "common", "misc"}


def test_no_file_is_over_300_lines() -> None:
    long = [f"{path.relative_to(ROOT)}: {_lines(path)}" for path in _all() if _lines(path) > FILE_LINES]
    assert not long, "\n".join(long)


def test_no_function_is_over_40_lines() -> None:
    long = [f"{where}: {length} lines" for where, length in _functions(_all()) if length > FUNCTION_LINES]
    assert not long, "\n".join(long)


def test_nine_functions_in_ten_are_short() -> None:
    lengths = [length for _, length in _functions(product_files())]
    assert sum(length <= USUAL_LINES for length in lengths) >= 0.9 * len(lengths)


def test_no_file_has_a_vague_name() -> None:
    assert [str(path.relative_to(ROOT)) for path in _all() if VAGUE & {path.stem, path.parent.name}] == []


def _all() -> tuple[Path, ...]:
    return product_files() + check_files()


def _lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def _functions(paths: tuple[Path, ...]) -> Iterator[tuple[str, int]]:
    for path in paths:
        for node in nodes(parse(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield place(path, node), (node.end_lineno or node.lineno) - node.lineno + 1
