"""python -m stats verify: the numbers of a draft, and which of them contradict each other."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from base.errors import UserError
from base.periods import parse_span
from stats.catalogue_in_force import catalogue_under
from stats.claims.answers.cited_numbers import CitedNumber, by_weight, cite_numbers, figures_behind, say_counts
from stats.claims.answers.comment_lines import notes_on
from stats.claims.answers.number_list import number_list
from stats.claims.answers.said_before import with_earlier
from stats.claims.answers.text_as_word import marked_copy
from stats.claims.checks import CheckedDraft, check_draft
from stats.claims.claim_verdicts import TO_MEND, as_row, judged_numbers
from stats.claims.draft_files import read_draft
from stats.claims.from_data.data_verdicts import AskedOfData, judge_by_data
from stats.commands.options import DONE, Commands, add_json, add_store, opened, read_file, show, unit_of, write_file
from stats.papers.cited_figures import register_working_copy
from stats.papers.figures_used import figures_used
from stats.papers.recheck import figures_cited
from store.builds import store_path
from store.wording_choices import wording_choices

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
    parser.add_argument(
        "-o", "--out", metavar="文件", type=Path, help="另存一份：.docx 是原稿，每个数加批注；.xlsx 是全部数字的清单"
    )
    parser.add_argument("--who", metavar="姓名", default="", help="谁核的这份文稿，批注里的引用号记入用数登记")
    add_store(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    content = sys.stdin.buffer.read() if options.draft == _PASTED else read_file(options.draft)
    checked = check_draft(read_draft(content), _date(options.as_of))
    with _asked(options) as asked:
        judged = judged_numbers(checked, judge_by_data(checked, asked) if asked else {})
        numbers = cite_numbers(judged, asked)
        if asked:
            numbers = with_earlier(numbers, figures_used(store_path(options.store)), asked)
        if options.out:
            _write(options, content, checked, numbers, asked)
    rows = [as_row(number.number) | {"earlier": number.earlier} for number in numbers]
    show(options, rows, lambda _: _say(numbers))
    return TO_BE_MENDED if any(number.number.verdict in TO_MEND for number in numbers) else DONE


@contextmanager
def _asked(options: argparse.Namespace) -> Iterator[AskedOfData | None]:
    """Yield what the draft is compared with; None without a span."""
    if not options.span:
        yield None
        return
    with opened(options) as warehouse:
        unit, span, chosen = unit_of(options, warehouse), parse_span(options.span), wording_choices(warehouse.store)
        yield AskedOfData(warehouse, catalogue_under(warehouse), unit, span, chosen=chosen)


def _write(
    options: argparse.Namespace,
    content: bytes,
    checked: CheckedDraft,
    numbers: Sequence[CitedNumber],
    asked: AskedOfData | None,
) -> None:
    """Write the marked copy or the list, and register the figures whose references stand in it."""
    write_file(options.out, _answer(options, content, checked, numbers, asked))
    if asked:
        figures = figures_cited(figures_behind(numbers), asked.warehouse, asked.catalogue)
        register_working_copy(store_path(options.store), options.out.name, figures, options.who)


def _answer(
    options: argparse.Namespace,
    content: bytes,
    checked: CheckedDraft,
    numbers: Sequence[CitedNumber],
    asked: AskedOfData | None,
) -> bytes:
    title = options.draft.stem
    match options.out.suffix.lower():
        case ".docx":
            return marked_copy(content, checked.draft, notes_on(numbers), title)
        case ".xlsx":
            return number_list(numbers, asked, f"{title}：核对")
    raise UserError(f"“{options.out.name}”写不了。请把文件名写成 .docx 或 .xlsx 结尾。")


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise UserError(f"“{text}”不是日期。日期写成 2011-01-20 这样。") from None


def _say(numbers: Sequence[CitedNumber]) -> str:
    judged = [number.number for number in by_weight(numbers) if number.number.verdict in TO_MEND]
    lines = [f"{number.verdict.word}　{number.where}　{number.phrase.text}　{number.reason}" for number in judged]
    lines += [f"和以前不一样　{number.number.where}　{number.earlier}" for number in numbers if number.earlier]
    return "\n".join([*lines, f"{say_counts(numbers)}。"])
