"""python -m stats read: indicators with value, base, coverage, change and target."""

import argparse
from functools import partial

from base.periods import parse_span
from stats.catalogue_in_force import catalogue_under
from stats.commands.options import Commands, add_json, add_selection, opened, show, span_against, table
from stats.readings import read

_COLUMNS = {
    "indicator": "代码",
    "name": "指标",
    "value": "数值",
    "measure": "单位",
    "reported": "已报",
    "expected": "应报",
    "change": "增减",
    "target": "目标",
}


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("read", help="读出指标的数值、基数、报齐情况、变化和目标")
    parser.add_argument("codes", metavar="指标代码", nargs="*", help="不写则全部")
    add_selection(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    with opened(options) as warehouse:
        catalogue = catalogue_under(warehouse)
        readings = read(
            warehouse, catalogue, options.unit, parse_span(options.span), options.codes, span_against(options)
        )
    names = {code: indicator.name_en for code, indicator in catalogue.indicators.items()}
    rows = [reading.as_row() | {"name_en": names[reading.indicator]} for reading in readings]
    return show(options, rows, partial(table, _COLUMNS))
