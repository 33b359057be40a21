"""The command line: python -m stats read | trace | figure."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from typing import Any

from stats.catalogue import Catalogue, load_catalogue
from stats.errors import UserError, suggest
from stats.figure import Selection, Source
from stats.figures import make_figure
from stats.periods import parse_span
from stats.readings import read
from stats.traces import trace
from stats.warehouse import Warehouse, open_warehouse, store_path

_READ_COLUMNS = {
    "indicator": "代码",
    "name": "指标",
    "value": "数值",
    "measure": "单位",
    "reported": "已报",
    "expected": "应报",
    "change": "增减",
    "target": "目标",
}
_TRACE_COLUMNS = {
    "period": "报告期",
    "unit": "单位",
    "item": "数据项",
    "value": "数值",
    "raw": "原文",
    "sheet": "表",
    "address": "格",
    "file": "文件",
}
_FIGURE_COLUMNS = {"series": "系列", "label": "项目", "text": "数值", "note": "说明"}


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0, or 2 with a sentence on standard error when it can't be done as asked."""
    asked = _parser().parse_args(arguments)
    try:
        warehouse = open_warehouse(store_path(asked.store))
        try:
            found = asked.run(warehouse, load_catalogue(), asked)
        finally:
            warehouse.close()
    except UserError as error:
        print(error.on_command_line(), file=sys.stderr)
        return 2
    print(json.dumps(found, ensure_ascii=False, indent=1) if asked.json else asked.say(found))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m stats", description="读数和溯源")
    commands = parser.add_subparsers(required=True, metavar="命令")
    reading = _command(
        commands, "read", "读出指标的数值、基数、覆盖、变化和目标", _read, partial(_table, _READ_COLUMNS)
    )
    reading.add_argument("codes", metavar="指标代码", nargs="*", help="不写则全部")
    reading.add_argument("--against", metavar="期间", help="与哪一期比，和 --span 一样长；不写则与上一期比")
    tracing = _command(commands, "trace", "列出一个指标的数值来自哪些格", _trace, partial(_table, _TRACE_COLUMNS))
    tracing.add_argument("code", metavar="指标代码")
    drawing = _command(commands, "figure", "读出看板上一张图的标题、数字和说明", _figure, _say_figure)
    drawing.add_argument("board", metavar="看板代码")
    drawing.add_argument("panel", metavar="图的代码")
    drawing.add_argument("--against", metavar="期间", help="与哪一期比；不写则与上一期比")
    drawing.add_argument("--kind", metavar="类别", default="", help="只看哪一类单位；不写则全部")
    return parser


def _command(
    commands: Any, name: str, words: str, run: Callable[..., Any], say: Callable[[Any], str]
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=words)
    command.add_argument("--unit", metavar="单位代码", required=True, help="全县为 COUNTY")
    command.add_argument("--span", metavar="期间", required=True, help="例如 2008Q1..2010Q4")
    command.add_argument("--json", action="store_true", help="以 JSON 输出")
    command.add_argument("--store", metavar="数据目录", help="默认 data/store，或环境变量 MINGSHU_STORE")
    command.set_defaults(run=run, say=say)
    return command


def _read(warehouse: Warehouse, catalogue: Catalogue, asked: argparse.Namespace) -> list[dict[str, Any]]:
    against = parse_span(asked.against) if asked.against else None
    found = read(warehouse, catalogue, asked.unit, parse_span(asked.span), asked.codes, against)
    return [reading.as_row() for reading in found]


def _trace(warehouse: Warehouse, catalogue: Catalogue, asked: argparse.Namespace) -> list[dict[str, Any]]:
    return [cell.as_row() for cell in trace(warehouse, catalogue, asked.code, asked.unit, parse_span(asked.span))]


def _figure(warehouse: Warehouse, catalogue: Catalogue, asked: argparse.Namespace) -> dict[str, Any]:
    board = catalogue.board(asked.board)
    panel = board.panel(asked.panel)
    if panel is None:
        near = suggest(asked.panel, [found.code for found in board.panels])
        raise UserError(f"看板“{board.name}”里没有代码为“{asked.panel}”的图{near}")
    against = parse_span(asked.against) if asked.against else None
    view = Selection(asked.unit, parse_span(asked.span), against, asked.kind)
    figure = make_figure(Source(warehouse, catalogue), panel, view)
    return asdict(figure) | {"lines": figure.lines}


def _say_figure(figure: dict[str, Any]) -> str:
    rows = [mark | {"series": series["name"]} for series in figure["series"] for mark in series["marks"]]
    return "\n".join([figure["title"], *figure["lines"], _table(_FIGURE_COLUMNS, rows)])


def _table(columns: dict[str, str], rows: Sequence[dict[str, Any]]) -> str:
    lines = ["\t".join(columns.values())]
    lines += ["\t".join("—" if row[key] is None else str(row[key]) for key in columns) for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
