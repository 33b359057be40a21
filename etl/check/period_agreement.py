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

_TODO = "请核对报的是哪个季度的表；只是名称没有改的，请说明"


def check_periods(found: Return, file: str, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding for each place that names another quarter than that of the return."""
    head, period = found.layout.head, found.period
    of_quarters = found.form.frequency == "quarter"
    if head.period and not stated_by_title(head.title, of_quarters).fits(period):
        said = f"标题写的是“{head.title.strip()}”，{_decided(found)}"
        yield writer.on_sheet("period_places", said, "两处应是同一个季度", _TODO)
    if not stated_by_sheet(found.sheet).fits(period):
        said = f"表名写的是“{found.sheet}”，{_decided(found)}"
        yield writer.on_sheet("period_places", said, "两处应是同一个季度", _TODO)
    named = stated_by_file(file)
    if not named.fits(period):
        said = f"文件名写的是{named.sentence() or f'“{file}”'}，表里写的是{say_quarter(period)}"
        yield writer.on_sheet("file_period", said, "文件名和表里应是同一个季度", _TODO)


def _decided(found: Return) -> str:
    """Return where the return's quarter was taken from, and the text there."""
    head, quarter = found.layout.head, say_quarter(found.period)
    if head.period:
        cell = head.period_cell
        return f"报告期{f'（{cell.address}）' if cell else ''}写的是{quarter}"
    return f"标题写的是{quarter}"
