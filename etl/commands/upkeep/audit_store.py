"""python -m etl audit-store: cross-check everything in a store."""

import argparse

from etl.commands.options import DONE, SENT_BACK, Commands, add_store
from etl.store_audit import audit_store
from store.builds import store_path


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "核对整个数据目录：原件、日志、各版数据、操作记录、指标目录是否都对得上；什么也不改"
    parser = commands.add_parser("audit-store", help=text, description=text)
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    texts = audit_store(store_path(options.store))
    print("\n".join(texts) if texts else "都对得上：原件、日志、各版数据、操作记录、指标目录。")
    if texts:
        print(f"有 {len(texts)} 处对不上。")
    return SENT_BACK if texts else DONE
