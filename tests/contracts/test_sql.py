"""SQL is in .sql files, one question each, stated in its heading. Python never assembles SQL."""

import ast
import re

import pytest

from tests.contracts.source import ROOT, nodes, parse, place, product_files

SQL_FILES = sorted([*(ROOT / "stats" / "sql").rglob("*.sql"), *(ROOT / "etl" / "load" / "sql").rglob("*.sql")])
# Words that make a text SQL. Each needs its partner, so that prose may contain "select" or "update".
SQL = re.compile(
    r"\bselect\b[\s\S]+\bfrom\b|\binsert\s+(or\s+\w+\s+)?into\b|\bupdate\s+\S+\s+set\b|\bdelete\s+from\b|\bmerge\s+into\b"
    r"|\bcreate\s+(or\s+replace\s+)?(temp\s+)?(table|view|schema|macro)\b|\bdrop\s+(table|view|schema)\b"
    r"|\battach\s+['\"]|\bcopy\s+\S+\s+(from|to)\b|\bfrom\s+(raw|core|mart)\.",
    re.IGNORECASE,
)


@pytest.mark.parametrize("path", SQL_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_first_comment_says_question_grain_and_columns(path) -> None:
    head = _first_comment(path.read_text(encoding="utf-8")).lower()
    missing = [word for word in ("question:", "grain:", "columns:") if word not in head]
    assert not missing, f"{path.relative_to(ROOT)} begins without {', '.join(missing)}"


@pytest.mark.parametrize("path", SQL_FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_sql_can_move_to_another_engine(path) -> None:
    assert "quantile_cont" not in path.read_text(encoding="utf-8").lower(), "use median"


def test_python_never_puts_sql_together() -> None:
    wrong = [place(path, node) for path in product_files() for node in nodes(parse(path)) if _assembles_sql(node)]
    assert not wrong, "SQL made from strings:\n" + "\n".join(wrong)


def test_the_rule_sees_every_way_of_assembling() -> None:
    ways = ('f"select a from {t}"', '"select a from {}".format(t)', '"delete from %s" % t', '"drop table " + t')
    assert all(_assembles_sql(ast.parse(way, mode="eval").body) for way in ways)
    assert not _assembles_sql(ast.parse('f"please select one of {names}"', mode="eval").body)


def _first_comment(text: str) -> str:
    """Return the leading comment lines of a text; empty if there are none."""
    lines = text.lstrip("\ufeff").splitlines()
    end = next((number for number, line in enumerate(lines) if not line.startswith("--")), len(lines))
    return "\n".join(lines[:end])


def _assembles_sql(node: ast.AST) -> bool:
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "x" for part in node.values]
        return len(parts) > 1 and bool(SQL.search("".join(map(str, parts))))
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
        return _is_sql(node.left) or _is_sql(node.right)
    return _is_format_call(node)


def _is_format_call(node: ast.AST) -> bool:
    called = node.func if isinstance(node, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr == "format" and _is_sql(called.value)


def _is_sql(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(SQL.search(node.value + " x"))
