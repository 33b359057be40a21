"""The command line: python -m stats read | trace."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import Any

from stats.catalogue import Catalogue, load_catalogue
from stats.errors import UserError
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


def main(arguments: list[str] | None = None) -> int:
    """Run one command; return 0, or 2 with a sentence on standard error when it can't be done as asked."""
    asked = _parser().parse_args(arguments)
    try:
        warehouse = open_warehouse(store_path(asked.store))
        try:
            rows: list[dict[str, Any]] = asked.run(warehouse, load_catalogue(), asked)
        finally:
            warehouse.close()
    except UserError as error:
        print(error.on_command_line(), file=sys.stderr)
        return 2
    print(json.dumps(rows, ensure_ascii=False, indent=1) if asked.json else _table(rows, asked.columns))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m stats", description="读数和溯源")
    commands = parser.add_subparsers(required=True, metavar="命令")
    reading = _command(commands, "read", "读出指标的数值、基数、覆盖、变化和目标", _read, _READ_COLUMNS)
    reading.add_argument("codes", metavar="指标代码", nargs="*", help="不写则全部")
    tracing = _command(commands, "trace", "列出一个指标的数值来自哪些格", _trace, _TRACE_COLUMNS)
    tracing.add_argument("code", metavar="指标代码")
    return parser


def _command(
    commands: Any, name: str, words: str, run: Callable[..., Any], columns: dict[str, str]
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = commands.add_parser(name, help=words)
    command.add_argument("--unit", metavar="单位代码", required=True, help="全县为 COUNTY")
    command.add_argument("--span", metavar="期间", required=True, help="例如 2008Q1..2010Q4")
    command.add_argument("--json", action="store_true", help="以 JSON 输出")
    command.add_argument("--store", metavar="数据目录", help="默认 data/store，或环境变量 MINGSHU_STORE")
    command.set_defaults(run=run, columns=columns)
    return command


def _read(warehouse: Warehouse, catalogue: Catalogue, asked: argparse.Namespace) -> list[dict[str, Any]]:
    return [reading.as_row() for reading in read(warehouse, catalogue, asked.unit, parse_span(asked.span), asked.codes)]


def _trace(warehouse: Warehouse, catalogue: Catalogue, asked: argparse.Namespace) -> list[dict[str, Any]]:
    return [cell.as_row() for cell in trace(warehouse, catalogue, asked.code, asked.unit, parse_span(asked.span))]


def _table(rows: Sequence[dict[str, Any]], columns: dict[str, str]) -> str:
    lines = ["\t".join(columns.values())]
    lines += ["\t".join("—" if row[key] is None else str(row[key]) for key in columns) for row in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
