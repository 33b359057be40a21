"""Check history: what a return says beside what was reported for the quarter before, or after, when that came first.

Everything here is a question (核实), never a refusal: which of the two quarters is wrong cannot be known, files are
yearly looked through and put right, and an answer that hung on the order of files would not come out the same when the
store is rebuilt. Compared is what is in force when the file is examined; a row without a counterpart is no finding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from etl.findings import Finding
from etl.known import Known, Rows, Values, key_of
from etl.nouns import Return, Row
from etl.teller import Teller
from etl.values import find_quarter
from stats.catalogue_models import Form
from stats.catalogue_rules import Compared, Continues, Thresholds
from stats.periods import say_quarter

_CENT = 0.5
_SEVERAL = 3  # so many rows with one slip are told once, for the column
_NOTE = "确实如此的请说明原因"


@dataclass(frozen=True)
class _Neighbour:
    """A quarter beside that of the return."""

    word: str
    period: int
    rows: Rows


_Pair = tuple[Row, _Neighbour, Values]  # a row, and what stood in the same row of the quarter beside it


def check_history(found: Return, file: str, known: Known, usual: Thresholds, teller: Teller) -> list[Finding]:
    """Return the findings on a return whose numbers do not go on from the quarter before, or into the one after."""
    before, after = (
        _Neighbour(word, found.period + step, known.rows(found.form.code, found.period + step))
        for word, step in (("上季度", -1), ("下季度", 1))
    )
    findings = [*_file_of_another_quarter(found, file, teller)]
    if same := _same_again(found, (before, after), usual, teller):
        return [*findings, same]
    for rule in found.form.history.continues:
        findings += _not_continued(rule, found, before, after, teller)
    pairs = [] if found.form.ledger else list(_pairs(found, before, after))
    for compared in found.form.history.compare:
        if found.form.ledger:
            findings += _typical(compared, found, before, after, usual, teller)
        else:
            findings += _moved(compared, found.form, pairs, usual, teller)
    return findings


def _pairs(found: Return, before: _Neighbour, after: _Neighbour) -> Iterator[_Pair]:
    """Yield each row that stands in the quarter before, or else in the one after, with what stood there."""
    for row in found.rows if before.rows or after.rows else ():
        key = key_of(row)
        side = before if key in before.rows else after
        if key in side.rows:
            yield row, side, side.rows[key]


def _file_of_another_quarter(found: Return, file: str, teller: Teller) -> Iterator[Finding]:
    """Yield a finding when the file's name speaks of another quarter; a mere month may be the day of sending."""
    named = find_quarter(file) if "季" in file or "Q" in file.upper() else None
    if named and named != found.period:
        said = f"文件名写的是{say_quarter(named)}，表里写的是{say_quarter(found.period)}"
        todo = "请核对报的是不是这个季度的表；只是文件名没有改的，请说明"
        yield teller.on_sheet("file_period", "confirm", said, "文件名和表里应是同一个季度", todo)


def _same_again(found: Return, sides: tuple[_Neighbour, ...], usual: Thresholds, teller: Teller) -> Finding | None:
    """Return a finding when every number of a large enough return is that of the quarter beside it."""
    if not found.form.history.moves:
        return None
    codes = [column.code for column in found.form.columns if column.numeric]
    numbers = [row.number(code) for row in found.rows for code in codes]
    if sum(bool(number) for number in numbers) < usual.same_numbers:
        return None
    for side in sides:
        theirs = [side.rows.get(key_of(row), {}).get(code) for row in found.rows for code in codes]
        if numbers == theirs:
            total = sum(row.number(codes[0]) or 0 for row in found.rows)
            added = f"{teller.label(codes[0])}合计{teller.value(found.form.code, codes[0], total)}"
            said = f"{len(found.rows)}行的数与{side.word}（{say_quarter(side.period)}）完全一样，{added}"
            return teller.on_sheet(
                "same_as_last", "confirm", said, "应是本季度的数", f"请核对是不是报错了文件；{_NOTE}"
            )
    return None


def _not_continued(
    rule: Continues, found: Return, before: _Neighbour, after: _Neighbour, teller: Teller
) -> Iterator[Finding]:
    """Yield a finding on each row that does not start where the quarter before ended, or end where the next starts."""
    starts, next_starts = (rule.within_year and period % 4 == 0 for period in (found.period, after.period))
    for row in found.rows:
        last = 0.0 if starts else before.rows.get(key_of(row), {}).get(rule.last)
        own = [row.number(code) for code in (rule.column, *rule.plus)]
        if isinstance(last, int | float) and None not in own:
            yield from _step(rule, row, before, own[0] or 0, last, sum(n or 0 for n in own[1:]), starts, teller)
        following = after.rows.get(key_of(row), {})
        then, added = following.get(rule.column), [following.get(code) for code in rule.plus]
        closing = row.number(rule.last)
        if isinstance(then, int | float) and closing is not None and not next_starts and None not in added:
            grown = sum(n for n in added if isinstance(n, int | float))
            if abs(then - closing - grown) > _CENT:
                yield _step_into(rule, row, after, closing, then, teller)


def _step(
    rule: Continues, row: Row, before: _Neighbour, now: float, last: float, added: float, starts: bool, teller: Teller
) -> Iterator[Finding]:
    if abs(now - last - added) <= _CENT:
        return
    form, more = row.form.code, "".join(f"＋{teller.label(code)}" for code in rule.plus)
    plus = "".join(f"，{teller.label(code)}是{teller.value(form, code, row.number(code))}" for code in rule.plus)
    said = f"{teller.named(row)}{teller.label(rule.column)}是{teller.value(form, rule.column, now)}{plus}"
    said += "" if starts else f"，{before.word}{teller.label(rule.last)}是{teller.value(form, rule.last, last)}"
    fits = more.removeprefix("＋") if starts else f"{before.word}的{teller.label(rule.last)}{more}"
    fits = f"{teller.label(rule.column)}应等于{fits}"
    yield teller.at(row, rule.column, "continuity", "confirm", said, fits, f"请核对两个季度的数；{_NOTE}")


def _step_into(rule: Continues, row: Row, after: _Neighbour, closing: float, then: float, teller: Teller) -> Finding:
    form = row.form.code
    said = f"{teller.named(row)}{teller.label(rule.last)}是{teller.value(form, rule.last, closing)}"
    said += f"，已收的{after.word}{teller.label(rule.column)}是{teller.value(form, rule.column, then)}"
    fits = f"{after.word}的{teller.label(rule.column)}应接着本季度的{teller.label(rule.last)}"
    return teller.at(row, rule.last, "continuity", "confirm", said, fits, f"请核对两个季度的数；{_NOTE}")


def _moved(rule: Compared, form: Form, pairs: list[_Pair], usual: Thresholds, teller: Teller) -> Iterator[Finding]:
    """Yield findings on numbers that left their last value far behind: as a wrong unit, or as a jump."""
    code, ratio = rule.column, rule.ratio or usual.ratio
    least = usual.least.get(form.column(code).measure or "", 0.0) if rule.least is None else rule.least
    slips: dict[tuple[float, bool], list[tuple[Row, Finding]]] = {}
    for row, side, values in pairs:
        now, then = row.number(code), values.get(code)
        if now is None or not isinstance(then, int | float) or abs(now - then) < least:
            continue
        low, high = sorted((now, then))
        if high <= ratio * low:
            continue
        factor = _slip(low, high, usual)
        told = _tell_change(rule, row, side, now, then, factor, teller)
        if factor:
            slips.setdefault((factor, now > then), []).append((row, told))
        else:
            yield told
    for (factor, up), rows in slips.items():
        if len(rows) < _SEVERAL:
            yield from (told for _, told in rows)
        else:
            yield _tell_column(rule, rows, factor, up, teller)


def _slip(low: float, high: float, usual: Thresholds) -> float | None:
    """Return the step between units of measure that lies between two numbers, or None."""
    near = (factor for factor in usual.slips if low and abs(high / low - factor) <= usual.slip_within * factor)
    return next(near, None)


def _tell_change(
    rule: Compared, row: Row, side: _Neighbour, now: float, then: float, factor: float | None, teller: Teller
) -> Finding:
    form, label = row.form.code, teller.label(rule.column)
    values = f"{side.word}{teller.value(form, rule.column, then)}，这次{teller.value(form, rule.column, now)}"
    said = f"{teller.named(row)}{label}{values}"
    if factor:
        fits = f"像是单位错了：相差约{factor:,.0f}倍"
        return teller.at(row, rule.column, "unit_slip", "confirm", said, fits, f"请核对计量单位和位数；{_NOTE}")
    fits = "与相邻季度相差太大"
    return teller.at(row, rule.column, "jump", "confirm", said, fits, f"请核对这个数；{_NOTE}")


def _tell_column(rule: Compared, rows: list[tuple[Row, Finding]], factor: float, up: bool, teller: Teller) -> Finding:
    """Return one finding for a column in which several rows slipped alike: the unit above the column is wrong."""
    total = sum(row.number(rule.column) or 0 for row, _ in rows)
    form = rows[0][0].form.code
    said = f"{rows[0][1].found}，这样的共{len(rows)}行，这次合计{teller.value(form, rule.column, total)}"
    fits = f"像是单位错了：这一栏{'大' if up else '小'}了约{factor:,.0f}倍"
    return teller.on_sheet("unit_slip", "confirm", said, fits, f"请核对表头的计量单位；{_NOTE}", rule.column)


def _typical(
    rule: Compared, found: Return, before: _Neighbour, after: _Neighbour, usual: Thresholds, teller: Teller
) -> Iterator[Finding]:
    """Yield a finding when a ledger's middle number is of another order than that of the quarter beside it."""
    own = [number for row in found.rows if (number := row.number(rule.column))]
    for side in (before, after):
        theirs = [
            value for row in side.rows.values() if isinstance(value := row.get(rule.column), int | float) and value
        ]
        if min(len(own), len(theirs)) < usual.typical_rows:
            continue
        now, then = median(own), median(theirs)
        if max(now, then) > usual.typical_slip * min(now, then):
            form, label = found.form.code, teller.label(rule.column)
            said = f"{label}居中的数{side.word}{teller.value(form, rule.column, then)}"
            said += f"，这次{teller.value(form, rule.column, now)}，合计{teller.value(form, rule.column, sum(own))}"
            todo = f"请核对表头的计量单位；{_NOTE}"
            yield teller.on_sheet("unit_slip", "confirm", said, "像是单位错了", todo, rule.column)
            return
