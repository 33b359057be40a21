"""python -m stats verify: the numbers of a draft, and which of them contradict each other."""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from base.errors import UserError
from base.periods import parse_span
from stats.catalogue_in_force import catalogue_under
from stats.claims.checks import CheckedDraft, check_draft
from stats.claims.claim_verdicts import TO_MEND, ClaimVerdict, JudgedNumber, as_row, judged_numbers
from stats.claims.draft_files import read_draft
from stats.claims.from_data.data_verdicts import AskedOfData, DataVerdict, judge_by_data
from stats.claims.phrases.phrase_model import Place
from stats.commands.options import DONE, Commands, add_json, add_store, opened, read_file, show, unit_of

TO_BE_MENDED = 1
_PASTED = Path("-")


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "读出一份文稿里的每个数，看它们相互对不对得上，和数据对不对得上"
    parser = commands.add_parser("verify", help=text, description=text)
    parser.add_argument("draft", metavar="文稿", type=Path, help=".docx 或 .txt；写 - 则读粘贴进来的文字")
    parser.add_argument(
        "--as-of", metavar="日期", help="文稿的日期，例如 2011-01-20，用来认“今年”和“目前”；不写则看文稿上写的"
    )
    parser.add_argument("--span", metavar="期间", help="文稿说的是哪一期，例如 2008Q1..2010Q4；写了才和数据核对")
    parser.add_argument("--unit", metavar="单位代码", help="文稿说的是哪个单位；不写则为全县")
    add_store(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    content = sys.stdin.buffer.read() if options.draft == _PASTED else read_file(options.draft)
    checked = check_draft(read_draft(content), _date(options.as_of))
    numbers = [*judged_numbers(checked, _by_data(checked, options) if options.span else {})]
    show(options, [as_row(number) for number in numbers], lambda _: _say(numbers))
    return TO_BE_MENDED if any(number.verdict in TO_MEND for number in numbers) else DONE


def _by_data(checked: CheckedDraft, options: argparse.Namespace) -> dict[Place, DataVerdict]:
    with opened(options) as warehouse:
        unit, span = unit_of(options, warehouse), parse_span(options.span)
        return judge_by_data(checked, AskedOfData(warehouse, catalogue_under(warehouse), unit, span))


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UserError(f"“{text}”不是日期。日期写成 2011-01-20 这样。") from None


def _say(numbers: Sequence[JudgedNumber]) -> str:
    if not numbers:
        return "文稿里没有数。"
    mended = [number for verdict in TO_MEND for number in numbers if number.verdict == verdict]
    lines = [f"{number.verdict.word}　{number.where}　{number.phrase.text}　{number.reason}" for number in mended]
    counts = Counter(number.verdict for number in numbers)
    counted = "，".join(f"{verdict.word}{counts[verdict]}处" for verdict in ClaimVerdict if counts[verdict])
    return "\n".join([*lines, f"共{len(numbers)}处数：{counted}。"])
