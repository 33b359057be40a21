"""The tests of the files that were changed: `python -m tests.own_tests` prints them, `make check` runs them.

Changed is what differs from the branch main, committed or not; on main itself what is not committed, else the last
commit. The own tests of a module are those that import it; where many do, or none does, those named after it or its
folder. The fast contracts hold for every change. All others are left to `make test`.
"""

import ast
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from tests.contracts.source import PACKAGES, ROOT, check_files, module_of, parse

MOST = 6  # test files for one module: what more of them import is used everywhere
CONTRACTS = "tests/contracts"
OF_DATA = {"data": "tests/contracts/test_catalogue.py"}  # takes longer than the other contracts together
# Where the tests of a package lie, other than in a folder of its name.
BESIDE = {"serving": {"running"}, "store": {"safety"}, "base": {"stats"}, "etl": {"messy", "structure"}}


def main() -> None:
    """Print the files of the tests to run, one a line."""
    sys.stdout.writelines(f"{path.relative_to(ROOT)}\n" for path in own_tests(changed()))


def changed() -> list[Path]:
    """Return the files that were changed and are still there."""
    branch = (
        _git("merge-base", "HEAD", "main") or _git("merge-base", "HEAD", "origin/main") or _git("rev-parse", "HEAD")
    )
    names = _git("diff", "--name-only", *branch[:1]) + _git("ls-files", "--others", "--exclude-standard")
    names = names or _git("diff", "--name-only", "HEAD~1", "HEAD")
    return [path for name in names if (path := ROOT / name).is_file()]


def own_tests(paths: Iterable[Path]) -> list[Path]:
    """Return the test files for some changed files, sorted: their own, and the contracts that are fast."""
    return sorted(_fast_contracts().union(*map(_of, paths)))


def _of(path: Path) -> set[Path]:
    """Return the tests of one changed file."""
    package, *below = path.relative_to(ROOT).parts
    if package in OF_DATA:
        return {ROOT / OF_DATA[package]}
    if path in _tests() or package not in (*PACKAGES, "tests") or not below:
        return {path} & _tests()
    module, own = module_of(path), _names(path)
    users = {test for test, names in _imports().items() if module in names}
    named = {test for test in _tests() if test.stem in own and _is_beside(test, path)}
    return (users if 0 < len(users) <= MOST else set()) | named or _few(_of_folder(path))


def _of_folder(path: Path) -> set[Path]:
    """Return the tests that import something of the file's folder, or of the next one above of which anything is."""
    for folder in path.relative_to(ROOT).parents:
        inside = ".".join((*folder.parts, ""))
        found = {test for test, names in _imports().items() if any(name.startswith(inside) for name in names)}
        if found:
            return found
    return set()


def _few(tests: set[Path]) -> set[Path]:
    return set(sorted(tests, key=lambda test: test.stat().st_size)[:MOST])


def _names(path: Path) -> set[str]:
    """Return what tests of a file may be called: after itself, or after a folder it lies in."""
    parts = [*path.relative_to(ROOT).with_suffix("").parts[1:]]
    return {f"test_{part}{ending}" for part in parts for ending in ("", "s")}


def _is_beside(test: Path, path: Path) -> bool:
    package = path.relative_to(ROOT).parts[0]
    return test.relative_to(ROOT).parts[1] in {package} | BESIDE.get(package, set())


@cache
def _fast_contracts() -> frozenset[Path]:
    slow = {ROOT / name for name in OF_DATA.values()}
    return frozenset(test for test in _tests() - slow if ROOT / CONTRACTS in test.parents)


@cache
def _tests() -> frozenset[Path]:
    return frozenset(path for path in check_files() if path.stem.startswith("test_"))


@cache
def _imports() -> dict[Path, frozenset[str]]:
    """Return the modules that each test file imports."""
    return {test: frozenset(_imported(parse(test))) for test in _tests()}


def _imported(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))


def _git(*words: str) -> list[str]:
    """Return the lines a git command prints; none where it fails, as without a branch of that name."""
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.splitlines() if done.returncode == 0 else []


if __name__ == "__main__":
    main()
