"""Meaning is data: no code parses a state, a verdict or a direction out of text made for display."""

import ast
from collections.abc import Iterator, Set
from functools import cache
from typing import TypeGuard

from base.formats import IN_PART, NO_DATA, UNCHANGED, change_verb
from etl.journal import INTENTS, VERDICTS
from etl.model.receipt_state import ReceiptState
from pages.view.states import DECIDED, RECEIVED, FileState
from pages.view.states import STATES as FILE_STATES
from stats.attainment.attainment_words import STATES
from stats.judging.verdicts import VerdictState
from tests.contracts.source import module_of, nodes, parse, place, product_files

SIGNS = {sign for sign, _ in STATES.values()} - {"？"} | {one.sign for one in VerdictState if one.sign} | {"✕"}
WORDS = {
    *(words for _, words in STATES.values()),
    *(state.name for state in (*FILE_STATES.values(), *RECEIVED.values())),
    *("达到目标", "未达目标", NO_DATA, IN_PART, UNCHANGED),
}
# A placeholder of a paper may be named by a verb, which is compared with; no text is searched for it.
VERBS = {change_verb(change, measure, 0) for change in (1, -1) for measure in ("%", "人")}
READERS = {
    *("startswith", "endswith", "removeprefix", "removesuffix"),
    *("split", "partition", "rpartition", "find", "index"),
}
TICKS = SIGNS & {"✓", "✕"}  # the others also stand for a number, or for zero
PATTERNS = {f"re.{name}" for name in ("compile", "match", "search", "fullmatch", "split", "sub", "findall", "finditer")}
RECEIPTS = {state.value for state in ReceiptState}  # as the journal writes them
DISPLAYED = {"note"}  # fields with text for display only

Names = dict[str, ast.expr]  # the module-level names and their values


def test_no_code_reads_a_state_out_of_words() -> None:
    wrong = [
        f"{place(path, node)}: {ast.unparse(node)[:100]}"
        for path in product_files()
        for node in readings_back(parse(path), names_of(module_of(path)))
    ]
    assert not wrong, "compare a state, a role or a number instead of its words:\n" + "\n".join(wrong)


def test_every_state_of_a_file_has_its_words() -> None:
    assert set(FILE_STATES) == set(FileState)
    assert set(DECIDED) == VERDICTS and set(RECEIVED) == {*VERDICTS, None}


def test_every_state_of_a_receipt_is_a_member_of_its_enum() -> None:
    assert {*VERDICTS, *INTENTS} < set(ReceiptState)
    wrong = [
        f"{place(path, node)}: {node.value}"
        for path in product_files()
        if module_of(path) != "etl.model.receipt_state"
        for node in states_by_word(parse(path))
    ]
    assert not wrong, "name the member of ReceiptState:\n" + "\n".join(wrong)


def test_every_way_of_naming_a_state_by_its_word_is_seen() -> None:
    ways = (
        'one.what == "held"',
        'entry.what in ("accepted", "held")',
        'summary.count("accepted")',
        '{"returned": "已退回"}[one.state]',
        'Outcome(name, "unchanged")',
        'replace(step, what="withdrawn")',
    )
    assert [way for way in ways if not any(states_by_word(ast.parse(way)))] == []
    plain = ("one.what == ReceiptState.HELD", "KEYS = ('held', 'returned')", "line.held")
    assert [way for way in plain if any(states_by_word(ast.parse(way)))] == []


def test_every_way_of_reading_back_is_seen() -> None:
    known = ast.parse('_MET, _OPEN = "✓ 达到目标", "达到"\n_VERBS = ("增加", "减少")\nADDED = "+"')
    ways = (
        "note.startswith((_MET, _OPEN))",
        'said == "✓ 已达到"',
        '"△" in mark.text',
        "say_state(found)[2:]",
        'words.removeprefix("已达到")',
        "next(verb for verb in _VERBS if said.startswith(verb))",
        'words.partition("待核实")[0]',
        "word in mark.note",
        "mark.note.partition(stop)",
        'match words[0]:\n    case "✓":\n        pass',
        '{"✓": 1}[words[0]]',
        'KINDS = {"✓ 已达到": 1}',
        're.match("[✓△]", words)',
        "words = say_state(found)\nwords[2:]",
    )
    unseen = [way for way in ways if not any(readings_back(ast.parse(way), top_names(known)))]
    assert unseen == []
    plain = ("state == VerdictState.MET", "text.startswith(ADDED)", 'f"{state.sign} 已达到"', "say_name(unit)")
    assert [way for way in plain if any(readings_back(ast.parse(way), top_names(known)))] == []


def readings_back(tree: ast.Module, names: Names) -> Iterator[ast.expr]:
    """Yield the expressions that read a meaning out of displayed text."""
    bound = names | loop_names(tree, names)
    said = {
        target.id
        for node in nodes(tree)
        if isinstance(node, ast.Assign) and is_said(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in nodes(tree):
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(displays(side, bound) or is_displayed(side) for side in sides) and not is_presence(node):
                yield node
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READERS:
            if is_displayed(node.func.value) or any(displays(one, bound, WORDS | VERBS) for one in node.args):
                yield node
        elif is_cut(node, said) or any(displays(one, bound, frozenset(), TICKS) for one in looked_up(node)):
            assert isinstance(node, ast.expr)
            yield node
        elif isinstance(node, ast.MatchValue) and displays(node.value, bound):
            yield node.value


def states_by_word(tree: ast.Module) -> Iterator[ast.Constant]:
    """Yield the words of states that something is compared with, looked up by, or told."""
    for node in nodes(tree):
        named: list[ast.expr | None] = []
        if isinstance(node, ast.Compare):
            named = [node.left, *node.comparators]
        elif isinstance(node, ast.Dict):
            named = [*node.keys]
        elif isinstance(node, ast.Call):
            named = [*node.args, *(one.value for one in node.keywords)]
        for one in named:
            inner = one.elts if isinstance(one, ast.Tuple | ast.List | ast.Set) else [one]
            yield from (word for word in inner if isinstance(word, ast.Constant) and word.value in RECEIPTS)


def is_cut(node: ast.AST, said: Set[str]) -> TypeGuard[ast.expr]:
    """Return whether an expression takes a part of a sentence that the program made."""
    return isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and is_said(node.value, said)


def looked_up(node: ast.AST) -> list[ast.expr]:
    """Return the keys of a dictionary, or the pattern that a text is searched for."""
    if isinstance(node, ast.Dict):
        return [key for key in node.keys if key]
    return node.args[:1] if isinstance(node, ast.Call) and ast.unparse(node.func) in PATTERNS else []


def displays(node: ast.expr, names: Names, words: Set[str] = WORDS, signs: Set[str] = SIGNS) -> bool:
    """Return whether an expression is, or contains, a sign or the words of a state."""
    if isinstance(node, ast.Name):
        return node.id in names and displays(names[node.id], {}, words, signs)
    if isinstance(node, ast.Tuple | ast.List | ast.Set):
        return any(displays(one, names, words, signs) for one in node.elts)
    text = node.value if isinstance(node, ast.Constant) else None
    return isinstance(text, str) and (any(sign in text for sign in signs) or text.strip() in words)


def is_displayed(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in DISPLAYED


def is_said(node: ast.expr, said: Set[str] = frozenset()) -> bool:
    """Return whether an expression calls a function that makes a sentence, judging by its name, or names its result."""
    if isinstance(node, ast.Name):
        return node.id in said
    name = ast.unparse(node.func).rpartition(".")[2] if isinstance(node, ast.Call) else ""
    return name.startswith("say_")


def is_presence(node: ast.Compare) -> bool:
    return all(isinstance(one, ast.Constant) and not one.value for one in node.comparators)


def top_names(tree: ast.Module) -> Names:
    """Return the module-level assignments of a module by name."""
    found: Names = {}
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        for target in targets:
            if isinstance(target, ast.Name) and isinstance(node, ast.Assign):
                found[target.id] = node.value
            elif isinstance(target, ast.Tuple) and isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
                pairs = zip(target.elts, node.value.elts, strict=False)
                found |= {name.id: value for name, value in pairs if isinstance(name, ast.Name)}
    return found


def loop_names(tree: ast.Module, tops: Names) -> Names:
    """Return the loop variables of a comprehension with what they iterate over."""
    runs = [one for node in nodes(tree) if isinstance(node, ast.GeneratorExp) for one in node.generators]
    named = {one.target.id: one.iter for one in runs if isinstance(one.target, ast.Name)}
    return {name: tops.get(over.id, over) if isinstance(over, ast.Name) else over for name, over in named.items()}


@cache
def trees() -> dict[str, ast.Module]:
    return {module_of(path): parse(path) for path in product_files()}


@cache
def names_of(module: str) -> Names:
    """Return the values of a module's names: its own constants and those imported from the project."""
    found: Names = {}
    for node in nodes(trees()[module]):
        if isinstance(node, ast.ImportFrom) and node.module in trees():
            there = top_names(trees()[node.module])
            found |= {one.asname or one.name: there[one.name] for one in node.names if one.name in there}
    return found | top_names(trees()[module])
