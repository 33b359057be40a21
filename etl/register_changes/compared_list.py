"""Compared list: what a later list says that the register does not, each to be confirmed by itself.

What is not confirmed stays as it is: a list of one township's unions says nothing about the others.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from base.text import identifier, normalise
from etl.model.values import parse_date
from etl.register_changes.matched_units import Matched, match_units
from etl.register_changes.register_now import OPEN, RegisteredNow, RegisterNow
from etl.unit_lists.list_words import ListColumn
from etl.unit_lists.listed_rows import ListedUnit
from etl.unit_lists.proposed_register import ProposedRegister, RegisteredUnit, propose_register
from etl.unit_lists.register_questions import RegisterQuestion, Settled
from etl.unit_lists.settled_names import Answers
from stats.catalogue import Catalogue
from stats.catalogue.models import FormRole

_CLOSED = "closed"
_DIGITS = 3
_KEPT = {ListColumn.CREDIT: "credit_code", ListColumn.FOUNDED: "founded", ListColumn.ELECTED: "elected"}


class Differs(StrEnum):
    """How a list differs from the register."""

    NEW_AREA = "new_area"
    NEW = "new"
    BACK = "back"  # closed before, and in the list again
    RENAMED = "renamed"
    MOVED = "moved"
    RETYPED = "retyped"  # of another kind
    DETAIL = "detail"  # another code of credit, month of founding or election
    GONE = "gone"


@dataclass(kw_only=True, frozen=True)
class RegisterChange:
    """A difference: of which organisation, by code and name, in words, where the list says it, what would be written.

    `fields` are values by column of the register; those that are not in it stay.
    """

    differs: Differs
    code: str
    name: str
    words: str
    place: str
    fields: Mapping[str, str]

    @property
    def key(self) -> tuple[Differs, str]:
        """Return by what it is confirmed."""
        return self.differs, self.code


@dataclass(frozen=True)
class ComparedList:
    """The differences of a list from the register, the questions to be settled first, and how many rows agree."""

    differences: tuple[RegisterChange, ...]
    questions: tuple[RegisterQuestion, ...]
    same: int

    def of(self, differs: Differs) -> list[RegisterChange]:
        """Return the differences of a kind."""
        return [change for change in self.differences if change.differs == differs]


def compare_list(
    listed: Sequence[ListedUnit], now: RegisterNow, catalogue: Catalogue, answers: Answers
) -> ComparedList:
    """Return how a later list differs from the register. Raises UserError for an answer that names no kind."""
    answers = replace(answers, apart=answers.apart | _known_doubles(listed, now))
    proposed = propose_register(now.root.name, listed, catalogue, answers)
    unions = [unit for unit in proposed.units if unit.listed]
    matched = match_units([unit.listed for unit in unions if unit.listed], now, answers)
    comparison = _Comparison(proposed, unions, matched, now, catalogue)
    changes = tuple(comparison.changes())
    asked = (question for question in proposed.questions if comparison.concerns(question))
    differing = {change.code for change in changes}
    same = sum(unit.code not in differing for unit in matched.codes.values())
    return ComparedList(changes, (*asked, *matched.questions), same)


def _known_doubles(listed: Sequence[ListedUnit], now: RegisterNow) -> frozenset[str]:
    """Return the names that several organisations of the register have, told apart by their area."""
    names = {normalise(unit.name) for unit in now.unions}
    areas: dict[str, set[str]] = {}
    for unit in listed:
        areas.setdefault(normalise(unit.name), set()).add(unit.area)
    return frozenset(
        name
        for name, several in areas.items()
        if len(several) > 1 and all(normalise(f"{name}（{area}）") in names for area in several)
    )


class _Comparison:
    def __init__(
        self,
        proposed: ProposedRegister,
        unions: Sequence[RegisteredUnit],
        matched: Matched,
        now: RegisterNow,
        catalogue: Catalogue,
    ) -> None:
        self._unions, self._matched, self._now = unions, matched.codes, now
        self._form = catalogue.form_of(FormRole.UNITS)
        self._codes = catalogue.codes
        self._areas = {unit.code: unit for unit in proposed.units if not unit.listed}
        self._taken = {*now.units}
        self._new_areas = {code: self._area_code(unit) for code, unit in self._areas.items() if self._is_new(unit)}
        self._new = [unit for number, unit in enumerate(unions) if number not in matched.codes]

    def concerns(self, question: RegisterQuestion) -> bool:
        """Return whether a question is about something that the register does not answer already."""
        if question.settled == Settled.LEVEL:
            return not {normalise(name) for name in question.names} <= self._now.areas.keys()
        if question.settled == Settled.KIND:
            columns = (ListColumn.KIND, ListColumn.JOINT)
            words = {unit.listed.values.get(column) for unit in self._new if unit.listed for column in columns}
            return bool({*question.names} & words)
        return True

    def changes(self) -> Iterator[RegisterChange]:
        """Yield the differences: areas first, then the rows of the list in their order, then what it lacks."""
        for code, own in self._new_areas.items():
            area = self._areas[code]
            fields = {"unit_name": area.name, "level": area.level, "parent": self._now.root.code, "status": OPEN}
            yield RegisterChange(
                differs=Differs.NEW_AREA, code=own, name=area.name, words="新设", place=area.place, fields=fields
            )
        for number, unit in enumerate(self._unions):
            known = self._matched.get(number)
            yield from self._changed(unit, known) if known else [self._added(unit)]
        yield from self._lacking()

    def _is_new(self, area: RegisteredUnit) -> bool:
        return area.level != "county" and normalise(area.name) not in self._now.areas

    def _area_code(self, area: RegisteredUnit) -> str:
        """Return a code that no organisation has yet, by the letter of the area's level."""
        return self._free(area.code[:1], 2)

    def _free(self, start: str, digits: int) -> str:
        numbers = range(1, len(self._taken) + 2)
        code = next(code for number in numbers if (code := f"{start}{number:0{digits}d}") not in self._taken)
        self._taken.add(code)
        return code

    def _parent(self, unit: RegisteredUnit) -> str:
        if unit.parent in self._new_areas:
            return self._new_areas[unit.parent]
        area = self._areas[unit.parent]
        return self._now.root.code if area.level == "county" else self._now.areas[normalise(area.name)]

    def _parent_name(self, code: str) -> str:
        new = {own: self._areas[area].name for area, own in self._new_areas.items()}
        return new.get(code) or self._now.name_of(code)

    def _added(self, unit: RegisteredUnit) -> RegisterChange:
        parent = self._parent(unit)
        listed = unit.listed
        own = identifier(listed.values.get(ListColumn.CODE, "")) if listed else ""
        start = "Z" if parent == self._now.root.code else parent
        fields = {"unit_name": unit.name, "level": "union", "parent": parent, "status": OPEN, **unit.kinds}
        fields |= self._kept(listed)
        return RegisterChange(
            differs=Differs.NEW,
            code=own if own and own not in self._taken else self._free(start, _DIGITS),
            name=unit.name,
            words=f"归{self._parent_name(parent)}",
            place=unit.place,
            fields=fields,
        )

    def _kept(self, listed: ListedUnit | None) -> dict[str, str]:
        values = listed.values if listed else {}
        kept = {code: text for column, code in _KEPT.items() if (text := values.get(column, ""))}
        return {code: identifier(text) if code == "credit_code" else text for code, text in kept.items()}

    def _changed(self, unit: RegisteredUnit, known: RegisteredNow) -> Iterator[RegisterChange]:
        listed, parent = unit.listed, self._parent(unit)
        if not known.is_open:
            yield self._change(Differs.BACK, unit, known, "已撤销，又在表里", {"status": OPEN, "parent": parent})
            return
        names = {normalise(known.name), normalise(known.name.removesuffix(f"（{self._now.name_of(known.parent)}）"))}
        if listed and normalise(listed.name) not in names:
            yield self._change(Differs.RENAMED, unit, known, f"改称“{unit.name}”", {"unit_name": unit.name})
        if listed and listed.area and parent != known.parent:
            words = f"从{self._now.name_of(known.parent)}到{self._parent_name(parent)}"
            yield self._change(Differs.MOVED, unit, known, words, {"parent": parent})
        kinds = {column: code for column, code in unit.kinds.items() if known.fields.get(column) not in (None, code)}
        if kinds:
            yield self._change(Differs.RETYPED, unit, known, "，".join(self._say_kinds(kinds, known)), kinds)
        details = {code: text for code, text in self._kept(listed).items() if _differ(known.fields.get(code, ""), text)}
        if details:
            yield self._change(Differs.DETAIL, unit, known, "，".join(self._say_details(details, known)), details)

    def _say_details(self, details: Mapping[str, str], known: RegisteredNow) -> Iterator[str]:
        for code, text in details.items():
            before = known.fields.get(code, "")
            yield f"{self._form.column(code).label}{f'从{before}改为{text}' if before else f'补填{text}'}"

    def _say_kinds(self, kinds: Mapping[str, str], known: RegisteredNow) -> Iterator[str]:
        for column, code in kinds.items():
            listed = self._codes[self._form.column(column).codes or ""]
            yield f"从{listed.name_of(known.fields[column])}改为{listed.name_of(code)}"

    def _change(
        self, differs: Differs, unit: RegisteredUnit, known: RegisteredNow, words: str, fields: Mapping[str, str]
    ) -> RegisterChange:
        return RegisterChange(
            differs=differs, code=known.code, name=known.name, words=words, place=unit.place, fields=fields
        )

    def _lacking(self) -> Iterator[RegisterChange]:
        listed = {unit.code for unit in self._matched.values()}
        for unit in self._now.unions:
            if unit.is_open and unit.code not in listed:
                yield RegisterChange(
                    differs=Differs.GONE,
                    code=unit.code,
                    name=unit.name,
                    words=f"归{self._now.name_of(unit.parent)}，表里没有",
                    place="",
                    fields={"status": _CLOSED},
                )


def _differ(before: str, after: str) -> bool:
    """Return whether two texts say something else; two ways of writing one month do not."""
    return bool(after) and _plain(before) != _plain(after)


def _plain(text: str) -> str:
    try:
        return parse_date(text).isoformat()
    except ValueError:
        return identifier(text)
