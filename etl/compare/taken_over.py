"""Taken over: rows of a register that another area's organisations filed, and would lose to the sender."""

from collections.abc import Collection, Iterator

from etl.check.finding_writer import FindingWriter
from etl.compare.large_changes import ReturnFigures
from etl.known import ORGANISATION, Known
from etl.model.finding import Finding
from etl.model.nouns import Return
from etl.model.unit_register import Register


def check_taken_over(
    filed: Return, known: Known, figures: ReturnFigures, findings: Collection[Finding], writer: FindingWriter
) -> Iterator[Finding]:
    """Yield a finding on each row of a register below an organisation that is not the reporter's.

    The row would move its organisation, with all its figures, from one area to another. One that no longer counts, such
    as a closed enterprise, can be registered again elsewhere. A row that another contradicts is among the `findings`
    already, and is not asked about twice.
    """
    if not filed.form.is_register:
        return
    register, units = figures.register, known.column(filed.form.code, filed.period, ORGANISATION)
    own = {*register.below(filed.reporter, filed.quarter), ""}
    contradicted = {finding.address for finding in findings}
    holders = {key: _holder(str(units[key]), register, filed.quarter) for key in filed.keys if key in units}
    for number, (key, unit) in enumerate(zip(filed.keys, filed.units, strict=True)):
        holder = holders.get(key, "")
        moved = holder != unit and holder not in own  # a union that moved keeps its rows
        if moved and _counts(key, filed, known, figures):
            row = filed.row(number)
            area = register.name_of(holder)
            finding = writer.at(row, filed.form.key[0], "taken_over", row=writer.named(row), unit=area)
            if finding.address not in contradicted:
                yield finding


def _counts(key: str, filed: Return, known: Known, figures: ReturnFigures) -> bool:
    """Return whether the stored row of a key counts for any item."""
    return any(
        figures.observer.total(
            item,
            {code: [known.column(filed.form.code, filed.period, code).get(key)] for code in item.named_columns()},
        )
        for item in figures.catalogue.items_of(filed.form.code)
        if item.time == "last"
    )


def _holder(unit: str, register: Register, period: int) -> str:
    """Return the organisation that a stored row counts for in a quarter: itself, or who took it over; "" for none."""
    return unit if register.placement(unit, period) else register.heir(unit, period) or ""
