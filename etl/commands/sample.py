"""python -m etl sample: write the sample county's files."""

import argparse
from pathlib import Path

from etl.commands.options import DONE, Commands
from etl.sample import write_county


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("sample", help="写出示例县的全部报表")
    parser.add_argument("folder", metavar="目录", type=Path)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    print(f"已写出 {write_county(options.folder)} 个文件到 {options.folder}")
    return DONE
