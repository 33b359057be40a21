"""The project's own Python files, parsed once for all contracts."""

import ast
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("base", "store", "stats", "etl", "access", "serving", "pages")


@cache
def product_files() -> tuple[Path, ...]:
    """Return app.py and every Python file of the packages, sorted."""
    found = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return tuple(sorted([*found, *ROOT.glob("app.py")]))


@cache
def check_files() -> tuple[Path, ...]:
    """Return every Python file under tests, sorted."""
    return tuple(sorted((ROOT / "tests").rglob("*.py")))


@cache
def parse(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


@cache
def nodes(tree: ast.AST) -> tuple[ast.AST, ...]:
    """Return every node of a syntax tree, in the order of `ast.walk`: dozens of contracts go through the same trees."""
    return tuple(ast.walk(tree))


def module_of(path: Path) -> str:
    """Return the dotted name of a file, such as stats.readings."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def place(path: Path, node: ast.AST) -> str:
    """Return the position of a node as path:line."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"
