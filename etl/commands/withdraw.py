"""python -m etl withdraw: withdraw a submission."""

import argparse

from etl.commands.options import DONE, Commands, add_decision
from etl.intake import withdraw
from store.builds import store_path


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "撤回一份已收下或待核实的报表；较早的一份重新算数"
    parser = commands.add_parser("withdraw", help=text, description=text)
    add_decision(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    summary = withdraw(store_path(options.store), options.seq, options.reason, options.who)
    current = f"数据更新为第 {summary.build} 版" if summary.build else "数据没有变化"
    print(f"已撤回第 {options.seq} 号“{summary.outcomes[0].name}”，{current}。")
    return DONE
