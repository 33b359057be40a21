"""Lists of records: the rows in force, recomputed in plain Python; how many there are, and the way to each cell."""

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import pytest

from base.periods import last_day, parse_span
from stats.catalogue import INDICATORS, Catalogue
from stats.catalogue.boards import Conditions, RecordsPanel
from stats.catalogue.form_rules import Absent
from stats.figures import make_figure
from stats.figures.elements.figure_model import Selection, Source
from stats.figures.records import MOST_ROWS
from stats.organisations import organisations
from stats.warehouse import Warehouse
from tests.lib.catalogue import kept_source
from tests.lib.oracles.reckoning import held_until, told_after

YEAR = parse_span("2010Q1..2010Q4")
FOREVER = 10**6


@dataclass(frozen=True)
class Row:
    form: str
    unit: str
    first: int
    last: int
    reported: int
    fields: dict[str, Any]


@pytest.fixture(scope="module")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return kept_source(county, catalogue)


@pytest.fixture(scope="module")
def rows(county: Warehouse, catalogue: Catalogue) -> list[Row]:
    """The rows of all returns in force, with the quarters in which each counts; reckoned from raw.* alone."""
    with county.cursor() as cursor:
        found = cursor.execute(
            """
            select d.form, d.unit, d.key, d.first, d.last, d.id, d.fields, r.reporter, r.period, r.submission
            from raw.record d join raw."return" r on r.id = d."return" order by d.id"""
        ).fetchall()
    newest: dict[tuple[str, str, int], int] = {}  # the last file, all its sheets
    for row in found:
        key = (row[0], row[7], row[8])
        newest[key] = max(newest.get(key, 0), row[9])
    kept = [row for row in found if row[9] == newest[row[0], row[7], row[8]]]
    by_key: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for form, unit, key, first, last, _, fields, _, reported, _ in kept:
        row = Row(form, unit, first, FOREVER if last is None else last, reported, json.loads(fields))
        by_key[form, key].append(row)
    result = []
    for (code, _), told_of in by_key.items():
        form = catalogue.forms[code]
        states = sorted(told_of, key=lambda row: told_after(form, row))
        for state, following in zip(states, [*states[1:], None], strict=True):
            last = held_until(form, state, following) if form.repeats_keys else state.last
            result.append(replace(state, last=last))
    return result


def lists(catalogue: Catalogue) -> list[RecordsPanel]:
    panels = [panel for board in catalogue.boards.values() for panel in board.panels]
    return [panel for panel in panels if isinstance(panel, RecordsPanel)]


def test_every_list_holds_the_rows_it_should(source: Source, rows: list[Row]) -> None:
    assert lists(source.catalogue)
    for panel in lists(source.catalogue):
        figure = make_figure(source, panel, Selection("COUNTY", YEAR))
        wanted = expected(source.catalogue, panel, rows)
        assert len(figure.cells) == min(len(wanted), MOST_ROWS), panel.code
        assert f"{panel.name}{len(wanted):,}" in figure.title
        if len(wanted) <= MOST_ROWS:
            assert sorted(told(source.catalogue, panel, row) for row in wanted) == sorted(shown(panel, figure))


def test_more_rows_than_are_shown_is_said(source: Source, rows: list[Row], monkeypatch: pytest.MonkeyPatch) -> None:
    panel = max(lists(source.catalogue), key=lambda panel: len(expected(source.catalogue, panel, rows)))
    many = len(expected(source.catalogue, panel, rows))
    monkeypatch.setattr("stats.figures.records.MOST_ROWS", 3)
    figure = make_figure(source, panel, Selection("COUNTY", YEAR))
    assert len(figure.cells) == 3
    assert f"只列前3条，另有{many - 3:,}条没有列出" in figure.note
    assert f"{panel.name}{many:,}" in figure.title


def test_the_way_to_the_cell_leads_to_the_row(source: Source, county: Warehouse) -> None:
    ways = 0
    for panel in lists(source.catalogue):
        figure = make_figure(source, panel, Selection("COUNTY", YEAR))
        for cell in figure.cells[:20]:
            if cell is not None:
                ways += 1
                with county.cursor() as cursor:
                    there = cursor.execute(
                        """
                        select count(*) from raw.datum m join raw.record d on d.id = m.record
                        join raw."return" r on r.id = d."return" join raw.submission s on s.id = r.submission
                        where s.sha = ? and r.sheet = ? and m."row" = ? and d.form = ?""",
                        [cell.submission, cell.sheet, cell.row, panel.form],
                    ).fetchall()[0][0]
                assert there, panel.code
    assert ways


def test_lists_of_areas_make_up_the_countys(source: Source) -> None:
    areas = [found.code for found in organisations(source.warehouse) if found.parent == "COUNTY"]
    for panel in lists(source.catalogue)[:2]:
        whole = make_figure(source, panel, Selection("COUNTY", YEAR))
        if len(whole.cells) < MOST_ROWS:
            parts = [make_figure(source, panel, Selection(area, YEAR)) for area in areas]
            assert sum(len(part.cells) for part in parts) == len(whole.cells), panel.code


def test_without_the_other_form_nothing_seems_to_be_lacking(source: Source) -> None:
    panel = next(panel for panel in lists(source.catalogue) if panel.lacking)
    figure = make_figure(source, panel, Selection("COUNTY", parse_span("1999Q1..1999Q4")))
    assert figure.title.endswith("没有数据") and not figure.cells


def expected(catalogue: Catalogue, panel: RecordsPanel, rows: list[Row]) -> list[Row]:
    """Return the rows that should be listed for the whole county at the end of 2010."""
    own = [row for row in rows if row.form == panel.form and row.first <= YEAR.last <= row.last]
    own = [row for row in own if meets(catalogue, panel.form, panel.where, row)]
    if panel.during:
        own = [row for row in own if row.first >= YEAR.first]
    if panel.lacking:
        asked = panel.lacking
        since = {"year": YEAR.first, "quarter": YEAR.last, None: 0}[asked.during]
        others = [row for row in rows if row.form == asked.form and since <= row.first <= YEAR.last <= row.last]
        there = {_by(catalogue, asked, row) for row in others if meets(catalogue, asked.form, asked.where, row)}
        own = [row for row in own if not (value := _by(catalogue, asked, row)) or value not in there]
    if panel.within:
        end = last_day(YEAR.last)
        until = end + timedelta(days=panel.within.days)
        longer = {_same(panel, row) for row in own if date.fromisoformat(row.fields[panel.within.column]) > until}
        begin = date.min if panel.within.overdue else end + timedelta(days=1)
        own = [row for row in own if begin <= date.fromisoformat(row.fields[panel.within.column]) <= until]
        own = [row for row in own if not panel.within.renewed or _same(panel, row) not in longer]
    if panel.not_since:
        start = date(2010, 1, 1) if panel.not_since.start == "year" else date(2010, 10, 1)
        own = [row for row in own if (row.fields.get(panel.not_since.column) or "") < str(start)]
    if panel.open:
        ended = catalogue.forms[panel.form].deadline(panel.open).end
        own = [row for row in own if (row.fields.get(ended) or "9999")[:10] > str(last_day(YEAR.last))]
    if panel.short:
        own = [
            row for row in own if (row.fields.get(panel.short.of) or 0) - (row.fields.get(panel.short.by) or 0) > 0.005
        ]
    return own


def _by(catalogue: Catalogue, asked: Absent, row: Row) -> Any:
    """Return what a row is looked for by: its organisation's code, or the value of a column."""
    form = catalogue.forms[row.form]
    is_organisation = asked.by in form.subject and form.column(asked.by).type == "unit"
    return row.unit if is_organisation else row.fields.get(asked.by)


def _same(panel: RecordsPanel, row: Row) -> tuple[Any, ...]:
    assert panel.within
    return tuple(row.fields.get(code) for code in panel.within.renewed)


def meets(catalogue: Catalogue, form: str, where: Conditions, row: Row) -> bool:
    for column, wanted in where.items():
        codes = catalogue.codes[catalogue.forms[form].column(column).codes or INDICATORS]
        words = (wanted,) if isinstance(wanted, str) else wanted
        if row.fields.get(column) not in set().union(*(codes.expand(word) for word in words)):
            return False
    return True


def told(catalogue: Catalogue, panel: RecordsPanel, row: Row) -> tuple[str, ...]:
    """Return a row as it should be shown: names of codes, numbers as numbers."""
    return tuple(_word(catalogue, panel, code, row.fields.get(code)) for code in panel.columns)


def _word(catalogue: Catalogue, panel: RecordsPanel, code: str, value: Any) -> str:
    column = catalogue.forms[panel.form].column(code)
    if value is None or value == "":
        return "—"
    if column.numeric:
        return f"{float(value):.4f}"
    return catalogue.codes[column.codes].name_of(value) if column.codes else str(value)


def shown(panel: RecordsPanel, figure: Any) -> list[tuple[str, ...]]:
    placed = figure.series[0].name in ("单位", "乡镇、园区、系统")
    reckoned = placed + bool(panel.short) + 2 * bool(panel.open)  # columns in front that no form has
    columns = figure.series[reckoned : reckoned + len(panel.columns)]
    texts = [[f"{m.value:.4f}" if m.value is not None else m.text for m in series.marks] for series in columns]
    return list(zip(*texts, strict=True))
