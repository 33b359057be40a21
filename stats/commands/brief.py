"""python -m stats brief: a paper for a meeting as Word, slides and workbook, each of its figures registered."""

import argparse
from pathlib import Path

from base.errors import UserError, suggest
from base.periods import parse_span
from base.settings import login_name
from stats.catalogue.outlines import Outline, say_unusual, usual_outline
from stats.catalogue_in_force import catalogue_under
from stats.commands.options import DONE, Commands, add_selection, opened, save, span_against, unit_of
from stats.figures.elements.figure_model import Selection, Source
from stats.organisations import organisations_by_code
from stats.papers.cited_figures import register
from stats.papers.compose import compose_brief
from stats.papers.paper_model import Brief
from stats.papers.recheck import figures_of


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "写出一份会议材料：Word、PPT、Excel 各一个文件，并登记其中的数字"
    parser = commands.add_parser("brief", help=text, description=text)
    add_selection(parser, whole=True)
    parser.add_argument("--outline", metavar="文稿代码", help="写哪一种文稿；不写则整年的写工作报告，季度的写情况通报")
    parser.add_argument("--topic", metavar="主题代码", action="append", default=[], help="只写这个主题，可以重复")
    parser.add_argument("--out", metavar="文件夹", type=Path, required=True, help="写到哪个文件夹")
    parser.add_argument("--who", metavar="姓名", default=login_name(), help="经办人，记入登记；默认是登录名")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    # Imported here, so that the other commands do without these libraries.
    from stats.exports.paper_formats import WRITERS
    from stats.exports.style.file_names import file_name

    with opened(options) as warehouse:
        catalogue = catalogue_under(warehouse)
        view = Selection(unit_of(options, warehouse), parse_span(options.span), span_against(options))
        unit = organisations_by_code(warehouse).get(view.unit)  # an unknown one is refused when the paper is composed
        usual = usual_outline(catalogue.outlines.values(), unit.level if unit else "", view.span)
        outline = catalogue.outline(options.outline) if options.outline else usual
        _check_topics(outline, options.topic)
        brief = compose_brief(Source(warehouse, catalogue), outline, view, options.topic)
        figures = figures_of(brief, warehouse, catalogue)
        files = {suffix: write(brief) for suffix, write in WRITERS.items()}
        written = [save(options.out / file_name(brief.title, suffix), data) for suffix, data in files.items()]
        register(warehouse.store, brief.title, figures, options.who)
    print(_say(brief, written, len(figures), say_unusual(outline, usual, view.span)))
    return DONE


def _check_topics(outline: Outline, topics: list[str]) -> None:
    for topic in topics:
        if topic not in outline.topics:
            near = suggest(topic, outline.topics) or f"。有这些：{'、'.join(outline.topics)}"
            raise UserError(f"文稿“{outline.name}”里没有主题“{topic}”{near}")


def _say(brief: Brief, written: list[Path], registered: int, remark: str) -> str:
    charts = sum(1 for _ in brief.exhibits())
    lines = [brief.title, *brief.as_known, f"{len(brief.proofs)}个数字、{charts}张图表，已登记{registered}处"]
    remarks = [line for line in (remark, brief.say_left_out()) if line]
    return "\n".join([*lines, *remarks, *(f"已写出 {path}" for path in written)])
