"""Scores in words: who leads, what a score is out of, and its groups as a figure."""

from collections.abc import Sequence
from decimal import Decimal

from base.formats import MISSING, NO_DATA, PERCENT, POINTS, say_bound, say_points, say_value
from stats.catalogue.schemes import FULL, Scheme
from stats.figures.elements.figure_model import Figure, Mark, Series
from stats.readings.sentences import say_cover
from stats.scoring import Score
from stats.scoring.score_lines import SOURCES, ScoreLine, add_up

VOID = "一票否决"
_FEW = 3  # leaders named


def say_leaders(scores: Sequence[Score]) -> str:
    """Return the summary of a ranking: who leads, and the spread of the ranked."""
    ranked = [score for score in scores if score.place is not None]
    if not ranked:
        return "还没有单位评分齐全，排不出名次"
    first = [score.unit_name for score in ranked if score.place == 1]
    names = "、".join(first[:_FEW]) + (f"等{len(first)}家" if len(first) > _FEW else "")
    lead = f"{names}{'并列第一' if len(first) > 1 else '居首'}，{say_points(ranked[0].points)}"
    apart = (ranked[0].points or Decimal(0)) - (ranked[-1].points or Decimal(0))
    return f"{lead}；首末相差{say_points(apart)}" if len(ranked) > 1 else f"{lead}；只有这一家评分齐全"


def say_known(scores: Sequence[Score]) -> str:
    """Return how many are ranked, how many lack points in how many lines, and how many are void."""
    ranked, void = sum(score.place is not None for score in scores), sum(score.void for score in scores)
    lacking = [score for score in scores if score.place is None and not score.void]
    lines = sum(len(score.lacking) for score in lacking)
    texts = [f"{len(scores)}家中{ranked}家评分齐全、排了名次"]
    if lacking:
        texts.append(f"{len(lacking)}家还缺分，共{lines}项没有数据，不按零分算，也不排名")
    if void:
        texts.append(f"{void}家{VOID}，总分作废")
    return "；".join(texts)


def say_score(score: Score) -> str:
    """Return one score in words: its points, the maximum they are out of, its rank."""
    if not score.total.lines:
        return f"{score.unit_name}还没有任何一项的分"
    if score.void:
        vetoes = "、".join(line.placed.item.name for line in score.lines if line.vetoed)
        return f"{score.unit_name}因“{vetoes}”{VOID}，总分作废"
    place = f"，第{score.place}名" if score.place else ""
    grade = f"，等级为{score.grade.name}" if score.grade else ""
    return f"{score.unit_name}得{say_points(score.points)}{place}{grade}"


def say_basis(score: Score) -> str:
    """Return the maximum a total is out of, the deductions and bonuses, and the difference from the checked points."""
    total = score.total
    texts = [f"已有分的项目满分合计{say_bound(total.full.normalize(), POINTS)}"]
    if total.full < FULL:
        texts[0] += f"，另有{say_bound((FULL - total.full).normalize(), POINTS)}的项目没有数据"
    if total.extra_points:
        texts.append(f"100分内得{say_points(total.points)}，加减分{say_points(total.extra_points)}")
    if score.difference is not None:
        texts.append(f"自评比复核{_say_difference(score.difference)}")
    return "；".join(texts)


def _say_difference(difference: Decimal) -> str:
    return f"{'高' if difference > 0 else '低'}{say_points(abs(difference))}" if difference else "不高不低"


def say_reading_of(line: ScoreLine) -> str:
    """Return the base and coverage of the number behind a line; "" if there is none."""
    reading = line.reading
    if reading is None:
        return ""
    return f"{reading.base}；{say_cover(reading)}"


def say_source(line: ScoreLine) -> str:
    """Return the source of the points that count, a dash if there are none."""
    return SOURCES[line.source] or MISSING


def groups_of(score: Score) -> dict[str, tuple[ScoreLine, ...]]:
    """Return the lines under the headings of the first level, in their order."""
    groups = dict.fromkeys(line.placed.group for line in score.lines)
    return {name: tuple(line for line in score.lines if line.placed.group == name) for name in groups}


def group_figure(score: Score) -> Figure:
    """Return each group's share of its points as bars, for the groups of plain lines.

    The share is of the points of its lines with data, because a line without data is not zero.
    """
    marks = tuple(_mark(name, lines) for name, lines in groups_of(score).items() if any(line.plain for line in lines))
    return Figure(
        code="score_groups",
        kind="rates",
        title=_title(score, marks),
        question="哪一方面得分高，哪一方面丢分多？",
        series=(Series(name="得分率", measure=PERCENT, marks=marks),),
        measure=PERCENT,
        when=f"{score.scheme.year}年",
        who=score.unit_name,
        base="以有分的项目的满分为100%",
        coverage=f"{sum(line.plain and line.counts is not None for line in score.lines)}项有分，"
        f"{sum(line.plain and line.counts is None for line in score.lines)}项没有数据",
        source=say_document(score.scheme),
    )


def say_document(scheme: Scheme) -> str:
    """Return the document of the scheme by which an organisation is scored."""
    return f"依据：{scheme.document}"


def say_example(scheme: Scheme) -> str:
    """Return what in a scheme is invented and given by no document; "" if nothing is."""
    if scheme.example:
        return "示例：项目、分值和标准都不是文件规定的"
    return "示例：等级和分数线不是文件规定的" if scheme.example_grades else ""


def _mark(name: str, lines: tuple[ScoreLine, ...]) -> Mark:
    total = add_up(tuple(line for line in lines if line.plain))
    if not total.full:
        return Mark(label=name, value=None, text=NO_DATA, key=name)
    share = float(total.points / total.full)
    return Mark(
        label=name,
        value=share,
        text=f"{say_points(total.points)}/{say_bound(total.full.normalize(), POINTS)}",
        key=name,
    )


def _title(score: Score, marks: Sequence[Mark]) -> str:
    known = [mark for mark in marks if mark.value is not None]
    if not known:
        return f"{score.unit_name}各方面都没有数据"
    low = min(known, key=lambda mark: mark.value or 0.0)
    return f"{score.unit_name}得分率最低的是{low.label}，{say_value(low.value, PERCENT, 1)}"
