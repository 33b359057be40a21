"""Stated totals: does each total and subtotal of a return agree with the rows it covers?"""

from bisect import bisect_left
from collections.abc import Iterator
from functools import partial

from etl.check.finding_writer import FindingWriter
from etl.check.hidden_rows import hidden_total
from etl.check.prefix_sums import PrefixSums
from etl.extract.row_kinds import total_label
from etl.labels.total_labels import counts_from_before, total_rank
from etl.layout.table import Check
from etl.layout.text_kinds import number_of
from etl.model.finding import Finding
from etl.model.nouns import Return, Row
from etl.model.rules.wording import Values
from etl.sums.scope import RankedRows, Span, pick

_CENT = 0.005


def check_totals(filed: Return, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding for each figure of a total row that the rows it covers don't add up to."""
    if not filed.totals:
        return
    totals = {total.row: total for total in filed.totals}
    places = sorted([*filed.places, *totals])
    labels = {row: total_label(filed.layout, row) for row in totals}
    ranks = [(total_rank(labels[row]) or 1) if row in totals else 0 for row in places]
    outline, sums = RankedRows(ranks), PrefixSums(filed)
    for at in outline.totals:
        total = totals[places[at]]
        held = partial(_held, filed, total, places, sums)
        span = pick(outline.spans(at), held) or (0, len(places))
        covered = _covered(filed, places, span)
        for check in held(span):
            question = hidden_total(total, check, labels[total.row], covered, sums, writer)
            if question:
                yield question
            elif check.agrees is False:
                yield _differs(filed, total, labels[total.row], check, covered, writer)


def _held(filed: Return, total: Row, places: list[int], sums: PrefixSums, span: Span) -> list[Check]:
    """Return for each figure of a total what the details of a span add up to; `column` is its number in the row.

    A total that agrees with the visible rows alone agrees too; it must be confirmed.
    """
    start, end = _covered(filed, places, span)
    checks = []
    for number, code in enumerate(total.cells):
        written = total.number(code)
        if written is not None:
            added, seen = sums.whole(code, start, end), sums.seen(code, start, end)
            agrees = abs(written - added) <= _CENT or abs(written - seen) <= _CENT
            checks.append(Check(number, written, added, agrees))
    return checks


def _covered(filed: Return, places: list[int], span: Span) -> tuple[int, int]:
    """Return the details of a span of rows, from the first up to the first that is not covered."""
    ends = [places[at] if at < len(places) else places[-1] + 1 for at in span]
    return bisect_left(filed.places, ends[0]), bisect_left(filed.places, ends[1])


def _differs(
    filed: Return, total: Row, label: str, check: Check, covered: tuple[int, int], writer: FindingWriter
) -> Finding:
    code = list(total.cells)[check.column]
    raw, added = total.cells[code].raw, f"{check.added:,.10g}"
    if filed.form.column(code).type == "amount" and number_of(raw) != check.written:  # the sheet counts in 万元
        raw, added = (writer.value(filed.form.code, code, value) for value in (check.written, check.added))
    values: Values = {
        "name": label,
        "label": writer.label(code),
        "value": raw,
        "rows": _say_rows(filed, *covered),
        "sum": added,
    }
    if _may_hold_more(filed, label) and check.added is not None and check.written > check.added:
        return writer.at(total, code, "total", "since_january", severity="note", **values)
    return writer.at(total, code, "total", severity="return", **values)


def _say_rows(filed: Return, start: int, end: int) -> str:
    if end - start == filed.size:
        return "各行相加"
    first, last = filed.places[start], filed.places[end - 1]
    return f"第{first}行" if first == last else f"第{first}—{last}行相加"


def _may_hold_more(filed: Return, label: str) -> bool:
    """Return whether a total of events may count earlier quarters of the year as well."""
    return bool(filed.form.date) and counts_from_before(label) and filed.period % filed.form.periods_a_year > 0
