"""python -m stats template: the Word template of a paper, with its placeholders unfilled."""

import argparse
from pathlib import Path

from stats.catalogue_in_force import catalogue_in_force
from stats.commands.options import DONE, Commands, add_store, write_file
from stats.exports.word.template import template_of
from store.builds import store_path


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("template", help="写出一种文稿的 Word 模板，占位还没有填")
    parser.add_argument("outline", metavar="文稿代码", help="work_report 或 quarterly_bulletin")
    parser.add_argument("-o", "--out", metavar="文件.docx", type=Path, required=True)
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    outline = catalogue_in_force(store_path(options.store)).outline(options.outline)
    write_file(options.out, template_of(outline))
    print(f"已写出《{outline.name}》的模板 {options.out}。")
    return DONE
