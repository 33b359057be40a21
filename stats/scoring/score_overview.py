"""Scores of a scheme as a whole: organisations by grade, stages compared, the items that most lose points, vetoes."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from base.formats import say_points
from stats.catalogue.schemes import STAGES, Scheme, SchemeItem, Stage
from stats.organisations import Units, area_of
from stats.scoring import Score, is_ranked
from stats.scoring.score_lines import SOURCES, ScoreLine

VOID, INCOMPLETE, UNGRADED, COMPLETE = "一票否决", "缺分", "未达等级线", "评分齐全"
_FEW = 3  # items named in words


@dataclass(kw_only=True, frozen=True)
class StageDifference:
    """Points of an earlier stage minus those of a later one, added up over the lines that have both."""

    earlier: Stage
    later: Stage
    organisations: int
    lines: int
    points: Decimal

    @property
    def mean(self) -> Decimal | None:
        """Return the points per organisation, None when no line has both stages."""
        return self.points / self.organisations if self.organisations else None


@dataclass(kw_only=True, frozen=True)
class Shortfall:
    """How many of the organisations with points for an item lose some of them, and how many points altogether."""

    item: SchemeItem
    scored: int
    losing: int
    points: Decimal

    @property
    def mean(self) -> Decimal:
        """Return the points lost per organisation that loses any."""
        return self.points / self.losing


@dataclass(kw_only=True, frozen=True)
class Overview:
    """Scores taken together. `grades` has every declared grade, then those without; they add up to `organisations`.

    `ranked` have a complete score that is not void, `points` together. `shortfalls` has the items that lose points, the
    most frequent first, `vetoes` the organisations by veto item.
    """

    organisations: int
    ranked: int
    points: Decimal
    grades: dict[str, int]
    differences: tuple[StageDifference, ...]
    shortfalls: tuple[Shortfall, ...]
    vetoes: dict[str, int]

    @property
    def mean(self) -> Decimal | None:
        """Return the points per organisation with a complete score, None when there is none."""
        return self.points / self.ranked if self.ranked else None


def survey(scheme: Scheme, scores: Sequence[Score]) -> Overview:
    """Return the overview of scores by a scheme; a line without points is neither lost nor compared."""
    lines = [line for score in scores for line in score.lines]
    vetoes = Counter(line.placed.item.code for line in lines if line.vetoed)
    ranked = [score.total.whole for score in scores if is_ranked(score)]
    return Overview(
        organisations=len(scores),
        ranked=len(ranked),
        points=sum(ranked, Decimal(0)),
        grades=_count_grades(scheme, scores),
        differences=tuple(_compare(lines, earlier, later) for earlier, later in pairwise(STAGES)),
        shortfalls=tuple(sorted(_shortfalls(scheme, lines), key=lambda lost: (-lost.losing, -lost.points))),
        vetoes={item: vetoes[item] for item in scheme.items if item in vetoes},
    )


def survey_areas(scheme: Scheme, scores: Sequence[Score], units: Units) -> dict[str, Overview]:
    """Return the overview of each area (a township, park or system) that has scores, sorted by its code."""
    by_area: dict[str, list[Score]] = defaultdict(list)
    for score in scores:
        by_area[area_of(units, score.unit) or ""].append(score)
    return {area: survey(scheme, by_area[area]) for area in sorted(by_area)}


def _count_grades(scheme: Scheme, scores: Sequence[Score]) -> dict[str, int]:
    counts = dict.fromkeys([*(grade.name for grade in scheme.grades), _below(scheme), INCOMPLETE, VOID], 0)
    for score in scores:
        counts[grade_of(score)] += 1
    return counts


def grade_of(score: Score) -> str:
    """Return the grade of a score, or why it has none."""
    if score.void:
        return VOID
    if not is_ranked(score):
        return INCOMPLETE
    return score.grade.name if score.grade else _below(score.scheme)


def _below(scheme: Scheme) -> str:
    """Return the words for a complete score without a grade; a scheme may have no grades."""
    return UNGRADED if scheme.grades else COMPLETE


def _compare(lines: Sequence[ScoreLine], earlier: Stage, later: Stage) -> StageDifference:
    both = [line for line in lines if not line.is_veto and earlier in line.points and later in line.points]
    return StageDifference(
        earlier=earlier,
        later=later,
        organisations=len({line.unit for line in both}),
        lines=len(both),
        points=sum((line.points[earlier] - line.points[later] for line in both), Decimal(0)),
    )


def _shortfalls(scheme: Scheme, lines: Sequence[ScoreLine]) -> Iterator[Shortfall]:
    """Yield the items that lose points: of the hundred what is lacking, beside it what is deducted."""
    counted: dict[str, list[Decimal]] = defaultdict(list)
    for line in lines:
        if line.counts is not None and line.placed.item.kind not in ("veto", "bonus"):
            counted[line.placed.item.code].append(line.placed.item.points - line.counts)
    for code, item in scheme.items.items():
        losses = [points for points in counted[code] if points > 0]
        if losses:
            yield Shortfall(item=item, scored=len(counted[code]), losing=len(losses), points=sum(losses, Decimal(0)))


def say_overview(overview: Overview) -> list[str]:
    """Return the overview in words: grades, stages compared, the items that most lose points, vetoes; with bases."""
    counts = "、".join(f"{name}{count}家" for name, count in overview.grades.items() if count)
    texts = [f"{overview.organisations}家：{counts}", *map(_say_difference, overview.differences)]
    most = "、".join(
        f"{lost.item.name}（有分的{lost.scored}家中{lost.losing}家丢分，丢分的平均丢{say_points(lost.mean)}）"
        for lost in overview.shortfalls[:_FEW]
    )
    return [*texts, f"丢分的单位最多的项目：{most}" if most else "没有丢分的项目"]


def _say_difference(difference: StageDifference) -> str:
    earlier, later = SOURCES[difference.earlier], SOURCES[difference.later]
    if difference.mean is None:
        return f"{earlier}和{later}没有同时有分的项目，不能比"
    way = "高" if difference.mean > 0 else "低"
    apart = f"{way}{say_points(abs(difference.mean))}" if difference.mean else "不高不低"
    base = f"{difference.organisations}家的{difference.lines}项两次都有分"
    return f"{earlier}比{later}平均每家{apart}（{base}）"
