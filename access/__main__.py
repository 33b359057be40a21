"""The command line: python -m access and a command of access/commands."""

import argparse
import sys
from collections.abc import Callable

from access.commands import accounts, audit
from base.errors import UserError
from base.settings import take_settings
from store.disk_errors import plain_faults

_COMMANDS = (accounts, audit)
_WRONG_USE = 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 all well, 1 something does not hold or is missing, 2 wrong use."""
    options = build_parser().parse_args(arguments)
    try:
        take_settings()
        run: Callable[[argparse.Namespace], int] = options.run
        with plain_faults():
            return run(options)
    except UserError as error:
        print(error.on_command_line(), file=sys.stderr)
        return _WRONG_USE


def build_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line, from which docs/commands.md is written."""
    parser = argparse.ArgumentParser(prog="python -m access", description="谁能看、谁能做，和谁做过什么")
    commands = parser.add_subparsers(required=True, metavar="命令")
    for command in _COMMANDS:
        command.add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
