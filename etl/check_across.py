"""Check across: a form's numbers against those of another form for the same organisation and quarter.

The other form's rows are those of the same file or, where it has none, those in force in the store. A rule is asked
from both sides, so that whichever of two files comes second is held against the first: the order of files decides
where a contradiction is told, never whether. A row the other form does not have is left to the overview of what is
missing.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from etl.findings import Finding
from etl.known import Known, Rows, Values, key_of
from etl.nouns import Return, Row
from etl.register import Register
from etl.teller import Teller
from stats.catalogue import Catalogue
from stats.catalogue_models import Form
from stats.catalogue_rules import Across
from stats.periods import say_quarter

_SLACK = 0.005
_WORDS = {"<=": "不大于", ">=": "不小于", "=": "等于"}
_TODO = "请核对两张表；确实无误的请说明原因"


@dataclass(frozen=True)
class Surroundings:
    """What a return stands among: the file's other returns, the store, the register."""

    beside: tuple[Return, ...]
    known: Known
    register: Register
    catalogue: Catalogue

    def total(self, form: str, period: int, code: str, area: str, own: Rows) -> float | None:
        """Return what the organisations at or under an area add up to, `own` rows laid over those in force.

        None when none of them has a number.
        """
        stored = self.known.rows(form, period)
        values = [(own.get(unit) or stored.get(unit, {})).get(code) for unit in self.register.below(area, period)]
        numbers = [value for value in values if isinstance(value, int | float)]
        return sum(numbers) if numbers else None

    def own(self, form: str, period: int) -> Rows:
        """Return the rows of a form that the same file holds."""
        return self._own.get((form, period), {})

    @cached_property
    def _own(self) -> dict[tuple[str, int], dict[str, Values]]:
        rows: dict[tuple[str, int], dict[str, Values]] = {}
        for found in self.beside:
            rows.setdefault((found.form.code, found.period), {}).update(_values([found]))
        return rows


def check_across(found: Return, around: Surroundings, teller: Teller) -> list[Finding]:
    """Return the findings on rows that another form contradicts."""
    findings = [finding for rule in found.form.across for finding in _forward(rule, found, around, teller)]
    for form in around.catalogue.forms.values():
        for rule in form.across:
            if rule.form == found.form.code and form.code != found.form.code and not found.form.ledger:
                findings += _backward(rule, form, found, around, teller)
    return findings


def _forward(rule: Across, found: Return, around: Surroundings, teller: Teller) -> Iterator[Finding]:
    """Yield a finding on each row of a return that breaks one of its own form's rules."""
    own = around.own(rule.form, found.period)
    stored = around.known.rows(rule.form, found.period)
    for row in found.rows if own or stored else ():
        key = _named(rule, row)
        right: object = (own.get(key) or stored.get(key, {})).get(rule.right)
        if rule.added:
            right = around.total(rule.form, found.period, rule.right, row.unit, own)
        left = row.values.get(rule.left)
        if _applies(rule, row.values) and _broken(rule, left, right):
            said = f"{teller.named(row)}{teller.label(rule.left)}是{teller.value(found.form.code, rule.left, left)}"
            other = _other(rule, around.catalogue.forms[rule.form], found.period, teller, right)
            yield teller.at(
                row,
                rule.left,
                "across",
                rule.severity,
                f"{said}，{other}",
                _expected(rule, found.form, around.catalogue),
                _TODO,
            )


def _backward(rule: Across, form: Form, found: Return, around: Surroundings, teller: Teller) -> Iterator[Finding]:
    """Yield a finding on each row that breaks a rule of a form already in the store for the same quarter."""
    stored = around.known.rows(form.code, found.period)
    if rule.by or not stored:
        return
    beside = around.own(form.code, found.period)
    if rule.added:
        yield from _backward_sums(rule, form, found, around, teller, beside)
        return
    for row in found.rows:
        left, right = {} if row.unit in beside else stored.get(row.unit, {}), row.values.get(rule.right)
        if _applies(rule, left) and _broken(rule, left.get(rule.left), right):
            said = f"{teller.named(row)}{teller.label(rule.right)}是{teller.value(found.form.code, rule.right, right)}"
            other = _stored_left(rule, form, found.period, teller, left.get(rule.left))
            fits = _expected(rule, form, around.catalogue)
            yield teller.at(row, rule.right, "across", rule.severity, f"{said}，{other}", fits, _TODO)


def _backward_sums(
    rule: Across, form: Form, found: Return, around: Surroundings, teller: Teller, beside: Rows
) -> Iterator[Finding]:
    """Yield a finding for each area whose sum this return raises above what is in the store."""
    stored, own = around.known.rows(form.code, found.period), _values([found])
    touched = {area for row in found.rows for area in around.register.above(row.unit, found.period)}
    for area in sorted((touched & stored.keys()) - beside.keys()):
        left = stored[area].get(rule.left)
        total = around.total(found.form.code, found.period, rule.right, area, own)
        if _broken(rule, left, total):
            name = around.register.name_of(area)
            added = teller.value(found.form.code, rule.right, total)
            said = f"“{name}”各工会{teller.label(rule.right)}合计是{added}"
            other = _stored_left(rule, form, found.period, teller, left)
            fits = _expected(rule, form, around.catalogue)
            yield teller.on_sheet("across", rule.severity, f"{said}，{other}", fits, _TODO, rule.right)


def _named(rule: Across, row: Row) -> str:
    return str(row.values.get(rule.by, "")) if rule.by else row.unit


def _applies(rule: Across, values: Mapping[str, object]) -> bool:
    return not rule.where or all(values.get(code) == wanted for code, wanted in rule.where.items())


def _broken(rule: Across, left: object, right: object) -> bool:
    """Return whether two values that both stand there contradict the rule."""
    if left is None or right is None:
        return False
    if not isinstance(left, int | float) or not isinstance(right, int | float):
        return left != right
    over = left - right * rule.times
    return {"<=": over > _SLACK, ">=": over < -_SLACK, "=": abs(over) > _SLACK}[rule.op]


def _values(returns: Iterable[Return]) -> dict[str, Values]:
    return {key_of(row): row.values for found in returns for row in found.rows}


def _other(rule: Across, form: Form, period: int, teller: Teller, right: object) -> str:
    added = "各工会合计" if rule.added else ""
    label, value = form.column(rule.right).label, teller.value(form.code, rule.right, right)
    return f"“{form.name}”{say_quarter(period)}的{added}{label}是{value}"


def _stored_left(rule: Across, form: Form, period: int, teller: Teller, left: object) -> str:
    label, value = form.column(rule.left).label, teller.value(form.code, rule.left, left)
    return f"已收的“{form.name}”{say_quarter(period)}的{label}是{value}"


def _expected(rule: Across, form: Form, catalogue: Catalogue) -> str:
    other = catalogue.forms[rule.form]
    right = f"“{other.name}”的{other.column(rule.right).label}" + ("合计" if rule.added else "")
    right += f"×{rule.times:,g}" if rule.times != 1 else ""
    return f"“{form.name}”的{form.column(rule.left).label}应{_WORDS[rule.op]}{right}"
