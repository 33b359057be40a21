"""Scoring schemes (考核办法): who is scored in a year by which items, each with points and one rule of a fixed kind."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from stats.catalogue.code_lists import Code, CodeList
from stats.catalogue.deadlines import Level
from stats.catalogue.form_rules import Closed

SCHEMES = "scheme"  # the code list made of the schemes' own names
SCHEME_ITEMS = "scheme_item"  # the code list made of the items of all schemes
FULL = Decimal(100)
PLAIN = ("band", "linear", "count", "yes_no", "manual")  # kinds whose points add up to the hundred
WORDED = ("yes_no", "veto")  # kinds for which 是 or 否 is entered
Stage = Literal["self", "checked", "final"]
STAGES: tuple[Stage, ...] = ("self", "checked", "final")
Points = Annotated[Decimal, Field(ge=0)]
Positive = Annotated[Decimal, Field(gt=0)]


class Basis(Closed):
    """The number a rule is applied to: an indicator over quarters of the year, or one that the assessors look up.

    For an indicator it is the value, its change from the year before, or its coverage (已报 of 应报, 0–1). Without an
    indicator, `what` and `measure` (a unit of measure) name the number, and only points are entered.
    """

    indicator: str | None = None
    of: Literal["value", "change", "coverage"] = "value"
    quarters: tuple[Annotated[int, Field(ge=1, le=4)], Annotated[int, Field(ge=1, le=4)]] = (1, 4)
    what: str = ""
    measure: str = ""


class Band(Closed):
    """The points for a value that reaches a bound."""

    least: Decimal
    points: Points


class BandRule(Closed):
    """The points of the highest bound that is reached; none below the lowest."""

    kind: Literal["band"]
    basis: Basis
    bands: tuple[Band, ...] = Field(min_length=1)


class LinearRule(Closed):
    """All points from `bound` on; `less` points fewer for each `per` below it, in proportion, down to none."""

    kind: Literal["linear"]
    basis: Basis
    bound: Decimal
    less: Positive
    per: Positive


class CountRule(Closed):
    """`each` points for every whole `per`, at most the item's points."""

    kind: Literal["count"]
    basis: Basis
    each: Positive
    per: Positive


class YesNoRule(Closed):
    """All points for yes, none for no. An indicator means yes when it is above zero."""

    kind: Literal["yes_no"]
    basis: Basis | None = None


class ManualRule(Closed):
    """Points entered by the assessors; `ask` says what they look at."""

    kind: Literal["manual"]
    ask: str = ""


class DeductionRule(Closed):
    """Points deducted: one of `values` (below zero), or `each` for every whole `per`, at most `most`."""

    kind: Literal["deduction"]
    basis: Basis | None = None
    values: tuple[Annotated[Decimal, Field(lt=0)], ...] = ()
    each: Positive | None = None
    per: Positive = Decimal(1)
    most: Positive | None = None


class BonusRule(Closed):
    """Points on top of the hundred, at most `most`: entered, or `each` for every whole `per` of an indicator."""

    kind: Literal["bonus"]
    most: Positive
    basis: Basis | None = None
    each: Positive | None = None
    per: Positive = Decimal(1)
    ask: str = ""


class VetoRule(Closed):
    """Yes makes the whole score void. An indicator means yes when it is above zero."""

    kind: Literal["veto"]
    basis: Basis | None = None


RULES: dict[str, type[Closed]] = {
    "band": BandRule,
    "linear": LinearRule,
    "count": CountRule,
    "yes_no": YesNoRule,
    "manual": ManualRule,
    "deduction": DeductionRule,
    "bonus": BonusRule,
    "veto": VetoRule,
}
Rule = Annotated[
    BandRule | LinearRule | CountRule | YesNoRule | ManualRule | DeductionRule | BonusRule | VetoRule,
    Field(discriminator="kind"),
]


class SchemeItem(Closed):
    """One thing that is scored. `points` are its part of the hundred; deductions, bonuses and vetoes have none."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1)
    rule: Rule
    points: Points = Decimal(0)
    aliases: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """Return the kind of its rule."""
        return self.rule.kind

    @property
    def basis(self) -> Basis | None:
        """Return the number the rule is applied to, None where there is none."""
        return None if isinstance(self.rule, ManualRule) else self.rule.basis

    @property
    def least(self) -> Decimal:
        """Return the fewest points it can bring: below zero for a deduction."""
        if not isinstance(self.rule, DeductionRule):
            return Decimal(0)
        return min(self.rule.values, default=-(self.rule.most or Decimal(0)))

    @property
    def most(self) -> Decimal:
        """Return the most points it can bring."""
        return self.rule.most if isinstance(self.rule, BonusRule) else self.points


class SchemePart(Closed):
    """Items under a heading of the second level."""

    name: str
    items: tuple[SchemeItem, ...] = Field(min_length=1)


class Group(Closed):
    """Items under a heading of the first level, subdivided where there are `parts`."""

    name: str
    parts: tuple[SchemePart, ...] = ()
    items: tuple[SchemeItem, ...] = ()


class Grade(Closed):
    """A grade (等级) for the complete scores that reach a bound."""

    name: str = Field(min_length=1)
    least: Points


@dataclass(frozen=True)
class Placed:
    """An item with its headings; `part` is "" where there is no second level."""

    group: str
    part: str
    item: SchemeItem


class Scheme(Closed):
    """The rules of one year for organisations of some levels. `example`: invented, no document gives these items.

    `entrants`: all organisations of the levels, or only those that take part, of which a score sheet was entered.
    `grades` are listed from the highest down; `example_grades`: only they are invented, the document gives none.
    `stage_names` is what the document calls the stages where it has names of its own.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=1)
    year: int = Field(ge=1949, le=2099)
    document: str
    scored: tuple[Level, ...] = Field(min_length=1)
    groups: tuple[Group, ...] = Field(min_length=1)
    entrants: Literal["all", "entered"] = "all"
    grades: tuple[Grade, ...] = ()
    example: bool = False
    example_grades: bool = False
    stage_names: dict[Stage, str] = Field(default_factory=dict)

    @cached_property
    def placed(self) -> tuple[Placed, ...]:
        """Return all items with their headings, in their order."""
        return tuple(item for group in self.groups for item in _place(group))

    @cached_property
    def items(self) -> dict[str, SchemeItem]:
        """Return the items by code."""
        return {placed.item.code: placed.item for placed in self.placed}


def code_lists(schemes: Iterable[Scheme]) -> dict[str, CodeList]:
    """Return the code lists made of the schemes: their names, and the names of all their items."""
    declared = list(schemes)
    items = {item.code: item for scheme in declared for item in scheme.items.values()}
    return {
        SCHEMES: CodeList(tuple(Code(scheme.code, scheme.name) for scheme in declared)),
        SCHEME_ITEMS: CodeList(tuple(Code(item.code, item.name, item.aliases) for item in items.values())),
    }


def scheme_keys(place: Sequence[str | int]) -> Iterable[str]:
    """Return the keys that are allowed where a fault in a scheme was found."""
    if "basis" in place:
        return Basis.model_fields
    if "bands" in place:
        return Band.model_fields
    if "rule" in place:
        kinds = [step for step in place if step in RULES]
        return RULES[str(kinds[0])].model_fields if kinds else ("kind",)
    if "items" in place:
        return SchemeItem.model_fields
    if "parts" in place:
        return SchemePart.model_fields
    if "grades" in place:
        return Grade.model_fields
    return Group.model_fields if "groups" in place else Scheme.model_fields


def _place(group: Group) -> Iterator[Placed]:
    yield from (Placed(group.name, "", item) for item in group.items)
    yield from (Placed(group.name, part.name, item) for part in group.parts for item in part.items)


def in_order(schemes: Iterable[Scheme]) -> list[Scheme]:
    """Return schemes with those for all organisations before those for entrants alone."""
    return sorted(schemes, key=lambda scheme: scheme.entrants == "entered")
