"""Score lines: one item of a scheme for one organisation, with the points of every stage and which of them count."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from base.formats import say_points
from stats.catalogue.schemes import PLAIN, STAGES, Placed, Stage
from stats.readings import Reading
from stats.readings.trace import CellRef

Source = Literal["final", "checked", "computed", "self", ""]
# A later assessment takes precedence; computed points take precedence over the organisation's own.
ORDER: tuple[Source, ...] = ("final", "checked", "computed", "self")
SOURCES: dict[Source, str] = {"final": "核定", "checked": "复核", "computed": "计算", "self": "自评", "": ""}


@dataclass(frozen=True)
class Entered:
    """A score sheet's entry for an item at one stage: the points, the text of the cell, and its position."""

    points: Decimal
    raw: str
    cell: CellRef
    basis: str
    remark: str


@dataclass(kw_only=True, frozen=True)
class ScoreLine:
    """One item of a scheme for one organisation.

    `rule` is the rule in words. `reading` and `value` are the indicator's, `value_text` the value in words with its
    unit of measure. `points` holds the points of each source that has any, never rounded; for a veto 1 is a yes.
    """

    unit: str
    placed: Placed
    rule: str
    points: dict[Source, Decimal]
    entered: dict[Stage, Entered]
    reading: Reading | None = None
    value: Decimal | None = None
    value_text: str = ""

    @property
    def plain(self) -> bool:
        """Return whether its points are part of the hundred."""
        return self.placed.item.kind in PLAIN

    @property
    def is_veto(self) -> bool:
        """Return whether it is a veto, which can make the score void."""
        return self.placed.item.kind == "veto"

    @property
    def source(self) -> Source:
        """Return the source of the points that count, "" when there are none."""
        return next((source for source in ORDER if source in self.points), "")

    @property
    def counts(self) -> Decimal | None:
        """Return the points that count, None without data; for a veto 1 or 0."""
        return self.points.get(self.source)

    @property
    def vetoed(self) -> bool:
        """Return whether it makes the score void."""
        return self.is_veto and bool(self.counts)

    def seen(self, files: Collection[str] | None) -> list[Entered]:
        """Return the entries in these files (sha256), or in all, the last stage last: what somebody may see of them."""
        entered = [self.entered[stage] for stage in STAGES if stage in self.entered]
        return [entered for entered in entered if files is None or entered.cell.submission in files]

    @property
    def difference(self) -> Decimal | None:
        """Return self-assessed minus checked points; None when one of them is missing, or for a veto."""
        own, checked = self.points.get("self"), self.points.get("checked")
        return None if own is None or checked is None or self.is_veto else own - checked


@dataclass(frozen=True)
class ScoreTotal:
    """The total of lines: `points` of the plain ones out of `full`; `extra_points` of deductions and bonuses.

    `full` includes only plain lines with points, so that a missing line is not counted as zero.
    """

    points: Decimal
    full: Decimal
    extra_points: Decimal
    lines: int

    @property
    def whole(self) -> Decimal:
        """Return the points with deductions and bonuses."""
        return self.points + self.extra_points


def say_line_points(line: ScoreLine, points: Decimal | None) -> str:
    """Return the points of a line as written on screen; for a veto 是 or 否."""
    if line.is_veto and points is not None:
        return "是" if points else "否"
    return say_points(points)


def add_up(lines: tuple[ScoreLine, ...], source: Source = "") -> ScoreTotal:
    """Return the total of the points of one source, or with "" of those that count. Vetoes have no points."""
    known = [(line, line.points.get(source) if source else line.counts) for line in lines if not line.is_veto]
    held = [(line, points) for line, points in known if points is not None]
    zero = Decimal(0)
    return ScoreTotal(
        sum((points for line, points in held if line.plain), zero),
        sum((line.placed.item.points for line, _ in held if line.plain), zero),
        sum((points for line, points in held if not line.plain), zero),
        len(held),
    )
