"""python -m etl answer: the sender's own workbook with the places to be changed marked."""

import argparse
from pathlib import Path

from base.errors import UserError
from base.settings import login_name
from etl.commands.options import DONE, Commands, add_store
from etl.replies.answer import Answer, answer_file, answer_receipt
from store.audit import note
from store.builds import store_path
from store.verbs import Verb


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("answer", help="把要改的地方标在来表上，写成一个新的 xlsx 文件退回")
    parser.add_argument("what", metavar="编号或文件", help="上报的编号，例如 12；或还没有上报的一个文件")
    parser.add_argument("-o", "--out", metavar="文件", type=Path, help="写到哪个 xlsx 文件")
    parser.add_argument("--list", action="store_true", help="不写文件，列出可在电话里念的清单")
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if not options.list and options.out is None:
        raise UserError("请用 -o 写明退回的文件写到哪里；只要电话清单，请用 --list。")
    answer = _answer(options.what, store_path(options.store))
    if options.list or not answer.count:
        print(answer.telephone_list())
    else:
        print(f"已写出 {answer.write(options.out)}：要改 {answer.count} 处")
    return DONE


def _answer(what: str, store: Path) -> Answer:
    """Return the answer to a receipt's number or a file; a number is a file name if such a file exists."""
    if what.isdecimal() and not Path(what).is_file():
        note(store, login_name(), Verb.EXPORTED, f"第{int(what)}号的退回单")
        return answer_receipt(store, int(what))
    return answer_file(store, Path(what))
