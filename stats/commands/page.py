"""python -m stats page: the main figures of an organisation on one sheet of A4, as a PDF, each of them registered."""

import argparse
from pathlib import Path

from base.periods import parse_span
from base.settings import login_name
from stats.catalogue_in_force import catalogue_under
from stats.commands.options import DONE, Commands, add_selection, opened, save, span_against, unit_of
from stats.figures.elements.figure_model import Selection, Source
from stats.papers.cited_figures import register
from stats.papers.compose import compose_brief
from stats.papers.recheck import figures_of

_OUTLINE = "one_page"


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    text = "写出一个单位的一页纸材料（PDF），并登记其中的数字"
    parser = commands.add_parser("page", help=text, description=text)
    add_selection(parser, whole=True)
    parser.add_argument("--outline", metavar="文稿代码", default=_OUTLINE, help="写哪一种文稿；默认是一页纸")
    parser.add_argument("-o", "--out", metavar="文件", type=Path, required=True, help="写到哪个文件，例如 X.pdf")
    parser.add_argument("--who", metavar="姓名", default=login_name(), help="经办人，记入登记；默认是登录名")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    from stats.exports.page import write_page  # only now: the other commands do without these libraries

    with opened(options) as warehouse:
        catalogue = catalogue_under(warehouse)
        outline = catalogue.outline(options.outline)
        view = Selection(unit_of(options, warehouse), parse_span(options.span), span_against(options))
        brief = compose_brief(Source(warehouse, catalogue), outline, view)
        figures = figures_of(brief, warehouse, catalogue)
        written = save(options.out, write_page(brief))
        register(warehouse.store, brief.title, figures, options.who)
    print("\n".join([brief.title, *brief.as_known, f"已登记{len(figures)}处", f"已写出 {written}"]))
    return DONE
