"""python -m etl forget: delete the kept original of a file that is not in force."""

import argparse

from etl.commands.options import DONE, Commands, add_decision
from etl.intake import forget
from store.builds import store_path


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "删除退回或撤回的报表的原件（例如含有个人信息的）；日志保留记录"
    parser = commands.add_parser("forget", help=text, description=text)
    add_decision(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    forget(store_path(options.store), options.seq, options.reason, options.who)
    print(f"已删除第 {options.seq} 号的原件，日志里留有记录。")
    return DONE
