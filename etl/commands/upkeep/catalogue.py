"""python -m etl catalogue: publish what a county declares, and rebuild the figures under it.

The same stands under python -m stats catalogue, beside what lists, checks and compares.
"""

import argparse
from pathlib import Path
from typing import Any

from etl.commands.options import DONE, Commands, add_store, add_who, progress
from etl.publishing.publish_catalogue import publish_catalogue
from stats.catalogue_declared import Declared, declared_in, read_declared
from store.builds import store_path


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "发布本级的指标目录，并按它重建数据"
    parser = commands.add_parser("catalogue", help=text, description=text)
    add_publishing(parser.add_subparsers(required=True, metavar="做什么"))


def add_publishing(parts: Any) -> None:
    """Add the commands that publish a catalogue, import one and take one back."""
    for name, help_text in (("publish", "发布一个文件夹里的目录"), ("import", "发布从别处导出的目录（压缩包）")):
        given = _add(parts, name, help_text, lambda options: _publish(options, read_declared(options.path)))
        given.add_argument("path", metavar="目录", type=Path)
    back = _add(
        parts, "take-back", "退回到以前的一版，记作新的一版", lambda options: _publish(options, _earlier(options))
    )
    back.add_argument("version", metavar="第几版", type=int, help="0 是程序自带的目录")


def _add(parts: Any, name: str, text: str, run: Any) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = parts.add_parser(name, help=text, description=text)
    parser.add_argument("--why", metavar="理由", required=True, help="为什么改，记入日志")
    parser.add_argument("--meaning", metavar="理由", default="", help="代码换了含义时，写明为什么仍用这个代码")
    add_who(parser)
    add_store(parser)
    parser.set_defaults(run=run)
    return parser


def _earlier(options: argparse.Namespace) -> Declared:
    return declared_in(store_path(options.store), options.version)


def _publish(options: argparse.Namespace, wanted: Declared) -> int:
    with progress() as show:
        version = publish_catalogue(
            store_path(options.store), wanted, options.who, options.why, progress=show, meaning=options.meaning
        )
    print("\n".join([f"已发布目录第{version.number}版：", *(f"  {change}" for change in version.changes)]))
    return DONE
