"""The catalogue as columns for the warehouse's tables."""

from collections.abc import Sequence
from typing import Any

from base.month_spans import QUARTER
from stats.catalogue import Catalogue
from stats.catalogue.models import Form


def declarations(catalogue: Catalogue) -> dict[str, list[Any]]:
    """Return the parameters of 020_catalogue.sql: one list a column, aligned by table."""
    forms, items = list(catalogue.forms.values()), list(catalogue.items.values())
    parts = [
        (indicator.code, role, item)
        for indicator in catalogue.indicators.values()
        for role, item in (("numerator", indicator.numerator), ("denominator", indicator.denominator))
        if item
    ]
    return {
        "form": [form.code for form in forms],
        "form_name": [form.name for form in forms],
        "standing": [form.standing for form in forms],
        "months": [form.months for form in forms],
        "row_quarters": [form.row_months // QUARTER for form in forms],
        "totals": [bool(form.totals) for form in forms],
        "roster": [not form.ledger for form in forms],
        "until_next": [form.repeats_keys for form in forms],
        "by_county": [form.assigned.level == ("county",) for form in forms],
        "form_role": [form.role for form in forms],
        **_assigned(catalogue, forms),
        "item": [item.code for item in items],
        "item_name": [item.name for item in items],
        "item_measure": [item.measure for item in items],
        "item_form": [item.form for item in items],
        "stock": [item.time == "last" for item in items],
        "zero": [item.take is None or catalogue.forms[item.form].ledger for item in items],
        "part_indicator": [row[0] for row in parts],
        "part_role": [row[1] for row in parts],
        "part_item": [row[2] for row in parts],
    }


def _assigned(catalogue: Catalogue, forms: Sequence[Form]) -> dict[str, list[str]]:
    """Return who is assigned each form, and of whom own totals may be."""
    assigned = [
        (form.code, level, category)
        for form in forms
        for level in form.assigned.level
        for category in _categories(catalogue, form)
    ]
    totals = [(form.code, level) for form in forms if form.totals for level in form.total_levels]
    return {
        "assigned_form": [row[0] for row in assigned],
        "assigned_level": [row[1] for row in assigned],
        "assigned_category": [row[2] for row in assigned],
        "total_form": [form for form, _ in totals],
        "total_level": [level for _, level in totals],
    }


def _categories(catalogue: Catalogue, form: Form) -> list[str]:
    """Return the category codes a form is assigned to; a single "" stands for all."""
    codes = catalogue.codes["unit_category"]
    return sorted({code for group in form.assigned.category for code in codes.expand(group)}) or [""]
