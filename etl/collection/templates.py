"""Templates: the blank workbooks of forms for a quarter, for the organisations in the store's register."""

import json
import os
import re
import tempfile
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlsxwriter.exceptions import FileCreateError

from base.errors import UserError, suggest
from base.periods import say_quarter
from etl.collection.first_forms import first_forms, first_reporter
from etl.forms.blank_form import Previous, Unit, write_template
from stats.catalogue import Catalogue
from stats.catalogue.models import Form
from stats.catalogue_in_force import catalogue_in_force
from stats.warehouse import Warehouse, open_warehouse, run_query
from store.builds import current_build

_SUFFIX, _ZIP = ".xlsx", ".zip"
_COUNTY, _UNION = "county", "union"
_SINGLE = "各工会单独填报"
_OURS = "县总工会"  # the folder of the first forms
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]')  # characters not allowed in file names

_Known = list[dict[str, Any]]


@dataclass(kw_only=True, frozen=True)
class _Plan:
    """A template to write: its folder in the zip, the form, its period, the reporter, the organisations it offers."""

    folder: str
    form: Form
    period: int
    reporter: Unit
    units: Sequence[Unit]
    previous: Previous

    def name(self) -> str:
        """Return the name in the zip: 蒋家嘴镇/2011年二季度_基层工会组织情况表_蒋家嘴镇.xlsx."""
        parts = (self.form.say(self.period), self.form.name, self.reporter.name)
        return f"{self.folder}/{'_'.join(map(_file_name, filter(None, parts)))}{_SUFFIX}"


def make_template(store: Path, form_code: str, unit: str, period: int, path: Path) -> Path:
    """Write the template of a form for a reporter and period, a number of the form's own length; return its path.

    A roster has a row for each organisation at or below the reporter that has to report the form then, with the values
    of the period before. Before anything was taken in `unit` is the name of the county federation, "" to be filled in.
    Raises UserError when form or reporter is unknown, the reporter is not open then or does not report the form, when
    the form needs the register that is not there yet, and when the file can't be written.
    """
    catalogue = catalogue_in_force(store)
    form = find_form(catalogue, form_code)
    if path.suffix.lower() != _SUFFIX:
        raise UserError(f"“{path.name}”不是模板的文件名。请以 {_SUFFIX} 结尾。")
    if current_build(store) is None:
        plan = _first_plan(form, period, first_reporter(catalogue, form, unit))
    else:
        plan = _plan_of(store, form, unit, period)
    try:
        _write(path, catalogue, plan)
    except (OSError, FileCreateError):
        raise _unwritable(path) from None
    return path


def _plan_of(store: Path, form: Form, unit: str, period: int) -> _Plan:
    warehouse = open_warehouse(store)
    try:
        known = _open_units(warehouse, form, unit, form.quarter(period))
        previous = _last_values(warehouse, form, period)
    finally:
        warehouse.close()
    reporter = next(Unit(row["code"], row["name"]) for row in known if row["code"] == unit)
    units = _units_in(form, reporter, period, known)
    return _Plan(folder="", form=form, period=period, reporter=reporter, units=units, previous=previous)


def _first_plan(form: Form, period: int, reporter: Unit) -> _Plan:
    return _Plan(folder=_OURS, form=form, period=period, reporter=reporter, units=[], previous={})


def _write(path: Path, catalogue: Catalogue, plan: _Plan) -> None:
    who = plan.reporter
    write_template(path, catalogue, plan.form, who.name, who.code, plan.period, plan.units, plan.previous)


def make_templates(
    store: Path, period: int, path: Path, forms: Sequence[str] = (), single: bool = False, *, area: str = ""
) -> int:
    """Write one zip with the templates of a quarter for every reporter; return how many it holds.

    It has one folder per area, with a file for each form that the area, or the unions under it, have to report. The
    county's own forms are in its own folder. `forms` are codes or names, all forms due in the quarter when empty; a
    form of months has a file a month. With `single`
    each union also gets a file of its own, if the form has the single-unit layout; with `area` only what that area
    reports is in it. Raises UserError when a form is unknown, nobody has to report any of them then, and when the zip
    can't be written.
    """
    catalogue = catalogue_in_force(store)
    due = {code: form for code, form in catalogue.forms.items() if not form.standing}
    wanted = {form.code: form for form in (find_form(catalogue, code) for code in forms)} or due
    if path.suffix.lower() != _ZIP:
        raise UserError(f"“{path.name}”不是压缩包的文件名。请以 {_ZIP} 结尾。")
    if current_build(store) is None:
        plans = _first_plans(catalogue, wanted.values() if forms else (), period)
    else:
        plans = _plans_of(store, wanted.values(), period, single, area)
    if not plans:
        raise UserError(f"{say_quarter(period)}没有单位要报这些表。请核对报告期和报表。")
    try:
        _write_zip(path, catalogue, plans)
    except (OSError, FileCreateError):
        raise _unwritable(path) from None
    return len(plans)


def _plans_of(store: Path, forms: Iterable[Form], period: int, single: bool, area: str) -> list[_Plan]:
    warehouse = open_warehouse(store)
    try:
        return [
            plan
            for form in forms
            for number in form.ending_in(period)
            for plan in _plans(warehouse, form, number, single, area)
        ]
    finally:
        warehouse.close()


def _first_plans(catalogue: Catalogue, wanted: Collection[Form], quarter: int) -> list[_Plan]:
    """Return what is handed out before there is a register. Raises UserError for a wanted form that needs one."""
    reporters = {form.code: first_reporter(catalogue, form, "") for form in wanted}
    return [
        _first_plan(form, number, reporters.get(form.code, Unit("", "")))
        for form in first_forms(catalogue, reporters)
        for number in form.ending_in(quarter)
    ]


def _write_zip(path: Path, catalogue: Catalogue, plans: Sequence[_Plan]) -> None:
    with tempfile.TemporaryDirectory(dir=path.parent, prefix="part-") as folder:
        part, book = Path(folder) / "zip", Path(folder) / "book.xlsx"
        with zipfile.ZipFile(part, "w") as archive:  # the workbooks are compressed themselves
            for plan in plans:
                _write(book, catalogue, plan)
                archive.write(book, plan.name())
        os.replace(part, path)


def _plans(warehouse: Warehouse, form: Form, period: int, single: bool, area: str) -> Iterator[_Plan]:
    county = next(row["code"] for row in run_query(warehouse, "organisations.sql") if row["level"] == _COUNTY)
    known = run_query(warehouse, "template_units.sql", form=form.code, unit=county, period=form.quarter(period))
    previous = _last_values(warehouse, form, period)
    for reporter, within in _reporters(known):
        if area and reporter["code"] != area:
            continue
        folder, units = _file_name(reporter["name"]), [_unit(row) for row in within if row["assigned"]]
        if form.ledger and _unit(reporter) in units:
            yield _Plan(
                folder=folder,
                form=form,
                period=period,
                reporter=_unit(reporter),
                units=[_unit(row) for row in within],
                previous=previous,
            )
        elif units and not form.ledger:
            yield _Plan(
                folder=folder, form=form, period=period, reporter=_unit(reporter), units=units, previous=previous
            )
        for union in units if single and "return" in form.layouts else ():
            yield _Plan(
                folder=f"{folder}/{_SINGLE}", form=form, period=period, reporter=union, units=[union], previous=previous
            )


def _reporters(known: _Known) -> Iterator[tuple[dict[str, Any], _Known]]:
    """Yield the reporters, each with the organisations it reports for or, for a ledger, may choose from.

    A township reports for the unions under it. The county may choose from all, and reports for unions without an area.
    """
    parents = {row["code"]: row["parent"] for row in known}
    areas = {row["code"] for row in known if row["level"] not in (_COUNTY, _UNION)}
    within: dict[str, _Known] = {}
    for row in known:
        code = row["code"]
        while code in parents and code not in areas:
            code = parents[code]
        within.setdefault(code if code in areas else "", []).append(row)
    for row in known:
        if row["code"] in areas:
            yield row, within[row["code"]]
        elif row["level"] == _COUNTY:
            yield row, known if row["assigned"] else within[""]


def _unit(row: dict[str, Any]) -> Unit:
    return Unit(row["code"], row["name"])


def _file_name(name: str) -> str:
    return _FORBIDDEN.sub("_", name)


def _unwritable(path: Path) -> UserError:
    return UserError(f"写不了“{path}”。请核对目录是否存在、文件是否正被打开。")


def find_form(catalogue: Catalogue, code: str) -> Form:
    """Return the form of a code or name. Raises UserError with the nearest one when there is none."""
    by_name = {form.name: form for form in catalogue.forms.values()}
    form = catalogue.forms.get(code.upper()) or by_name.get(code)
    if form is None:
        near = suggest(code.upper(), catalogue.forms, 0.5) if code.isascii() else suggest(code, by_name)
        raise UserError(f"没有代码为“{code}”的报表{near or '。'}")
    return form


def _open_units(warehouse: Warehouse, form: Form, unit: str, period: int) -> _Known:
    """Return the reporter and its open descendants. Raises UserError when the reporter itself isn't open."""
    rows = run_query(warehouse, "template_units.sql", form=form.code, unit=unit, period=period)
    if rows:
        return rows
    registered = {row["code"]: row for row in run_query(warehouse, "organisations.sql")}
    if unit in registered:
        name, opened = registered[unit]["name"], registered[unit]["opened"]
        why = f"到{say_quarter(opened)}才设立" if period < opened else "已撤销或合并"
        raise UserError(f"{name}（{unit}）在{say_quarter(period)}不在册：{why}。请核对单位和报告期。")
    codes = {row["name"]: code for code, row in registered.items()}
    if unit in codes:
        raise UserError(f"请写单位代码：{unit}的代码是 {codes[unit]}。")
    raise UserError(f"单位名册里没有代码“{unit}”{suggest(unit, registered) or '。'}")


def _units_in(form: Form, reporter: Unit, period: int, known: _Known) -> list[Unit]:
    """Return the organisations in a roster's rows or a ledger's choices. Raises UserError for another form."""
    assigned = [_unit(row) for row in known if row["assigned"]]
    if form.ledger and reporter in assigned:
        return [_unit(row) for row in known]
    if form.ledger or not assigned:
        when = form.format(period)
        raise UserError(f"{reporter.name}（{reporter.code}）在 {when} 不用报《{form.name}》（{form.code}）。")
    return assigned


def _last_values(warehouse: Warehouse, form: Form, period: int) -> dict[str, dict[str, Any]]:
    """Return the rows reported for the period before, by key; none for a ledger, whose rows are other events."""
    rows = [] if form.ledger else run_query(warehouse, "template_values.sql", form=form.code, period=period - 1)
    return {row["key"]: json.loads(row["fields"]) for row in rows}
