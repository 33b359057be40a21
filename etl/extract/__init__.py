"""Extract: parse the rows of a recognised sheet into values, each with its cell."""

from base.periods import say_quarter
from etl.extract.parse import Parser
from etl.extract.row_kinds import kinds_of_rows
from etl.extract.stated_units import unit_findings
from etl.labels.derived_labels import derived_label
from etl.model.finding import Finding, tell
from etl.model.nouns import Layout, Return
from etl.model.values import find_quarter
from stats.catalogue import Catalogue


def extract(layout: Layout, file: str, catalogue: Catalogue) -> tuple[Return, list[Finding]]:
    """Return the rows of a sheet, its total rows separately, and a finding for every cell that can't be parsed."""
    period, findings = _find_period(layout, file)
    found = Return(layout=layout, reporter=layout.head.reporter_text, period=period or 0)
    kinds = kinds_of_rows(layout)
    found.nil = "nil" in kinds.values()
    parser = Parser(layout, file, catalogue)
    found.places = [row for row, kind in kinds.items() if kind == "detail"]
    found.columns = parser.parse_columns(found.places)
    found.totals = [parser.parse_total(row) for row, kind in kinds.items() if kind == "total"]
    findings += [_subset(layout, file, row) for row, kind in kinds.items() if kind == "subset"]
    findings += [_derived(layout, file, row) for row, kind in kinds.items() if kind == "derived"]
    return found, [*findings, *unit_findings(layout, file, catalogue), *parser.findings()]


def _subset(layout: Layout, file: str, row: int) -> Finding:
    """Return the note that a 其中 row was not counted, because it is a part of the row above."""
    first = next(layout.sheet.row_cells(row))
    expected, todo = "其中数已含在上一行里，没有另算", "如应单独上报，请去掉“其中”二字"
    return tell(
        rule="subset_row",
        file=file,
        sheet=layout.sheet.name,
        address=first.address,
        problem=f"这一行写的是“{first.raw.strip()}”",
        requirement=expected,
        todo=todo,
    )


def _derived(layout: Layout, file: str, row: int) -> Finding:
    """Return the note that a row such as 平均 was not counted: it is reckoned from the others."""
    first = next(cell for cell in layout.sheet.row_cells(row) if derived_label(cell.raw))
    expected, todo = "平均、增减、占比一类的行是算出来的，没有收", "如是一个单位，请写全称再报"
    return tell(
        rule="derived_row",
        file=file,
        sheet=layout.sheet.name,
        address=first.address,
        problem=f"这一行写的是“{first.raw.strip()}”",
        requirement=expected,
        todo=todo,
    )


def _find_period(layout: Layout, file: str) -> tuple[int | None, list[Finding]]:
    """Return the quarter of the sheet; a finding when none is written or two places disagree."""
    head = layout.head
    titled = find_quarter(head.title)
    where = head.period_cell.address if head.period_cell else ""
    if head.period and titled and head.period != titled:
        return None, [
            tell(
                rule="period_conflict",
                file=file,
                sheet=layout.sheet.name,
                address=where,
                problem=f"标题写的是{say_quarter(titled)}，报告期写的是{say_quarter(head.period)}",
                requirement="两处应是同一个季度",
                todo="请核对后改成一致再报",
            )
        ]
    period = head.period or titled or find_quarter(layout.sheet.name) or find_quarter(file)
    if period is None:
        found = f"报告期写的是“{head.period_text}”" if head.period_text else "没有写报告期"
        return None, [
            tell(
                rule="no_period",
                file=file,
                sheet=layout.sheet.name,
                address=where,
                problem=found,
                requirement="应写明年份和季度，例如 2010年四季度",
                todo="请补上报告期再报",
            )
        ]
    return period, []
