"""Shared by several commands: options, exit codes, and showing a run over files."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from tqdm import tqdm

from base.settings import login_name
from etl.journal.outcomes import ACCEPTED, HELD, RETURNED, UNCHANGED, WITHDRAWN, Outcome, Summary, to_confirm
from etl.model.finding import Finding, gather
from etl.model.rules import SEVERITY_WORDS

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
DONE, SENT_BACK, WRONG_USE = 0, 1, 2
WORDS = {
    ACCEPTED: "已收下",
    HELD: "待核实",
    RETURNED: "退回",
    UNCHANGED: "与已收下的相同，未作改动",
    WITHDRAWN: "已撤回",
}
_ALWAYS_TOLD = (ACCEPTED, HELD, RETURNED)


def add_store(parser: argparse.ArgumentParser) -> None:
    """Add --store: the data folder, for store.builds.store_path."""
    parser.add_argument("--store", metavar="数据目录", help="默认 data/store，或环境变量 MINGSHU_STORE")


def add_who(parser: argparse.ArgumentParser) -> None:
    """Add --who: the name of whoever decides, recorded in the journal."""
    parser.add_argument("--who", metavar="姓名", default=login_name(), help="经办人，记入日志；默认是登录名")


def add_decision(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of every decision on a receipt: its number, the reason, and by whom."""
    parser.add_argument("seq", metavar="编号", type=int, help="上报的编号，见上报时的回执，例如 12")
    parser.add_argument("--reason", metavar="理由", required=True, help="为什么，记入日志")
    add_who(parser)
    add_store(parser)


def report(run: Callable[[Callable[[Outcome, int], None]], Summary]) -> int:
    """Run with a progress bar, one line per file above it, and a summary; return the exit code."""
    with progress() as show:
        summary = run(show)
    print(_sum_up(summary))
    return exit_code(outcome.what for outcome in summary.outcomes)


@contextmanager
def progress() -> Iterator[Callable[[Outcome, int], None]]:
    """Yield a function that prints an outcome, with a progress bar below on the error stream."""
    with tqdm(unit="份", desc="上报", file=sys.stderr, dynamic_ncols=True) as bar:

        def show(outcome: Outcome, total: int) -> None:
            bar.total = max(total, bar.n + 1)
            bar.update()
            bar.write(_say(outcome), file=sys.stdout)

        yield show


class WaitingLine:
    """Prints how many are ahead in the store's queue to the error stream, once for each change."""

    def __init__(self) -> None:
        self._shown = 0

    def __call__(self, ahead: int) -> None:
        """Print the number of those ahead if it has changed."""
        if ahead and ahead != self._shown:
            tqdm.write(f"前面还有 {ahead} 份上报正在收下，轮到后自动开始……", file=sys.stderr)
        self._shown = ahead


def exit_code(outcomes: Iterable[str]) -> int:
    """Return 1 when any file was returned or is held, else 0."""
    return SENT_BACK if {RETURNED, HELD} & set(outcomes) else DONE


def _say(outcome: Outcome) -> str:
    number = f"（编号 {outcome.seq}）" if outcome.seq else ""
    return os.linesep.join([f"{WORDS[outcome.what]}  {outcome.name}{number}", *_say_findings(outcome.findings)])


def _say_findings(findings: tuple[Finding, ...]) -> Iterator[str]:
    """Yield one line per finding; questions are numbered as for `confirm --number`."""
    for finding in gather(finding for finding in findings if finding.severity != "confirm"):
        yield f"  {SEVERITY_WORDS[finding.severity]}：{finding.sentence()}"
    for number, finding in enumerate(to_confirm(findings), start=1):
        yield f"  {SEVERITY_WORDS[finding.severity]} {number}：{finding.sentence()}"
        if finding.offered:
            yield f"    确认时用 --as 选一个：{'、'.join(finding.choices)}"


def _sum_up(summary: Summary) -> str:
    counts = "，".join(
        f"{word} {summary.count(what)} 份"
        for what, word in WORDS.items()
        if what in _ALWAYS_TOLD or summary.count(what)
    )
    current = f"，数据更新为第 {summary.build} 版" if summary.build else "，数据没有变化"
    return f"共 {len(summary.outcomes)} 份：{counts}{current}。"
