"""python -m etl retention: list originals with personal data that are past their term; delete them on request."""

import argparse

from etl.commands.options import DONE, Commands, add_store, add_who
from etl.pipeline.retention import forget_overdue, overdue
from store.builds import store_path


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "列出因含个人信息退回、已过保存期的原件；加 --forget 才删除"
    parser = commands.add_parser("retention", help=text, description=text)
    parser.add_argument("--forget", action="store_true", help="删除列出的原件，日志保留记录")
    parser.add_argument("--days", metavar="天数", type=int, help="保存几天，默认按指标目录 reporting.yml")
    add_who(parser)
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    store = store_path(options.store)
    due = overdue(store, options.days)
    for entry in due:
        print(f"第 {entry.seq} 号“{entry.name}”，{entry.outcome_at[:10]} 退回")
    if options.forget:
        forget_overdue(store, due, options.who)
        print(f"已删除 {len(due)} 份原件，日志里留有记录。以前的备份里还有，过了保留的份数自然没有。")
    else:
        print(f"共 {len(due)} 份已过保存期。" + ("要删除，请加 --forget。" if due else ""))
    return DONE
