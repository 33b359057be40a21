"""What is due of an organisation in a year, by its day: returns, targets and rows of forms."""

from collections.abc import Collection
from datetime import date

from base.kept_results import keep
from base.month_spans import MONTH, QUARTER
from etl.collection.returns_due import (
    CountedReturns,
    count_of,
    count_returns,
    months_due,
    quarters_due,
    returns_due,
)
from pages.view import cached
from pages.view.filters import View
from pages.view.person import forms_filled, is_sender
from pages.view.receipts import last_step
from stats.due_days import DueEntry
from stats.due_days.rows_due import rows_due
from stats.due_days.targets_due import targets_due
from stats.organisations import Organisation
from store.builds import store_path


def due_entries(view: View, unit: Organisation, year: int, today: date) -> list[DueEntry]:
    """Return what is due, the earliest first; what stands for a whole month comes at its end."""
    entries = [*_returns(view, unit, year, today), *_dated(view.build, unit.code, year, today)]
    return sorted(entries, key=lambda entry: (entry.day, entry.whole_month))


def _returns(view: View, unit: Organisation, year: int, today: date) -> list[DueEntry]:
    reporting = cached.catalogue(view.build).reporting
    filled = {form.code for form in forms_filled()} if is_sender() else None
    quarters = quarters_due(reporting, year, view.data, today)
    counted = [line for line in _counted(view.build, tuple(quarters)) if _is_shown(line, view, unit, filled)]
    entries = [
        entry
        for quarter in quarters
        for entry in returns_due(
            quarter, reporting.due_day(quarter), [line for line in counted if line.period == quarter], today
        )
    ]
    if any(form.months == MONTH for form in cached.catalogue(view.build).forms.values()):
        for month in months_due(reporting, year, view.data, today):
            status = cached.status(view.build, last_step(store_path()), month // QUARTER, month)
            own = [line for line in count_of(status) if _is_shown(line, view, unit, filled)]
            entries += returns_due(status.period, status.due, own, today, status.period_name)
    return entries


def _is_shown(line: CountedReturns, view: View, unit: Organisation, filled: Collection[str] | None) -> bool:
    return (unit == view.county or line.area == unit.code) and (filled is None or line.form in filled)


@keep()
def _counted(build: str, quarters: tuple[int, ...]) -> tuple[CountedReturns, ...]:
    forms = cached.catalogue(build).forms.values()
    due = [form.code for form in forms if not form.standing and form.months > MONTH]  # a register has no day
    return count_returns(cached.warehouse(build), quarters, due)


@keep()
def _dated(build: str, unit: str, year: int, today: date) -> list[DueEntry]:
    """Return the targets and the rows of forms that are due of an organisation in a year."""
    source = cached.source(build)
    return [*targets_due(source, unit, year, today), *rows_due(source, unit, year, today)]
