"""Every pattern goes through a text once: twice as long a text, handed in by whomever, takes twice as long."""

import ast
import importlib
import math
import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

import pytest

from tests.contracts.source import module_of, parse, product_files

METHODS = {"search", "match", "fullmatch", "finditer", "findall", "split", "sub", "subn"}
_OWN = ("base.settings", "base.setting_kinds")  # reads the administrator's own file
SIZES = (250, 500, 1_000, 2_000, 4_000)  # letters, each twice the one before: what is cubic is met while it is short
_MANY, _MILLION = 200_000, 1_000_000  # letters: with every test run, with `make soak`
_MOST_TIMES = 3  # twice as long takes twice as long; what goes back to its beginning, four times
PARTS = 12  # the patterns are looked for when the first part runs: not by every process that collects the tests
_TOO_SHORT = 0.01  # seconds below which a ratio says nothing
# What opens and is never closed, what repeats, and what the patterns begin with or look for.
PIECES = (
    *("{{", "(", "（", "[", "[[", "<", "|", "“", '"', "'", "\\", "/", "_", "#", "%", "&", "=", "@", "×"),
    *("1", "１", "12,", "1.", "1，", "2010年", "1 ", "01", "1.1", "2010-01-", "0;", "0.0_);"),
    *("一", "十", "千", "万", "壹", "零", "（一）", "第", "年", "月", "季"),
    *("、", "，", "。", "；", "：", ":", "-", "—", "~", ".", "…", " ", "\u3000", "\t", "\n", "\0", "\u200b"),
    *("a", "ab ", "A1", "A1:", "$A$1", "x1", "工", "工会(", "小计", "其中", "单位：", "表1 ", "约", "元", "万元"),
    *("[红]", "[h]", "h:mm", "\ufdd0", "\ufdd01\ufdd1", "7K2M-"),
)


@cache
def _modules() -> dict[str, tuple[ast.AST, ...]]:
    """Return what each module is written of, by its name."""
    found: dict[str, tuple[ast.AST, ...]] = {}
    for path in product_files():
        name = module_of(path)
        started = name.startswith(("app", "etl.sample", *_OWN)) or name.endswith("__main__")
        if not started and (not name.startswith("pages.") or name.count(".") > 1):
            found[name] = tuple(ast.walk(parse(path)))
    return found


def _ways() -> dict[tuple[str, str], set[str]]:
    """Return how each pattern is asked, by module and name; those for others to use, by their name alone as well."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for module, nodes in _modules().items():
        for node in nodes:
            if isinstance(node, ast.Attribute) and node.attr in METHODS and isinstance(node.value, ast.Name):
                for place in {module, "" if not node.value.id.startswith("_") else module}:
                    found[place, node.value.id].add(node.attr)
    return found


def _through_names(module: str) -> set[str]:
    """Return how a module asks the patterns that it goes through one by one, under a name of its own."""
    calls = (node for node in _modules()[module] if isinstance(node, ast.Attribute) and node.attr in METHODS)
    return {
        node.attr
        for node in calls
        if isinstance(node.value, ast.Name) and node.value.id.islower() and node.value.id != "re"
    }


def _held(value: object) -> Iterator[re.Pattern[str] | re.Pattern[bytes]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from (found for pair in value.items() for part in pair for found in _held(part))
    elif isinstance(value, tuple | list | set | frozenset):
        yield from (found for part in value for found in _held(part))


def _written(nodes: Iterable[ast.AST]) -> Iterator[tuple[re.Pattern[str] | re.Pattern[bytes], str]]:
    """Yield the patterns that stand where they are asked, each with the way."""
    for node in nodes:
        called = node.func if isinstance(node, ast.Call) else None
        if not isinstance(called, ast.Attribute) or ast.unparse(called.value) != "re" or called.attr not in METHODS:
            continue
        if isinstance(node, ast.Call) and isinstance(node.args[0], ast.Constant):
            yield re.compile(node.args[0].value), called.attr


@cache
def _patterns() -> dict[tuple[str | bytes, int], tuple[str, set[str]]]:
    """Return every pattern with where it stands and how it is asked; where nobody is seen to ask, it is searched."""
    ways, found = _ways(), dict[tuple[str | bytes, int], tuple[str, set[str]]]()
    for module, nodes in _modules().items():
        for name, value in vars(importlib.import_module(module)).items():
            for pattern in _held(value):
                seen = ways[module, name] | ways["", name] if isinstance(value, re.Pattern) else _through_names(module)
                asked = seen or {"search"}
                found.setdefault((pattern.pattern, pattern.flags), (f"{module}.{name}", set()))[1].update(asked)
        for pattern, way in _written(nodes):
            found.setdefault((pattern.pattern, pattern.flags), (module, set()))[1].add(way)
    return found


def _part_of(part: int) -> Iterator[tuple[re.Pattern[str] | re.Pattern[bytes], set[str], str]]:
    """Yield every PARTS-th pattern, how it is asked, and where it stands."""
    for pattern, (place, asked) in islice(_patterns().items(), part, None, PARTS):
        yield re.compile(*pattern), asked, place


def test_the_patterns_are_found() -> None:
    assert len(_patterns()) > 150
    assert any(place == "base.text" for place, _ in _patterns().values())  # one that stands where it is asked


@pytest.mark.parametrize("part", range(PARTS))
def test_s03_a_pattern_goes_through_a_text_once(part: int) -> None:
    for pattern, asked, place in _part_of(part):
        taken = {piece: _longest(pattern, asked, piece) for piece in PIECES}
        assert [piece for piece, seconds in taken.items() if seconds == math.inf] == [], place
        slowest = max(PIECES, key=lambda piece: taken[piece])
        assert any(_keeps_pace(pattern, asked, slowest, _MANY) for _ in range(5)), f"{place}: {slowest!r}"


@pytest.mark.soak
@pytest.mark.parametrize("part", range(PARTS))
def test_s03_a_pattern_goes_through_a_million_letters_once(part: int) -> None:
    for pattern, asked, place in _part_of(part):
        slowest = max(PIECES, key=lambda piece: _seconds(pattern, asked, piece, SIZES[-1]))
        assert any(_keeps_pace(pattern, asked, slowest, _MILLION) for _ in range(5)), f"{place}: {slowest!r}"


def test_a_pattern_that_goes_back_is_found() -> None:
    assert _longest(re.compile(r"1+1+年"), {"search"}, "1") == math.inf


def _keeps_pace(pattern: re.Pattern[str] | re.Pattern[bytes], asked: set[str], piece: str, letters: int) -> bool:
    """Return whether doubling a text up to so many letters takes less than three times as long at one step.

    Where the pattern's stack outgrows the memory at hand one step takes longer; what goes back does so at both.
    """
    quarter, half, whole = (_seconds(pattern, asked, piece, letters // part) for part in (4, 2, 1))
    return whole < max(_MOST_TIMES * half, _TOO_SHORT) or half < _MOST_TIMES * quarter


def _longest(pattern: re.Pattern[str] | re.Pattern[bytes], asked: set[str], piece: str) -> float:
    """Return the seconds that the longest text takes; inf if twice as long takes far more than that, at any size."""
    before = _seconds(pattern, asked, piece, SIZES[0])
    for size in SIZES[1:]:
        taken = _seconds(pattern, asked, piece, size)
        if taken > _TOO_SHORT and taken > before * _MOST_TIMES:
            again = min(_seconds(pattern, asked, piece, size) for _ in range(5))
            half = min(_seconds(pattern, asked, piece, size // 2) for _ in range(5))
            if again > half * _MOST_TIMES:
                return math.inf
        before = taken
    return before


def _seconds(pattern: re.Pattern[str] | re.Pattern[bytes], asked: set[str], piece: str, size: int) -> float:
    """Return how long it takes to ask a pattern of a text, with something else at its end."""
    text = piece * (size // len(piece)) + "!"
    begun = time.thread_time()
    for way in asked:
        _ask(pattern, way, text.encode() if isinstance(pattern.pattern, bytes) else text)
    return time.thread_time() - begun


def _ask(pattern: re.Pattern[str] | re.Pattern[bytes], way: str, text: str | bytes) -> None:
    arguments = ("" if isinstance(text, str) else b"", text) if way.startswith("sub") else (text,)
    found = getattr(pattern, way)(*arguments)
    if way == "finditer":
        for _ in found:
            pass
