"""python -m etl backup: copy the store, in use or not, into a folder of backups; or verify existing ones."""

import argparse
from pathlib import Path

from etl.backup import KEEP, back_up
from etl.backup.manifest import backups_in, find_backup
from etl.backup.verify import heads_in, verify_backup
from etl.commands.options import DONE, SENT_BACK, Commands, add_store, add_who
from store.audit import verify
from store.builds import store_path

_NAMED = 5


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "备份数据目录：服务开着也能做，只复制新的文件；放到另一块磁盘上"
    parser = commands.add_parser("backup", help=text, description=text)
    parser.add_argument("folder", metavar="备份目录", type=Path)
    parser.add_argument("--keep", metavar="份数", type=int, default=KEEP, help=f"保留最近几份，默认 {KEEP}")
    parser.add_argument("--verify", action="store_true", help="不备份，核对已有的备份是否完好")
    parser.add_argument("--only", metavar="名称", default="", help="与 --verify 同用：只核对这一份，写名称或序号")
    add_who(parser)
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    store = store_path(options.store)
    if options.verify:
        return _verify(options.folder, options.only, store)
    print("\n".join(back_up(store, options.folder, options.keep, options.who).sentences()))
    return DONE


def _verify(folder: Path, only: str, store: Path) -> int:
    latest = find_backup(folder, only)
    faults = 0
    for backup in [latest] if only else backups_in(folder):
        texts = verify_backup(backup)
        faults += bool(texts)
        print(f"{backup.name}：{'；'.join(texts[:_NAMED]) if texts else '完好'}")
    chain = verify(store, heads_in(folder))
    if chain.broken is not None:
        print(f"现在的操作记录与备份时对不上。第 {chain.broken} 条：{chain.fault}（从较早的备份恢复过，才会这样）")
    return SENT_BACK if faults or chain.broken is not None else DONE
