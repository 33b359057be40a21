"""Large changes: would a return make published figures fall or grow far?

Looked at is what is counted or added up over the rows a return has in common with what is in force: with its own
earlier version and the quarters beside of a roster, with what a register said until now. So many small slips are seen
that no single row shows, whichever side of a rate they stand on; rows that are new or lacking move nothing here. A
single row is asked about where it moves by about a place; of less its own rules tell.
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

        Left out is what counts those that lack something, as enterprises without a union, for fewer of them are good
        news; and what begins anew each year, as who paid.
        """
        items = self.catalogue.items_of(form)
        flows = {rule.column for rule in self.catalogue.forms[form].history.continues if rule.within_year}
        return [
            one
            for one in items
            if one.time == "last"
            and not (one.distinct or flows & {*one.named_columns()})
            and not any(_LACKING in one.wanted(code) for code in one.where)
        ]


def check_moved(
    found: Return, known: Known, figures: ReturnFigures, told: Collection[str], writer: FindingWriter
) -> Iterator[Finding]:
    """Yield a finding where a return moves figures far; columns in `told` (their labels) were asked about already."""
    items = figures.watched(found.form.code)
    items = [item for item in items if not {found.form.column(code).label for code in item.named_columns()} & {*told}]
    if not items or not found.size or (found.form.ledger and not found.form.is_register):
        return
    if found.form.role is FormRole.SCORES:  # filled in stage by stage: a blank leaves a stage as it was
        return
    sides = _register_sides if found.form.is_register else _roster_sides
    for word, then, now in sides(found, known, figures.register, items):
        shifts = [_Shift(item, *(figures.observer.total(item, side) for side in (then, now))) for item in items]
        single_row = not found.form.is_register and len(next(iter(now.values()))) == 1
        if far := [one for one in shifts if _is_far(one, single_row, figures.catalogue.thresholds.moved)]:
            yield _tell(word, far, found, figures, writer)
            return


def _is_far(one: _Shift, single_row: bool, limits: Moved) -> bool:
    if abs(one.now - one.then) < limits.least.get(one.item.measure, limits.otherwise):
        return False
    if single_row:
        return bool(one.item.take) and (
            one.now >= limits.single_row * one.then > 0 or one.then >= limits.single_row * one.now
        )
    grown = one.item.take and one.now > limits.grow * one.then > 0
    return bool(grown) or one.now < limits.fall * one.then


def _roster_sides(
    found: Return, known: Known, register: Register, items: Sequence[Item]
) -> Iterator[tuple[str, _Table, _Table]]:
    """Yield what the roster in force and those of the quarters beside say of the same rows, and what this one says."""
    codes = {code for item in items for code in item.named_columns()}
    for word, step in (("已收的", 0), ("上季度", -1), ("下季度", 1)):
        columns = {code: known.column(found.form.code, found.period + step, code) for code in codes}
        numbers = [number for number, key in enumerate(found.keys) if any(key in one for one in columns.values())]
        if numbers:
            then = {code: [column.get(found.keys[number]) for number in numbers] for code, column in columns.items()}
            yield word, then, {code: [found.column(code)[number] for number in numbers] for code in codes}


def _register_sides(
    found: Return, known: Known, register: Register, items: Sequence[Item]
) -> Iterator[tuple[str, _Table, _Table]]:
    """Yield what the register says of the reporter's rows until now, and what it would say of the same rows."""
    form, day = found.form, found.form.date or ""
    days = known.column(form.code, found.period, day)
    stored = known.in_force() if found.act != "supplement" else None
    gone = {row.key for row in lost([found], stored.rows)} if stored else set()
    if not days.keys() & {*found.keys, *gone}:
        return
    own = {
        key: number
        for number, (key, since) in enumerate(zip(found.keys, found.days, strict=True))
        if str(since or "") >= str(days.get(key) or "")
    }
    units, below = known.column(form.code, found.period, ORGANISATION), {*register.below(found.reporter, found.period)}
    keys = [key for key in days if units.get(key) in below]
    left = [key for key in keys if key not in gone]
    codes = {code for item in items for code in item.named_columns()}
    columns = {code: known.column(form.code, found.period, code) for code in codes}
    then = {code: [column.get(key) for key in keys] for code, column in columns.items()}
    now = {
        code: [found.column(code)[own[key]] if key in own else column.get(key) for key in left]
        for code, column in columns.items()
    }
    yield "已收的", then, now


def _tell(word: str, far: Sequence[_Shift], found: Return, figures: ReturnFigures, writer: FindingWriter) -> Finding:
    catalogue = figures.catalogue
    shifts = [
        Clause(
            SHIFT,
            {
                "item": one.item.name,
                "when": word,
                "then": one.then,
                "now": one.now,
                "measure": catalogue.measures[one.item.measure].name,
            },
        )
        for one in far[:_NAMED]
    ]
    codes = {one.item.code for one in far}
    rates = [one.name for one in catalogue.indicators.values() if one.is_rate and one.denominator in codes]
    rate = f"{rates[0]}等" if len(rates) > 1 else next(iter(rates), None)
    return writer.on_sheet("moved", shifts=shifts, count=len(far) if len(far) > _NAMED else None, rate=rate)
