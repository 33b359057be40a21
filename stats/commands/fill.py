"""python -m stats fill: check a Word template and fill it for one organisation and span."""

import argparse
from pathlib import Path

from base.periods import parse_span
from stats.catalogue_in_force import catalogue_under
from stats.commands.options import (
    DONE,
    WRONG_USE,
    Commands,
    add_selection,
    opened,
    read_file,
    span_against,
    table,
    write_file,
)
from stats.exports.word.check_template import TemplateCheck, check_template
from stats.exports.word.fill_template import fill_template
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.cited_figures import register
from stats.papers.recheck import figures_cited
from store.builds import store_path

_COLUMNS = {"place": "位置", "placeholder": "占位", "words": "会写成", "refs": "引用号"}


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("fill", help="检查 Word 模板，把占位填成数字")
    parser.add_argument("template", metavar="模板.docx", type=Path)
    add_selection(parser)
    parser.add_argument("-o", "--out", metavar="文件.docx", type=Path, help="填好的文件；不写则只检查")
    parser.add_argument("--who", metavar="姓名", default="", help="谁出的这份文稿，记入用数登记")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    content = read_file(options.template)
    view = Selection(options.unit, parse_span(options.span), span_against(options))
    with opened(options) as warehouse:
        source = Source(warehouse, catalogue_under(warehouse))
        result = check_template(content, source, view)
        for problem in result.problems:
            print(f"{'✕' if problem.stops else '△'} {problem.sentence}")
        if not options.out or not result.fillable:
            print(_say(result))
            return DONE if result.fillable else WRONG_USE
        filled = fill_template(content, source, view)
        figures = figures_cited(filled.cited, warehouse, source.catalogue)
    write_file(options.out, filled.content)
    register(store_path(options.store), options.out.name, figures, options.who)
    print(f"已填好 {options.out}，其中{len(filled.proofs)}个数字都有引用号，来源列在文末。")
    return DONE


def _say(result: TemplateCheck) -> str:
    rows = [vars(preview) | {"refs": "、".join(preview.refs)} for preview in result.previews]
    return table(_COLUMNS, rows) if rows else "没有可以填的占位。"
