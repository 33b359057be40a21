"""python -m etl load: load files."""

import argparse

from etl.commands.options import Commands, add_store, add_who, report
from etl.intake import load_paths
from store.builds import store_path


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "接收文件、目录或通配符所指的报表"
    parser = commands.add_parser("load", help=text, description=text)
    parser.add_argument("paths", metavar="路径", nargs="+")
    add_who(parser)
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    return report(lambda show: load_paths(options.paths, store_path(options.store), show, options.who))
