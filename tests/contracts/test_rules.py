"""Every finding is declared once in etl.model.rules, raised by one module, and takes its severity from there."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from etl.model import rules
from etl.model.finding import tell
from etl.model.rules import CLASS_WORDS, RULES, SEVERITY_WORDS, severity_of
from tests.contracts.source import ROOT, module_of, nodes, parse, place, product_files

REGISTRY = ROOT / "etl" / "model" / "rules"
MADE_IN = "etl.model.finding"  # the only module that creates findings
# An outlier, or a wrong unit, shows in its column, against other forms and against other quarters.
BY_SEVERAL = {"unit_slip", "out_of_line"}
WORDS = {"blank", "empty", "total", "across", "moved", "repeated", "relation", "reversal", "jump"}  # ambiguous words
CODES = {name: code for name, code in vars(rules).items() if name.isupper() and isinstance(code, str)}


def test_each_rule_is_declared_once() -> None:
    declared = [
        ast.unparse(node.args[0])
        for path in REGISTRY.glob("*.py")
        for node in nodes(parse(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "rule"
    ]
    assert len(declared) == len(set(declared)) == len(RULES)


def test_each_rule_says_what_is_wrong_and_what_to_do() -> None:
    for code, rule in RULES.items():
        assert rule.of in CLASS_WORDS and rule.title and rule.todo, code
        assert rule.severities and set(rule.severities) <= set(SEVERITY_WORDS), code
        assert not {"。", "\n"} & {*rule.title, *rule.todo}, code


def test_each_rule_is_told_by_one_module() -> None:
    told: dict[str, set[str]] = defaultdict(set)
    for path in product_files():
        for code in _told(path):
            told[code].add(module_of(path))
    assert set(told) == set(RULES)
    assert {code: homes for code, homes in told.items() if len(homes) > 1 and code not in BY_SEVERAL} == {}
    assert all(len(told[code]) > 1 for code in BY_SEVERAL)


def test_no_finding_is_made_past_the_registry() -> None:
    wrong = [
        place(path, call)
        for path in product_files()
        if module_of(path) != MADE_IN
        for call in _calls(path, "Finding")
        if call.args or any(each.arg for each in call.keywords)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_rule_is_named_by_a_literal_elsewhere() -> None:
    """A module that reads a rule imports its name; only the one that raises it may write it."""
    wrong = [
        place(path, node)
        for path in product_files()
        if path.parent != REGISTRY
        for node in nodes(parse(path))
        if isinstance(node, ast.Constant) and node.value in set(RULES) - WORDS and node.value not in _written(path)
    ]
    compared = [place(path, node) for path in product_files() for node in _compared_with_a_literal(parse(path))]
    assert not wrong and not compared, "\n".join(wrong + compared)


@pytest.mark.parametrize(
    "source",
    [
        'finding.rule == "total"',
        '"total" == finding.rule',
        'finding.rule in {"jump", "total"}',
        'rule = finding.rule\nrule == "total"',
        'finding.rule.startswith("total")',
        'WORDS = {"jump": "a"}\nWORDS[finding.rule]',
        'WORDS = {"jump": "a"}\nWORDS.get(finding.rule)',
        'match finding.rule:\n    case "total":\n        pass',
    ],
)
def test_every_way_of_naming_a_rule_by_a_literal_is_seen(source: str) -> None:
    assert [*_compared_with_a_literal(ast.parse(source))]
    assert not [*_compared_with_a_literal(ast.parse(source.replace('"total"', "TOTAL").replace('"jump"', "JUMP")))]


def test_a_severity_that_is_not_declared_is_refused() -> None:
    assert severity_of("jump") == "confirm" and severity_of("total", "note") == "note"
    for code, severity in (("jump", "note"), ("total", None), ("total", "confirm")):
        with pytest.raises(ValueError, match=code):
            severity_of(code, severity)
    with pytest.raises(KeyError):
        tell("no_such_rule", file="表.xlsx")


def _told(path: Path) -> set[str]:
    """Return the rules a module tells: written in a call, in a problem with its values, or as a constant of its own."""
    given = {code for call in _calls(path, "tell", "at", "on_sheet", "_add", "_finding") for code in _codes(call)}
    return given | _written(path)


def _written(path: Path) -> set[str]:
    found: set[str] = set()
    for node in nodes(parse(path)) if path.parent != REGISTRY else ():
        if isinstance(node, ast.Tuple) and len(node.elts) >= 3 and isinstance(node.elts[-1], ast.Dict):
            found |= _literal(node.elts[0])
        if isinstance(node, ast.Assign) and path.parts[-2] in {"compare", "recognise"}:
            values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
            found |= {code for value in values for code in _literal(value) if code not in WORDS}
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in _TELLING:
            found |= {code for code in _codes(node) if code not in CODES.values()}
    return found


_TELLING = {"tell", "at", "on_sheet", "_add", "_finding"}


def _calls(path: Path, *names: str) -> Iterator[ast.Call]:
    for node in nodes(parse(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in names:
            yield node


def _codes(call: ast.Call) -> set[str]:
    values = [*call.args[:3], *(each.value for each in call.keywords if each.arg == "rule")]
    return {code for value in values for code in _literal(value)}


def _literal(value: ast.expr) -> set[str]:
    code = (
        CODES.get(value.id) if isinstance(value, ast.Name) else value.value if isinstance(value, ast.Constant) else ""
    )
    return {str(code)} & set(RULES)


def _compared_with_a_literal(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield where the rule of a finding is compared with, or looked up among, codes that are written there."""
    assigned = [node for node in tree.body if isinstance(node, ast.Assign)]
    known = {name.id: node.value for node in assigned for name in node.targets if isinstance(name, ast.Name)}
    for node in nodes(tree):
        match node:
            case ast.Compare(left=left, comparators=others):
                sides = [left, *others]
            case ast.Match(subject=subject, cases=cases):
                sides = [subject, *(each.pattern for each in cases)]
            case ast.Subscript(value=table, slice=key):
                sides = [table, key]
            case ast.Call(func=ast.Attribute(value=table), args=arguments):
                sides = [table, *arguments]
            case _:
                continue
        if any(map(_is_rule, sides)) and any(_codes_within(side, known) for side in sides):
            yield node


def _is_rule(node: ast.AST) -> bool:
    return getattr(node, "attr", getattr(node, "id", "")) == "rule"


def _codes_within(node: ast.AST, known: Mapping[str, ast.expr]) -> set[str]:
    """Return the codes of rules that are written in an expression or in the constant it names."""
    node = known.get(node.id, node) if isinstance(node, ast.Name) else node
    return {str(each.value) for each in ast.walk(node) if isinstance(each, ast.Constant)} & set(RULES)
