"""The command line: python -m stats and a command of stats/commands, with that of etl that publishes a catalogue."""

import argparse
import sys
from collections.abc import Callable

from base.errors import UserError
from base.settings import take_settings
from etl.commands.options import WaitingLine
from etl.commands.upkeep.catalogue import add_publishing
from etl.pipeline.exclusive_lock import report_waiting
from stats.commands import (
    brief,
    catalogue,
    cite,
    figure,
    fill,
    page,
    placeholders,
    read,
    score,
    targets,
    template,
    trace,
    verify,
)
from stats.commands.options import WRONG_USE
from store.disk_errors import plain_faults

_COMMANDS = (read, trace, figure, targets, score, placeholders, template, fill, brief, page, cite, verify)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0, or 2 with a sentence on standard error when it can't be done as asked."""
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
    parser = argparse.ArgumentParser(prog="python -m stats", description="读数和数字来源")
    commands = parser.add_subparsers(required=True, metavar="命令")
    for command in _COMMANDS:
        command.add(commands)
    catalogue.add(commands, add_publishing)
    return parser


if __name__ == "__main__":
    sys.exit(main())
