"""Lists of rows in force: the rows, their number, and each one's position in its sheet."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from base.formats import MISSING, say_value
from base.periods import first_quarter, format_quarter, last_day, say_day, say_span
from stats.catalogue import INDICATORS
from stats.catalogue.boards import RecordsPanel
from stats.catalogue.form_rules import Absent, Short
from stats.catalogue.models import Column, Form
from stats.figures.elements.conditions import codes_allowed, codes_of_done, say_conditions, say_renewed
from stats.figures.elements.cover import Cover, cover_of_rows
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, Source
from stats.figures.elements.lines import say_who, source_line
from stats.figures.elements.waiting import count_late, waiting_columns
from stats.readings.sentences import say_end
from stats.readings.trace import CellRef
from stats.totals import last_filed
from stats.warehouse import Warehouse, run_query

MOST_ROWS = 200  # rows shown; the title says how many there are in all
_LISTS = 20  # lists of values cached: they are the same for every organisation, and a build never changes
_EXAMPLE_LIMITS = "，期限为示例"
_COUNTED = "条"
_DURING = {"year": "当年", "quarter": "当季"}
_AREA, _UNIT = "乡镇、园区、系统", "单位"

Row = dict[str, Any]


def make_records(source: Source, panel: RecordsPanel, view: Selection) -> Figure:
    """Return the rows of a form that count at the span's end and meet the panel's conditions, in its order.

    Numbers are sorted descending, dates and words ascending. Rows without a row in another form are known only where
    that form was reported; otherwise the figure has no data.
    """
    form = source.catalogue.forms[panel.form]
    as_of = last_filed(source.warehouse, form.code, view.span)
    other = last_filed(source.warehouse, panel.lacking.form, view.span) if panel.lacking else as_of
    cover = _cover(source, panel, view, as_of, other)
    known = as_of is not None and other is not None and not cover.nobody
    rows = _read_rows(source, panel, view, as_of or 0, other or 0) if known else []
    kinds = source.kind_codes(form.code, view.kind)
    return Figure(
        code=panel.code,
        kind=panel.kind,
        title=_title(source, panel, view, rows, as_of if known else None, cover),
        question=panel.question,
        series=_series(source, panel, form, rows, last_day(as_of or view.span.last)),
        measure="",
        when=f"时间：{_say_time(panel, view, as_of)}",
        who=say_who(source, view, kinds is not None),
        base=_say_conditions(source, panel, form, as_of),
        coverage=cover.line(form.name),
        source=source_line(source, [form.code, *([panel.lacking.form] if panel.lacking else [])]),
        note="；".join(filter(None, (_say_rest(rows), panel.note))),
        cells=tuple(cell_of(source, row, as_of or 0) for row in rows),
    )


def _cover(source: Source, panel: RecordsPanel, view: Selection, as_of: int | None, other: int | None) -> Cover:
    """Return the cover of the list: of its form, or of the form whose rows must be missing if that has less."""
    own = cover_of_rows(source, panel.form, view, None if panel.during else as_of)
    if panel.lacking is None or own.nobody:
        return own
    return min(own, cover_of_rows(source, panel.lacking.form, view, other), key=lambda cover: cover.share)


def _read_rows(source: Source, panel: RecordsPanel, view: Selection, as_of: int, other: int) -> list[Row]:
    form = source.catalogue.forms[panel.form]
    return run_query(
        source.warehouse,
        "rows_in_force.sql",
        form=form.code,
        period=as_of,
        since=view.span.first if panel.during else 0,
        unit=view.unit,
        conditions=codes_allowed(source, form, panel.where, source.kind_codes(form.code, view.kind)),
        by=by_column(form, panel.lacking),
        others=read_others(source, panel.lacking, other) if panel.lacking else [],
        **_dated(panel, as_of),
        short_of=panel.short.of if panel.short else None,
        short_by=panel.short.by if panel.short else None,
        sort=panel.sort,
        largest_first=form.column(panel.sort).numeric,
        total=_total_column(panel, form) or "",
        ended=form.deadline(panel.open).end if panel.open else None,
        done_if=codes_of_done(source, form, form.deadline(panel.open).end) if panel.open else [],
        as_of=last_day(as_of),
        most=MOST_ROWS,
    )


def _dated(panel: RecordsPanel, as_of: int) -> Row:
    """Return what a date of the rows must be, as parameters of the query."""
    end, within, since = last_day(as_of), panel.within, panel.not_since
    first = last_day(first_quarter(as_of, since.start) - 1) if since else end
    until = end + timedelta(within.days) if within else first
    return {
        "date": within.column if within else since.column if since else None,
        "from": end + timedelta(1) if within and not within.overdue else date.min,
        "until": until,
        "undated": since is not None,
        "renewed": list(within.renewed) if within else [],
    }


def by_column(form: Form, lacking: Absent | None) -> str | None:
    """Return the column by which rows of another form are looked for; None for the organisation, known by its code."""
    if lacking is None:
        return ""
    return None if lacking.by in form.subject and form.column(lacking.by).type == "unit" else lacking.by


def read_others(source: Source, lacking: Absent, period: int) -> list[str]:
    """Return the values of the column `by` in the other form's rows, which excluded rows share."""
    form = source.catalogue.forms[lacking.form]
    since = first_quarter(period, lacking.during) if lacking.during else 0
    allowed = tuple((column["column"], tuple(column["codes"])) for column in codes_allowed(source, form, lacking.where))
    return list(_values(source.warehouse, form.code, period, since, by_column(form, lacking), allowed))


@lru_cache(maxsize=_LISTS)
def _values(
    warehouse: Warehouse, form: str, period: int, since: int, by: str | None, allowed: tuple[tuple[str, Any], ...]
) -> tuple[str, ...]:
    conditions = [{"column": column, "codes": list(codes)} for column, codes in allowed]
    rows = run_query(
        warehouse, "values_in_force.sql", form=form, period=period, since=since, by=by, conditions=conditions
    )
    return tuple(row["value"] for row in rows)


def _total_column(panel: RecordsPanel, form: Form) -> str | None:
    return panel.total or (panel.sort if form.column(panel.sort).numeric else None)


def _series(source: Source, panel: RecordsPanel, form: Form, rows: Sequence[Row], end: date) -> tuple[Series, ...]:
    """Return the columns of the list: the organisation, the declared columns, and its area where that is another.

    Rows that no organisation but only an area sends begin with what they are about, as an enterprise or a base.
    """
    fields = [json.loads(row["fields"]) for row in rows]
    places = [_words(_AREA, rows, "area_name", "area")]
    if any(row["unit_name"] != row["area_name"] for row in rows):
        places.insert(0, _words(_UNIT, rows, "unit_name", "unit"))
    columns = [column_of(source, form.column(code), fields) for code in panel.columns]
    lacking = [_shortcolumn_of(source, form, panel.short, fields)] if panel.short else []
    if panel.open:
        lacking += waiting_columns(form, form.deadline(panel.open), fields, end)
    named = len(places) == 1 and form.column(panel.columns[0]).type == "text"
    first, *area = [] if named else places[:1], *places[0 if named else 1 :]
    return (*first, *lacking, *columns, *area)


def _shortcolumn_of(source: Source, form: Form, short: Short, fields: Sequence[dict[str, Any]]) -> Series:
    """Return each row's shortfall: the number of one column minus that of the other."""
    differences = [{short.of: row[short.of] - row[short.by]} for row in fields]
    return replace(column_of(source, form.column(short.of), differences), name=short.name)


def _words(name: str, rows: Sequence[Row], words: str, key: str) -> Series:
    return Series(
        name=name,
        measure="",
        marks=tuple(
            Mark(label=row[words] or MISSING, value=None, text=row[words] or MISSING, key=row[key]) for row in rows
        ),
    )


def column_of(source: Source, column: Column, fields: Sequence[dict[str, Any]]) -> Series:
    """Return a column of a list: each row's value as it is written, numbers with their value."""
    measure = source.catalogue.measures[column.measure].name if column.measure else ""
    return Series(
        name=column.label,
        measure=measure,
        marks=tuple(_mark(source, column, row.get(column.code), measure) for row in fields),
    )


def _mark(source: Source, column: Column, value: Any, measure: str) -> Mark:
    if value is None or value == "":
        return Mark(label=MISSING, value=None, text=MISSING)
    if column.numeric:
        text = say_value(value, measure, 0 if float(value).is_integer() else 2)
        return Mark(label=text, value=float(value), text=text)
    codes = source.catalogue.codes.get(column.codes or (INDICATORS if column.type == "indicator" else ""))
    text = codes.name_of(str(value)) if codes else str(value)
    return Mark(label=text, value=None, text=text, key=str(value))


def cell_of(source: Source, row: Row, as_of: int) -> CellRef | None:
    """Return the reference to a row's cell; None if none of the row's cells is counted, and so none is stored."""
    if row["row"] is None:
        return None
    return CellRef(
        submission=row["submission"],
        name=row["name"],
        file=str(source.warehouse.store / row["file"]),
        sheet=row["sheet"],
        address=xl_rowcol_to_cell(row["row"] - 1, row["column"] - 1),
        raw=row["raw"],
        value=1.0,
        unit=row["unit"],
        unit_name=row["unit_name"],
        period=format_quarter(as_of),
        item="",
        item_name="",
        role="",
        row=row["row"],
        column=row["column"],
    )


def _say_time(panel: RecordsPanel, view: Selection, as_of: int | None) -> str:
    return say_span(view.span) if panel.during else say_end(view.span.last if as_of is None else as_of)


def _title(
    source: Source, panel: RecordsPanel, view: Selection, rows: Sequence[Row], as_of: int | None, cover: Cover
) -> str:
    if as_of is None:
        return f"{_say_time(panel, view, as_of)}，{panel.name}：{cover.absence}"
    form = source.catalogue.forms[panel.form]
    counted = source.catalogue.measures[panel.measure].name if panel.measure else _COUNTED
    count = rows[0]["count"] if rows else 0
    text = f"{_say_time(panel, view, as_of)}，{cover.among}{panel.name}{count:,}{counted}"
    if panel.open:
        late = count_late(form, form.deadline(panel.open), [json.loads(row["fields"]) for row in rows], last_day(as_of))
        text += f"，{'所列的' if len(rows) < count else '其中'}{late:,}{counted}已过期限" if late else ""
    total = panel.short.of if panel.short else _total_column(panel, form)
    if not rows or total is None or rows[0]["total"] is None:
        return text
    column = form.column(total)
    measure = source.catalogue.measures[column.measure].name if column.measure else ""
    summed = panel.short.name if panel.short else column.label.removesuffix("·合计")  # its word follows
    return f"{text}，{summed}合计{say_value(rows[0]['total'], measure)}"


def _say_conditions(source: Source, panel: RecordsPanel, form: Form, as_of: int | None) -> str:
    """Return the base: which rows are in the list, in the names of the form's columns and codes."""
    texts = [
        f"《{form.name}》{'本期间' if panel.during else '期末有效'}的记录",
        *say_conditions(source, form, panel.where),
    ]
    if panel.short:
        texts.append(f"{form.column(panel.short.of).label}大于{form.column(panel.short.by).label}")
    if panel.open:
        deadline = form.deadline(panel.open)
        texts.append(f"期末还没有{deadline.done}{_EXAMPLE_LIMITS if deadline.example else ''}")
    if panel.within and as_of is not None:
        end = last_day(as_of)
        until = end + timedelta(days=panel.within.days)
        since = "" if panel.within.overdue else f"{say_day(end + timedelta(days=1))}至"
        texts.append(
            f"{form.column(panel.within.column).label}在{since}{say_day(until)}{'以前' * panel.within.overdue}"
        )
        texts += [say_renewed(form, panel.within.renewed)] if panel.within.renewed else []
    if panel.not_since and as_of is not None:
        start = last_day(first_quarter(as_of, panel.not_since.start) - 1) + timedelta(1)
        texts.append(f"{form.column(panel.not_since.column).label}在{say_day(start)}以前，或者没有填")
    if panel.lacking:
        other = source.catalogue.forms[panel.lacking.form]
        where = "，".join(say_conditions(source, other, panel.lacking.where))
        when = _DURING[panel.lacking.during] if panel.lacking.during else "有效"
        same = f"《{other.name}》里没有相同{other.column(panel.lacking.by).label}的{when}记录"
        texts.append(f"{same}（{where}）" if where else same)
    return f"口径：{'，'.join(texts)}"


def _say_rest(rows: Sequence[Row]) -> str:
    rest = rows[0]["count"] - len(rows) if rows else 0
    return f"只列前{len(rows)}条，另有{rest:,}条没有列出" if rest else ""
