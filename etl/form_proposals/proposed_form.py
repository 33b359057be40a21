"""Proposed form: a form with its items and its layout, from an example, and what has to be said first."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from base.periods import format_quarter, quarter_of
from base.text import normalise
from etl.form_proposals.example_columns import (
    MONEY,
    ExampleColumn,
    WantedForm,
    example_columns,
    heading_of,
    is_numbering,
    measure_of,
    measures_by_word,
    time_of,
    unused_paths,
)
from etl.form_proposals.example_rows import ExampleRows
from etl.form_proposals.form_questions import FormAnswer, FormQuestion
from etl.layout_proposals.own_table import OwnTable
from etl.model.shown import ShownTable
from etl.model.values import parse_date
from stats.catalogue import Catalogue

_AREAS = ("town", "park", "system")
_SUBJECTS = {"union": "基层工会", "county": "县总工会"} | dict.fromkeys(_AREAS, "乡镇、园区或系统")
_DAY, _UNTIL, _UNIT = "day", "until", "unit"


@dataclass(kw_only=True, frozen=True)
class ProposedForm:
    """What would be declared: form, items, code lists and layout as their files hold them, and the open questions."""

    form: Mapping[str, Any]
    items: Mapping[str, Mapping[str, Any]]
    codes: Mapping[str, Sequence[str]]
    layout: Mapping[str, Any]
    questions: tuple[FormQuestion, ...]


def propose_form(
    tables: Sequence[OwnTable], wanted_form: WantedForm, levels: Mapping[str, str], catalogue: Catalogue
) -> ProposedForm:
    """Return the form of the first of some tables and of those with its headings.

    `levels` are those of the organisations in the register by normalised name.
    """
    columns, persons = example_columns(tables, wanted_form, levels, catalogue)
    maker = _Maker(tables, wanted_form, columns, catalogue)
    unused = list(unused_paths(tables[0], wanted_form, [column.path for column in columns], persons))
    return ProposedForm(
        form=maker.form(),
        items=maker.items(),
        codes=maker.own_codes(),
        layout=maker.layout(persons, unused),
        questions=tuple(maker.questions()),
    )


class _Maker:
    """Makes the declarations of one form."""

    def __init__(
        self,
        tables: Sequence[OwnTable],
        wanted_form: WantedForm,
        columns: Sequence[ExampleColumn],
        catalogue: Catalogue,
    ) -> None:
        self._table, self._wanted_form, self._columns, self._catalogue = tables[0], wanted_form, columns, catalogue
        self._rows = ExampleRows(tables)
        others = [table.sheet.name for table in tables if table.header.paths != tables[0].header.paths]
        self._left_out = [*wanted_form.left_out, *others]
        self._dated = next((column for column in columns if column.kind.kind in ("days", "date")), None)
        self._numbering = next((column for column in columns if is_numbering(column)), None)
        units = [column for column in columns if column.kind.kind == "unit"]
        single = (column for column in units if self._rows.distinct(column.number))
        self._unit = next(single, units[0] if units else None)
        self._years = next((column for column in columns if column.kind.kind == "years"), None)
        self._roster = (
            not self._years
            and self._dated is None
            and self._unit is not None
            and self._rows.distinct(self._unit.number)
        )
        if self._roster:  # whose rows are known by their organisations
            self._columns = [column for column in columns if column is not self._numbering]
            self._numbering = None

    def form(self) -> dict[str, Any]:
        """Return the form as its file holds it."""
        name, own = self._wanted_form.name, list(self._form_columns())
        made: dict[str, Any] = {"name": name, "question": f"{name}里各是多少？"}
        made |= {"layouts": ["roster" if self._roster else "ledger"], "frequency": self._wanted_form.frequency}
        made["assigned"] = {"level": self._assigned()}
        subject = self._unit.code if self._unit else _UNIT
        if self._years:
            whole = {"rows_of": "year", "subject": [subject], "key": [subject, self._years.code]}
            return made | whole | {"date": self._years.code, "until": "next", "columns": own}
        numbering = self._numbering.code if self._numbering else subject
        made |= {"subject": [subject], "key": [subject if self._roster else numbering]}
        if not self._roster and self._dated:
            two = self._dated.kind.kind == "days"
            made |= {"date": _DAY} | ({"until": _UNTIL} if two else {})
        if self._roster:  # else a row of a sum among them would count as well
            made["about"] = {"level": self._assigned(), "named": _SUBJECTS[self._assigned()[0]]}
        return made | {"columns": own}

    def items(self) -> dict[str, dict[str, Any]]:
        """Return the items: of each number one, known under its own code or new; of a ledger, also its rows."""
        made: dict[str, dict[str, Any]] = {}
        for column in self._numbers() if not self._years else ():
            known = self._wanted_form.known.get(column.path)
            item = self._catalogue.items.get(known or "")
            code = item.code if item else f"{self._wanted_form.code.lower()}_{column.code}"
            name = item.name if item else f"{self._wanted_form.name}·{column.name.replace('/', '·')}"
            measure = item.measure if item else self._measure(column)
            time = item.time if item else time_of(column, self._wanted_form)
            made[code] = {
                "name": name,
                "measure": measure,
                "time": time,
                "form": self._wanted_form.code,
                "take": column.code,
            }
        return made | dict(self._split_items(made)) | dict(self._row_items())

    def _split_items(self, items: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield, for each word of a column of codes that numbers are split by, an item of each number."""
        for code, item in items.items():
            for column, word, name in self._parts():
                where = {"where": {column.code: word}}
                yield f"{code}_{column.code}_{word}", {**item, "name": f"{item['name']}·{name}"} | where

    def _row_items(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield the items that count rows, all and by the words of those columns."""
        if not self._wanted_form.count:
            return
        lasting = self._dated is not None and self._dated.kind.kind == "days"
        rows = {"name": f"{self._wanted_form.name}·{self._wanted_form.count}数", "measure": self._count()}
        rows |= {"time": "last" if self._roster or lasting else "sum", "form": self._wanted_form.code}
        code = f"{self._wanted_form.code.lower()}_rows"
        yield code, rows
        for column, word, name in self._parts():
            where = {"where": {column.code: word}}
            yield f"{code}_{column.code}_{word}", {**rows, "name": f"{rows['name']}·{name}"} | where

    def _parts(self) -> Iterator[tuple[ExampleColumn, str, str]]:
        """Yield each column that numbers are split by with each of its codes, and the word of the code."""
        for column in self._columns:
            if column.path in self._wanted_form.splits and column.kind.kind == "code":
                words = self.own_codes().get(self._list(column), [])
                own = [(f"c{number}", word) for number, word in enumerate(words, start=1)]
                known = self._catalogue.codes.get(column.kind.codes)
                listed = [(entry.code, entry.name) for entry in known.entries] if known else own
                yield from ((column, code, word) for code, word in listed)

    def _count(self) -> str:
        """Return the measure in which rows are counted, "" for a word that is none."""
        return measures_by_word(self._catalogue).get(normalise(self._wanted_form.count), "")

    def own_codes(self) -> dict[str, list[str]]:
        """Return the words of each code list that only this form has."""
        return {
            self._list(column): list(dict.fromkeys(cell.raw.strip() for cell in self._rows.cells(column.number)))
            for column in self._columns
            if column.kind.kind == "code" and not column.kind.codes
        }

    def layout(self, persons: Sequence[str], unused: Sequence[str]) -> dict[str, Any]:
        """Return the layout that reads the example as the form."""
        headings: list[dict[str, Any]] = []
        for column in self._columns:
            days = [_DAY, _UNTIL] if column.kind.kind == "days" else [_DAY]
            heading: dict[str, Any] = {"path": column.path, "columns": days if column is self._dated else [column.code]}
            headings.append(heading | ({"suffix": column.kind.suffix} if column.kind.suffix else {}))
        headings += [{"path": path} for path in unused]
        made: dict[str, Any] = {
            "name": f"{self._wanted_form.name}（本县的表）",
            "form": self._wanted_form.code,
            "headings": headings,
        }
        made |= {"persons": list(persons)} if persons else {}
        made |= {"reporter": self._wanted_form.county} if self._wanted_form.county else {}
        if self._unit is None:
            made["fixed"] = [{"column": _UNIT, "value": self._wanted_form.county}]
        if self._left_out:
            made["left_out"] = self._left_out
        if self._wanted_form.frequency == "standing" and self._dated and self._dated.kind.kind == "days":
            return made | {"period": self._last_quarter(self._dated)}
        if (self._wanted_form.frequency == "standing" or self._wanted_form.by_days) and (self._dated or self._years):
            made["dated_by"] = self._years.code if self._years else _DAY
        return made

    def _last_quarter(self, dated: ExampleColumn) -> str:
        """Return the quarter of the last day on which a row begins, of which every later file is as well."""
        halves = ShownTable(code="", halves={_DAY: 0})
        days: list[date] = []
        for text in self._rows.texts(dated.number):
            with suppress(ValueError):
                days.append(parse_date(halves.meant(_DAY, text)))
        return format_quarter(quarter_of(max(days)))

    def questions(self) -> Iterator[FormQuestion]:
        """Yield what has to be said."""
        if not self._columns:
            yield FormQuestion("没有找到可以当作栏的栏头。")
        if self._unit is None and not self._wanted_form.county:
            yield FormQuestion("表里没有单位名册里的单位，也不知道由谁报。请先建单位名册。")
        if self._years:
            yield from self._questions_of_years()
            return
        if not self._roster and self._dated is None:
            yield FormQuestion("一行不是一个单位，也没有日期栏，定不下一行是什么时候的事。请在表里加上日期。")
        if not self._roster and self._numbering is None:
            yield FormQuestion("台账要有一栏每行都不同的编号或序号。请在表里加上序号。")
        if self._wanted_form.count and not self._count():
            yield FormQuestion(f"没有“{self._wanted_form.count}”这个计量单位。", FormAnswer.COUNT)
        for column in self._numbers():
            shown = heading_of(column)
            if not time_of(column, self._wanted_form) and column.path not in self._wanted_form.known:
                yield FormQuestion(f"“{shown}”是期末的数，还是这一期里发生的数？", FormAnswer.TIME, column.path)
            if not self._measure(column):
                yield FormQuestion(f"“{shown}”的计量单位是什么？", FormAnswer.MEASURE, column.path)

    def _questions_of_years(self) -> Iterator[FormQuestion]:
        """Yield what has to be said of years by figures: of which item each column holds the county's own total."""
        if self._wanted_form.frequency != "standing":
            yield FormQuestion("一行一年的表长期有效。", FormAnswer.LASTING)
        for column in self._numbers():
            if column.path not in self._wanted_form.known:
                shown = heading_of(column)
                yield FormQuestion(f"“{shown}”是哪个数据项的总数？", FormAnswer.ITEM, column.path)

    def _form_columns(self) -> Iterator[dict[str, Any]]:
        if self._unit is None:
            yield {"code": _UNIT, "name": "单位", "type": "unit", "required": True}
        for column in self._columns:
            if column is self._dated:
                yield from _day_columns(column)
            else:
                yield self._form_column(column)

    def _form_column(self, column: ExampleColumn) -> dict[str, Any]:
        made: dict[str, Any] = {"code": column.code, "name": column.name, "type": self._type(column)}
        if column.kind.kind == "number":
            made["measure"] = self._measure(column)
            made |= (
                {"total_of": self._wanted_form.known[column.path]}
                if self._years and column.path in self._wanted_form.known
                else {}
            )
        if column.kind.kind == "code":
            made["codes"] = self._list(column)
        if column is self._numbering:
            made["identifier"] = True
        if self._rows.full(column.number) or column in (self._unit, self._numbering, self._years):
            made["required"] = True
        return made

    def _type(self, column: ExampleColumn) -> str:
        if column is self._numbering:
            return "text"
        if column.kind.kind == "number":
            return "integer" if column.kind.whole and self._measure(column) != MONEY else "amount"
        return (
            "unit"
            if column is self._unit
            else {"unit": "text", "days": "text", "years": "period"}.get(column.kind.kind, column.kind.kind)
        )

    def _numbers(self) -> list[ExampleColumn]:
        return [column for column in self._columns if column.kind.kind == "number" and column is not self._numbering]

    def _measure(self, column: ExampleColumn) -> str:
        item = self._catalogue.items.get(self._wanted_form.known.get(column.path, ""))
        return item.measure if item else measure_of(column, self._table, self._wanted_form, self._catalogue)

    def _list(self, column: ExampleColumn) -> str:
        return column.kind.codes or f"{self._wanted_form.code.lower()}_{column.code}"

    def _assigned(self) -> list[str]:
        if not self._roster or self._unit is None:
            return ["county"]
        levels = self._unit.kind.levels
        return ["union"] if "union" in levels else [level for level in _AREAS if level in levels] or ["county"]


def _day_columns(column: ExampleColumn) -> Iterator[dict[str, Any]]:
    if column.kind.kind == "days":
        yield {"code": _DAY, "name": f"{column.name}/起", "type": "date", "required": True}
        yield {"code": _UNTIL, "name": f"{column.name}/止", "type": "date", "required": True}
    else:
        yield {"code": _DAY, "name": column.name, "type": "date", "required": True}
