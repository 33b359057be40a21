"""The imports of the product, for the contracts about them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.contracts.source import PACKAGES, ROOT, module_of, nodes, parse, place, product_files

OURS = (*PACKAGES, "app")


@cache
def all_imports() -> tuple[tuple[str, str, str], ...]:
    """Return importing module, imported module and place of every import of our own modules in the product."""
    return tuple((module, _module_in(name), where) for module, name, where in every_import() if _is_ours(name))


@cache
def every_import() -> tuple[tuple[str, str, str], ...]:
    """Return importing module, imported name and place of every import in the product."""
    return tuple(
        (module_of(path), name, place(path, node))
        for path in product_files()
        for node in nodes(parse(path))
        for name in _names(node, path)
    )


@cache
def imported_names(module: str) -> frozenset[str]:
    """Return our own modules that a module imports."""
    return frozenset(name for importer, name, _ in all_imports() if importer == module)


def _names(node: ast.AST, path: Path) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = _from_base(node, path)
        whole = _is_ours(base) or base == "streamlit"
        yield from (f"{base}.{alias.name}" if whole else base for alias in node.names)
    elif isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in {"import_module", "__import__"}:
        yield from (str(name.value) for name in node.args[:1] if isinstance(name, ast.Constant))


def _from_base(node: ast.ImportFrom, path: Path) -> str:
    if not node.level:
        return node.module or ""
    parents = path.relative_to(ROOT).parts[: -node.level]
    return ".".join([*parents, *(node.module or "").split(".")]).rstrip(".")


def _is_ours(name: str) -> bool:
    return name.split(".")[0] in OURS


@cache
def _modules() -> frozenset[str]:
    return frozenset(module_of(path) for path in product_files())


def _module_in(name: str) -> str:
    """Return the module that a dotted name is or belongs to."""
    return name if name in _modules() else name.rpartition(".")[0]
