"""python -m access audit: who did what when, and whether the records have been altered."""

import argparse

from access.audit_list import choose, say_details, say_when
from access.commands.options import Commands
from store.audit import entries, verify
from store.builds import store_path
from store.verbs import name_verb


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("audit", help="操作记录：谁在什么时候做了什么，有没有被改过")
    actions = parser.add_subparsers(required=True, metavar="动作")
    checking = actions.add_parser("verify", help="核对操作记录和收退记录有没有被改过")
    checking.set_defaults(run=_verify)
    listing = actions.add_parser("list", help="列出操作记录，新的在后")
    listing.add_argument("--who", metavar="姓名", default="", help="只看一个人的")
    listing.add_argument("--verb", metavar="操作", default="", help="只看一种操作，例如 撤回")
    listing.add_argument("--since", metavar="日期", default="", help="从哪天起，例如 2026-11-01")
    listing.add_argument("--until", metavar="日期", default="", help="到哪天为止，含当天")
    listing.set_defaults(run=_list)
    for part in (checking, listing):
        part.add_argument("--store", metavar="数据目录", help="默认 data/store，或环境变量 MINGSHU_STORE")


def _verify(options: argparse.Namespace) -> int:
    verified = verify(store_path(options.store))
    if verified.broken is None:
        print(f"共 {verified.entries} 条操作记录，前后相接，没有改动。最后一条的校验码：{verified.head}")
        return 0
    print(f"操作记录被改动过。第 {verified.broken} 条：{verified.fault}。这一条以前的 {verified.entries} 条完好。")
    return 1


def _list(options: argparse.Namespace) -> int:
    for entry in choose(entries(store_path(options.store)), options.who, options.verb, options.since, options.until):
        texts = (str(entry.number), say_when(entry), entry.who or "未署名", name_verb(entry.verb), entry.about)
        print("　".join(filter(None, (*texts, say_details(entry)))))
    return 0
