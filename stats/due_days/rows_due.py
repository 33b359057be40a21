"""Rows that are due month by month, such as contracts that end and elections, as panels of boards declare them."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from stats.catalogue.boards import AgeingPanel, Board
from stats.due_days import DueEntry, DueKind, DueState, state_of
from stats.figures.elements.conditions import codes_allowed, codes_of_done
from stats.figures.elements.figure_model import Source
from stats.warehouse import run_query

_NAMED = 3  # areas named


def rows_due(source: Source, unit: str, year: int, today: date) -> list[DueEntry]:
    """Return one entry a month and panel with the rows of an organisation that are due in a year."""
    panels = [
        (board, panel)
        for board in source.catalogue.boards.values()
        for panel in board.panels
        if isinstance(panel, AgeingPanel) and panel.due
    ]
    return [entry for board, panel in panels for entry in _of_panel(source, board, panel, unit, year, today)]


def _of_panel(
    source: Source, board: Board, panel: AgeingPanel, unit: str, year: int, today: date
) -> Iterator[DueEntry]:
    measure = source.catalogue.measures[panel.measure].name
    for month, areas in groupby(_read(source, panel, unit, year, today), key=lambda row: row["month"]):
        yield _entry(board, panel, measure, date(year, month, monthrange(year, month)[1]), list(areas), today)


def _read(source: Source, panel: AgeingPanel, unit: str, year: int, today: date) -> list[dict[str, Any]]:
    form = source.catalogue.forms[panel.form]
    return run_query(
        source.warehouse,
        "rows_due.sql",
        form=form.code,
        unit=unit,
        date=panel.until,
        done=panel.done or None,
        done_if=codes_of_done(source, form, panel.done),
        renewed=list(panel.renewed),
        conditions=codes_allowed(source, form, panel.where),
        **{"from": date(year, 1, 1), "until": date(year, 12, 31)},
        today=today,
    )


def _entry(
    board: Board, panel: AgeingPanel, measure: str, day: date, areas: Sequence[dict[str, Any]], today: date
) -> DueEntry:
    count, settled, late = (sum(row[name] for row in areas) for name in ("count", "settled", "late"))
    open_ = [row for row in areas if row["settled"] < row["count"]]
    state = DueState.LATE if late else state_of(settled == count, day, today)
    words = [f"{panel.settled}{settled:,}{measure}" if settled else "", _say_open(count - settled, late, measure)]
    return DueEntry(
        day=day,
        kind=DueKind.ROWS,
        what=f"{panel.due}{count:,}{measure}",
        whom=_say_areas(open_ or areas, measure, bool(open_)),
        state=state,
        words="，".join(filter(None, words)),
        code=board.code,
        whole_month=True,
    )


def _say_open(rest: int, late: int, measure: str) -> str:
    if not rest:
        return ""
    if late == rest:
        return f"已过期没有办的{late:,}{measure}"
    return f"还没有办的{rest:,}{measure}{f'，其中已过期{late:,}{measure}' if late else ''}"


def _say_areas(areas: Sequence[dict[str, Any]], measure: str, open_: bool) -> str:
    """Return the areas with most of what is not settled, by how many; the organisation itself where it is one."""
    if len(areas) == 1 and areas[0]["unit_name"]:
        return str(areas[0]["unit_name"])
    counted = sorted(areas, key=lambda row: -(row["count"] - (row["settled"] if open_ else 0)))
    named = "、".join(
        f"{row['area_name']}{row['count'] - (row['settled'] if open_ else 0):,}{measure}" for row in counted[:_NAMED]
    )
    return f"{named}等{len(areas)}处" if len(areas) > _NAMED else named
