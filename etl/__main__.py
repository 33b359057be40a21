"""The command line: python -m etl sample | load | build | template."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from tqdm import tqdm

from etl.findings import SEVERITY_WORDS, gather
from etl.intake import ACCEPTED, RETURNED, Outcome, Summary, load_paths, rebuild
from etl.sample import write_county
from etl.templates import make_template
from stats.errors import UserError
from stats.periods import parse_quarter
from stats.warehouse import store_path

_WORDS = {ACCEPTED: "已收", RETURNED: "退回", "unchanged": "与已收的相同，未作改动"}
_DONE, _SENT_BACK, _WRONG_USE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code: 0 all went in, 1 some were sent back, 2 wrong use."""
    asked = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], int] = asked.run
        return run(asked)
    except UserError as error:
        print(error.on_command_line(), file=sys.stderr)
        return _WRONG_USE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m etl", description="上报文件的接收、核对和入库")
    commands = parser.add_subparsers(required=True, metavar="命令")
    sample = commands.add_parser("sample", help="写出示例县的全部报表")
    sample.add_argument("folder", metavar="目录", type=Path)
    sample.set_defaults(run=_sample)
    load = commands.add_parser("load", help="接收文件、目录或通配符所指的报表")
    load.add_argument("paths", metavar="路径", nargs="+")
    load.set_defaults(run=_load)
    build = commands.add_parser("build", help="从收件箱、日志和指标目录重建数据")
    build.set_defaults(run=_build)
    template = commands.add_parser("template", help="写出一张报表的空白模板")
    template.add_argument("form", metavar="报表代码", help="例如 R01")
    template.add_argument("--unit", metavar="单位代码", required=True, help="填报单位，例如 T01 或 T01001")
    template.add_argument("--period", metavar="报告期", required=True, help="例如 2011Q3")
    template.add_argument("-o", "--out", metavar="文件", type=Path, required=True, help="写到哪个 xlsx 文件")
    template.set_defaults(run=_template)
    for command in (load, build, template):
        command.add_argument("--store", metavar="数据目录", help="默认 data/store，或环境变量 MINGSHU_STORE")
    return parser


def _sample(asked: argparse.Namespace) -> int:
    print(f"已写出 {write_county(asked.folder)} 个文件到 {asked.folder}")
    return _DONE


def _load(asked: argparse.Namespace) -> int:
    return _report(lambda show: load_paths(asked.paths, store_path(asked.store), show))


def _build(asked: argparse.Namespace) -> int:
    return _report(lambda show: rebuild(store_path(asked.store), show))


def _template(asked: argparse.Namespace) -> int:
    store, period = store_path(asked.store), parse_quarter(asked.period)
    print(f"已写出模板 {make_template(store, asked.form, asked.unit, period, asked.out)}")
    return _DONE


def _report(run: Callable[[Callable[[Outcome, int], None]], Summary]) -> int:
    """Run with a progress bar, one line a file above it, and a summary; return the exit code."""
    with tqdm(unit="份", desc="上报", file=sys.stderr, dynamic_ncols=True) as bar:

        def show(outcome: Outcome, total: int) -> None:
            bar.total = max(total, bar.n + 1)
            bar.update()
            bar.write(_line(outcome), file=sys.stdout)

        summary = run(show)
    print(_sum_up(summary))
    return _SENT_BACK if summary.count(RETURNED) else _DONE


def _line(outcome: Outcome) -> str:
    told = [f"  {SEVERITY_WORDS[finding.severity]}：{finding.sentence()}" for finding in gather(outcome.findings)]
    return os.linesep.join([f"{_WORDS[outcome.what]}  {outcome.name}", *told])


def _sum_up(summary: Summary) -> str:
    counts = "，".join(f"{word} {summary.count(what)} 份" for what, word in _WORDS.items())
    current = f"，数据更新为第 {summary.build} 版" if summary.build else "，数据没有变化"
    return f"共 {len(summary.outcomes)} 份：{counts}{current}。"


if __name__ == "__main__":
    sys.exit(main())
