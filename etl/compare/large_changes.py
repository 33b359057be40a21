"""Large changes: would a return make published figures fall or grow a lot?

Counts and sums are compared over the rows that a return has in common with the data in force: for a roster its own
earlier version and the neighbouring quarters, for a register its current state. This reveals many small errors that no
single row shows, in either part of a rate; new or missing rows are ignored here. A roster of one row is asked about
only where it is off by about a factor of ten; smaller changes are left to the rules for rows.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.check.finding_writer import FindingWriter
from etl.known import ORGANISATION, Known
from etl.known.in_force import lost
from etl.model.finding import Finding
from etl.model.nouns import Return
from etl.model.observe import Observer
from etl.model.rules.repeating_clauses import SHIFT
from etl.model.rules.wording import Clause
from etl.model.unit_register import Register
from stats.catalogue import Catalogue
from stats.catalogue.form_rules import Moved
from stats.catalogue.models import FormRole, Item

_NAMED = 3
_LACKING = "no"  # of a column to be answered with yes or no
_Table = Mapping[str, Sequence[object]]  # columns of equal length


@dataclass(frozen=True)
class _Shift:
    """What an item is over the common rows on one side and on the other."""

    item: Item
    then: float
    now: float


@dataclass(frozen=True)
class ReturnFigures:
    """What the figures of a return are reckoned and judged with."""

    register: Register
    catalogue: Catalogue
    observer: Observer

    def watched(self, form: str) -> list[Item]:
        """Return the stocks of a form of which fewer may be a slip.

        Excluded are counts of a deficit, such as enterprises without a union, of which fewer are good news, and stocks
        that restart every year, such as those who paid.
        """
        items = self.catalogue.items_of(form)
        flows = {rule.column for rule in self.catalogue.forms[form].history.continues if rule.within_year}
        return [
            item
            for item in items
            if item.time == "last"
            and not item.deadline
            and not (item.distinct or flows & {*item.named_columns()})
            and not any(_LACKING in item.wanted(code) for code in item.where)
        ]


def check_moved(
    filed: Return, known: Known, figures: ReturnFigures, reported: Collection[str], writer: FindingWriter
) -> Iterator[Finding]:
    """Yield a finding for each large change of a figure, except in columns (by label) in `reported`."""
    items = figures.watched(filed.form.code)
    items = [
        item for item in items if not {filed.form.column(code).label for code in item.named_columns()} & {*reported}
    ]
    if not items or not filed.size or (filed.form.ledger and not filed.form.is_register):
        return
    if filed.form.role is FormRole.SCORES:  # filled in stage by stage: a blank leaves a stage as it was
        return
    sides = _register_sides if filed.form.is_register else _roster_sides
    for word, then, now in sides(filed, known, figures.register, items):
        shifts = [_Shift(item, *(figures.observer.total(item, side) for side in (then, now))) for item in items]
        single_row = not filed.form.is_register and len(next(iter(now.values()))) == 1
        if far := [shift for shift in shifts if _is_far(shift, single_row, figures.catalogue.thresholds.moved)]:
            yield _tell(word, far, filed, figures, writer)
            return


def _is_far(shift: _Shift, single_row: bool, limits: Moved) -> bool:
    if abs(shift.now - shift.then) < limits.least.get(shift.item.measure, limits.otherwise):
        return False
    if single_row:
        return bool(shift.item.take) and (
            shift.now >= limits.single_row * shift.then > 0 or shift.then >= limits.single_row * shift.now
        )
    grown = shift.item.take and shift.now > limits.grow * shift.then > 0
    return bool(grown) or shift.now < limits.fall * shift.then


def _roster_sides(
    filed: Return, known: Known, register: Register, items: Sequence[Item]
) -> Iterator[tuple[str, _Table, _Table]]:
    """Yield the values of the same rows in the roster in force and in neighbouring quarters, and those of this one."""
    codes = {code for item in items for code in item.named_columns()}
    for word, step in zip(("已收的", *filed.form.neighbours), (0, -1, 1), strict=True):
        columns = {code: known.column(filed.form.code, filed.period + step, code) for code in codes}
        numbers = [number for number, key in enumerate(filed.keys) if any(key in column for column in columns.values())]
        if numbers:
            then = {code: [column.get(filed.keys[number]) for number in numbers] for code, column in columns.items()}
            yield word, then, {code: [filed.column(code)[number] for number in numbers] for code in codes}


def _register_sides(
    filed: Return, known: Known, register: Register, items: Sequence[Item]
) -> Iterator[tuple[str, _Table, _Table]]:
    """Yield the reporter's rows in the register before this return and after it."""
    form, day = filed.form, filed.form.date or ""
    days = known.column(form.code, filed.period, day)
    stored = known.in_force() if filed.act != "supplement" else None
    gone = {row.key for row in lost([filed], stored.rows)} if stored else set()
    if not days.keys() & {*filed.keys, *gone}:
        return
    own = {
        key: number
        for number, (key, since) in enumerate(zip(filed.keys, filed.days, strict=True))
        if str(since or "") >= str(days.get(key) or "")
    }
    units, below = known.column(form.code, filed.period, ORGANISATION), {*register.below(filed.reporter, filed.quarter)}
    keys = [key for key in days if units.get(key) in below]
    left = [key for key in keys if key not in gone]
    codes = {code for item in items for code in item.named_columns()}
    columns = {code: known.column(form.code, filed.period, code) for code in codes}
    then = {code: [column.get(key) for key in keys] for code, column in columns.items()}
    now = {
        code: [filed.column(code)[own[key]] if key in own else column.get(key) for key in left]
        for code, column in columns.items()
    }
    yield "已收的", then, now


def _tell(word: str, far: Sequence[_Shift], filed: Return, figures: ReturnFigures, writer: FindingWriter) -> Finding:
    catalogue = figures.catalogue
    shifts = [
        Clause(
            SHIFT,
            {
                "item": shift.item.name,
                "when": word,
                "then": shift.then,
                "now": shift.now,
                "measure": catalogue.measures[shift.item.measure].name,
            },
        )
        for shift in far[:_NAMED]
    ]
    codes = {shift.item.code for shift in far}
    rates = [
        indicator.name
        for indicator in catalogue.indicators.values()
        if indicator.is_rate and indicator.denominator in codes
    ]
    rate = f"{rates[0]}等" if len(rates) > 1 else next(iter(rates), None)
    return writer.on_sheet("moved", shifts=shifts, count=len(far) if len(far) > _NAMED else None, rate=rate)
