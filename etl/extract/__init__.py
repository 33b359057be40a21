"""Extract: parse the rows of a recognised sheet into values, each with its cell."""

from datetime import date

from base.month_spans import YEAR, period_of
from etl.extract.parse import Parser
from etl.extract.row_kinds import kinds_of_rows
from etl.extract.stated_units import unit_findings
from etl.labels.derived_labels import derived_label
from etl.model.finding import Finding, tell
from etl.model.nouns import Layout, Return
from etl.model.rules.wording import Values
from etl.model.values import find_period
from stats.catalogue import Catalogue

_EXAMPLE = date(2010, 12, 31)  # a day in the period that a finding gives as an example


def extract(layout: Layout, file: str, catalogue: Catalogue) -> tuple[Return, list[Finding]]:
    """Return the rows of a sheet, its total rows separately, and a finding for every cell that can't be parsed."""
    period, findings = _find_period(layout, file)
    filed = Return(layout=layout, reporter=layout.head.reporter_text, period=period or 0)
    kinds = kinds_of_rows(layout)
    filed.nil = "nil" in kinds.values()
    parser = Parser(layout, file, catalogue, year=period * layout.form.months // YEAR if period else None)
    filed.places = [row for row, kind in kinds.items() if kind == "detail"]
    filed.columns = parser.parse_columns(filed.places)
    filed.totals = [parser.parse_total(row) for row, kind in kinds.items() if kind == "total"]
    findings += [_subset(layout, file, row) for row, kind in kinds.items() if kind == "subset"]
    findings += [_derived(layout, file, row) for row, kind in kinds.items() if kind == "derived"]
    return filed, [*findings, *unit_findings(layout, file, catalogue), *parser.findings()]


def _subset(layout: Layout, file: str, row: int) -> Finding:
    """Return the note that a 其中 row was not counted, because it is a part of the row above."""
    first = next(layout.sheet.row_cells(row))
    return tell("subset_row", file=file, sheet=layout.sheet.name, address=first.address, text=first.raw.strip())


def _derived(layout: Layout, file: str, row: int) -> Finding:
    """Return the note that a row such as 平均 was not counted: it is reckoned from the others."""
    first = next(cell for cell in layout.sheet.row_cells(row) if derived_label(cell.raw))
    return tell("derived_row", file=file, sheet=layout.sheet.name, address=first.address, text=first.raw.strip())


def _find_period(layout: Layout, file: str) -> tuple[int | None, list[Finding]]:
    """Return the period of the sheet; a finding when none is written or two places disagree."""
    head, form = layout.head, layout.form
    titled = find_period(head.title, form.months)
    where = head.period_cell.address if head.period_cell else ""
    if head.period and titled and head.period != titled:
        return None, [
            tell(
                "period_conflict",
                file=file,
                sheet=layout.sheet.name,
                address=where,
                titled=form.say(titled),
                quarter=form.say(head.period),
            )
        ]
    named = (find_period(text, form.months) for text in (layout.sheet.name, file))
    period = head.period or titled or next(filter(None, named), None)
    if period is None:
        wording = "text" if head.period_text else "none"
        values: Values = {"text": head.period_text} if head.period_text else {}
        values["period"] = form.say(period_of(_EXAMPLE, form.months))
        return None, [tell("no_period", wording, file=file, sheet=layout.sheet.name, address=where, **values)]
    return period, []
