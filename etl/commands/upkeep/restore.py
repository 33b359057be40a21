"""python -m etl restore: make a store from a backup."""

import argparse
from pathlib import Path

from etl.backup.restore import restore
from etl.commands.options import DONE, Commands, add_who


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "从备份恢复出一个数据目录；恢复前后都核对"
    parser = commands.add_parser("restore", help=text, description=text)
    parser.add_argument("folder", metavar="备份目录", type=Path)
    parser.add_argument("--store", metavar="数据目录", type=Path, required=True, help="恢复到哪里，一般是一个空目录")
    parser.add_argument("--backup", metavar="名称", default="", help="哪一份备份，写名称或序号；默认最近一份")
    parser.add_argument("--aside", action="store_true", help="数据目录里已有数据时，把原来的移到旁边，不删除")
    add_who(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    store = options.store.resolve()
    manifest = restore(options.folder, store, options.backup, options.aside, options.who)
    print(f"已从备份“{manifest.name}”恢复到 {store}：{len(manifest.files)} 个文件，逐个核对无误。")
    if manifest.missing:
        print(f"备份时有 {len(manifest.missing)} 份原件已不在，恢复后也没有。")
    return DONE
