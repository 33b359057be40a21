"""Cross-form check: a form's numbers against those of another form for the same organisation and quarter.

The other form's rows come from the same file or, if it has none, from the data in force. A rule is checked from both
sides, so that whichever of two files comes second is compared with the first: the order of files decides where a
contradiction is reported, never whether. A row that the other form lacks is left to the overview of missing returns. A
register that comes after the ledgers is held against those of its quarter and of all later ones, in which it holds.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from etl.check.column_comparison import all_hold
from etl.check.finding_writer import FindingWriter
from etl.known import Column, Known
from etl.known.surroundings import Surroundings, by_key
from etl.model.finding import Finding
from etl.model.nouns import Return, Row
from etl.model.rules import UNIT_SLIP
from etl.model.rules.wording import Values
from stats.catalogue import Catalogue
from stats.catalogue.form_rules import Across
from stats.catalogue.models import Form

_SLACK = 0.005
_SEVERAL = 3
_WORDS = {"<=": "不多于", ">=": "不少于", "=": "等于"}


@dataclass(frozen=True)
class _KeyedColumn:
    """A column by row key: `own` rows override those in force."""

    own: Column
    stored: Column

    def __bool__(self) -> bool:
        return bool(self.own) or bool(self.stored)

    def of(self, keys: Sequence[str]) -> list[object]:
        """Return the values of rows, None for each row that is missing."""
        own, stored = self.own, self.stored
        return [own[key] if key in own else stored.get(key) for key in keys]

    def added(self, units: Sequence[str]) -> float | None:
        """Return the sum over organisations; None when none of them has a number."""
        numbers = [value for value in self.of(units) if isinstance(value, int | float)]
        return sum(numbers) if numbers else None


def check_across(filed: Return, surroundings: Surroundings, writer: FindingWriter) -> list[Finding]:
    """Return the findings on rows that another form contradicts."""
    findings = [finding for rule in filed.form.across for finding in _forward(rule, filed, surroundings, writer)]
    for form in surroundings.catalogue.forms.values():
        for rule in form.across:
            if rule.form == filed.form.code and form.code != filed.form.code:
                if rule.by:
                    findings += _backward_by(rule, rule.by, form, filed, surroundings, writer)
                elif not filed.form.ledger:
                    findings += _backward(rule, form, filed, surroundings, writer)
    return findings


def _forward(rule: Across, filed: Return, surroundings: Surroundings, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding on each row of a return that breaks one of its own form's rules."""
    form, period = surroundings.catalogue.forms[rule.form], filed.period
    sides = _KeyedColumn(
        surroundings.own(form.code, period, rule.right), surroundings.known.column(form.code, period, rule.right)
    )
    if not sides:
        return
    lefts, rights, applies = filed.column(rule.left), _rights(rule, filed, surroundings, sides), _applying(rule, filed)
    broken = [number for number in _broken_rows(rule, lefts, rights) if not applies or applies[number]]
    should_be = _should_be(rule, filed.form, surroundings.catalogue)
    values = [
        _named_value(filed, number, rule.left, lefts[number], writer)
        | _other(rule, form, period, writer, rights[number])
        | should_be
        for number in broken
    ]
    findings = _told_once(rule, rule.left, "other", filed.form, filed, broken, values, writer)
    keys = (_right_keys(rule, filed.row(number), surroundings, period) for number in broken)
    yield from _quoting(findings, [writer.filed_by(form.code, period, key) for key in keys])


def _right_keys(rule: Across, row: Row, surroundings: Surroundings, period: int) -> Collection[str]:
    """Return the keys of the rows that hold the other form's number for a row."""
    if rule.added:
        return surroundings.register.below(row.unit, row.form.quarter(period))
    return [str(row.values.get(rule.by) or "") if rule.by else row.unit]


def _rights(rule: Across, filed: Return, surroundings: Surroundings, sides: _KeyedColumn) -> list[object]:
    """Return the other form's number for each row: that of the same row, or the sum over it and its descendants."""
    if rule.added:
        return [sides.added(surroundings.register.below(unit, filed.quarter)) for unit in filed.units]
    keys = [str(name or "") for name in filed.column(rule.by)] if rule.by else filed.units
    return sides.of(keys)


def _applying(rule: Across, filed: Return) -> list[bool]:
    """Return which rows hold the codes a rule applies to; an empty list when it applies to all."""
    columns = [[value == wanted for value in filed.column(code)] for code, wanted in rule.where.items()]
    return [all(held) for held in zip(*columns, strict=True)]


def _backward(
    rule: Across, form: Form, filed: Return, surroundings: Surroundings, writer: FindingWriter
) -> Iterator[Finding]:
    """Yield a finding on each row that breaks a rule of a form already in the store for the same quarter."""
    stored = surroundings.known.column(form.code, filed.period, rule.left)
    if not stored:
        return
    column = surroundings.own(form.code, filed.period, rule.left)
    if rule.added:
        yield from _backward_sums(rule, form, filed, surroundings, writer, _KeyedColumn(column, stored))
        return
    codes = {code: surroundings.known.column(form.code, filed.period, code) for code in rule.where}
    lefts, rights = [None if unit in column else stored.get(unit) for unit in filed.units], filed.column(rule.right)
    broken = [
        number
        for number in _broken_rows(rule, lefts, rights)
        if all(codes[code].get(filed.units[number]) == wanted for code, wanted in rule.where.items())
    ]
    should_be = _should_be(rule, form, surroundings.catalogue)
    values = [
        _named_value(filed, number, rule.right, rights[number], writer)
        | _stored_left(rule, form, filed.period, writer, lefts[number])
        | should_be
        for number in broken
    ]
    findings = _told_once(rule, rule.right, "taken", form, filed, broken, values, writer)
    yield from _quoting(
        findings, [writer.filed_by(form.code, filed.period, [filed.units[number]]) for number in broken]
    )


def _backward_by(
    rule: Across, by: str, form: Form, filed: Return, surroundings: Surroundings, writer: FindingWriter
) -> Iterator[Finding]:
    """Yield a finding on each row that contradicts rows in the store which name it; not where it did so before."""
    since = surroundings.known.quarters(form.code, filed.period)
    clashes: dict[int, tuple[int, str, object]] = {}
    for period in since if filed.form.is_register else [quarter for quarter in since if quarter == filed.period]:
        for number, key, left in _clashes(rule, by, form, filed, period, surroundings):
            clashes.setdefault(number, (period, key, left))
    should_be, rights = _should_be(rule, form, surroundings.catalogue), filed.column(rule.right)
    values = {
        number: _named_value(filed, number, rule.right, rights[number], writer)
        | _stored_left(rule, form, period, writer, left)
        | {"name": key.split("|")[0]}
        | should_be
        for number, (period, key, left) in sorted(clashes.items())
    }
    quoted = [writer.filed_by(form.code, period, [key]) for _, (period, key, _) in sorted(clashes.items())]
    yield from _quoting(_by_row(values, rule, filed, writer), quoted)


def _clashes(
    rule: Across, by: str, form: Form, filed: Return, period: int, surroundings: Surroundings
) -> Iterator[tuple[int, str, object]]:
    """Yield the rows that a row filed for a quarter contradicts, with that row's key and its number."""
    names, left_values = (surroundings.known.filed(form.code, period, code) for code in (by, rule.left))
    codes = {code: surroundings.known.filed(form.code, period, code) for code in rule.where}
    before, rights = surroundings.known.column(filed.form.code, period, rule.right), filed.column(rule.right)
    rows = _rows_then(filed, period, surroundings.known)
    for key in sorted(names.keys() - surroundings.own(form.code, period, rule.left).keys()):
        named, left = str(names[key] or ""), left_values[key]
        number = rows.get(named, -1)
        applies = all(codes[code][key] == wanted for code, wanted in rule.where.items())
        if (
            number >= 0
            and applies
            and _broken(rule, left, rights[number])
            and not _broken(rule, left, before.get(named))
        ):
            yield number, key, left


def _rows_then(filed: Return, period: int, known: Known) -> dict[str, int]:
    """Return the row of each key that a return puts in force in a quarter, by the day from which it holds."""
    days = known.column(filed.form.code, period, filed.form.date) if filed.form.date else {}
    since = [str(day or "") for day in filed.days]
    rows = sorted(range(filed.size), key=since.__getitem__)
    return {filed.keys[number]: number for number in rows if since[number] >= str(days.get(filed.keys[number]) or "")}


def _by_row(values: dict[int, Values], rule: Across, filed: Return, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding on each row, or one with their number where most rows of a return break the rule."""
    if len(values) >= max(_SEVERAL, filed.size / 2):
        first = next(iter(values.values())) | {"count": len(values)}
        yield writer.on_sheet("across", "ledger", column=rule.right, severity=rule.severity, **first)
        return
    for number, of_row in values.items():
        yield writer.at(filed.row(number), rule.right, "across", "ledger", severity=rule.severity, **of_row)


def _told_once(
    rule: Across,
    code: str,
    wording: str,
    form: Form,
    filed: Return,
    rows: list[int],
    values: list[Values],
    writer: FindingWriter,
) -> Iterator[Finding]:
    """Yield a finding on each row, or a single one if most rows break a rule on amounts: the unit is wrong."""
    if form.column(rule.left).type != "amount" or len(rows) < max(_SEVERAL, filed.size / 2):
        for number, of_row in zip(rows, values, strict=True):
            yield writer.at(filed.row(number), code, "across", wording, severity=rule.severity, **of_row)
        return
    total = writer.value(filed.form.code, code, sum(filed.row(number).number(code) or 0 for number in rows))
    yield writer.on_sheet(
        UNIT_SLIP, wording, column=code, severity=rule.severity, **values[0], count=len(rows), sum=total
    )


def _quoting(told_of: Iterator[Finding], filed_by: Sequence[set[str]]) -> Iterator[Finding]:
    """Yield findings on rows, or the single one on all of them, with the reporters whose data they quote."""
    findings = list(told_of)
    quoted = filed_by if len(findings) == len(filed_by) else [set().union(*filed_by)] * len(findings)
    yield from (finding.quoting(reporters) for finding, reporters in zip(findings, quoted, strict=True))


def _backward_sums(
    rule: Across, form: Form, filed: Return, surroundings: Surroundings, writer: FindingWriter, lefts: _KeyedColumn
) -> Iterator[Finding]:
    """Yield a finding for each area whose sum this return raises above the number in the store."""
    period, code = filed.period, filed.form.code
    sides = _KeyedColumn(by_key(filed, rule.right), surroundings.known.column(code, period, rule.right))
    touched = set().union(*(surroundings.register.above(unit, filed.quarter) for unit in set(filed.units)))
    for area in sorted((touched & lefts.stored.keys()) - lefts.own.keys()):
        total, left = sides.added(surroundings.register.below(area, filed.quarter)), lefts.stored[area]
        if _broken(rule, left, total):
            values: Values = {
                "area": surroundings.register.name_of(area),
                "label": writer.label(rule.right),
                "value": writer.value(code, rule.right, total),
                **_stored_left(rule, form, period, writer, left),
                **_should_be(rule, form, surroundings.catalogue),
            }
            finding = writer.on_sheet("across", "area", column=rule.right, severity=rule.severity, **values)
            yield finding.quoting(writer.filed_by(form.code, period, [area]))


def _broken_rows(rule: Across, lefts: Sequence[object], rights: Sequence[object]) -> list[int]:
    """Return the indices of the rows whose two values break the rule."""
    if rule.times == 1 and (lefts == rights or all_hold(lefts, rule.op, rights)):  # so it is in most returns
        return []
    both = [
        (number, left, right)
        for number, (left, right) in enumerate(zip(lefts, rights, strict=True))
        if left is not None and right is not None
    ]
    return [number for number, left, right in both if _broken(rule, left, right)]


def _broken(rule: Across, left: object, right: object) -> bool:
    """Return whether two values, if both are present, break the rule."""
    if left is None or right is None:
        return False
    if not isinstance(left, int | float) or not isinstance(right, int | float):
        return left != right
    over = left - right * rule.times
    if rule.op == "<=":
        return over > _SLACK
    return over < -_SLACK if rule.op == ">=" else abs(over) > _SLACK


def _named_value(filed: Return, number: int, code: str, value: object, writer: FindingWriter) -> Values:
    row, words = writer.named(filed.row(number)), writer.value(filed.form.code, code, value)
    return {"row": row, "label": writer.label(code), "value": words}


def _other(rule: Across, form: Form, period: int, writer: FindingWriter, right: object) -> Values:
    label, there = form.column(rule.right).label, writer.value(form.code, rule.right, right)
    unions = "各工会" if rule.added else None
    return {"form": form.name, "quarter": form.say(period), "unions": unions, "other": label, "there": there}


def _stored_left(rule: Across, form: Form, period: int, writer: FindingWriter, left: object) -> Values:
    label, there = form.column(rule.left).label, writer.value(form.code, rule.left, left)
    return {"form": form.name, "quarter": form.say(period), "other": label, "there": there}


def _should_be(rule: Across, form: Form, catalogue: Catalogue) -> Values:
    """Return what a rule between two forms demands, as values of the wordings."""
    other = catalogue.forms[rule.form]
    return {
        "left_form": form.name,
        "left": form.column(rule.left).label,
        "relation": _WORDS[rule.op],
        "right_form": other.name,
        "right": other.column(rule.right).label,
        "added": "合计" if rule.added else None,
        "times": rule.times if rule.times != 1 else None,
    }
