"""A finding's sentences are templates of etl.model.rules, filled with values: nobody who tells one writes his own."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter

import pytest

from etl.model import rules
from etl.model.finding import tell, tell_otherwise
from etl.model.rules import OTHERS, RULES, repeating_clauses
from etl.model.rules.placeholders import PLACEHOLDERS, describe
from etl.model.rules.wording import Clause, Wording, compared, fill
from tests.contracts.source import module_of, nodes, parse, place, product_files

TELLING = {"tell": 0, "tell_otherwise": 0, "at": 2, "on_sheet": 0}  # how many arguments come before the rule
PLACE = {"file", "severity", "sheet", "address", "column", "about"}  # what tells where, and is no value
MADE_IN = "etl.model.finding"
TEXTS = {"problem", "requirement", "todo"}
CODES = {name: code for name, code in vars(rules).items() if name.isupper() and isinstance(code, str)}
STOPS = frozenset("，；。？！：")  # a name or a word has none; a sentence or a part of one has
LONGEST = 10  # Chinese characters of a name
CHINESE = re.compile("[\u4e00-\u9fff]")
CLAUSES = {name: text for name, text in vars(repeating_clauses).items() if name.isupper()}


def test_every_call_fills_the_places_of_its_wording() -> None:
    wrong = [text for path in product_files() for text in misfits(parse(path), module_of(path))]
    assert not wrong, "\n".join(wrong)
    assert sum(len([*calls(parse(path))]) for path in product_files()) > 70


def test_who_tells_a_finding_writes_no_sentence() -> None:
    wrong = [
        f"{place(path, node)}: {node.value}"
        for path in product_files()
        if module_of(path) != MADE_IN and tells(parse(path))
        for node in sentences(parse(path))
    ]
    assert not wrong, "\n".join(wrong)


def test_no_finding_is_put_into_other_words() -> None:
    wrong = [
        place(path, call) for path in product_files() if module_of(path) != MADE_IN for call in rewordings(parse(path))
    ]
    assert not wrong, "\n".join(wrong)


def test_every_place_has_a_word_for_the_handbook() -> None:
    used = {name for rule in RULES.values() for one in rule.wordings.values() for name in one.names()}
    used |= OTHERS.names()
    assert used == set(PLACEHOLDERS)
    assert describe("{row}填了[{count}]行") == "〔行〕填了［〔几〕］行"


def test_wordings_of_a_rule_that_compare_the_same_values_say_the_same_of_them() -> None:
    """A finding is known again by its values alone, so two sentences about them would be one question."""
    for code, rule in RULES.items():
        said: dict[frozenset[str], str] = {}
        for one in rule.wordings.values():
            names = frozenset(name for _, name, _, _ in Formatter().parse(one.problem) if name)
            assert not names or said.setdefault(names, one.problem) == one.problem, code


def test_confirmations_are_still_found_by_the_values_they_hold_for() -> None:
    """Confirmations name the values: were one renamed, what was confirmed would be asked once more."""
    kept = Path(__file__).with_name("confirmed_values.txt").read_text("utf-8").splitlines()
    assert [line for line in kept if line not in {*confirmed_values()}] == []
    assert {*confirmed_values()} == {*kept}, "add the new ones to confirmed_values.txt"


def test_the_templates_can_be_filled() -> None:
    """A place stands in one pair of brackets at most, and no bracket is left open."""
    for text in (*texts(), *CLAUSES.values()):
        names = {name for _, name, _, _ in Formatter().parse(text) if name}
        assert text.count("[") == text.count("]") and "[[" not in text, text
        assert all(name.isidentifier() for name in names), text


def test_a_planted_violation_is_seen() -> None:
    misfitting = (
        'tell("jump", file=file, row=row)',  # values are missing
        'tell("jump", "no_such_wording", file=file)',
        'writer.at(row, code, "repeated", row=row, first=1, said="填了两行")',  # no place for it
        'writer.on_sheet("hidden_columns", columns=columns, todo="请取消隐藏")',
    )
    assert [way for way in misfitting if not [*misfits(ast.parse(way), "planted")]] == []
    written = (
        'tell("jump", file=file, row="这一行的数，请核对")',
        'said = f"{label}填的是{value}；请核对"',
        'writer.on_sheet("hidden_columns", columns="有几列是隐藏的没有显示出来的")',
    )
    assert [way for way in written if not [*sentences(ast.parse(way))]] == []
    replaced = ('replace(finding, problem="另一句")', 'replace(one, severity="note", todo=todo)')
    assert [way for way in replaced if not [*rewordings(ast.parse(way))]] == []
    plain = 'writer.at(row, code, "repeated", row=writer.named(row), first=first)\nreplace(one, about=about)'
    assert [*misfits(ast.parse(plain), "planted"), *sentences(ast.parse(plain)), *rewordings(ast.parse(plain))] == []


def test_a_value_too_many_or_too_few_is_refused() -> None:
    values = {"row": "“甲”", "label": "会员", "when": "上季度", "then": "1", "now": "2"}
    told = tell("jump", file="表.xlsx", **values)
    assert told.problem == "“甲”会员上季度1，这次2"
    assert told.stands == ("row=“甲”", "label=会员", "when=上季度", "then=1", "now=2")
    with pytest.raises(ValueError, match="no place"):
        tell("jump", file="表.xlsx", **values, said="一句话")
    for name in values:
        with pytest.raises(KeyError):
            tell("jump", file="表.xlsx", **{one: text for one, text in values.items() if one != name})
        with pytest.raises(ValueError, match=name):
            tell("jump", file="表.xlsx", **values | {name: None})


def test_what_may_be_left_out_and_what_comes_several_times() -> None:
    template = "{row}{cells:，}[，这样的共{count}行]"
    cells = [Clause("{label}是{value}", {"label": label, "value": number}) for label, number in (("甲", 1), ("乙", 2))]
    assert fill(template, {"row": "“一”", "cells": cells}) == "“一”甲是1，乙是2"
    assert fill(template, {"row": "“一”", "cells": cells[:1], "count": 3}) == "“一”甲是1，这样的共3行"
    known_by = ["row=“一”", "cells.label=甲", "cells.value=1", "count=3"]
    assert [*compared(template, {"row": "“一”", "cells": cells[:1], "count": 3})] == known_by


def test_a_finding_told_otherwise_keeps_what_the_other_wording_leaves_open() -> None:
    none = tell("unknown_form", "none", severity="return", file="表.xlsx")
    asked = tell_otherwise(none, "beside", "confirm", name="说明", height=3, width=2)
    assert (asked.requirement, asked.todo) == (none.requirement, none.todo)
    assert asked.problem == "表“说明”（3行2列）看不出是哪一张报表" and asked.severity == "confirm"


def texts() -> Iterator[str]:
    for one in (OTHERS, *(one for rule in RULES.values() for one in rule.wordings.values())):
        yield from (one.problem, one.requirement, one.todo)


def confirmed_values() -> Iterator[str]:
    """Yield each rule that may be confirmed with the names of the values that each of its wordings compares."""
    for code, rule in RULES.items():
        for wording in rule.wordings.values() if "confirm" in rule.severities else ():
            names = sorted({name for _, name, _, _ in Formatter().parse(wording.problem) if name})
            yield f"{code}: {' '.join(names)}"
    for name, template in CLAUSES.items():
        yield f"{name}: {' '.join(sorted(one for _, one, _, _ in Formatter().parse(template) if one))}"


def calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    """Yield the calls that tell a finding of a rule that is written there, with its code."""
    for node in nodes(tree):
        name = ast.unparse(node.func).split(".")[-1] if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and name in TELLING and len(node.args) > TELLING[name]:
            code = literal(node.args[TELLING[name]])
            if code in RULES:
                yield node, code


def misfits(tree: ast.Module, where: str) -> Iterator[str]:
    """Yield the calls whose values don't fit the places of the wording; of ** the values are not known here."""
    for call, code in calls(tree):
        given = {one.arg for one in call.keywords if one.arg} - PLACE
        whole = all(one.arg for one in call.keywords)
        fitting = [
            one for one in wordings_of(call, code) if given <= one.names() and (not whole or needed(one) <= given)
        ]
        if not fitting:
            yield f"{where}:{call.lineno}: {code} {sorted(given)}"


def wordings_of(call: ast.Call, code: str) -> list[Wording]:
    """Return the wordings a call may mean: the one named, or all that a computed name may be."""
    at = TELLING[ast.unparse(call.func).split(".")[-1]] + 1
    known: Mapping[str, Wording] = RULES[code].wordings
    if len(call.args) <= at:
        return [known[""]] if "" in known else []
    named = {literal(node) for node in ast.walk(call.args[at])} - {""}
    return [one for name, one in known.items() if not isinstance(call.args[at], ast.Constant) or name in named]


def needed(one: Wording) -> set[str]:
    bare = (re.sub(r"\[[^\]]*\]", "", text) for text in (one.problem, one.requirement, one.todo))
    return {name for text in bare for _, name, _, _ in Formatter().parse(text) if name}


def literal(node: ast.AST) -> str:
    if isinstance(node, ast.Name):
        return CODES.get(node.id, "")
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def tells(tree: ast.Module) -> bool:
    """Return whether a module makes findings: by `tell`, or by a writer of findings."""
    imported = (one.name for node in nodes(tree) if isinstance(node, ast.ImportFrom) for one in node.names)
    return bool({"tell", "tell_otherwise", "FindingWriter"} & {*imported})


def sentences(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield the literals that are a sentence or a part of one, besides docstrings."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docs = {id(node.body[0].value) for node in nodes(tree) if isinstance(node, documented) and is_said(node.body)}
    for node in nodes(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            is_pattern = "|" in node.value
            if not is_pattern and (STOPS & {*node.value} or len(CHINESE.findall(node.value)) > LONGEST):
                yield node


def is_said(body: list[ast.stmt]) -> bool:
    return bool(body) and isinstance(body[0], ast.Expr)


def rewordings(tree: ast.Module) -> Iterator[ast.Call]:
    for node in nodes(tree):
        keywords = node.keywords if isinstance(node, ast.Call) else ()
        given = {one.arg for one in keywords}
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "replace" and TEXTS & given:
            yield node
