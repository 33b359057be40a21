"""Period agreement: do the sheet's name, the title and the file's name agree with the period of the return?

The period is taken from the period written in the sheet, or the title. When last quarter's file is reused, people
forget to change the name as often as the cells, so a difference is asked about and both places are quoted.
"""

from collections.abc import Iterator

from base.month_spans import months_of
from etl.check.finding_writer import FindingWriter
from etl.extract.stated_periods import stated_by_file, stated_by_sheet, stated_by_title
from etl.model.finding import Finding
from etl.model.nouns import Return


def check_periods(filed: Return, file: str, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding for each place that names another period than that of the return."""
    shown = filed.layout.shown
    if shown and (shown.across or shown.whole):  # what the names tell is all that stands there, or when it was made
        return
    head, quarter, length = filed.layout.head, filed.form.say(filed.period), filed.form.months
    period = months_of(filed.period, length)
    cell = head.period_cell.address if head.period_cell else None
    due = not filed.form.standing
    if head.period and not stated_by_title(head.title, due, length).fits(period):
        yield writer.on_sheet("period_places", "title", title=head.title.strip(), quarter=quarter, cell=cell)
    if not stated_by_sheet(filed.sheet, length).fits(period):
        if head.period:
            yield writer.on_sheet("period_places", "name", name=filed.sheet, quarter=quarter, cell=cell)
        else:
            yield writer.on_sheet("period_places", "name_title", name=filed.sheet, titled=quarter)
    named = stated_by_file(file, length)
    if not named.fits(period):
        yield writer.on_sheet("file_period", named=named.sentence() or f"“{file}”", quarter=quarter)
