"""Matched units: which organisation of the register each row of a later list is about.

A row is known by its own code, by its code of credit, or by its name, first in its own area and then in any. What is
only alike is asked about, and so is what can't be told apart.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from base.text import identifier, normalise
from etl.register_changes.register_now import RegisteredNow, RegisterNow
from etl.unit_lists.list_words import ListColumn, list_words
from etl.unit_lists.listed_rows import ListedUnit
from etl.unit_lists.register_questions import RegisterQuestion, Settled
from etl.unit_lists.settled_names import Answers

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True)
class Matched:
    """The organisation of the register by the place of a row in the list, and the questions."""

    codes: Mapping[int, RegisteredNow]
    questions: tuple[RegisterQuestion, ...]


def match_units(listed: Sequence[ListedUnit], now: RegisterNow, answers: Answers) -> Matched:
    """Return which organisation each of some rows of a list is about; a row of none is not in it."""
    matcher = _Matcher(listed, now, answers)
    questions = [*matcher.alike(), *matcher.disputed(), *matcher.doubles()]
    return Matched(matcher.codes, tuple(questions))


class _Matcher:
    def __init__(self, listed: Sequence[ListedUnit], now: RegisterNow, answers: Answers) -> None:
        self._listed, self._now, self._answers = listed, now, answers
        self.codes: dict[int, RegisteredNow] = {}
        self._by_code(lambda unit: unit.code, ListColumn.CODE)
        self._by_code(lambda unit: unit.credit, ListColumn.CREDIT)
        for is_open in (True, False):  # what was closed is meant where no other has the name
            self._by_name(lambda unit: (self.area_of(unit), normalise(unit.name)), self._placed, is_open)
        for is_open in (True, False):
            self._by_name(lambda unit: normalise(unit.name), lambda unit: [normalise(unit.name)], is_open)
        self._likely = self._lookalikes()
        same = {number for number in self._likely if normalise(listed[number].name) in answers.same}
        self.codes |= {number: self._likely[number] for number in same}

    def area_of(self, unit: ListedUnit) -> str:
        """Return the code of the area that a row stands in: that of the county for what is directly under it."""
        area = normalise(unit.area)
        return self._now.root.code if area in list_words().direct else self._now.areas.get(area, area)

    def disputed(self) -> Iterator[RegisterQuestion]:
        """Yield a question on each row that has the code of credit of another than its own code or name says."""
        by_credit = {unit.credit: unit for unit in self._now.unions if unit.credit}
        for number, unit in enumerate(self._listed):
            credit = by_credit.get(identifier(unit.values.get(ListColumn.CREDIT, "")))
            known = self.codes.get(number)
            if credit and known and credit.code != known.code:
                about = f"“{unit.name}”（{unit.place}）的单位代码是“{known.name}”的，信用代码是“{credit.name}”的。"
                yield RegisterQuestion(about=f"{about}请在表里改正。")

    def doubles(self) -> Iterator[RegisterQuestion]:
        """Yield a question on each organisation that several rows are about."""
        rows = defaultdict[str, list[ListedUnit]](list)
        for number, unit in self.codes.items():
            rows[unit.code].append(self._listed[number])
        for code, units in rows.items():
            if len(units) > 1:
                written = "、".join(f"“{unit.name}”（{unit.place}）" for unit in units)
                about = f"{written}都是名册里的“{self._now.name_of(code)}”。请在表里改正。"
                yield RegisterQuestion(about=about)

    def alike(self) -> Iterator[RegisterQuestion]:
        """Yield a question on each row that is only like an organisation of its area, unless it was answered."""
        for number, known in self._likely.items():
            unit = self._listed[number]
            if normalise(unit.name) not in self._answers.same | self._answers.apart:
                about = f"“{unit.name}”（{unit.place}）和名册里的“{known.name}”像是一个单位。"
                yield RegisterQuestion(about=about, settled=Settled.DOUBLE, names=(unit.name,))

    def _by_code(self, code_of: Callable[[RegisteredNow], str], column: ListColumn) -> None:
        known = _unique((code_of(unit), unit) for unit in self._now.unions if code_of(unit))
        for number, unit in self._open():
            if match := known.get(identifier(unit.values.get(column, ""))):
                self.codes[number] = match

    def _by_name(
        self, key_of: Callable[[ListedUnit], object], keys: Callable[[RegisteredNow], Iterable[object]], is_open: bool
    ) -> None:
        free = [unit for unit in self._free() if unit.is_open == is_open]
        known = _unique((key, unit) for unit in free for key in keys(unit))
        rows = _unique((key_of(unit), number) for number, unit in self._open())
        for key, number in rows.items():
            if key in known:
                self.codes[number] = known[key]

    def _placed(self, unit: RegisteredNow) -> list[object]:
        """Return the keys of an organisation: its area with its name, also without the area that was put behind it."""
        name = normalise(unit.name)
        bare = name.removesuffix(normalise(f"（{self._now.name_of(unit.parent)}）"))
        return [(unit.parent, each) for each in {name, bare}]

    def _lookalikes(self) -> dict[int, RegisteredNow]:
        words = list_words()
        known = _unique(((unit.parent, words.bare_name(unit.name)), unit) for unit in self._free() if unit.is_open)
        rows = _unique(((self.area_of(unit), words.bare_name(unit.name)), number) for number, unit in self._open())
        return {number: known[key] for key, number in rows.items() if key in known}

    def _free(self) -> list[RegisteredNow]:
        taken = {unit.code for unit in self.codes.values()}
        return [unit for unit in self._now.unions if unit.code not in taken]

    def _open(self) -> list[tuple[int, ListedUnit]]:
        return [(number, unit) for number, unit in enumerate(self._listed) if number not in self.codes]


def _unique(pairs: Iterable[tuple[K, V]]) -> dict[K, V]:
    """Return the values of the keys that stand for a single one."""
    values = defaultdict[K, list[V]](list)
    for key, value in pairs:
        values[key].append(value)
    return {key: several[0] for key, several in values.items() if len(several) == 1}
