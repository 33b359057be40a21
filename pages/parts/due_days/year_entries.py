"""What is due of an organisation in a year, by its day: returns, targets and rows of forms."""

from datetime import date

from base.kept_results import keep
from etl.collection.returns_due import CountedReturns, count_returns, quarters_due, returns_due
from pages.view import cached
from pages.view.filters import View
from pages.view.person import forms_filled, is_sender
from stats.due_days import DueEntry
from stats.due_days.rows_due import rows_due
from stats.due_days.targets_due import targets_due
from stats.organisations import Organisation


def due_entries(view: View, unit: Organisation, year: int, today: date) -> list[DueEntry]:
    """Return what is due, the earliest first; what stands for a whole month comes at its end."""
    entries = [*_returns(view, unit, year, today), *_dated(view.build, unit.code, year, today)]
    return sorted(entries, key=lambda entry: (entry.day, entry.whole_month))


def _returns(view: View, unit: Organisation, year: int, today: date) -> list[DueEntry]:
    reporting = cached.catalogue(view.build).reporting
    filled = {form.code for form in forms_filled()} if is_sender() else None
    quarters = quarters_due(reporting, year, view.data, today)
    counted = [
        line
        for line in _counted(view.build, tuple(quarters))
        if (unit == view.county or line.area == unit.code) and (filled is None or line.form in filled)
    ]
    return [
        entry
        for quarter in quarters
        for entry in returns_due(
            quarter, reporting.due_day(quarter), [line for line in counted if line.period == quarter], today
        )
    ]


@keep()
def _counted(build: str, quarters: tuple[int, ...]) -> tuple[CountedReturns, ...]:
    forms = cached.catalogue(build).forms.values()
    quarterly = [form.code for form in forms if form.frequency == "quarter"]  # a register has no day
    return count_returns(cached.warehouse(build), quarters, quarterly)


@keep()
def _dated(build: str, unit: str, year: int, today: date) -> list[DueEntry]:
    """Return the targets and the rows of forms that are due of an organisation in a year."""
    source = cached.source(build)
    return [*targets_due(source, unit, year, today), *rows_due(source, unit, year, today)]
