"""One thing has one name: no text of the product uses a form that docs/glossary.md says is not to be used."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from tests.contracts.source import ROOT, parse, product_files

GLOSSARY, HANDBOOK = ROOT / "docs" / "glossary.md", ROOT / "docs" / "handbook.md"
HEADING, WHOLE = "| 写 | 不写 | 可以写 |", "＝"
# What is read in others' files and not said, and words that something already stored is known by.
EXCEPT = {
    ("etl/compare/large_changes.py", "已收"): "a value by which recorded confirmations are known",
    ("etl/model/finding.py", "已收"): "the words of confirmations recorded earlier",
    ("etl/labels/derived_labels.py", "序时"): "read in the headings of spreadsheets",
    ("stats/catalogue/placeholder_syntax.py", "分节"): "the name in earlier papers, still read",
    ("stats/catalogue/placeholder_syntax.py", "覆盖情况"): "the name in earlier papers, still read",
    (
        "data/catalogue/packs/report-2011/indicators/collective_contracts.yml",
        "集体合同份数",
    ): "the name in earlier papers, still read",
    ("data/catalogue/packs/report-2011/schemes/town_work_2010.yml", "组织建设"): "a heading of the scheme's document",
}


class Term(NamedTuple):
    """A row of the table: the forms not to be used, those only as a whole text, and the phrases that may be written."""

    forms: tuple[str, ...]
    whole: tuple[str, ...]
    allowed: tuple[str, ...]

    def found(self, text: str) -> Iterator[str]:
        """Yield each form that a text uses."""
        yield from (form for form in self.whole if text.strip() == form)
        for phrase in self.allowed:
            text = text.replace(phrase, "")
        yield from (form for form in self.forms if form in text)


@cache
def terms() -> tuple[Term, ...]:
    table = GLOSSARY.read_text(encoding="utf-8").partition(HEADING)[2].strip().splitlines()[1:]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table if line.startswith("|")]
    return tuple(
        Term(
            tuple(form for form in forms.split("、") if not form.startswith(WHOLE)),
            tuple(form.removeprefix(WHOLE) for form in forms.split("、") if form.startswith(WHOLE)),
            tuple(filter(None, allowed.split("、"))),
        )
        for _, forms, allowed in rows
    )


def texts_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield every literal of a module besides docstrings, with its line."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {id(node.body[0].value) for node in ast.walk(tree)
            if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)}  # fmt: skip
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value


def texts_of(value: object) -> Iterator[str]:
    """Yield every text of a value read from YAML."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from texts_of(part)


@cache
def written() -> tuple[tuple[str, int, str], ...]:
    """Return every text that people may read: of the code, the catalogue, the gate's pages and the handbook."""
    return tuple((path.relative_to(ROOT).as_posix(), line, text) for path, line, text in _texts())


def _texts() -> Iterator[tuple[Path, int, str]]:
    for path in product_files():
        yield from ((path, line, text) for line, text in texts_in(parse(path)))
    for path in sorted((ROOT / "data" / "catalogue").rglob("*.yml")):
        read = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield from ((path, 0, text) for text in texts_of(read))
    for path in (HANDBOOK, *sorted((ROOT / "access" / "gate" / "templates").glob("*.html"))):
        lines = path.read_text(encoding="utf-8").splitlines()
        yield from ((path, number, text) for number, text in enumerate(lines, start=1))


def misnamed(path: str, line: int, text: str) -> list[str]:
    used = (form for term in terms() for form in term.found(text))
    return [f"{path}:{line}: {form}: {text.strip()[:60]}" for form in used if (path, form) not in EXCEPT]


def test_no_text_uses_a_form_that_is_not_to_be_used() -> None:
    wrong = [fault for place in written() for fault in misnamed(*place)]
    assert not wrong, "\n".join(wrong)


def test_an_exception_is_one_that_is_still_needed() -> None:
    used = {(path, form) for path, _, text in written() for term in terms() for form in term.found(text)}
    assert used == {*EXCEPT}


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("第 3 号已收，不用再报", "已收"),
        ("覆盖：已报347/375份", "覆盖："),
        ("CSV", "CSV"),
        ("请交给县总工会经办人", "县总工会经办人"),
        ("落后于序时进度", "序时"),
        ("{left}应不大于{right}", "不大于"),
    ],
)
def test_a_planted_form_is_seen(text: str, form: str) -> None:
    assert [fault.split(": ")[1] for fault in misnamed("pages/planted.py", 1, text)] == [form]


def test_what_may_be_written_is_let_pass() -> None:
    for text in (
        "已收下 3 份",
        "记入收退记录，不能和别人重名",
        "《帮扶救助发放台账》",
        "企业工资集体协商覆盖率",
        "Word、PPT、Excel",
    ):
        assert misnamed("pages/planted.py", 1, text) == []
