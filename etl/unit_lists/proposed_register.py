"""Proposed register: the tree that a list describes, the codes given in it, and what has to be settled first.

Nothing is guessed: a word that is no kind of organisation, an area of unknown level, two rows of one name, and rows
that look like one organisation written twice are asked about, each with its place.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from base.china_days import today
from base.text import identifier
from etl.unit_lists.area_tree import ROOT, AreaTree
from etl.unit_lists.founding_days import not_yet_founded
from etl.unit_lists.list_words import ListColumn
from etl.unit_lists.listed_rows import ListedUnit
from etl.unit_lists.register_questions import RegisterQuestion
from etl.unit_lists.settled_names import Answers, settled_names, shown_name
from etl.unit_lists.unit_kinds import UnitKinds
from stats.catalogue import Catalogue
from stats.catalogue.deadlines import Level

_DIGITS = 3  # of an organisation within its area
_UNDER_ROOT = "Z"  # how the codes of organisations directly under the county begin


@dataclass(kw_only=True, frozen=True)
class RegisteredUnit:
    """An organisation of the proposed register: code, name, level, the code above it, its kinds, and where it stands.

    `kinds` are codes by column of the register; `listed` is its row in the list, None for the county and its areas.
    """

    code: str
    name: str
    level: Level
    parent: str
    place: str = ""
    kinds: Mapping[str, str] = field(default_factory=dict)
    listed: ListedUnit | None = None


@dataclass(frozen=True)
class ProposedRegister:
    """The organisations, the county first, and what is open."""

    units: tuple[RegisteredUnit, ...]
    questions: tuple[RegisterQuestion, ...]

    def below(self, code: str) -> list[RegisteredUnit]:
        """Return the organisations directly below another."""
        return [unit for unit in self.units if unit.parent == code]

    @property
    def root(self) -> RegisteredUnit:
        """Return the county federation."""
        return self.units[0]


def propose_register(
    name: str, listed: Sequence[ListedUnit], catalogue: Catalogue, answers: Answers
) -> ProposedRegister:
    """Return the register that a list describes, with the county federation `name` on top.

    Raises UserError for an answer that names no kind of organisation.
    """
    kept, questions = settled_names(listed, answers)
    kinds, tree = UnitKinds(catalogue, answers), AreaTree(kept, name, catalogue, answers)
    codes = _Codes(kept)
    unions = [
        RegisteredUnit(
            code=codes.of(unit, tree.code_of(unit.area)),
            name=shown_name(unit, kept),
            level="union",
            parent=tree.code_of(unit.area),
            place=unit.place,
            kinds=kinds.of(unit),
            listed=unit,
        )
        for unit in kept
    ]
    areas = [
        RegisteredUnit(code=area.code, name=area.name, level=area.level, parent=ROOT, place=area.place)
        for area in tree.areas
    ]
    county = RegisteredUnit(code=ROOT, name=name, level="county", parent="")
    asked = (*questions, *not_yet_founded(kept, today()), *tree.questions(), *kinds.questions())
    return ProposedRegister((county, *areas, *unions), asked)


class _Codes:
    """Gives codes to organisations: their own where the list has them, else numbers within their area."""

    def __init__(self, kept: Sequence[ListedUnit]) -> None:
        self._own = {identifier(unit.values.get(ListColumn.CODE, "")) for unit in kept}
        self._counts = Counter[str]()

    def of(self, unit: ListedUnit, parent: str) -> str:
        """Return the code of the next organisation of an area."""
        if own := identifier(unit.values.get(ListColumn.CODE, "")):
            return own
        while True:
            self._counts[parent] += 1
            code = f"{_UNDER_ROOT if parent == ROOT else parent}{self._counts[parent]:0{_DIGITS}d}"
            if code not in self._own:
                return code
