"""python -m etl build: make the warehouse anew."""

import argparse

from etl.commands.options import Commands, add_store, add_who, report
from etl.intake import rebuild
from stats.warehouse import store_path


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    told = "从收件箱、日志和指标目录重建数据"
    parser = commands.add_parser("build", help=told, description=told)
    add_who(parser)
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(asked: argparse.Namespace) -> int:
    return report(lambda show: rebuild(store_path(asked.store), show, asked.who))
