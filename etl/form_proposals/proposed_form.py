"""Proposed form: a form with its items and its layout, from an example, and what has to be said first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from etl.form_proposals.example_columns import MONEY, ExampleColumn, WantedForm, restarts
from etl.form_proposals.form_basis import DAY, STANDING, UNIT, UNTIL, YEAR_COLUMN, FormBasis
from etl.form_proposals.form_items import items_of
from etl.form_proposals.form_layout import layout_of
from etl.form_proposals.form_questions import FormQuestion, questions_of
from etl.layout_proposals.own_table import OwnTable
from stats.catalogue import Catalogue

_SUBJECTS = {"union": "基层工会", "county": "县总工会"} | dict.fromkeys(("town", "park", "system"), "乡镇、园区或系统")
_TYPES = {"unit": "text", "days": "text", "term": "text", "rate": "text", "years": "period"}


@dataclass(kw_only=True, frozen=True)
class ProposedForm:
    """What would be declared: form, items, code lists and layout as their files hold them, and the open questions.

    `unread` are the headings of sums and rates, which are not read.
    """

    form: Mapping[str, Any]
    items: Mapping[str, Mapping[str, Any]]
    codes: Mapping[str, Sequence[str]]
    layout: Mapping[str, Any]
    questions: tuple[FormQuestion, ...]
    unread: tuple[str, ...] = ()


def propose_form(
    tables: Sequence[OwnTable], wanted_form: WantedForm, levels: Mapping[str, str], catalogue: Catalogue
) -> ProposedForm:
    """Return the form of the first of some tables and of those with its headings.

    `levels` are those of the organisations in the register by normalised name.
    """
    basis = FormBasis(tables, wanted_form, levels, catalogue)
    questions = tuple(questions_of(basis))
    return ProposedForm(
        form=_form(basis),
        items=items_of(basis),
        codes=basis.own_codes(),
        layout=layout_of(basis),
        questions=questions,
        unread=basis.columns.unread,
    )


def _form(basis: FormBasis) -> dict[str, Any]:
    """Return the form as its file holds it."""
    name, own, level = basis.wanted.name, list(_columns(basis)), basis.assigned()
    made: dict[str, Any] = {"name": name, "question": f"{name}里各是多少？"}
    made |= {"layouts": ["roster" if basis.roster else "ledger"], "frequency": basis.wanted.frequency}
    made |= {"assigned": {"level": level}, "subject": [basis.unit_code]}
    if basis.of_years:
        whole = {"rows_of": "year", "key": [basis.unit_code, basis.year_code]}
        return made | whole | {"date": basis.year_code, "until": "next", "columns": own}
    made["key"] = list(_key(basis))
    if not basis.roster and basis.dated:
        made |= {"date": DAY} | ({"until": UNTIL} if basis.has_end else {})
    if basis.roster:  # else a row of a sum among them would count as well
        made["about"] = {"level": level, "named": _SUBJECTS[level[0]]}
    return made | {"columns": own}


def _key(basis: FormBasis) -> Iterator[str]:
    """Yield the columns that identify a row: its number; one that restarts each month or place, with both of them."""
    if basis.numbering is None:
        yield basis.unit_code
        return
    yield basis.numbering.code
    if basis.wanted.frequency != STANDING and restarts(basis.numbering) and basis.dated:
        yield from (basis.unit_code, DAY)


def _columns(basis: FormBasis) -> Iterator[dict[str, Any]]:
    if basis.unit is None:
        yield {"code": UNIT, "name": "单位", "type": "unit", "required": True}
    if basis.shape.years:
        yield {"code": YEAR_COLUMN, "name": "年份", "type": "period", "required": True}
    for column in basis.taken:
        if column is basis.dated and column.kind.kind == "days":
            yield {"code": DAY, "name": f"{column.name}/起", "type": "date", "required": True}
            yield {"code": UNTIL, "name": f"{column.name}/止", "type": "date", "required": True}
        elif column in (basis.dated, basis.until):
            code = DAY if column is basis.dated else UNTIL
            yield {"code": code, "name": column.name, "type": "date", "required": True}
        else:
            yield _column(column, basis)


def _column(column: ExampleColumn, basis: FormBasis) -> dict[str, Any]:
    made: dict[str, Any] = {"code": column.code, "name": column.name, "type": _type(column, basis)}
    known = basis.wanted.known.get(column.path)
    if column in basis.numbers:
        made["measure"] = basis.measure(column)
        made |= {"total_of": known} if basis.of_years and known else {}
    if column.kind.kind == "code":
        made["codes"] = basis.code_list(column)
    if column is basis.numbering:
        made["identifier"] = True
    if column in (basis.unit, basis.numbering, basis.years) or _always_filled(column, basis):
        made["required"] = True
    return made


def _always_filled(column: ExampleColumn, basis: FormBasis) -> bool:
    """Return whether a column is filled in every row; tables of a time that goes on have places left blank."""
    return not basis.shape.turned and basis.rows.full(column.number)


def _type(column: ExampleColumn, basis: FormBasis) -> str:
    if column is basis.unit:
        return "unit"
    if column is basis.numbering:
        return "text"
    if column.kind.kind == "number":
        return "integer" if column.kind.whole and basis.measure(column) != MONEY else "amount"
    return _TYPES.get(column.kind.kind, column.kind.kind)
