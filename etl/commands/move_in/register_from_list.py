"""python -m etl found: make the register of a new store from a list of organisations, or compare a later list."""

import argparse
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from base.errors import UserError
from base.text import normalise
from etl.commands.move_in.changes_from_list import take_changes
from etl.commands.options import DONE, SENT_BACK, Commands, add_store, add_who, report
from etl.intake import load_paths
from etl.register_changes.change_book import ListSource
from etl.register_changes.compared_list import compare_list
from etl.register_changes.register_now import register_now
from etl.register_changes.say_changes import TITLES
from etl.unit_lists.describe_register import describe_columns, describe_tree
from etl.unit_lists.list_words import COLUMN_NAMES, ListColumn
from etl.unit_lists.proposed_register import ProposedRegister, propose_register
from etl.unit_lists.read_list import UnitList, list_in, sheets_of
from etl.unit_lists.register_book import demand_no_register, write_register_book
from etl.unit_lists.register_questions import RegisterQuestion, Settled
from etl.unit_lists.settled_names import Answers
from stats.catalogue import Catalogue
from stats.catalogue_in_force import catalogue_in_force
from store.builds import current_build, store_path

_NONE = "不用"
_LEAST = 1949  # no register begins earlier


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "用现成的花名册建单位名册"
    note = (
        "先只列出看出来的各级单位和要定的地方，不写入任何数据；看过没有错，加 --yes 收下。"
        "已有名册的，列出和名册不同的地方，用 --confirm 确认；没有确认的照旧。"
    )
    parser = commands.add_parser("found", help=text, description=f"{text}。{note}")
    parser.add_argument("--name", metavar="名称", default="", help="县总工会的全称；已有单位名册的不用写")
    parser.add_argument("--units", metavar="文件", type=Path, required=True, help="花名册，一行一个基层工会")
    parser.add_argument(
        "--since",
        metavar="日期",
        default="",
        help="从哪天起算，例如 2026-01-01；默认是花名册那年的元旦；确认变动时要写明",
    )
    parser.add_argument(
        "--column",
        metavar="栏头=内容",
        nargs="+",
        default=[],
        help=f"某一栏是什么：{'、'.join(COLUMN_NAMES.values())}，或{_NONE}",
    )
    parser.add_argument("--kind", metavar="词=类别", nargs="+", default=[], help="表里的词是哪一类单位，例如 民企=私营")
    parser.add_argument("--level-of", metavar="名称=层级", nargs="+", default=[], help="例如 城关=乡镇")
    parser.add_argument("--same", metavar="名称", nargs="+", default=[], help="重名的几行是一个单位")
    parser.add_argument("--apart", metavar="名称", nargs="+", default=[], help="重名或相像的是不同的单位")
    parser.add_argument("--leave-out", metavar="工作表", nargs="+", default=[], help="不读的工作表，例如汇总表")
    parser.add_argument("--fill-down", action="store_true", help="没有写所属的行，和上一行的一样")
    parser.add_argument(
        "--confirm",
        metavar="变动",
        nargs="+",
        default=[],
        help=f"已有名册时，确认哪几类变动（{'、'.join(TITLES.values())}），或其中几个：撤销=某某工会、某某工会",
    )
    parser.add_argument("--yes", action="store_true", help="看过没有错，收下")
    add_who(parser)
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    store = store_path(options.store)
    catalogue = catalogue_in_force(store)
    begun = current_build(store) is not None
    if not begun and not options.name.strip():
        raise UserError("请用 --name 写明县总工会的全称。")
    sheets, chosen = sheets_of(options.units), _columns(options.column)
    units = list_in(sheets, options.units.name, catalogue, chosen, options.leave_out, fill_down=options.fill_down)
    return (_take_changes if begun else _make)(options, store, units, catalogue)


def _take_changes(options: argparse.Namespace, store: Path, units: UnitList, catalogue: Catalogue) -> int:
    now = register_now(store)
    compared = compare_list(units.units, now, catalogue, _answers(options))
    asked = (f"要定：{question.about}{_how(question)}" for question in compared.questions)
    print("\n".join([*describe_columns(units), *asked]))
    source = ListSource(units.file, options.who, catalogue)
    return take_changes(store, compared, options.confirm, options.since, now, source)


def _make(options: argparse.Namespace, store: Path, units: UnitList, catalogue: Catalogue) -> int:
    register = propose_register(options.name.strip(), units.units, catalogue, _answers(options))
    since = _since(options.since, units)
    _show(units, register, since, catalogue)
    if not options.yes:
        print("没有写入任何数据。看过没有错，加 --yes 收下。")
        return SENT_BACK if register.questions else DONE
    if register.questions:
        raise UserError(f"还有 {len(register.questions)} 处要定，没有写入任何数据。请照上面写的定好，再加 --yes。")
    demand_no_register(store)  # somebody else may have been quicker
    with TemporaryDirectory(prefix="mingshu-") as folder:
        path = write_register_book(Path(folder), register, since, units.file, catalogue, options.who)
        return report(lambda show: load_paths([path], store, show, options.who))


def _show(units: UnitList, register: ProposedRegister, since: date, catalogue: Catalogue) -> None:
    lines = [*describe_columns(units), *describe_tree(register, catalogue)]
    lines.append(
        f"从 {since.isoformat()} 起算；那天以后建会的，从建会的月份起算。那天以前有哪些单位，这份表说不准，不往前算。"
    )
    print("\n".join([*lines, *(f"要定：{question.about}{_how(question)}" for question in register.questions)]))


def _how(question: RegisterQuestion) -> str:
    """Return which option settles a question; "" for what is mended in the list."""
    first, choices = question.names[0] if question.names else "", "、".join(question.choices)
    match question.settled:
        case Settled.KIND:
            return f"请写 --kind {first}=类别，类别是{choices}之一；不归哪一类的写 --kind {first}=。"
        case Settled.LEVEL:
            return f"请写 --level-of {first}=层级，层级是{choices}之一。"
        case Settled.DOUBLE:
            return f"是一个单位，请写 --same {first}；是几个单位，请写 --apart {first}。"
        case Settled.APART:
            return f"不是的，请写 --apart {' '.join(question.names)}。"
        case Settled.FILL_DOWN:
            return "同上一行的，请加 --fill-down。"
        case Settled.IN_LIST:
            return ""


def _answers(options: argparse.Namespace) -> Answers:
    return Answers(
        kinds=_pairs(options.kind, "--kind"),
        levels=_pairs(options.level_of, "--level-of"),
        apart=frozenset(map(normalise, options.apart)),
        same=frozenset(map(normalise, options.same)),
    )


def _pairs(texts: list[str], option: str) -> dict[str, str]:
    for text in texts:
        if "=" not in text:
            raise UserError(f"{option} 后面的“{text}”里没有等号。请写成 词=类别 的样子。")
    return {normalise(left): normalise(right) for left, _, right in (text.partition("=") for text in texts)}


def _columns(texts: list[str]) -> dict[str, ListColumn | None]:
    """Return what headings are said to hold. Raises UserError for what no column holds."""
    meant: dict[str, ListColumn | None] = {normalise(word): column for column, word in COLUMN_NAMES.items()} | {
        _NONE: None
    }
    pairs = _pairs(texts, "--column")
    for heading, word in pairs.items():
        if word not in meant:
            raise UserError(f"“{heading}={word}”里的“{word}”不是一栏的内容。可以写的是{'、'.join(meant)}。")
    return {heading: meant[word] for heading, word in pairs.items()}


def _since(text: str, units: UnitList) -> date:
    try:
        since = date.fromisoformat(text) if text else date(units.year or 0, 1, 1)
    except ValueError:
        raise UserError("看不出花名册是哪一年的。请用 --since 写明从哪天起算，例如 --since 2026-01-01。") from None
    if since.year < _LEAST:
        raise UserError(f"--since 的“{text}”太早。请核对。")
    return since
