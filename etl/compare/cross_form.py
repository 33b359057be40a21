"""Cross-form check: a form's numbers against those of another form for the same organisation and quarter.

The other form's rows are those of the same file or, if it has none, those in force in the store. A rule is checked from
both sides, so that whichever of two files comes second is compared with the first: the order of files decides where a
contradiction is reported, never whether. A row that the other form lacks is left to the overview of missing returns.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from base.periods import say_quarter
from etl.check.column_comparison import all_hold
from etl.check.finding_writer import FindingWriter
from etl.known import ORGANISATION, Column, Known
from etl.model.finding import Finding
from etl.model.nouns import Return
from etl.model.rules import UNIT_SLIP
from etl.model.unit_register import Register
from stats.catalogue import Catalogue
from stats.catalogue.form_rules import Across
from stats.catalogue.models import Form

_SLACK = 0.005
_SEVERAL = 3
_WORDS = {"<=": "不大于", ">=": "不小于", "=": "等于"}
_TODO = "请核对两张表；确实无误的请说明原因"


@dataclass(frozen=True)
class Surroundings:
    """The data around a return: the file's other returns, the store, the register."""

    other_sheets: tuple[Return, ...]
    known: Known
    register: Register
    catalogue: Catalogue

    def own(self, form: str, period: int, code: str) -> Column:
        """Return a column of a form in the same file, by row key."""
        own: dict[str, object] = {}
        for found in self._own.get((form, period), ()):
            own |= _by_key(found, code)
        return own

    def column(self, form: str, period: int, code: str) -> Column:
        """Return a column of a form by row key: the rows of the same file over those in force."""
        own, stored = self.own(form, period, code), self.known.column(form, period, code)
        return {**stored, **own} if own else stored

    @cached_property
    def _own(self) -> Mapping[tuple[str, int], Sequence[Return]]:
        returns: dict[tuple[str, int], list[Return]] = {}
        for found in self.other_sheets:
            returns.setdefault((found.form.code, found.period), []).append(found)
        return returns


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


def check_across(found: Return, around: Surroundings, writer: FindingWriter) -> list[Finding]:
    """Return the findings on rows that another form contradicts."""
    findings = [finding for rule in found.form.across for finding in _forward(rule, found, around, writer)]
    for form in around.catalogue.forms.values():
        for rule in form.across:
            if rule.form == found.form.code and form.code != found.form.code and not found.form.ledger:
                findings += _backward(rule, form, found, around, writer)
    return findings


def _forward(rule: Across, found: Return, around: Surroundings, writer: FindingWriter) -> Iterator[Finding]:
    """Yield a finding on each row of a return that breaks one of its own form's rules."""
    form, period = around.catalogue.forms[rule.form], found.period
    sides = _KeyedColumn(around.own(form.code, period, rule.right), around.known.column(form.code, period, rule.right))
    if not sides:
        return
    lefts, rights, applies = found.column(rule.left), _rights(rule, found, around, sides), _applying(rule, found)
    broken = [number for number in _broken_rows(rule, lefts, rights) if not applies or applies[number]]
    fits = _expected(rule, found.form, around.catalogue)
    told: list[Finding] = []
    for number in broken:
        row, left, right = found.row(number), lefts[number], rights[number]
        said = f"{writer.named(row)}{writer.label(rule.left)}是{writer.value(found.form.code, rule.left, left)}"
        said += f"，{_other(rule, form, period, writer, right)}"
        told.append(writer.at(row, rule.left, "across", said, fits, _TODO, severity=rule.severity))
    yield from _told_once(rule, rule.left, found.form, found, told, broken, writer)


def _rights(rule: Across, found: Return, around: Surroundings, sides: _KeyedColumn) -> list[object]:
    """Return the other form's number for each row: that of the same row, or the sum over it and its descendants."""
    if rule.added:
        return [sides.added(around.register.below(unit, found.period)) for unit in found.units]
    keys = [str(name or "") for name in found.column(rule.by)] if rule.by else found.units
    return sides.of(keys)


def _applying(rule: Across, found: Return) -> list[bool]:
    """Return which rows hold the codes a rule applies to; an empty list when it applies to all."""
    columns = [[value == wanted for value in found.column(code)] for code, wanted in rule.where.items()]
    return [all(held) for held in zip(*columns, strict=True)]


def _backward(
    rule: Across, form: Form, found: Return, around: Surroundings, writer: FindingWriter
) -> Iterator[Finding]:
    """Yield a finding on each row that breaks a rule of a form already in the store for the same quarter."""
    stored = around.known.column(form.code, found.period, rule.left) if not rule.by else {}
    if not stored:
        return
    beside = around.own(form.code, found.period, rule.left)
    if rule.added:
        yield from _backward_sums(rule, form, found, around, writer, _KeyedColumn(beside, stored))
        return
    codes = {code: around.known.column(form.code, found.period, code) for code in rule.where}
    lefts, rights = [None if unit in beside else stored.get(unit) for unit in found.units], found.column(rule.right)
    fits, told, broken = _expected(rule, form, around.catalogue), [], []
    for number in _broken_rows(rule, lefts, rights):
        row, left, right = found.row(number), lefts[number], rights[number]
        if all(codes[code].get(row.unit) == wanted for code, wanted in rule.where.items()):
            said = f"{writer.named(row)}{writer.label(rule.right)}是{writer.value(found.form.code, rule.right, right)}"
            said += f"，{_stored_left(rule, form, found.period, writer, left)}"
            told.append(writer.at(row, rule.right, "across", said, fits, _TODO, severity=rule.severity))
            broken.append(number)
    yield from _told_once(rule, rule.right, form, found, told, broken, writer)


def _told_once(
    rule: Across, code: str, form: Form, found: Return, told: list[Finding], rows: list[int], writer: FindingWriter
) -> list[Finding]:
    """Return findings on rows unchanged, or merged into one if most rows break a rule on amounts: the unit is wrong."""
    if form.column(rule.left).type != "amount" or len(rows) < max(_SEVERAL, found.size / 2):
        return told
    total = sum(found.row(number).number(code) or 0 for number in rows)
    said = f"{told[0].problem}，这样的共{len(rows)}行，合计{writer.value(found.form.code, code, total)}"
    todo = f"像是表头的计量单位错了，{_TODO}"
    return [writer.on_sheet(UNIT_SLIP, said, told[0].requirement, todo, code, severity=told[0].severity)]


def _backward_sums(
    rule: Across, form: Form, found: Return, around: Surroundings, writer: FindingWriter, lefts: _KeyedColumn
) -> Iterator[Finding]:
    """Yield a finding for each area whose sum this return raises above the number in the store."""
    period, code = found.period, found.form.code
    sides = _KeyedColumn(_by_key(found, rule.right), around.known.column(code, period, rule.right))
    touched = set().union(*(around.register.above(unit, period) for unit in set(found.units)))
    for area in sorted((touched & lefts.stored.keys()) - lefts.own.keys()):
        total, left = sides.added(around.register.below(area, period)), lefts.stored[area]
        if _broken(rule, left, total):
            added = writer.value(code, rule.right, total)
            said = f"“{around.register.name_of(area)}”各工会{writer.label(rule.right)}合计是{added}"
            other = _stored_left(rule, form, period, writer, left)
            fits = _expected(rule, form, around.catalogue)
            yield writer.on_sheet("across", f"{said}，{other}", fits, _TODO, rule.right, severity=rule.severity)


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


def _by_key(found: Return, code: str) -> Column:
    return dict(zip(found.keys, found.units if code == ORGANISATION else found.column(code), strict=True))


def _other(rule: Across, form: Form, period: int, writer: FindingWriter, right: object) -> str:
    added = "各工会合计" if rule.added else ""
    label, value = form.column(rule.right).label, writer.value(form.code, rule.right, right)
    return f"“{form.name}”{say_quarter(period)}的{added}{label}是{value}"


def _stored_left(rule: Across, form: Form, period: int, writer: FindingWriter, left: object) -> str:
    label, value = form.column(rule.left).label, writer.value(form.code, rule.left, left)
    return f"已收的“{form.name}”{say_quarter(period)}的{label}是{value}"


def _expected(rule: Across, form: Form, catalogue: Catalogue) -> str:
    other = catalogue.forms[rule.form]
    right = f"“{other.name}”的{other.column(rule.right).label}" + ("合计" if rule.added else "")
    right += f"×{rule.times:,g}" if rule.times != 1 else ""
    return f"“{form.name}”的{form.column(rule.left).label}应{_WORDS[rule.op]}{right}"
