"""Check: is a return consistent in itself, with its own totals and with other returns of its form?

Findings come in the order row → sheet; nothing is repaired here. Comparisons with other forms and other quarters are in
etl/compare.
"""

from collections.abc import Iterator

from etl.check.finding_writer import FindingWriter
from etl.check.hidden_rows import check_covered, check_hidden
from etl.check.reversals import check_reversals
from etl.check.rows import check_rows
from etl.check.stated_totals import check_totals
from etl.known import Known
from etl.model.finding import Finding
from etl.model.nouns import Return
from etl.model.observe import Observer
from etl.model.rules import EMPTY


def check_return(filed: Return, known: Known, observer: Observer, writer: FindingWriter) -> list[Finding]:
    """Return the findings on one return whose rows have been resolved."""
    findings = check_rows(filed, observer, writer)
    findings += check_reversals(filed, known, observer, writer)
    findings += check_totals(filed, writer)
    findings += check_hidden(filed, writer)
    findings += check_covered(filed, writer)
    findings += _repeated_keys(filed, writer)
    findings += _keys_reported_elsewhere(filed, known, writer)
    return findings + _empty(filed, writer)


def _repeated_keys(filed: Return, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding on each further row of a key. A register's rows are states: the same key comes again."""
    if filed.form.repeats_keys:
        return
    if len(set(filed.keys)) == filed.size:
        return
    first_rows: dict[str, int] = {}
    for number, key in enumerate(filed.keys):
        before = first_rows.setdefault(key, number)
        if before != number:
            row, other = filed.row(number), filed.places[before]
            yield writer.at(row, filed.form.key[0], "repeated", row=writer.named(row), first=other)


def _keys_reported_elsewhere(sheet: Return, known: Known, writer: FindingWriter) -> Iterator[Finding]:
    elsewhere = known.elsewhere(sheet.keys)
    for number, key in enumerate(sheet.keys) if elsewhere else ():
        if key in elsewhere:
            row = sheet.row(number)
            filed = elsewhere[key]
            finding = writer.at(row, sheet.form.key[0], "reported_elsewhere", row=writer.named(row), name=filed.name)
            yield finding.quoting(filed.reporters)


def _empty(filed: Return, writer: FindingWriter) -> list[Finding]:
    if filed.size or filed.nil:
        return []
    return [writer.on_sheet(EMPTY, severity="return")]
