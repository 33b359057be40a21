"""Wrong scale: do all amounts of a return differ from a neighbouring quarter's by one factor? Then the unit is wrong.

One such slip makes every amount of the sheet wrong, and each of them breaks several rules. It is reported once, and the
findings that follow from it are dropped.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from etl.check.finding_writer import FindingWriter
from etl.known import Known
from etl.model.finding import Finding
from etl.model.nouns import Return
from etl.model.rules import UNIT_SLIP
from etl.model.rules.repeating_clauses import SUM_SHIFT
from etl.model.rules.wording import Clause
from stats.catalogue.form_rules import Thresholds
from stats.catalogue.models import Column

_FEW = 2  # minimum number of amounts that must agree
_TEN = 10
_Pair = tuple[str, float, float]  # column, this return's number, that of the neighbouring quarter


@dataclass(frozen=True)
class _Side:
    word: str
    period: int


def merge_scale_findings(
    findings: list[Finding], filed: Return, known: Known, thresholds: Thresholds, writer: FindingWriter
) -> list[Finding]:
    """Return the findings on a return, with all that follow from a wrong unit of its amounts merged into one."""
    for columns in _by_measure(filed):
        if slip := _slip(columns, filed, known, thresholds, writer):
            slipped = {column.label for column in columns}
            findings = [slip, *(finding for finding in findings if finding.column not in slipped)]
    return list(_first_of_column(findings))


def _first_of_column(findings: list[Finding]) -> Iterator[Finding]:
    """Yield the findings except those explained by a wrong unit of their whole column."""
    reported: set[str] = set()
    whole = {finding.column for finding in findings if _of_column(finding)}
    for finding in findings:
        if finding.column not in whole or (_of_column(finding) and finding.column not in reported):
            yield finding
            reported.add(finding.column)


def _of_column(finding: Finding) -> bool:
    return finding.rule == UNIT_SLIP and bool(finding.column) and not finding.address


def _by_measure(filed: Return) -> Iterator[list[Column]]:
    amounts = [column for column in filed.form.columns if column.type == "amount"]
    for measure in dict.fromkeys(column.measure for column in amounts):
        yield [column for column in amounts if column.measure == measure]


def _slip(
    columns: list[Column], filed: Return, known: Known, thresholds: Thresholds, writer: FindingWriter
) -> Finding | None:
    running = {rule.column for rule in filed.form.history.continues}
    codes = [column.code for column in columns if column.code not in running]
    before, after = filed.form.neighbours
    for side in (_Side(before, filed.period - 1), _Side(after, filed.period + 1)):
        pairs = list(_pairs(codes, filed, known, side.period))
        for step in thresholds.table_slips:
            if step == _TEN and filed.size < thresholds.typical_rows:
                continue
            for up in (True, False):
                if _agree(pairs, step if up else 1 / step, thresholds):
                    return _tell(pairs, side, step, up, filed, writer)
    return None


def _pairs(codes: list[str], filed: Return, known: Known, period: int) -> Iterator[_Pair]:
    for code in codes:
        neighbour = known.column(filed.form.code, period, code)
        for key, now in zip(filed.keys, filed.column(code), strict=True) if neighbour else ():
            then = neighbour.get(key)
            if isinstance(now, int | float) and isinstance(then, int | float) and now > 0 and then > 0:
                yield code, now, then


def _agree(pairs: list[_Pair], step: float, thresholds: Thresholds) -> bool:
    near = sum(abs(now / then / step - 1) <= thresholds.slip_within for _, now, then in pairs)
    return near >= max(_FEW, thresholds.table_share * len(pairs))


def _tell(pairs: list[_Pair], side: _Side, step: float, up: bool, filed: Return, writer: FindingWriter) -> Finding:
    sums = []
    for code in dict.fromkeys(code for code, _, _ in pairs):
        own = [(now, then) for other, now, then in pairs if other == code]
        now, then = (writer.value(filed.form.code, code, sum(side)) for side in zip(*own, strict=True))
        sums.append(Clause(SUM_SHIFT, {"label": writer.label(code), "when": side.word, "then": then, "now": now}))
    wording = "table_larger" if up else "table_smaller"
    return writer.on_sheet(UNIT_SLIP, wording, severity="confirm", sums=sums, factor=step)
