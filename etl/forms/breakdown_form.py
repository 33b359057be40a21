"""Breakdown form: a target's split as the return it is filed with."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from base import china_days
from base.errors import UserError
from base.periods import last_day, say_quarter
from etl.forms.filled_form import Value, write_filled
from stats.catalogue import INDICATORS, Catalogue
from stats.catalogue.models import Column, Form, FormRole
from stats.judging.targets import Target
from stats.organisations import organisations_by_code, periods
from stats.totals import county_of
from stats.warehouse import Warehouse, run_query

_KEY = ("indicator", "unit", "year", "document")


def write_breakdown(
    folder: Path,
    warehouse: Warehouse,
    catalogue: Catalogue,
    goal: Target,
    parts: Mapping[str, float],
    document: str,
    who: str,
) -> Path:
    """Write each organisation's part of a target (by code, in the stored unit) as a return; return the file's path.

    It is a return for the last quarter with data and repeats what was filed for that quarter before, because a later
    return replaces the earlier. Raises UserError without a document or without parts.
    """
    if not document.strip():
        raise UserError("请写明文件依据，例如《某某工作目标分解方案》。")
    if not parts:
        raise UserError("没有一个单位定了数，不用收下。")
    period, county = periods(warehouse).last, organisations_by_code(warehouse)[county_of(warehouse)]
    rows = _rows(warehouse, catalogue, goal, parts, document.strip(), period)
    name = f"目标分解_{catalogue.indicators[goal.indicator].name}_{goal.year}年_{say_quarter(period)}.xlsx"
    path = folder / name.replace("/", "每")
    write_filled(path, catalogue.form_of(FormRole.TARGETS), (county.code, county.name), period, rows, who)
    return path


def _rows(
    warehouse: Warehouse,
    catalogue: Catalogue,
    goal: Target,
    parts: Mapping[str, float],
    document: str,
    period: int,
) -> list[dict[str, Value]]:
    """Return the rows of the return: those filed for the quarter before that no new one replaces, then the new ones."""
    form, names = catalogue.form_of(FormRole.TARGETS), organisations_by_code(warehouse)
    new = [_part(catalogue, goal, names[code].name, value, document, period) for code, value in parts.items()]
    replaced = {tuple(str(row[column]) for column in _KEY) for row in new}
    filed = run_query(warehouse, "template_values.sql", form=form.code, period=period)
    kept = [_words(catalogue, form, json.loads(row["fields"])) for row in filed]
    return [row for row in kept if tuple(str(row[column]) for column in _KEY) not in replaced] + new


def _part(catalogue: Catalogue, goal: Target, unit: str, value: float, document: str, period: int) -> dict[str, Value]:
    indicator = catalogue.indicators[goal.indicator]
    day = last_day(period)
    return {
        "indicator": indicator.name,
        "unit": unit,
        "year": goal.year,
        "comparator": _name(catalogue, catalogue.form_of(FormRole.TARGETS).column("comparator"), goal.comparator),
        "value": value,
        "measure": catalogue.unit_of(indicator),
        "document": document,
        "owner": goal.owner,
        "due": date.fromisoformat(goal.due) if goal.due else date(goal.year, 12, 31),
        "date": min(day, china_days.today()),
        "remark": f"由{goal.document}的目标分解" if goal.document else "",
    }


def _words(catalogue: Catalogue, form: Form, fields: Mapping[str, Any]) -> dict[str, Value]:
    """Return a filed row in the words that people fill in."""
    return {column.code: _say(catalogue, column, fields.get(column.code)) for column in form.columns}


def _say(catalogue: Catalogue, column: Column, value: Any) -> Value:
    if value in (None, ""):
        return None
    if column.type == "indicator":
        return catalogue.codes[INDICATORS].name_of(str(value))
    if column.type == "code":
        return _name(catalogue, column, str(value))
    return date.fromisoformat(str(value)) if column.type == "date" else value


def _name(catalogue: Catalogue, column: Column, code: str) -> str:
    return catalogue.codes[column.codes or ""].name_of(code)
