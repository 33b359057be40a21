"""python -m stats score: organisations scored by a scheme: the ranking, or one organisation's lines."""

import argparse
from decimal import Decimal
from typing import Any

from base.formats import MISSING, POINTS, say_bound, say_points
from stats.catalogue_in_force import catalogue_under
from stats.commands.options import Commands, add_json, add_store, opened, show, table
from stats.organisations import organisations_by_code
from stats.scoring import Score, score_units
from stats.scoring.score_lines import SOURCES, ScoreLine, say_line_points
from stats.scoring.score_overview import Overview, say_overview, survey, survey_areas

_RANKING = {
    "place": "名次", "unit": "代码", "name": "单位", "points": "得分", "of": "满分", "beside": "加减分",
    "lacking": "缺项",
}  # fmt: skip
_LINES = {
    "item": "代码", "name": "项目", "full": "满分", "value": "依据的数", "self": "自评", "checked": "复核",
    "computed": "计算", "final": "核定", "counts": "计入", "source": "按", "gap": "自评高出", "cell": "格",
    "rule": "规则",
}  # fmt: skip
_VOID = "一票否决"


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "按考核办法算出各单位的得分和名次，或一个单位逐项的得分"
    parser = commands.add_parser("score", help=text, description=text)
    parser.add_argument("scheme", metavar="办法代码", help="例如 town_work_2010")
    parser.add_argument("--unit", metavar="单位代码", help="只看一个单位，逐项列出")
    parser.add_argument("--build", metavar="版", type=int, help="按第几版数据，例如冻结时的那一版；不写则按现在的数据")
    add_store(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    with opened(options, options.build) as warehouse:
        catalogue = catalogue_under(warehouse)
        scheme = catalogue.scheme(options.scheme)
        scores = score_units(warehouse, catalogue, scheme, [options.unit] if options.unit else [])
        areas = survey_areas(scheme, scores, organisations_by_code(warehouse))
    rows = [_row(score) for score in scores]
    whole = {
        "whole": _overview(survey(scheme, scores)),
        "areas": {area: _overview(overview) for area, overview in areas.items()},
    }
    content = {"scheme": scheme.code, "example": scheme.example, "scores": rows, **whole}
    return show(options, content, lambda _: _say(scores))


def _say(scores: list[Score]) -> str:
    if len(scores) != 1:
        ranking = table(_RANKING, [_summary(score, words=True) for score in scores])
        return "\n".join([ranking, *(say_overview(survey(scores[0].scheme, scores)) if scores else ())])
    score = scores[0]
    points = _VOID if score.void else say_points(score.points)
    full = say_bound(score.total.full.normalize(), POINTS)
    text = f"{score.unit_name}　{points}（满分{full}的项目，缺{len(score.lacking)}项）"
    return f"{text}\n{table(_LINES, [_line(line, words=True) for line in score.lines])}"


def _row(score: Score) -> dict[str, Any]:
    return _summary(score, words=False) | {"lines": [_line(line, words=False) for line in score.lines]}


def _summary(score: Score, words: bool) -> dict[str, Any]:
    """Return the summary of a score; points rounded or with all digits."""
    total = score.total
    points: dict[str, Any] = {"points": score.points, "of": total.full, "beside": total.extra_points}
    shown: dict[str, Any] = {name: say_points(value) if words else _exact(value) for name, value in points.items()}
    if words and score.void:
        shown["points"] = _VOID
    shown |= {"lacking": len(score.lacking) if words else [line.placed.item.code for line in score.lacking]}
    if not words:
        grade = score.grade.name if score.grade else None
        shown |= {"void": score.void, "grade": grade, "gap": _exact(score.difference)}
    return {"place": score.place, "unit": score.unit, "name": score.unit_name, **shown}


def _overview(overview: Overview) -> dict[str, Any]:
    """Return the overview of scores: points with all their digits."""
    differences = [
        {"earlier": each.earlier, "later": each.later, "organisations": each.organisations, "lines": each.lines}
        | {"points": _exact(each.points)}
        for each in overview.differences
    ]
    shortfalls = [
        {"item": each.item.code, "scored": each.scored, "losing": each.losing, "points": _exact(each.points)}
        for each in overview.shortfalls
    ]
    return {
        "organisations": overview.organisations,
        "ranked": overview.ranked,
        "points": _exact(overview.points),
        "grades": overview.grades,
        "differences": differences,
        "shortfalls": shortfalls,
        "vetoes": overview.vetoes,
    }


def _line(line: ScoreLine, words: bool) -> dict[str, Any]:
    points = {name: line.points.get(name) for name in ("self", "checked", "computed", "final")}
    points["counts"] = line.counts
    shown = {
        name: say_line_points(line, points_of_stage) if words else _exact(points_of_stage)
        for name, points_of_stage in points.items()
    }
    return {
        "item": line.placed.item.code,
        "name": line.placed.item.name,
        "full": say_bound(line.placed.item.points, POINTS) if words else _exact(line.placed.item.points),
        "value": (line.value_text or MISSING) if words else _exact(line.value),
        **shown,
        "source": SOURCES[line.source] if words else line.source,
        "gap": say_points(line.difference) if words else _exact(line.difference),
        "cell": _cell(line),
        "rule": line.rule,
    }


def _cell(line: ScoreLine) -> str | None:
    """Return the cell of the latest stage that was entered, as file sheet!address."""
    entered = next((line.entered[stage] for stage in ("final", "checked", "self") if stage in line.entered), None)
    return f"{entered.cell.name} {entered.cell.sheet}!{entered.cell.address}" if entered else None


def _exact(points: Decimal | None) -> str | None:
    """Return a number with all its digits as text, because JSON's own numbers are not exact."""
    return None if points is None else f"{points.normalize():f}"
