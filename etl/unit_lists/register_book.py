"""Register book: the workbook of the register that a list describes, each row with the cell of the list it is from."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from base.errors import UserError
from base.periods import quarter_of
from base.text import identifier
from etl.forms.filled_form import Value, write_filled
from etl.unit_lists.founding_days import begun
from etl.unit_lists.list_words import ListColumn
from etl.unit_lists.proposed_register import ProposedRegister, RegisteredUnit
from stats.catalogue import Catalogue
from stats.catalogue.models import Form, FormRole
from store.builds import current_build

_KEPT = {ListColumn.CREDIT: "credit_code", ListColumn.FOUNDED: "founded", ListColumn.ELECTED: "elected"}
_OPEN = "open"


def demand_no_register(store: Path) -> None:
    """Raise UserError for a store that has a register: a list would be laid over it."""
    if current_build(store) is not None:
        raise UserError(
            "这个数据目录里已经有单位名册。以后的新建、撤销和更名，请用新的花名册和名册对，或用单位名册的空表报变动。"
        )


def write_register_book(
    folder: Path, register: ProposedRegister, since: date, file: str, catalogue: Catalogue, who: str
) -> Path:
    """Write the register as a return that can be loaded, valid from a day on, and return its path.

    A union founded later is valid from the first day of the month in which it was founded.
    """
    form, root = catalogue.form_of(FormRole.UNITS), register.root
    path = folder / f"{form.name}.xlsx"  # the county's name may hold what no file name can
    rows = [_row(unit, since, form, catalogue) for unit in register.units]
    remarks = [f"取自“{file}”的 {unit.place}" if unit.place else "" for unit in register.units]
    last = max(begun(unit.listed, since) for unit in register.units)  # no row may begin after its return's quarter
    write_filled(path, form, (root.code, root.name), quarter_of(last), rows, who, remarks)
    return path


def _row(unit: RegisteredUnit, since: date, form: Form, catalogue: Catalogue) -> Mapping[str, Value]:
    codes = {"level": str(unit.level), "status": _OPEN, **unit.kinds}
    words = {code: catalogue.codes[form.column(code).codes or ""].name_of(word) for code, word in codes.items()}
    row: dict[str, Value] = {"unit_code": unit.code, "unit_name": unit.name, "parent": unit.parent or None, **words}
    row["effective"] = begun(unit.listed, since)
    values = unit.listed.values if unit.listed else {}
    for column, code in _KEPT.items():
        if code in form.by_code and (text := values.get(column)):
            row[code] = identifier(text) if column == ListColumn.CREDIT else text
    return row
