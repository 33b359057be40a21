"""First forms: what can be handed out before anything was taken in: the register, and what the county itself reports.

A form of which each row is a unit can't be made without a register; who asks for one is led to the register.
"""

from collections.abc import Collection

from base.errors import UserError
from etl.forms.blank_form import Unit
from stats.catalogue import Catalogue
from stats.catalogue.models import Form, FormRole

_COUNTY = "county"
_NOBODY = Unit("", "")


def needs_no_units(form: Form) -> bool:
    """Return whether a form can be handed out before there is a register: a ledger that the county reports itself."""
    return form.ledger and _COUNTY in form.assigned.level and not form.assigned.category


def first_forms(catalogue: Catalogue, wanted: Collection[str] = ()) -> list[Form]:
    """Return the forms, of those wanted by code, or of all, that need no register; the register comes first."""
    fitting = [
        form for form in catalogue.forms.values() if needs_no_units(form) and (not wanted or form.code in wanted)
    ]
    return sorted(fitting, key=lambda form: form.role != FormRole.UNITS)


def first_reporter(catalogue: Catalogue, form: Form, name: str) -> Unit:
    """Return who reports a form before there is a register: the name given, "" where whoever fills it in writes it.

    Raises UserError for a form that needs the register, and names the way to it.
    """
    if not needs_no_units(form):
        register = catalogue.form_of(FormRole.UNITS)
        raise UserError(
            f"《{form.name}》一行一个单位，单位取自{register.name}，现在还没有。请先写出{register.name}的空表，填好报来。",
            f"python -m etl template {register.code} --period 报告期 --out {register.name}.xlsx",
        )
    return Unit("", name) if name else _NOBODY
