"""python -m etl build: rebuild the warehouse."""

import argparse

from etl.commands.options import Commands, add_store, add_who, report
from etl.intake import rebuild
from store.builds import store_path


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "从收件箱、日志和指标目录重建数据"
    parser = commands.add_parser("build", help=text, description=text)
    parser.add_argument("--without", metavar="编号", type=int, nargs="+", default=[], help="撤回这几份已收下的，再重建")
    parser.add_argument("--reason", metavar="理由", default="", help="为什么撤回，记入日志")
    add_who(parser)
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    store = store_path(options.store)
    return report(lambda show: rebuild(store, show, options.who, options.without, options.reason))
