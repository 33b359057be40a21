"""`make check` finds the tests of whatever file is changed, and not all of them."""

import pytest

from tests.contracts.source import ROOT, check_files, parse, product_files
from tests.own_tests import CONTRACTS, own_tests


def chosen(*changed: str) -> set[str]:
    """Return the tests for changed files, but for those that run for every change."""
    found = set(own_tests(ROOT / name for name in changed)) - set(own_tests([]))
    return {path.relative_to(ROOT).as_posix() for path in found}


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ("stats/attainment/shortfall.py", "tests/stats/targets/test_closing.py"),  # imported there
        ("pages/overview.py", "tests/pages/screens/test_overview.py"),  # named so
        ("pages/parts/papers/made_papers.py", "tests/pages/screens/test_papers.py"),  # the folder's name
        ("etl/load/sql/300_observations.sql", "tests/running/test_locked_down.py"),  # the folder above
        ("data/catalogue/codes.yaml", "tests/contracts/test_catalogue.py"),
        ("tests/lib/killed.py", "tests/safety/test_kills.py"),
        ("tests/stats/targets/test_pace.py", "tests/stats/targets/test_pace.py"),
    ],
)
def test_a_changed_file_has_its_own_tests(changed: str, wanted: str) -> None:
    assert wanted in chosen(changed)


def test_every_module_has_tests_and_none_has_many() -> None:
    files = [path for path in product_files() if path.stem != "app" and len(parse(path).body) > 1]
    counts = {path: len(chosen(path.relative_to(ROOT).as_posix())) for path in files}
    assert [path for path, count in counts.items() if not 1 <= count <= 12] == []


def test_the_fast_contracts_hold_for_every_change() -> None:
    contracts = {path for path in check_files() if ROOT / CONTRACTS in path.parents and path.stem.startswith("test_")}
    always = {ROOT / CONTRACTS / f"test_{name}.py" for name in ("docs", "floors", "imports", "rules", "sizes")}
    assert always < set(own_tests([])) == set(own_tests([ROOT / "README.md"])) < contracts
