"""Targets are judged in one place: only `stats.judging` judges, and every verdict shown is taken from there."""

import ast

from tests.contracts.source import module_of, nodes, parse, place, product_files

JUDGES = {
    "stats.judging.targets.is_met": {"stats.judging.verdicts"},
    "stats.judging.verdicts.judge": {"stats.judging"},
    "stats.judging.judge_target": {"stats.readings"},
}


def test_nothing_else_computes_whether_a_target_is_met() -> None:
    wrong = [
        f"{place(path, node)}: {name}"
        for path in product_files()
        for node in nodes(parse(path))
        if isinstance(node, ast.ImportFrom)
        for name in (f"{node.module}.{alias.name}" for alias in node.names)
        if name in JUDGES and module_of(path) not in JUDGES[name]
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_else_names_a_state_of_its_own() -> None:
    """A verdict is made in one place: nowhere else is a value compared with a target's number by its comparator."""
    allowed = {"stats.judging.targets", "stats.judging.verdicts"}
    wrong = [
        place(path, node)
        for path in product_files()
        if module_of(path) not in allowed
        for node in nodes(parse(path))
        if isinstance(node, ast.Compare) and any(map(_is_goal_value, [node.left, *node.comparators]))
        if any(isinstance(sign, ast.GtE | ast.LtE | ast.Gt | ast.Lt) for sign in node.ops)
    ]
    assert not wrong, "\n".join(wrong)


def _is_goal_value(node: ast.expr) -> bool:
    return ast.unparse(node).endswith(("goal.value", "reading.target", "attainment.reading.target"))
