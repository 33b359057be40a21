"""python -m etl layout: show once how a county's own table is a form; --save keeps it for all later files."""

import argparse
from dataclasses import replace
from pathlib import Path

from base.errors import UserError
from base.month_spans import parse_period
from etl.collection.templates import find_form
from etl.commands.options import DONE, SENT_BACK, Commands, add_store, add_who
from etl.layout_proposals.bound_to_year import bound_to_year
from etl.layout_proposals.chosen_columns import chosen_of, column_code, targets_of
from etl.layout_proposals.layout_questions import LayoutAnswer, LayoutQuestion
from etl.layout_proposals.nearest_forms import nearest_forms
from etl.layout_proposals.own_table import own_tables
from etl.layout_proposals.proposal import Proposal, propose, say_path
from etl.layout_proposals.register_names import levels_in_register
from etl.layout_proposals.saved_layout import demand_code, free_code, save_layout
from etl.layout_proposals.say_layout import describe_layout
from etl.layout_proposals.trial import describe_trial, try_layout
from etl.layout_proposals.turned_proposal import propose_turned
from stats.catalogue import Catalogue
from stats.catalogue.layouts import TableLayout
from stats.catalogue.models import Form, FormRole
from stats.catalogue_in_force import catalogue_in_force
from store.builds import store_path


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "把本县自己的表认成一张报表"
    note = "先列出每一栏当作什么、还要定什么、照这样读出来是多少；都定好了，加 --save 记下，以后同样的表直接收。"
    parser = commands.add_parser("layout", help=text, description=f"{text}。{note}")
    parser.add_argument("file", metavar="文件", type=Path)
    parser.add_argument("--form", metavar="报表代码", default="", help="当作哪张报表；不写就列出最像的几张")
    parser.add_argument("--sheet", metavar="工作表", default="", help="只看哪张工作表")
    parser.add_argument(
        "--column", metavar="栏头=栏名", nargs="+", default=[], help="一栏是什么；一格两个日期写两栏；或不用"
    )
    parser.add_argument("--rest-unused", action="store_true", help="没有认出、也没有写到的栏都不用")
    parser.add_argument("--word", metavar="栏名:词=词", nargs="+", default=[], help="表里的词是代码表里的哪个")
    parser.add_argument("--fixed", metavar="栏名=内容", nargs="+", default=[], help="表里没有写、每行都一样的")
    parser.add_argument("--sheet-is", metavar="栏名", default="", help="工作表的名称是哪一栏，例如一个乡镇一张工作表")
    parser.add_argument(
        "--target", metavar="栏头=指标", nargs="+", default=[], help="这一栏是哪个指标的目标，报表是目标分解表时用"
    )
    parser.add_argument("--turned", metavar="栏名", default="", help="项目竖着排、单位横着排的表：横着排的名称是哪一栏")
    parser.add_argument("--leave-out", metavar="工作表", nargs="+", default=[], help="不读的工作表，例如汇总表")
    parser.add_argument("--reporter", metavar="单位", default="", help="由谁报；默认是县总工会")
    parser.add_argument("--dated-by", metavar="栏名", default="", help="表上没有写时间：按哪一栏最后的日期认报告期")
    parser.add_argument("--whole", metavar="报告期", default="", help="每份都是全部的、后一份代替前一份：都算作哪一期")
    parser.add_argument("--code", metavar="代码", default="", help="表式的代码；写已有的就改那一个")
    parser.add_argument("--name", metavar="名称", default="", help="表式的名称")
    parser.add_argument("--save", action="store_true", help="记下这个表式")
    parser.add_argument("--why", metavar="理由", default="", help="与 --save 同用：为什么，记入日志")
    add_who(parser)
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    store = store_path(options.store)
    catalogue = catalogue_in_force(store)
    tables = own_tables(options.file, catalogue, options.sheet, options.leave_out)
    if not options.form:
        print("\n".join([*nearest_forms(tables[0], catalogue), "请用 --form 写明当作哪张报表。"]))
        return SENT_BACK
    form = find_form(catalogue, options.form)
    county, levels = levels_in_register(store)
    chosen = chosen_of(form, options.column, options.word, options.fixed, options.reporter or county, options.dated_by)
    named = column_code(form, options.sheet_is) if options.sheet_is else None
    left_out = tuple(options.leave_out)
    chosen = replace(chosen, targets=_targets(options.target, form, catalogue), period=_whole(options.whole, form))
    chosen = replace(chosen, rest_unused=options.rest_unused, named_by_sheet=named, left_out=left_out)
    titles = _titles(options, form, catalogue)
    if options.turned:
        across = column_code(form, options.turned)
        proposal = propose_turned(tables[0], form, catalogue, chosen, across, titles)
    else:
        proposal = propose(tables[0], form, catalogue, chosen, levels, titles)
    if proposal.questions:
        return _ask(proposal, form, catalogue)
    layout = bound_to_year(proposal.layout, tables[0], options.file.name)
    trial = try_layout(tables, layout, options.file.name, catalogue)
    print("\n".join([*describe_layout(layout, form, catalogue), *describe_trial(trial, catalogue)]))
    if trial.faults:
        print("\n".join(f"退回：{finding.sentence()}" for finding in trial.faults))
        return SENT_BACK
    return _keep(options, store, layout)


def _ask(proposal: Proposal, form: Form, catalogue: Catalogue) -> int:
    asked = (f"要定：{question.about}{_how(question, form)}" for question in proposal.questions)
    print("\n".join([*describe_layout(proposal.layout, form, catalogue), *asked]))
    print("没有记下。")
    return SENT_BACK


def _how(question: LayoutQuestion, form: Form) -> str:
    """Return which option settles a question."""
    shown = say_path(question.path)
    label = form.column(question.column).label if question.column else ""
    match question.asks:
        case LayoutAnswer.HEADING:
            free = "、".join(form.column(code).label for code in question.choices) or "没有"
            return f"请写 --column {shown}=栏名；不用的写 --column {shown}=不用。还没有来处的栏：{free}。"
        case LayoutAnswer.COLUMN:
            return f"请写 --column 栏头={label}，或 --fixed {label}=内容。"
        case LayoutAnswer.WORD:
            return f"请写 --word {label}:{question.word}=词，词是{'、'.join(question.choices)}之一。"
        case LayoutAnswer.DOUBLE:
            return "请把不用的写成 --column 栏头=不用。"


def _keep(options: argparse.Namespace, store: Path, layout: TableLayout) -> int:
    if not options.save:
        print("没有记下。看过没有错，加 --save 记下。")
        return DONE
    version = save_layout(store, layout, options.who, options.why or f"认定表式“{layout.name}”")
    print(f"已记下表式“{layout.name}”（{layout.code}），目录更新为第{version}版。以后同样的表直接收。")
    return DONE


def _targets(texts: list[str], form: Form, catalogue: Catalogue) -> dict[str, str]:
    if texts and form.role != FormRole.TARGETS:
        raise UserError(f"《{form.name}》不是目标分解表，不能用 --target。请换一张报表。")
    return targets_of(catalogue, texts)


def _whole(period: str, form: Form) -> str | None:
    return form.format(parse_period(period, form.months)) if period else None


def _titles(options: argparse.Namespace, form: Form, catalogue: Catalogue) -> tuple[str, str]:
    code = demand_code(options.code) if options.code else free_code(form.code, set(catalogue.layouts))
    known = catalogue.layouts.get(code)
    return code, options.name.strip() or (known.name if known else f"{form.name}（本县的表）")
