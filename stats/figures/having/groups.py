"""Groups: those that a register puts its organisations into, each with the rows that a form holds of it or none."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from base.formats import MISSING, say_value
from stats.catalogue.boards import GroupsPanel
from stats.catalogue.form_rules import Absent
from stats.figures.elements.conditions import codes_allowed, say_conditions
from stats.figures.elements.cover import Cover, cover_of_rows
from stats.figures.elements.figure_model import Figure, Mark, Selection, Series, Source
from stats.figures.elements.lines import say_who, source_line
from stats.figures.records import cell_of, column_of, read_others
from stats.organisations import organisations
from stats.readings.sentences import say_end
from stats.totals import last_filed
from stats.warehouse import run_query

_HAS, _LACKS = "✓ 有", "△ 没有"
_ALL_ROWS = 2_147_483_647  # none is cut off: a group whose rows were would seem to have none
_NAMED = 5

Row = dict[str, Any]
Lines = Sequence[tuple[str, Row | None]]  # a group with one of its rows, or with None where it has none


def make_groups(source: Source, panel: GroupsPanel, view: Selection) -> Figure:
    """Return the groups as a list, those without any row first, and behind each the rows it has at the span's end.

    The rows of a group are those of the whole county, for a group may reach beyond the organisation looked at.
    """
    form = source.catalogue.forms[panel.form]
    as_of = last_filed(source.warehouse, form.code, view.span, panel.listed)
    cover = cover_of_rows(source, form.code, view, as_of)
    known = as_of is not None and not cover.nobody
    sizes = _read_groups(source, panel, view, as_of or 0) if known else {}
    rows = _read_rows(source, panel, as_of or 0) if known else []
    lines = _lines(panel, sizes, rows)
    return Figure(
        code=panel.code,
        kind="records",
        title=_title(source, panel, view, as_of if known else None, lines, cover),
        question=panel.question,
        series=_series(source, panel, sizes, lines) if lines else (),
        measure="",
        when=f"时间：{say_end(view.span.last if as_of is None else as_of)}",
        who=say_who(source, view),
        base=_say_base(source, panel),
        coverage=cover.line(form.name),
        source=source_line(source, [form.code, panel.listed]),
        note="；".join(filter(None, (_say_strange(source, panel, as_of, rows), panel.note))),
        cells=tuple(cell_of(source, row, as_of or 0) if row else None for _, row in lines),
    )


def _read_groups(source: Source, panel: GroupsPanel, view: Selection, as_of: int) -> dict[str, int]:
    """Return how many rows of the register each group has, of those at or below the organisation looked at."""
    register = source.catalogue.forms[panel.listed]
    rows = run_query(
        source.warehouse,
        "groups_in_force.sql",
        form=register.code,
        unit=view.unit,
        period=as_of,
        by=panel.by,
        conditions=codes_allowed(source, register, panel.of),
    )
    return {row["value"]: row["rows"] for row in rows}


def _read_rows(source: Source, panel: GroupsPanel, as_of: int) -> list[Row]:
    form = source.catalogue.forms[panel.form]
    whole = next(unit.code for unit in organisations(source.warehouse) if not unit.parent)
    rows = run_query(
        source.warehouse,
        "rows_in_force.sql",
        form=form.code,
        period=as_of,
        since=0,
        unit=whole,
        conditions=codes_allowed(source, form, panel.where),
        by="",
        others=[],
        date=None,
        **{"from": None, "until": None},
        undated=False,
        renewed=[],
        short_of=None,
        short_by=None,
        sort=panel.columns[0],
        largest_first=False,
        total="",
        ended=None,
        done_if=[],
        as_of=None,
        most=_ALL_ROWS,
    )
    return [row | {"values": json.loads(row["fields"])} for row in rows]


def _lines(panel: GroupsPanel, sizes: Mapping[str, int], rows: Sequence[Row]) -> Lines:
    rows_of = {group: [row for row in rows if row["values"].get(panel.by) == group] for group in sizes}
    without = [(group, None) for group in sizes if not rows_of[group]]
    return [*without, *((group, row) for group in sizes for row in rows_of[group])]


def _series(source: Source, panel: GroupsPanel, sizes: Mapping[str, int], lines: Lines) -> tuple[Series, ...]:
    form = source.catalogue.forms[panel.form]
    measure = source.catalogue.measures[panel.measure].name
    values = [row["values"] if row else {} for _, row in lines]
    return (
        _words(panel.groups, [group for group, _ in lines]),
        Series(
            name=panel.members,
            measure=measure,
            marks=tuple(_number(float(sizes[group]), measure) for group, _ in lines),
        ),
        _words(panel.name, [_HAS if row else _LACKS for _, row in lines]),
        *(column_of(source, form.column(code), values) for code in panel.columns),
        _words(form.column(form.subject[0]).label, [row["unit_name"] if row else MISSING for _, row in lines]),
    )


def _words(name: str, words: Sequence[str]) -> Series:
    return Series(name=name, measure="", marks=tuple(Mark(label=word, value=None, text=word) for word in words))


def _number(value: float, measure: str) -> Mark:
    text = say_value(value, measure)
    return Mark(label=text, value=value, text=text)


def _title(source: Source, panel: GroupsPanel, view: Selection, as_of: int | None, lines: Lines, cover: Cover) -> str:
    when = say_end(view.span.last if as_of is None else as_of)
    if as_of is None:
        return f"{when}，{panel.name}{cover.absence}"
    groups = dict.fromkeys(group for group, _ in lines)
    if not groups:
        return f"{when}，{panel.groups}没有登记"
    without = [group for group, row in lines if row is None]
    named = f"{'、'.join(without[:_NAMED])}{'等' if len(without) > _NAMED else ''}"
    lack = f"，没有的{len(without)}个（{named}）" if without else "，个个都有"
    return f"{when}，{cover.words}{len(groups)}个{panel.groups}中，有{panel.name}的{len(groups) - len(without)}个{lack}"


def _say_base(source: Source, panel: GroupsPanel) -> str:
    form, register = source.catalogue.forms[panel.form], source.catalogue.forms[panel.listed]
    where = "，".join(say_conditions(source, form, panel.where))
    of = "，".join(say_conditions(source, register, panel.of))
    return (
        f"口径：{panel.groups}以《{register.name}》期末有效的记录为准（{of}），"
        f"{panel.name}以《{form.name}》期末有效的记录为准（{where}）"
    )


def _say_strange(source: Source, panel: GroupsPanel, as_of: int | None, rows: Sequence[Row]) -> str:
    """Return how many rows name a group that the register does not have, or none; "" for no such row."""
    if as_of is None:
        return ""
    register = source.catalogue.forms[panel.listed]
    known = set(read_others(source, Absent(form=register.code, by=panel.by, where=panel.of), as_of))
    strange = sum(row["values"].get(panel.by) not in known for row in rows)
    return f"△ 另有{strange:,}条{panel.name}没有填{panel.groups}，或名册上没有它" if strange else ""
