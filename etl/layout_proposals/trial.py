"""LayoutTrial: the very file read with a layout before that is declared: its returns, their sums, and what is wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from base.formats import say_exact
from etl.extract import extract
from etl.layout_proposals.own_table import OwnTable
from etl.model.finding import Finding
from etl.model.nouns import Return
from etl.own_layouts.shown_tables import shown_returns
from stats.catalogue import Catalogue
from stats.catalogue.layouts import TableLayout


@dataclass(frozen=True)
class LayoutTrial:
    """The returns that a layout reads in a file, what is wrong with them, and the sheets it does not fit."""

    returns: tuple[Return, ...]
    findings: tuple[Finding, ...]
    left_out: tuple[str, ...]

    @property
    def faults(self) -> list[Finding]:
        """Return the findings for which the file would not be taken in."""
        return [finding for finding in self.findings if finding.severity == "return"]


def try_layout(tables: Sequence[OwnTable], layout: TableLayout, file: str, catalogue: Catalogue) -> LayoutTrial:
    """Return what a layout reads in the tables of a file; nothing is kept."""
    with_one = replace(catalogue, layouts={layout.code: layout})
    returns: list[Return] = []
    findings: list[Finding] = []
    left_out: list[str] = []
    for table in tables:
        shown = None if table.sheet.name in layout.left_out else shown_returns(table.sheet, file, with_one)
        if shown is None:
            left_out.append(table.sheet.name)
            continue
        findings += shown.findings
        for each in shown.layouts:
            filed, values = extract(each, file, with_one)
            returns.append(filed)
            findings += values
    return LayoutTrial(tuple(returns), tuple(findings), tuple(left_out))


def describe_trial(trial: LayoutTrial, catalogue: Catalogue) -> Iterator[str]:
    """Yield a line for each return: its period, its rows, and the sums of its columns."""
    for filed in trial.returns:
        period = filed.form.say(filed.period) if filed.period else "没有写明时间"
        sums = "，".join(_sums(filed, catalogue))
        yield f"工作表“{filed.sheet}”：{period}，{filed.size} 行{f'，{sums}' if sums else ''}"
    if trial.left_out:
        yield f"不按这个表式读的工作表：{'、'.join(trial.left_out)}"


def _sums(filed: Return, catalogue: Catalogue) -> Iterator[str]:
    for column in filed.form.sized:
        numbers = [value for value in filed.column(column.code) if isinstance(value, int | float)]
        if numbers:
            yield f"{column.label}共 {say_exact(sum(numbers), catalogue.measures[column.measure or ''].name)}"
