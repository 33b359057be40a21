"""python -m etl confirm: confirm the questions of a held file."""

import argparse

from etl.commands.options import Commands, add_decision, report
from etl.intake import confirm
from store.builds import store_path


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "确认待核实的内容属实；全部确认后即收"
    parser = commands.add_parser("confirm", help=text, description=text)
    add_decision(parser)
    which = "只确认哪几处，例如 1 3，序号见上报时的“核实 1”；默认全部"
    parser.add_argument("--number", metavar="序号", type=int, nargs="+", default=(), help=which)
    text = "给了几个选法的，选哪一个：补报（加到已收下的里）或更正（整份替换）；以哪一张表为准，写表名"
    parser.add_argument("--as", metavar="选法", nargs="+", default=(), dest="choices", help=text)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    store, numbers, choices = store_path(options.store), options.number, options.choices
    return report(lambda show: confirm(store, options.seq, options.reason, options.who, numbers, show, choices))
