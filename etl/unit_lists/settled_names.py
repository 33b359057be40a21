"""Settled names: which rows of a list count as organisations, and what is asked about nameless rows and doubles."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from base.text import identifier, normalise
from etl.unit_lists.list_words import COLUMN_NAMES, ListColumn, list_words
from etl.unit_lists.listed_rows import ListedUnit
from etl.unit_lists.register_questions import RegisterQuestion, Settled

_SHOWN = 3


@dataclass(kw_only=True, frozen=True)
class Answers:
    """What was settled: the kind meant by a word ("" for none), the level of an area, the names that are two or one.

    Words and names are normalised.
    """

    kinds: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)
    apart: frozenset[str] = frozenset()
    same: frozenset[str] = frozenset()


def settled_names(listed: Sequence[ListedUnit], answers: Answers) -> tuple[list[ListedUnit], list[RegisterQuestion]]:
    """Return the organisations that count, in the order of the list, and the questions."""
    questions = list(_incomplete(listed))
    left_out: set[int] = set()
    for units in _grouped(listed, lambda unit: normalise(unit.name)):
        questions += _doubles(units, answers)
        if normalise(units[0].name) in answers.same:
            left_out |= {id(unit) for unit in units[1:]}
    kept = [unit for unit in listed if unit.name and id(unit) not in left_out]
    return kept, [*questions, *_lookalikes(kept, answers), *_shared(kept)]


def shown_name(unit: ListedUnit, kept: Sequence[ListedUnit]) -> str:
    """Return a unit's name; where another area has one of the same name, with its area in brackets."""
    double = sum(normalise(other.name) == normalise(unit.name) for other in kept) > 1
    return f"{unit.name}（{unit.area}）" if double else unit.name


def say_places(addresses: Sequence[str]) -> str:
    """Return the first places and, of many, how many there are."""
    shown = "、".join(addresses[:_SHOWN])
    return f"{shown} 等 {len(addresses)} 处" if len(addresses) > _SHOWN else shown


def _incomplete(listed: Sequence[ListedUnit]) -> Iterator[RegisterQuestion]:
    if nameless := [unit.place for unit in listed if not unit.name]:
        yield RegisterQuestion(about=f"{say_places(nameless)}没有写单位名称。请在表里补上，或删去这一行。")
    if homeless := [unit.place for unit in listed if unit.name and not unit.area]:
        about = f"{say_places(homeless)}没有写属于哪个乡镇、园区或系统。请在表里补上；直属县总工会的写“县直属”。"
        yield RegisterQuestion(about=about, settled=Settled.FILL_DOWN)


def _doubles(units: Sequence[ListedUnit], answers: Answers) -> Iterator[RegisterQuestion]:
    name, key = units[0].name, normalise(units[0].name)
    places = say_places([unit.place for unit in units])
    if len(units) > 1 and key not in answers.same | answers.apart:
        about = f"“{name}”有 {len(units)} 行（{places}）。"
        yield RegisterQuestion(about=about, settled=Settled.DOUBLE, names=(name,))
    if len(units) > 1 and key in answers.apart and len({unit.area for unit in units}) < len(units):
        about = f"“{name}”在同一个地方有几行（{places}），分不开。请在表里写成不同的名称。"
        yield RegisterQuestion(about=about)


def _lookalikes(kept: Sequence[ListedUnit], answers: Answers) -> Iterator[RegisterQuestion]:
    words = list_words()
    for units in _grouped(kept, lambda unit: words.bare_name(unit.name)):
        names = dict.fromkeys(unit.name for unit in units)
        if len({*map(normalise, names)}) > 1 and not {*map(normalise, names)} <= answers.apart:
            written = "、".join(f"“{unit.name}”（{unit.place}）" for unit in units)
            about = f"{written}看起来是一个单位。是一个的，请在表里写成一样。"
            yield RegisterQuestion(about=about, settled=Settled.APART, names=tuple(names))


def _shared(kept: Sequence[ListedUnit]) -> Iterator[RegisterQuestion]:
    """Yield a question on each code that several organisations have."""
    for column in (ListColumn.CREDIT, ListColumn.CODE):
        for units in _grouped(kept, partial(_code, column)):
            if len({normalise(unit.name) for unit in units}) > 1:
                written = "、".join(f"“{unit.name}”（{unit.at(column)}）" for unit in units)
                yield RegisterQuestion(about=f"{written}的{COLUMN_NAMES[column]}一样。请在表里改正。")


def _code(column: ListColumn, unit: ListedUnit) -> str:
    return identifier(unit.values.get(column, ""))


def _grouped(units: Sequence[ListedUnit], key: Callable[[ListedUnit], str]) -> Iterator[list[ListedUnit]]:
    groups: dict[str, list[ListedUnit]] = defaultdict(list)
    for unit in units:
        if text := key(unit):
            groups[text].append(unit)
    yield from groups.values()
