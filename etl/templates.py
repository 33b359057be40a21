"""Templates: the blank workbook of a form for one organisation and quarter, as the register of the store has them."""

import json
from pathlib import Path
from typing import Any

from xlsxwriter.exceptions import FileCreateError

from stats.catalogue import Catalogue, load_catalogue
from stats.catalogue_models import Form
from stats.errors import UserError, suggest
from stats.exports.template import Unit, write_template
from stats.periods import format_quarter, say_quarter
from stats.warehouse import Warehouse, open_warehouse, run_query

_SUFFIX = ".xlsx"


def make_template(store: Path, form_code: str, unit: str, period: int, path: Path) -> Path:
    """Write the template of a form for a reporter and quarter; return its path.

    A roster has a row for each organisation at or below the reporter that has to report the form then; last quarter's
    values come with it. Raises UserError when form or reporter is unknown, the reporter is not open then or need not
    report the form, and when the file can't be written.
    """
    catalogue = load_catalogue()
    form = _find_form(catalogue, form_code)
    if path.suffix.lower() != _SUFFIX:
        raise UserError(f"“{path.name}”不是模板的文件名。请以 {_SUFFIX} 结尾。")
    warehouse = open_warehouse(store)
    try:
        known = _open_units(warehouse, form, unit, period)
        previous = {} if form.ledger else _last_values(warehouse, form, period)
    finally:
        warehouse.close()
    reporter = next(Unit(row["code"], row["name"]) for row in known if row["code"] == unit)
    units = _units_in(form, reporter, period, known)
    try:
        write_template(path, catalogue, form, reporter.name, reporter.code, period, units, previous)
    except (OSError, FileCreateError):
        raise UserError(f"写不了“{path}”。请核对目录是否存在、文件是否正被打开。") from None
    return path


def _find_form(catalogue: Catalogue, code: str) -> Form:
    """Return the form of a code or name. Raises UserError with the nearest one when there is none."""
    by_name = {form.name: form for form in catalogue.forms.values()}
    found = catalogue.forms.get(code.upper()) or by_name.get(code)
    if found is None:
        near = suggest(code.upper(), catalogue.forms, 0.5) if code.isascii() else suggest(code, by_name)
        raise UserError(f"没有代码为“{code}”的报表{near or '。'}")
    return found


def _open_units(warehouse: Warehouse, form: Form, unit: str, period: int) -> list[dict[str, Any]]:
    """Return the reporter and what is below it, as far as open. Raises UserError when the reporter itself isn't."""
    found = run_query(warehouse, "template_units.sql", form=form.code, unit=unit, period=period)
    if found:
        return found
    registered = {row["code"]: row for row in run_query(warehouse, "organisations.sql")}
    if unit in registered:
        name, opened = registered[unit]["name"], registered[unit]["opened"]
        why = f"到{say_quarter(opened)}才设立" if period < opened else "已撤销或合并"
        raise UserError(f"{name}（{unit}）在{say_quarter(period)}不在册：{why}。请核对单位和报告期。")
    codes = {row["name"]: code for code, row in registered.items()}
    if unit in codes:
        raise UserError(f"请写单位代码：{unit}的代码是 {codes[unit]}。")
    raise UserError(f"单位名册里没有代码“{unit}”{suggest(unit, registered) or '。'}")


def _units_in(form: Form, reporter: Unit, period: int, known: list[dict[str, Any]]) -> list[Unit]:
    """Return whom a roster has rows for, or whom a ledger offers. Raises UserError when the form isn't for them."""
    assigned = [Unit(row["code"], row["name"]) for row in known if row["assigned"]]
    if form.ledger and reporter in assigned:
        return [Unit(row["code"], row["name"]) for row in known]
    if form.ledger or not assigned:
        when = format_quarter(period)
        raise UserError(f"{reporter.name}（{reporter.code}）在 {when} 不用报《{form.name}》（{form.code}）。")
    return assigned


def _last_values(warehouse: Warehouse, form: Form, period: int) -> dict[str, dict[str, Any]]:
    rows = run_query(warehouse, "template_values.sql", form=form.code, period=period - 1)
    return {row["key"]: json.loads(row["fields"]) for row in rows}
