"""python -m stats cite: a registered figure again, and whether it has been corrected since."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from base.errors import UserError
from base.periods import parse_span, say_span
from stats.catalogue_in_force import catalogue_under
from stats.commands.options import Commands, add_json, add_store, opened, show
from stats.exports.charts.redrawn import redrawn
from stats.papers.cited_figures import look_up, wordings
from stats.papers.mentions import Mention, PaperRead, read_paper
from stats.papers.recheck import CellChange, Recited, recite
from stats.papers.references import is_reference
from stats.papers.retyped import Retyped, retyped
from store.builds import store_path

_MOST = 10  # changed cells printed of a figure


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "按引用号重新读出数字，看数据后来有没有更正、文中的数字有没有改过"
    parser = commands.add_parser("cite", help=text, description=text)
    parser.add_argument("refs", metavar="引用号", nargs="*", help="例如 7K2M-Q9XT4")
    parser.add_argument(
        "--in", dest="file", metavar="文稿", type=Path, help="查一份 Word、PPT 或 Excel 文稿里的全部引用号"
    )
    add_store(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    store = store_path(options.store)
    paper = read_paper(_read(options.file), options.file.name) if options.file else PaperRead((), ())
    mentions = [*(Mention(_checked(ref)) for ref in options.refs), *paper.mentions]
    if not mentions:
        raise UserError("请写引用号，例如 7K2M-Q9XT4，或用 --in 指出一份文稿。")
    known = look_up(store, [mention.ref for mention in mentions])
    with opened(options) as warehouse:
        catalogue = catalogue_under(warehouse)
        recited = recite(store, warehouse, catalogue, known.values())
        charts = redrawn(paper.drawn, known, warehouse, catalogue)
    unknown = [mention.ref for mention in mentions if mention.ref not in known]
    printed = wordings(store, known)
    wrong = {
        mention.ref: retyped(mention.written, known[mention.ref], printed.get(mention.ref, []))
        for mention in mentions
        if mention.ref in known
    }
    wrong |= {ref: [*wrong.get(ref, []), *ones] for ref, ones in charts.items()}
    answer = {
        "figures": [asdict(recited) for recited in recited],
        "unknown": unknown,
        "retyped": [{"ref": ref, **asdict(number)} for ref, ones in wrong.items() for number in ones],
    }
    return show(options, answer, lambda _: _say(recited, unknown, wrong))


def _checked(ref: str) -> str:
    if not is_reference(ref.upper()):
        raise UserError(f"“{ref}”不是引用号，多半抄错了一个字。引用号像 7K2M-Q9XT4。")
    return ref.upper()


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise UserError(f"没有文件“{file}”，或者打不开。") from None


def _say(recited: list[Recited], unknown: list[str], wrong: Mapping[str, Sequence[Retyped]]) -> str:
    lines = [line for recited in recited for line in _say_one(recited, wrong.get(recited.registered.ref, []))]
    lines += [f"{ref}　没有登记过" for ref in unknown]
    corrected, retyped_ones = sum(recited.corrected is True for recited in recited), sum(map(bool, wrong.values()))
    text = f"共 {len(recited) + len(unknown)} 处引用，{corrected} 处数字已更正"
    also = f"，{retyped_ones} 处文中写的和登记的不一样" if retyped_ones else ""
    return "\n".join([*lines, f"{text}{also}。"])


def _say_one(recited: Recited, wrong: Sequence[Retyped]) -> list[str]:
    registered = recited.registered
    state = {True: "已更正", False: "没有变化", None: "现在读不出来"}[recited.corrected]
    state = "文中改过" if wrong and recited.corrected is False else f"{state}，文中改过" if wrong else state
    span, then = say_span(parse_span(registered.span)), f"登记时{registered.text}（第{registered.build}版）"
    head = f"{registered.ref}　{registered.name}　{span}　{then}　{state}"
    now = [f"  现在：{recited.now}（第{recited.build}版）"] if recited.corrected is not False else []
    return [head, *(f"  {each.sentence}" for each in wrong), *now, *map(_say_change, recited.changes[:_MOST])]


def _say_change(change: CellChange) -> str:
    where = f"{change.unit_name}　{change.quarter}　{change.item_name}"
    return f"  {where}：{change.before} → {change.now}　{change.file} {change.address}"
