"""Period agreement: do the sheet's name, the title and the file's name agree with the quarter of the return?

The quarter is taken from the period written in the sheet, or the title. When last quarter's file is reused, people
forget to change the name as often as the cells, so a difference is asked about and both places are quoted.
"""

from collections.abc import Iterator

from base.periods import say_quarter
from etl.check.finding_writer import FindingWriter
from etl.extract.stated_periods import stated_by_file, stated_by_sheet, stated_by_title
from etl.model.finding import Finding
from etl.model.nouns import Return


def check_periods(filed: Return, file: str, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding for each place that names another quarter than that of the return."""
    head, period, quarter = filed.layout.head, filed.period, say_quarter(filed.period)
    cell = head.period_cell.address if head.period_cell else None
    of_quarters = filed.form.frequency == "quarter"
    if head.period and not stated_by_title(head.title, of_quarters).fits(period):
        yield writer.on_sheet("period_places", "title", title=head.title.strip(), quarter=quarter, cell=cell)
    if not stated_by_sheet(filed.sheet).fits(period):
        if head.period:
            yield writer.on_sheet("period_places", "name", name=filed.sheet, quarter=quarter, cell=cell)
        else:
            yield writer.on_sheet("period_places", "name_title", name=filed.sheet, titled=quarter)
    named = stated_by_file(file)
    if not named.fits(period):
        yield writer.on_sheet("file_period", named=named.sentence() or f"“{file}”", quarter=quarter)
