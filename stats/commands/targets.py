"""python -m stats targets: each target at the end of a span: state, pace, forecast and shortfall."""

import argparse
from functools import partial
from typing import Any

from base.errors import UserError, suggest
from base.periods import format_quarter, parse_span
from stats.attainment import Attainment, attainments
from stats.attainment.attainment_words import say_attainment, say_state
from stats.catalogue import Catalogue
from stats.catalogue_in_force import catalogue_under
from stats.commands.options import Commands, add_json, add_selection, opened, show, table
from stats.organisations import organisations_by_code

_COLUMNS = {"state_said": "状态", "name": "指标", "said": "情况"}


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "列出各项目标：完成情况、时间进度、预计和差额"
    parser = commands.add_parser("targets", help=text, description=text)
    add_selection(parser, against=False)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    last = parse_span(options.span).last
    with opened(options) as warehouse:
        catalogue = catalogue_under(warehouse)
        known = organisations_by_code(warehouse)
        if options.unit not in known:
            raise UserError(f"单位名册里没有代码为“{options.unit}”的单位{suggest(options.unit, known)}")
        reached = attainments(warehouse, catalogue, options.unit, last)
    return show(options, [_row(attainment, catalogue) for attainment in reached], partial(table, _COLUMNS))


def _row(attainment: Attainment, catalogue: Catalogue) -> dict[str, Any]:
    goal, forecast = attainment.goal, attainment.forecast
    return {
        "indicator": goal.indicator,
        "name": attainment.reading.name,
        "year": goal.year,
        "comparator": goal.comparator,
        "target": goal.value,
        "high": goal.high,
        "document": goal.document,
        "due": format_quarter(attainment.clock.due),
        "value": attainment.reading.value,
        "span": attainment.reading.span,
        "state": attainment.state,
        "reason": attainment.reason,
        "share": attainment.share,
        "pace": attainment.pace,
        "forecast": forecast.value if forecast else None,
        "low": forecast.low if forecast else None,
        "high_band": forecast.high if forecast else None,
        "method": forecast.method if forecast else None,
        "with_missing": attainment.supplied.value if attainment.supplied else None,
        "needed": attainment.needed,
        "needed_count": attainment.needed_count,
        "replaced": [target.document for target in attainment.replaced],
        "state_said": say_state(attainment),
        "said": say_attainment(attainment, catalogue),
    }
