"""python -m etl form: make a form of the county's own from an example of its table; --save keeps form and layout."""

import argparse
from pathlib import Path

from base.errors import UserError, suggest
from base.text import normalise
from etl.commands.options import DONE, SENT_BACK, Commands, add_store, add_who
from etl.form_proposals.example_columns import MONTHS, WantedForm
from etl.form_proposals.form_questions import FormAnswer, FormQuestion
from etl.form_proposals.proposed_form import propose_form
from etl.form_proposals.tried_form import describe_form, try_form
from etl.layout_proposals.own_table import own_tables
from etl.layout_proposals.proposal import UNITS, say_path
from etl.layout_proposals.register_names import levels_in_register
from etl.layout_proposals.saved_layout import demand_code
from etl.layout_proposals.trial import describe_trial
from etl.publishing.publish_catalogue import publish_catalogue
from stats.catalogue import Catalogue
from stats.catalogue.layouts import PERIOD
from stats.catalogue_declared import Declared
from stats.catalogue_in_force import catalogue_in_force
from store.builds import store_path

_FREQUENCIES = tuple(MONTHS)


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "照本县自己的表立一张报表"
    note = "先列出各栏、还要定什么、照这样读出来是多少；都定好了，加 --save 立下，以后同样的表直接收。"
    parser = commands.add_parser("form", help=text, description=f"{text}。{note}")
    parser.add_argument("file", metavar="文件", type=Path)
    parser.add_argument("--code", metavar="代码", required=True, help="新报表的代码，例如 L01")
    parser.add_argument("--name", metavar="表名", required=True)
    parser.add_argument("--frequency", choices=_FREQUENCIES, required=True, help="多久报一次；standing 是长期有效")
    parser.add_argument("--sheet", metavar="工作表", default="", help="照哪张工作表")
    parser.add_argument(
        "--numbers", choices=("stock", "flow"), default="", help="各栏的数是期末的数，还是这一期里发生的数"
    )
    parser.add_argument("--stock", metavar="栏头", nargs="+", default=[], help="这几栏是期末的数")
    parser.add_argument("--flow", metavar="栏头", nargs="+", default=[], help="这几栏是这一期里发生的数")
    parser.add_argument("--unused", metavar="栏头", nargs="+", default=[], help="这几栏不用")
    parser.add_argument(
        "--measure", metavar="栏头=单位", nargs="+", default=[], help="计量单位；只写单位的，整数栏都是它"
    )
    parser.add_argument(
        "--as", dest="known", metavar="栏头=数据项", nargs="+", default=[], help="这一栏就是已有的哪个数据项"
    )
    parser.add_argument("--split", metavar="栏头", nargs="+", default=[], help="各数再按这几栏的类别分开算")
    parser.add_argument("--count", metavar="单位", default="", help="也数有几行，计量单位是什么，例如 份")
    parser.add_argument("--by-days", action="store_true", help="表上没有写时间：按最后的日期认报告期")
    parser.add_argument("--leave-out", metavar="工作表", nargs="+", default=[], help="不读的工作表，例如汇总表")
    parser.add_argument("--domain", metavar="领域", default="", help="新的数归哪个领域，默认是第一个")
    parser.add_argument("--save", action="store_true", help="立下这张报表")
    parser.add_argument("--why", metavar="理由", default="", help="与 --save 同用：为什么，记入日志")
    add_who(parser)
    add_store(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    store = store_path(options.store)
    catalogue = catalogue_in_force(store)
    county, levels = levels_in_register(store)
    wanted_form, domain = _wanted_form(options, catalogue, county), _domain(options.domain, catalogue)
    tables = own_tables(options.file, catalogue, options.sheet, options.leave_out)
    proposed = propose_form(tables, wanted_form, levels, catalogue)
    heading = f"《{wanted_form.name}》："
    if proposed.questions:
        asked = (f"要定：{question.about}{_how(question)}" for question in proposed.questions)
        print("\n".join([heading, *describe_form(proposed, catalogue), *asked]))
        print("没有立下。")
        return SENT_BACK
    tried = try_form(store, tables, options.file.name, wanted_form.code, proposed, domain, catalogue)
    print("\n".join([heading, *describe_form(proposed, tried.then), *describe_trial(tried.trial, tried.then)]))
    if tried.trial.faults:
        print("\n".join(f"退回：{finding.sentence()}" for finding in tried.trial.faults))
        print("没有立下。表上没有写时间的，写进文件名，例如 花名册2026年二季度.xlsx；各行有日期的，可以加 --by-days。")
        return SENT_BACK
    return _keep(options, store, tried.wanted, tried.after)


def _how(question: FormQuestion) -> str:
    """Return which option settles a question; "" for what is changed in the table."""
    shown = say_path(question.path)
    match question.asks:
        case FormAnswer.TIME:
            return f"请写 --stock {shown} 或 --flow {shown}。"
        case FormAnswer.MEASURE:
            return f"请写 --measure {shown}=单位，例如 {shown}=人。"
        case FormAnswer.ITEM:
            return f"请写 --as {shown}=数据项；不用的写 --unused {shown}。"
        case FormAnswer.LASTING:
            return "请写 --frequency standing。"
        case FormAnswer.COUNT:
            return "请用 --count 写一个，例如 份。"
        case FormAnswer.IN_TABLE:
            return ""


def _keep(options: argparse.Namespace, store: Path, wanted: Declared, after: int) -> int:
    if not options.save:
        print("没有立下。看过没有错，加 --save 立下。")
        return DONE
    why = options.why or f"照本县的表立《{options.name}》"
    version = publish_catalogue(store, wanted, options.who, why, after=after, meaning=why if options.known else "")
    print(f"已立下《{options.name}》（{options.code}），目录更新为第{version.number}版。以后同样的表直接收。")
    return DONE


def _wanted_form(options: argparse.Namespace, catalogue: Catalogue, county: str) -> WantedForm:
    code = demand_code(options.code)
    if code in catalogue.forms:
        raise UserError(f"已经有代码为“{code}”的报表。请换一个代码。")
    pairs = [text for text in options.measure if "=" in text]
    known = _pairs(options.known)
    for item in known.values():
        if item not in catalogue.items:
            raise UserError(f"没有代码为“{item}”的数据项{suggest(item, catalogue.items) or '。'}")
    return WantedForm(
        code=code,
        name=options.name.strip(),
        frequency=options.frequency,
        numbers=options.numbers,
        stocks=frozenset(map(_path, options.stock)),
        flows=frozenset(map(_path, options.flow)),
        unused=frozenset(map(_path, options.unused)),
        measures=_pairs(pairs),
        measure=next((text for text in options.measure if "=" not in text), ""),
        known=known,
        by_days=options.by_days,
        left_out=tuple(options.leave_out),
        splits=frozenset(map(_path, options.split)),
        count=options.count.strip(),
        county=county,
    )


def _pairs(texts: list[str]) -> dict[str, str]:
    for text in texts:
        if "=" not in text:
            raise UserError(f"“{text}”里没有等号。请写成 栏头=内容 的样子。")
    return {_path(left): right.strip() for left, _, right in (text.partition("=") for text in texts)}


def _path(heading: str) -> str:
    marks = {"各期": PERIOD, "各单位": UNITS}
    return "/".join(marks.get(part, part) for part in normalise(heading).split("·"))


def _domain(written: str, catalogue: Catalogue) -> str:
    names = {name: code for code, domain in catalogue.domains.items() for name in (code, domain.name)}
    if written and written not in names:
        raise UserError(f"没有“{written}”这个领域{suggest(written, names) or '。'}")
    return names[written] if written else next(iter(catalogue.domains))
