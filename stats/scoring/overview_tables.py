"""Scores of a scheme with grades as tables: by grade, stages compared, items that lose points, areas as a whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from base.formats import MISSING, POINTS, say_bound, say_points
from stats.catalogue.schemes import STAGES, Scheme
from stats.organisations import Units
from stats.scoring import Score
from stats.scoring.score_lines import SOURCES
from stats.scoring.score_overview import INCOMPLETE, UNGRADED, VOID, Overview, grade_of, survey, survey_areas

Cell = Decimal | int | str | None  # points, a count, words, or nothing to tell
Row = tuple[Cell, ...]
_OUTSIDE, _WHOLE = "不属于乡镇、园区、系统", "全部"
_FEW = 20  # organisations named in a cell


@dataclass(kw_only=True, frozen=True)
class ScoreTable:
    """A table of scores taken together. `note` says what its numbers are made of; `none` what no rows mean."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str
    none: str = ""


def overview_tables(scheme: Scheme, scores: Sequence[Score], units: Units) -> list[ScoreTable]:
    """Return the tables of scores by a scheme with grades; none for a scheme without grades or for no scores."""
    if not scheme.grades or not scores:
        return []
    whole = survey(scheme, scores)
    return [
        _by_grade(scheme, scores, whole),
        _by_stage(scheme, scores, whole),
        _by_item(scheme, whole),
        _by_area(scheme, scores, whole, units),
    ]


def say_cell(cell: Cell) -> str:
    """Return a cell of a table as written on screen; a dash where there is nothing to tell."""
    if cell is None:
        return MISSING
    return say_points(cell) if isinstance(cell, Decimal) else f"{cell:,}" if isinstance(cell, int) else cell


def _by_grade(scheme: Scheme, scores: Sequence[Score], whole: Overview) -> ScoreTable:
    bounds = {grade.name: f"{say_bound(grade.least, POINTS)}以上" for grade in scheme.grades}
    held = {name: [score for score in scores if grade_of(score) == name] for name in whole.grades}
    rows = [
        (name, bounds.get(name), len(those), sum(score.settled for score in those), _name(those))
        for name, those in held.items()
        if those or name in bounds
    ]
    return ScoreTable(
        title="各等级的单位",
        columns=("等级", "分数线", "单位（家）", "各项都已核定（家）", "是哪些单位"),
        rows=tuple(rows),
        note=f"各项都有分、又没有被一票否决的才评等级；还没有核定的，暂按{SOURCES['checked']}分或{SOURCES['self']}分算",
    )


def _name(scores: Sequence[Score]) -> str | None:
    names = "、".join(score.unit_name for score in scores[:_FEW])
    return (f"{names}等{len(scores)}家" if len(scores) > _FEW else names) or None


def _by_stage(scheme: Scheme, scores: Sequence[Score], whole: Overview) -> ScoreTable:
    own = [(score.unit_name, survey(scheme, [score])) for score in scores]
    own.sort(key=lambda named: -(named[1].differences[0].mean or Decimal(0)))
    words = [SOURCES[stage] for stage in STAGES]
    named = "，".join(f"{SOURCES[stage]}就是{name}" for stage, name in scheme.stage_names.items())
    note = "只比两次都有分的项目，不比总分；大于零是后一次评得低"
    columns = [(f"{earlier}减{later}", "比的项目（项）") for earlier, later in zip(words, words[1:], strict=False)]
    return ScoreTable(
        title=f"{'、'.join(words)}的差别",
        columns=("单位", *(column for pair in columns for column in pair)),
        rows=tuple((name, *_differences(overview)) for name, overview in [(f"{_WHOLE}，平均每家", whole), *own]),
        note=f"{note}。{named}" if named else note,
    )


def _differences(overview: Overview) -> Iterator[Cell]:
    for difference in overview.differences:
        yield from (difference.mean, difference.lines)


def _by_item(scheme: Scheme, whole: Overview) -> ScoreTable:
    places = {placed.item.code: placed for placed in scheme.placed}
    rows = [
        (
            lost.item.name,
            places[lost.item.code].group,
            lost.item.points if lost.item.points else None,
            lost.scored,
            lost.losing,
            lost.mean,
            lost.points,
        )
        for lost in whole.shortfalls
    ]
    return ScoreTable(
        title="丢分的单位最多的项目",
        columns=("项目", "方面", "满分", "有分（家）", "丢分（家）", "丢分的平均丢", "合计丢分"),
        rows=tuple(rows),
        note="没有分的单位不算丢分；扣分项目没有满分，扣了分就是丢分",
        none="没有丢分的项目",
    )


def _by_area(scheme: Scheme, scores: Sequence[Score], whole: Overview, units: Units) -> ScoreTable:
    areas = survey_areas(scheme, scores, units)
    named = [(units[area].name if area in units else _OUTSIDE, overview) for area, overview in areas.items()]
    grades = [grade.name for grade in scheme.grades]
    return ScoreTable(
        title="各乡镇、园区、系统整体",
        columns=(
            "乡镇、园区、系统", "参加（家）", *(f"{grade}（家）" for grade in grades), "没有等级（家）", "平均得分",
            "平均自评高出", "丢分的单位最多的项目",
        ),
        rows=tuple((name, *_area(overview, grades)) for name, overview in [*named, (_WHOLE, whole)]),
        note=f"平均得分只算评分齐全、没有被否决的单位；没有等级的是{UNGRADED}、{INCOMPLETE}和{VOID}的",
    )  # fmt: skip


def _area(overview: Overview, grades: Sequence[str]) -> Row:
    counts = [overview.grades[grade] for grade in grades]
    most = overview.shortfalls[0] if overview.shortfalls else None
    item = f"{most.item.name}（{most.scored}家中{most.losing}家）" if most else None
    outside = overview.organisations - sum(counts)
    return (overview.organisations, *counts, outside, overview.mean, overview.differences[0].mean, item)
