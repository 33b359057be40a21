"""python -m etl upgrade: bring a store of an earlier version up to date."""

import argparse

from etl.commands.options import DONE, Commands, add_store, add_who
from etl.pipeline.upgrade import upgrade
from store.builds import STORE_VERSION, store_path


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "把旧版格式的数据升级到本程序的格式；旧的数据留着"
    parser = commands.add_parser("upgrade", help=text, description=text)
    add_who(parser)
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    done = upgrade(store_path(options.store), options.who)
    print(done.sentence() if done else f"数据已是第 {STORE_VERSION} 版格式，不用升级。")
    return DONE
