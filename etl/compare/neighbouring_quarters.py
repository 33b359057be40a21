"""Neighbouring quarters: compare a return with the quarter before, or the one after if that was reported first.

Everything here is a question (核实), never a refusal: which of the two quarters is wrong can't be known, and past files
are corrected every year. A verdict that depended on the order of files would also differ after a rebuild. The
comparison is with the data in force when the file is examined; a row without a counterpart gives no finding.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from statistics import median

from etl.check.finding_writer import FindingWriter
from etl.known import Column, Known
from etl.model.finding import Finding
from etl.model.nouns import Parsed, Return, Row
from etl.model.rules import UNIT_SLIP
from etl.model.rules.wording import Values
from stats.catalogue.form_rules import Compared, Continues, Thresholds

_CENT = 0.5
_SEVERAL = 3  # from this many rows on, the same slip is reported once for the column


@dataclass(frozen=True)
class _Neighbour:
    """A quarter next to that of the return."""

    word: str
    period: int
    form: str
    known: Known

    def column(self, code: str) -> Column:
        """Return a column's values there, by row key."""
        return self.known.column(self.form, self.period, code)


@dataclass(frozen=True)
class _Sides:
    """The quarters before and after that of a return."""

    before: _Neighbour
    after: _Neighbour


def check_history(filed: Return, known: Known, thresholds: Thresholds, writer: FindingWriter) -> list[Finding]:
    """Return the findings on numbers that do not continue those of the quarter before, or lead into the one after."""
    words = ("原来", "后来") if filed.form.is_register else filed.form.neighbours
    before, after = (
        _Neighbour(word, filed.period + step, filed.form.code, known) for word, step in zip(words, (-1, 1), strict=True)
    )
    sides = _Sides(before, after)
    if same := _same_again(filed, sides, thresholds, writer):
        return [same]
    findings: list[Finding] = []
    for rule in filed.form.history.continues:
        findings += _not_continued(rule, filed, sides, writer)
    for compared in filed.form.history.compare:
        check = _typical if filed.form.ledger and not filed.form.is_register else _moved
        findings += check(compared, filed, sides, thresholds, writer)
    return findings


def _same_again(filed: Return, sides: _Sides, thresholds: Thresholds, writer: FindingWriter) -> Finding | None:
    """Return a finding when every number of a large enough return equals that of the neighbouring quarter."""
    if not filed.form.history.moves:
        return None
    columns = {column.code: filed.column(column.code) for column in filed.form.columns if column.numeric}
    if sum(bool(number) for column in columns.values() for number in column) < thresholds.same_numbers:
        return None
    for side in (sides.before, sides.after):
        if all(_is_same(filed, own, side.column(code)) for code, own in columns.items()):
            return _tell_same(filed, side, next(iter(columns)), writer)
    return None


def _is_same(filed: Return, own: list[Parsed], other: Column) -> bool:
    return own == [other.get(key) for key in filed.keys]


def _tell_same(filed: Return, side: _Neighbour, code: str, writer: FindingWriter) -> Finding:
    total = sum(number for number in filed.column(code) if isinstance(number, int | float))
    return writer.on_sheet(
        "same_as_last",
        count=filed.size,
        when=side.word,
        quarter=filed.form.say(side.period),
        label=writer.label(code),
        sum=writer.value(filed.form.code, code, total),
    )


def _not_continued(rule: Continues, filed: Return, sides: _Sides, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding on each row whose opening or closing does not continue the neighbouring quarter's."""
    starts, next_starts = (
        rule.within_year and period % filed.form.periods_a_year == 0 for period in (filed.period, sides.after.period)
    )
    wrong = _false_starts(rule, filed, {} if starts else sides.before.column(rule.last), starts)
    false_ends = {} if next_starts else _false_ends(rule, filed, sides.after)
    for number in sorted({*wrong, *false_ends}):
        row = filed.row(number)
        if number in wrong:
            yield _step(rule, row, sides.before, wrong[number], starts, writer)
        if number in false_ends:
            yield _step_into(rule, row, sides.after, false_ends[number], writer)


def _false_starts(rule: Continues, filed: Return, lasts: Column, starts: bool) -> dict[int, float]:
    """Return the expected opening of each row that does not continue the quarter before, by row index."""
    if not starts and not lasts:
        return {}
    own = [_numbers(filed.column(code)) for code in (rule.column, *rule.plus)]
    begun = [0.0] * filed.size if starts else [_number(lasts.get(key)) for key in filed.keys]
    return {
        number: last
        for number, (last, now, *added) in enumerate(zip(begun, *own, strict=True))
        if last is not None and now is not None and None not in added and abs(now - last - sum(added)) > _CENT
    }


def _false_ends(rule: Continues, filed: Return, after: _Neighbour) -> dict[int, float]:
    """Return the next quarter's opening for each row whose closing differs from it, by row index."""
    then = after.column(rule.column)
    if not then:
        return {}
    added = [after.column(code) for code in rule.plus]
    wrong: dict[int, float] = {}
    for number, (key, closing) in enumerate(zip(filed.keys, _numbers(filed.column(rule.last)), strict=True)):
        begun, more = _number(then.get(key)), [column.get(key) for column in added]
        if begun is None or closing is None or None in more:
            continue
        if abs(begun - closing - sum(plus for plus in _numbers(more) if plus)) > _CENT:
            wrong[number] = begun
    return wrong


def _step(rule: Continues, row: Row, before: _Neighbour, last: float, starts: bool, writer: FindingWriter) -> Finding:
    form, parts = row.form.code, [writer.label(code) for code in rule.plus]
    values: Values = {
        "row": writer.named(row),
        "label": writer.label(rule.column),
        "numbers": [writer.number(row, code) for code in (rule.column, *rule.plus)],
    }
    if starts:
        return writer.at(row, rule.column, "continuity", "begins", **values, parts=parts)
    values |= {"when": before.word, "last_label": writer.label(rule.last), "last": writer.value(form, rule.last, last)}
    return writer.at(row, rule.column, "continuity", "opening", **values, parts=parts or None)


def _step_into(rule: Continues, row: Row, after: _Neighbour, then: float, writer: FindingWriter) -> Finding:
    form = row.form.code
    return writer.at(
        row,
        rule.last,
        "continuity",
        "closing",
        row=writer.named(row),
        last_label=writer.label(rule.last),
        last=writer.value(form, rule.last, row.number(rule.last)),
        when=after.word,
        label=writer.label(rule.column),
        then=writer.value(form, rule.column, then),
    )


def _moved(
    rule: Compared, filed: Return, sides: _Sides, thresholds: Thresholds, writer: FindingWriter
) -> Iterator[Finding]:
    """Yield findings on numbers far from their last value, either as a wrong unit or as a jump."""
    slips: dict[tuple[float, bool], list[tuple[Row, Values]]] = {}
    for number, side, now, then in _far_moves(rule, filed, sides, thresholds):
        row, factor = filed.row(number), _slip(min(now, then), max(now, then), thresholds)
        values = _change(rule, row, side, now, then, writer)
        if factor:
            slips.setdefault((factor, now > then), []).append((row, values))
        else:
            yield writer.at(row, rule.column, "jump", **values)
    for (factor, up), rows in slips.items():
        if len(rows) < _SEVERAL:
            for row, values in rows:
                yield writer.at(row, rule.column, UNIT_SLIP, "row", severity="confirm", **values, factor=factor)
        else:
            yield _tell_column(rule, rows, factor, up, writer)


def _far_moves(
    rule: Compared, filed: Return, sides: _Sides, thresholds: Thresholds
) -> Iterator[tuple[int, _Neighbour, float, float]]:
    """Yield the rows whose number is far from that of the quarter before or, if that lacks the row, after."""
    before, after = (side.column(rule.column) for side in (sides.before, sides.after))
    if not before and not after:
        return
    ratio, measure = rule.ratio or thresholds.ratio, filed.form.column(rule.column).measure or ""
    least = thresholds.least.get(measure, 0.0) if rule.least is None else rule.least
    for number, (key, value) in enumerate(zip(filed.keys, filed.column(rule.column), strict=True)):
        now, then = _number(value), _number(before[key] if key in before else after.get(key))
        if now is None or then is None or abs(now - then) < least:
            continue
        if max(now, then) > ratio * min(now, then):
            yield number, sides.before if key in before else sides.after, now, then


def _slip(low: float, high: float, thresholds: Thresholds) -> float | None:
    """Return the factor between units of measure by which two numbers differ, or None."""
    near = (
        factor for factor in thresholds.slips if low and abs(high / low - factor) <= thresholds.slip_within * factor
    )
    return next(near, None)


def _change(rule: Compared, row: Row, side: _Neighbour, now: float, then: float, writer: FindingWriter) -> Values:
    """Return a number's change as values of the wordings."""
    before, after = (writer.value(row.form.code, rule.column, number) for number in (then, now))
    label = writer.label(rule.column)
    return {"row": writer.named(row), "label": label, "when": side.word, "then": before, "now": after}


def _tell_column(
    rule: Compared, rows: list[tuple[Row, Values]], factor: float, up: bool, writer: FindingWriter
) -> Finding:
    """Return one finding for a column in which several rows are off by the same factor: its unit is wrong."""
    total = sum(row.number(rule.column) or 0 for row, _ in rows)
    first, values = rows[0]
    return writer.on_sheet(
        UNIT_SLIP,
        "larger" if up else "smaller",
        column=rule.column,
        severity="confirm",
        **values,
        count=len(rows),
        sum=writer.value(first.form.code, rule.column, total),
        factor=factor,
    )


def _typical(
    rule: Compared, filed: Return, sides: _Sides, thresholds: Thresholds, writer: FindingWriter
) -> Iterator[Finding]:
    """Yield a finding when a ledger's median differs by orders of magnitude from the neighbouring quarter's."""
    own = [number for number in _numbers(filed.column(rule.column)) if number]
    for side in (sides.before, sides.after):
        numbers = [number for number in _numbers(side.column(rule.column).values()) if number]
        if min(len(own), len(numbers)) < thresholds.typical_rows:
            continue
        now, then = median(own), median(numbers)
        if max(now, then) > thresholds.typical_slip * min(now, then):
            before, after, total = (
                writer.value(filed.form.code, rule.column, number) for number in (then, now, sum(own))
            )
            values: Values = {"label": writer.label(rule.column), "when": side.word, "then": before, "now": after}
            yield writer.on_sheet(UNIT_SLIP, "typical", column=rule.column, severity="confirm", **values, sum=total)
            return


def _number(value: object) -> float | None:
    return value if isinstance(value, int | float) else None


def _numbers(values: Iterable[object]) -> list[float | None]:
    """Return the values with None in place of everything that is not a number."""
    return [_number(value) for value in values]
