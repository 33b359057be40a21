"""python -m stats figure: the title, numbers and lines of one figure of a board, as on screen."""

import argparse
from dataclasses import asdict
from typing import Any

from base.errors import UserError, suggest
from base.periods import parse_span
from stats.catalogue.boards import Board, Panel
from stats.catalogue_in_force import catalogue_under
from stats.commands.options import Commands, add_json, add_selection, opened, show, span_against, table
from stats.figures import make_figure
from stats.figures.elements.figure_model import Selection, Source

_COLUMNS = {"series": "系列", "label": "项目", "text": "数值", "note": "说明"}


def add(commands: Commands) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser("figure", help="读出看板上一张图的标题、数字和说明")
    parser.add_argument("board", metavar="看板代码")
    parser.add_argument("panel", metavar="图的代码")
    parser.add_argument("--kind", metavar="类别", default="", help="只看哪一类单位；不写则全部")
    add_selection(parser)
    add_json(parser)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    view = Selection(options.unit, parse_span(options.span), span_against(options), options.kind)
    with opened(options) as warehouse:
        catalogue = catalogue_under(warehouse)
        panel = _panel(catalogue.board(options.board), options.panel)
        figure = make_figure(Source(warehouse, catalogue), panel, view)
    return show(options, asdict(figure) | {"lines": figure.lines}, _say)


def _panel(board: Board, code: str) -> Panel:
    panel = board.panel(code)
    if panel is None:
        near = suggest(code, [panel.code for panel in board.panels])
        raise UserError(f"看板“{board.name}”里没有代码为“{code}”的图{near}")
    return panel


def _say(figure: dict[str, Any]) -> str:
    rows = [mark | {"series": series["name"]} for series in figure["series"] for mark in series["marks"]]
    return "\n".join([figure["title"], *figure["lines"], table(_COLUMNS, rows)])
