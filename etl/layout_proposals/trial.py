"""LayoutTrial: the very file read with a layout before that is declared: its returns, their sums, and what is wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from base.formats import say_exact
from etl.extract import extract
from etl.layout_proposals.own_table import OwnTable
from etl.model.finding import Finding
from etl.model.nouns import Return, address_of
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
            left_out.append(_named(table))
            continue
        findings += shown.findings
        for each in shown.layouts:
            filed, values = extract(each, file, with_one)
            returns.append(filed)
            findings += values
    return LayoutTrial(tuple(returns), tuple(findings), tuple(left_out))


def _named(table: OwnTable) -> str:
    return f"{table.sheet.name}（{address_of((table.header.top, min(table.header.paths)))} 起）"


def describe_trial(trial: LayoutTrial, catalogue: Catalogue) -> Iterator[str]:
    """Yield a line for each return: its period, its rows, and the sums of its columns."""
    for (sheet, period), group in _by_period(trial.returns).items():
        sums = "，".join(_sums(group, catalogue))
        rows = sum(filed.size for filed in group)
        yield f"工作表“{sheet}”：{period}，{rows} 行{f'，{sums}' if sums else ''}"
    if trial.left_out:
        yield f"不按这个表式读的：{'、'.join(trial.left_out)}"


def _by_period(returns: Sequence[Return]) -> dict[tuple[str, str], list[Return]]:
    """Return the returns by the sheet they stand on and their period in words."""
    groups: dict[tuple[str, str], list[Return]] = {}
    for filed in returns:
        period = filed.form.say(filed.period) if filed.period else "没有写明时间"
        groups.setdefault((filed.sheet, period), []).append(filed)
    return groups


def _sums(group: Sequence[Return], catalogue: Catalogue) -> Iterator[str]:
    for column in group[0].form.sized:
        values = (value for filed in group for value in filed.column(column.code))
        numbers = [value for value in values if isinstance(value, int | float)]
        if numbers:
            yield f"{column.label}共 {say_exact(sum(numbers), catalogue.measures[column.measure or ''].name)}"
