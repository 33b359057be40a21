"""python -m etl match: assign an unknown header to a column of the form."""

import argparse
from collections.abc import Iterable

from base.errors import UserError
from etl.commands.options import Commands, add_store, add_who, report
from etl.intake import match
from store.builds import store_path


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "认定认不出来的栏是报表的哪一栏；同一单位以后报同样的表式，不再问"
    parser = commands.add_parser("match", help=text, description=text)
    parser.add_argument("seq", metavar="编号", type=int, help="上报的编号，见上报时的回执，例如 12")
    which = "来表的栏名=报表的栏名，例如 在职职工数=职工人数·合计；可写多次"
    parser.add_argument("--column", metavar="栏名=栏名", action="append", default=[], help=which)
    parser.add_argument("--ignore", metavar="栏名", action="append", default=[], help="来表里不用的一栏；可写多次")
    add_who(parser)
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    answers = _answers([*map(_pair, options.column), *((path, "") for path in options.ignore)])
    return report(lambda show: match(store_path(options.store), options.seq, answers, options.who, show))


def _pair(written: str) -> tuple[str, str]:
    path, _, column = written.rpartition("=")
    if not path.strip() or not column.strip():
        raise UserError(f"看不懂“{written}”。请写成 来表的栏名=报表的栏名，例如 在职职工数=职工人数·合计。")
    return path.strip(), column.strip()


def _answers(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    answers: dict[str, str] = {}
    for path, column in pairs:
        if path in answers:
            raise UserError(f"“{path}”这一栏写了两次。请只写一次。")
        answers[path] = column
    return answers
