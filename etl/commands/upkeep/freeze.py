"""python -m etl freeze: freeze the scores of a scheme as known at the end of a day."""

import argparse
from datetime import date

from base.errors import UserError
from etl.commands.options import DONE, Commands, add_store, add_who
from etl.pipeline.freeze import freeze
from stats.catalogue_in_force import catalogue_in_force
from store.builds import store_path


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "按某一天结束时的数据冻结一个考核办法的得分；以后的更正另外列出"
    parser = commands.add_parser("freeze", help=text, description=text)
    parser.add_argument("--scheme", metavar="办法代码", required=True, help="例如 town_work_2010")
    parser.add_argument("--date", metavar="日期", required=True, help="截止日期，例如 2011-12-25；写今天就按现在的数据")
    add_who(parser)
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    store = store_path(options.store)
    done = freeze(store, options.scheme, _day(options.date), options.who)
    name = catalogue_in_force(store).scheme(done.scheme).name
    print(f"已冻结“{name}”截至 {done.cutoff} 的得分（数据第{done.build}版）。")
    return DONE


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(f"“{text}”不是日期。请写成 2011-12-25 这样。") from None
