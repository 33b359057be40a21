"""The command line: python -m etl and a command of etl/commands."""

import argparse
import sys
from collections.abc import Callable

from base.errors import UserError
from base.settings import take_settings
from etl.commands import (
    answer,
    check,
    confirm,
    forget,
    load,
    match,
    read,
    sample,
    status,
    template,
    totals,
    withdraw,
)
from etl.commands.move_in import own_form, own_layout, register_from_list
from etl.commands.options import WRONG_USE, WaitingLine
from etl.commands.upkeep import audit_store, backup, build, catalogue, freeze, restore, retention, upgrade
from etl.pipeline.exclusive_lock import report_waiting
from store.disk_errors import plain_faults

_COMMANDS = (
    *(
        sample,
        template,
        register_from_list,
        read,
        own_layout,
        own_form,
        check,
        answer,
        load,
        status,
        confirm,
        match,
        withdraw,
    ),
    *(totals, forget, retention, freeze, build, upgrade, backup, restore, audit_store, catalogue),
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 all well, 1 something sent back or held, 2 wrong use."""
    options = build_parser().parse_args(arguments)
    try:
        take_settings()
        run: Callable[[argparse.Namespace], int] = options.run
        with plain_faults(), report_waiting(WaitingLine()):
            return run(options)
    except UserError as error:
        print(error.on_command_line(), file=sys.stderr)
        return WRONG_USE


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, from which docs/commands.md is written."""
    parser = argparse.ArgumentParser(prog="python -m etl", description="上报文件的接收、核对和入库")
    commands = parser.add_subparsers(required=True, metavar="命令")
    for command in _COMMANDS:
        command.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
