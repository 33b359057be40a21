"""What is due of an organisation in a year, by its day: returns, targets and rows of forms."""

from datetime import date

from etl.collection.returns_due import quarters_due, returns_due
from pages.view import cached
from pages.view.declared_now import catalogue_now
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
    source = cached.source(view.build)
    entries = [
        *_returns(view, unit, year, today),
        *targets_due(source, unit.code, year, today),
        *rows_due(source, unit.code, year, today),
    ]
    return sorted(entries, key=lambda entry: (entry.day, entry.whole_month))


def _returns(view: View, unit: Organisation, year: int, today: date) -> list[DueEntry]:
    step, catalogue = last_step(store_path()), catalogue_now()
    filled = forms_filled() if is_sender() else catalogue.forms.values()
    quarterly = {form.code for form in filled if form.frequency == "quarter"}  # a register has no day
    entries: list[DueEntry] = []
    for quarter in quarters_due(catalogue.reporting, year, view.data, today):
        status = cached.status(view.build, step, quarter)
        if unit != view.county:
            status = status.of_area(unit.code)
        entries += returns_due(status.of_forms(quarterly), today)
    return entries
