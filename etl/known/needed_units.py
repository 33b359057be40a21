"""Needed units: organisations that a register must not leave out, because others stand below them or returns count."""

from collections.abc import Collection, Sequence

from etl.known import Known
from etl.known.in_force import KeptRow, rows_of
from etl.model.nouns import Return
from etl.model.unit_register import Register
from stats.catalogue.models import FormRole


def needed_units(group: Sequence[Return], gone: Sequence[KeptRow], register: Register, known: Known) -> list[KeptRow]:
    """Return the rows of a register in force that a replacement lacks and that would leave something without a place.

    That is an organisation with others below it, or of which returns in force say something; none of another form.
    """
    if group[0].form.role != FormRole.UNITS or not gone:
        return []
    held = {*_parents(group), *_still_below(group, gone, register), *known.counted_units()}
    return [row for row in gone if row.key in held]


def _parents(group: Sequence[Return]) -> Collection[str]:
    return {str(fields.get("parent")) for fields in rows_of(group).values()}


def _still_below(group: Sequence[Return], gone: Sequence[KeptRow], register: Register) -> Collection[str]:
    """Return the organisations above those that another register names."""
    written = {row.key for row in gone} | rows_of(group).keys()
    period = group[0].quarter
    codes = (code for row in gone for code in register.below(row.key, period) if code not in written)
    return {above for code in codes for above in register.above(code, period)}
