"""The catalogue declares every figure of the work report, and no code names an indicator or a form."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from stats.catalogue import Catalogue
from stats.catalogue.models import DefinitionChange, Indicator, Valid
from tests.contracts.source import ROOT, module_of, nodes, parse, place, product_files

CATALOGUE = ROOT / "data" / "catalogue"
PACK = CATALOGUE / "packs" / "report-2011"
A_FORM = re.compile(r"(?<![A-Za-z0-9])R[0-9]{2}E?(?![A-Za-z0-9])")
# The figures of the report and the federation's rates: links contain their codes, so they must not change.
PROMISED = Path(__file__).with_name("indicator_codes.txt").read_text(encoding="utf-8").split()


def test_every_promised_indicator_is_declared(catalogue: Catalogue) -> None:
    assert len(PROMISED) == len(set(PROMISED)) == 85
    assert set(PROMISED) - set(catalogue.indicators) == set()


@pytest.fixture(scope="module")
def items_as_written() -> set[str]:
    """The codes of the items, read without the loader, so that a loader that has become lenient is noticed."""
    return set(yaml.safe_load((PACK / "items.yml").read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", sorted((PACK / "indicators").glob("*.yml")), ids=lambda path: path.stem)
def test_every_item_an_indicator_uses_is_declared(path: Path, items_as_written: set[str]) -> None:
    used = yaml.safe_load(path.read_text(encoding="utf-8"))
    named = [used[part] for part in ("numerator", "denominator") if used.get(part)]
    assert [item for item in named if item not in items_as_written] == []


def test_every_item_comes_from_a_declared_form(catalogue: Catalogue) -> None:
    assert {item.form for item in catalogue.items.values()} <= set(catalogue.forms)


def test_every_form_asks_a_question(catalogue: Catalogue) -> None:
    silent = [form.code for form in catalogue.forms.values() if not form.question.endswith("？")]
    assert silent == []


def test_every_indicator_says_what_it_asks_and_on_what_base(catalogue: Catalogue) -> None:
    silent = [
        found.code for found in catalogue.indicators.values() if not (found.question and found.why and found.base)
    ]
    assert silent == []


def test_no_python_file_names_an_indicator(catalogue: Catalogue) -> None:
    wrong = [
        f"{place(path, node)}: {node.value}"
        for path in product_files()
        if ROOT / "etl" / "sample" not in path.parents
        for node in nodes(parse(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in catalogue.indicators
    ]
    assert not wrong, "what is special about an indicator belongs in its YAML file:\n" + "\n".join(wrong)


def test_no_code_names_a_form(catalogue: Catalogue) -> None:
    assert [code for code in catalogue.forms if not A_FORM.fullmatch(code)] == []
    python = [
        f"{place(path, node)}: {node.value}"
        for path in product_files()
        if ROOT / "etl" / "sample" not in path.parents
        for node in strings_naming_a_form(parse(path))
    ]
    queries = (path for package in ("etl", "stats") for path in (ROOT / package).rglob("*.sql"))
    sql = [str(path.relative_to(ROOT)) for path in queries if A_FORM.search(path.read_text(encoding="utf-8"))]
    assert not python + sql, "a special form is found by its role:\n" + "\n".join(python + sql)


def test_a_form_named_in_code_is_seen() -> None:
    named = 'FORM = "R13"', "ask(f\"where d.form = 'R00' and {rest}\")", "if form in ('R01', 'R00E'): pass"
    assert all(any(strings_naming_a_form(ast.parse(text))) for text in named)
    assert not any(strings_naming_a_form(ast.parse('def f():\n    """Return a code such as R01."""\n')))


def strings_naming_a_form(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield the strings that contain the code of a form; a docstring may give one as an example."""
    docstrings = {id(node.value) for node in nodes(tree) if isinstance(node, ast.Expr)}
    for node in nodes(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in docstrings else None
        if isinstance(node, ast.Constant) and isinstance(text, str) and A_FORM.search(text):
            yield node


def test_every_field_of_an_indicator_is_read_by_something() -> None:
    """A declared field that nothing reads promises a check or a sentence that does not exist."""
    read = {
        node.attr
        for path in product_files()
        if module_of(path) != "stats.catalogue.models"
        for node in nodes(parse(path))
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load)
    }
    declared = {*Indicator.model_fields, *Valid.model_fields, *DefinitionChange.model_fields}
    assert declared - read == set()
