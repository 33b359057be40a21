"""python -m stats trace: the cells behind an indicator."""

import argparse
from functools import partial

from base.periods import parse_span
from stats.catalogue_in_force import catalogue_under
from stats.commands.options import Commands, add_json, add_selection, opened, show, table
from stats.readings.trace import trace

_COLUMNS = {
    "period": "报告期",
    "unit": "单位",
    "item": "数据项",
    "value": "数值",
    "raw": "原文",
    "sheet": "表",
    "address": "格",
    "file": "文件",
}


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("trace", help="列出一个指标的数值来自哪些格")
    parser.add_argument("code", metavar="指标代码")
    add_selection(parser, against=False)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    with opened(options) as warehouse:
        cells = trace(warehouse, catalogue_under(warehouse), options.code, options.unit, parse_span(options.span))
    return show(options, [cell.as_row() for cell in cells], partial(table, _COLUMNS))
