"""python -m etl totals: list where own totals and data below them are both there, and decide which of them counts."""

import argparse
from contextlib import closing

from base.formats import say_exact
from base.periods import parse_span, say_span
from etl.commands.options import DONE, Commands, add_store, add_who
from etl.journal.kept_totals import Keep, kept_totals
from etl.total_decisions import keep_total
from stats.catalogue_in_force import catalogue_under
from stats.totals.own_choices import OwnChoice, own_choices
from stats.warehouse import open_warehouse
from store.builds import store_path

_KEEP: dict[str, Keep] = {"own": "own", "below": "below", "back": ""}
_STATE = {"own": "已选定用总数", "below": "已选定用下级汇总", "": "两数相同，用总数"}


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "列出总数和下级数据并存的各处，选定用哪一个"
    note = "不写单位就列出各处。own 用本单位总数，below 用下级汇总，back 收回选定。没有选定的，用总数。"
    parser = commands.add_parser("totals", help=text, description=f"{text}。{note}")
    parser.add_argument("unit", metavar="单位代码", nargs="?", default="", help="例如 T01")
    parser.add_argument("item", metavar="数据项", nargs="?", default="", help="代码或名称")
    parser.add_argument("span", metavar="期间", nargs="?", default="", help="例如 2008、2010Q1")
    parser.add_argument("--keep", choices=[*_KEEP], default="own", help="用哪一个")
    parser.add_argument("--reason", metavar="理由", default="", help="为什么，记入日志")
    add_who(parser)
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    store = store_path(options.store)
    if options.unit:
        span, keep = parse_span(options.span), _KEEP[options.keep]
        build = keep_total(store, options.unit, options.item, span, keep, options.reason, options.who)
        print(f"已记下，数据更新为第 {build} 版。" if build else "已记下。")
        return DONE
    with closing(open_warehouse(store)) as warehouse:
        measures = catalogue_under(warehouse).measures
        lines = [_line(choice, measures[choice.measure].name) for choice in own_choices(warehouse)]
    reasons = {key: f"（{kept.who}：{kept.reason}）" for key, kept in kept_totals(store).items()}
    for key, line in lines:
        print(line + reasons.get(key, ""))
    if not lines:
        print("没有总数和下级数据并存的。")
    return DONE


def _line(choice: OwnChoice, measure: str) -> tuple[tuple[str, str, int], str]:
    numbers = f"总数{say_exact(choice.value, measure)}，下级汇总{say_exact(choice.below, measure)}"
    state = "待选定，暂用总数" if choice.open else _STATE[choice.keep]
    named = f"{choice.unit} {choice.unit_name} {say_span(choice.span)} {choice.item_name}（{choice.item}）"
    return (choice.unit, choice.item, choice.last), f"{named}：{numbers}；{state}"
