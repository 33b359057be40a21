"""How far a ledger's rows have come: counted again in plain Python, and by hand on a small one."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from base.periods import parse_span
from etl.intake import load_paths
from stats.catalogue import Catalogue
from stats.catalogue.boards import FunnelPanel
from stats.figures.elements.figure_model import Selection, Source
from stats.figures.funnel import DAYS, SKIPPED, WAITING, Stage, make_funnel, read_stages
from stats.warehouse import Warehouse, open_warehouse
from tests.lib.books import Form, Row, write_book
from tests.lib.county import REPORTER, write_register
from tests.lib.dashboard.drawing import PALETTE, draw

STAGES = ("offered", "replied", "met", "signed", "filed", "done")
LIMITS = {"replied": 20, "filed": 25}


def panel(**other: Any) -> FunnelPanel:
    return FunnelPanel(**{"code": "f", "kind": "funnel", "form": "R17", "stages": STAGES, "limits": LIMITS} | other)


@pytest.fixture(scope="module")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return Source(county, catalogue)


def reckon(rows: list[dict[str, Any]], until: date) -> list[Stage]:
    """Return the stages of rows, each given by its days."""
    found = []
    for place, stage in enumerate(STAGES):
        before = STAGES[place - 1] if place else ""
        days = [{s: date.fromisoformat(row[s]) for s in STAGES if row.get(s) and row[s] <= str(until)} for row in rows]
        both = [(row[stage] - row[before]).days for row in days if stage in row and before in row]
        limit = LIMITS.get(stage, 10**6)
        gone_on = [any(later in row for later in STAGES[place + 1 :]) for row in days]
        open_rows = [row for row, on in zip(days, gone_on, strict=True) if stage not in row and not on]
        found.append(
            Stage(
                stage=stage,
                reached=sum(stage in row for row in days),
                timed=len(both),
                days=median(both) if both else None,
                late=sum(step > limit for step in both),
                waiting=sum(before in row and (until - row[before]).days > limit for row in open_rows),
                skipped=sum(stage not in row and on for row, on in zip(days, gone_on, strict=True)),
                backwards=sum(step < 0 for step in both),
            )
        )
    return found


@pytest.mark.parametrize(
    ("span", "until", "scale"),
    [
        ("2010Q1..2010Q4", date(2010, 12, 31), None),
        ("2008Q1..2011Q2", date(2011, 6, 30), "yes"),
        ("2009Q2", date(2009, 6, 30), None),
    ],
)
def test_the_county_s_rounds_are_counted_right(
    source: Source, county: Warehouse, span: str, until: date, scale: str | None
) -> None:
    with county.cursor() as cursor:
        told = cursor.execute(
            """
            select d.key, d.first, d.fields from raw.record d join raw."return" r on r.id = d."return"
            where d.form = 'R17' order by r.period, d.id"""
        ).fetchall()
    latest = {key: (first, json.loads(fields)) for key, first, fields in told}
    assert len(latest) < len(told), "the same round is told again as it goes on"
    wanted = parse_span(span)
    rows = [
        fields
        for first, fields in latest.values()
        if wanted.first <= first <= wanted.last and scale in (None, fields["scale"])
    ]
    where = {"scale": scale} if scale else {}
    assert read_stages(source, panel(where=where), Selection("COUNTY", wanted)) == reckon(rows, until)


def test_the_areas_add_up_to_the_county(source: Source) -> None:
    span = parse_span("2010Q1..2010Q4")
    with source.warehouse.cursor() as cursor:
        areas = cursor.execute("select code from core.unit where level in ('town', 'park', 'system')").fetchall()
    parts = [read_stages(source, panel(), Selection(code, span)) for (code,) in areas]
    whole = read_stages(source, panel(), Selection("COUNTY", span))
    assert [sum(part[at].reached for part in parts) for at in range(6)] == [stage.reached for stage in whole]
    assert whole[0].reached > 100


ROUNDS: list[Row] = [
    {"number": "1", "offered": "2008-04-01", "replied": "2008-04-11", "met": "2008-04-20", "signed": "2008-05-10",
     "filed": "2008-05-20"},
    {"number": "2", "offered": "2008-04-01", "replied": "2008-05-01"},
    {"number": "3", "offered": "2008-04-01"},
    {"number": "4", "offered": "2008-06-20"},
    {"number": "5", "offered": "2008-04-02", "met": "2008-04-12", "signed": "2008-04-14"},
]  # fmt: skip


def round_row(told: Row) -> Row:
    return {"employer_code": "E1", "employer": "甲一厂", "unit": "甲一厂工会", "scale": "是", "workers": 9} | told


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory, catalogue: Catalogue) -> Iterator[Source]:
    """Five rounds, one of which is told again in the next quarter."""
    folder = tmp_path_factory.mktemp("rounds")
    files = [
        write_register(folder),
        write_book(folder / "要约.xlsx", Form("R17", REPORTER, "2008年二季度", [round_row(row) for row in ROUNDS])),
        write_book(
            Path(folder) / "要约续.xlsx",
            Form("R17", REPORTER, "2008年三季度", [round_row(ROUNDS[2] | {"replied": "2008-07-15"})]),
        ),
    ]
    summary = load_paths(files, folder / "store")
    assert summary.count("accepted") == 3, [outcome.findings for outcome in summary.outcomes]
    warehouse = open_warehouse(folder / "store")
    yield Source(warehouse, catalogue)
    warehouse.close()


def test_a_small_ledger_is_counted_as_by_hand(small: Source) -> None:
    offered, replied, met, signed, filed, done = read_stages(small, panel(), Selection("T01", parse_span("2008Q2")))
    assert [stage.reached for stage in (offered, replied, met, signed, filed, done)] == [5, 2, 2, 2, 1, 0]
    assert (replied.days, replied.timed, replied.late) == (20, 2, 1), "10 and 30 days; the row without a reply is out"
    assert (replied.waiting, replied.skipped) == (1, 1), "round 3 waits beyond 20 days, 4 is still young, 5 went on"
    assert (met.timed, met.days, met.skipped) == (1, 9, 0)
    assert (filed.waiting, filed.days) == (1, 10)
    assert read_stages(small, panel(), Selection("T02", parse_span("2008Q2")))[0].reached == 0


def test_what_came_after_the_span_is_known_only_later(small: Source) -> None:
    early = read_stages(small, panel(), Selection("T01", parse_span("2008Q2")))
    late = read_stages(small, panel(), Selection("T01", parse_span("2008Q2..2008Q3")))
    assert (early[0].reached, early[1].reached, late[0].reached, late[1].reached) == (5, 2, 5, 3)


def test_a_step_left_out_is_said_and_drawn(small: Source) -> None:
    found = make_funnel(small, panel(), Selection("T01", parse_span("2008Q2")))
    assert "1件没有应约日期却填了后面的日期" in found.note
    assert found.title == "2008年二季度要约的5件，已履行检查0件，最慢的一步是应约，一般要20天；超期2件"
    names = {series.name: [mark.value for mark in series.marks] for series in found.series}
    assert names[SKIPPED] == [0, 1, 0, 0, 0, 0] and names[WAITING] == [0, 1, 0, 0, 1, 0]
    assert names[DAYS] == [None, 20, 9, 11, 10, None]
    drawing = draw(found, PALETTE)
    assert drawing is not None
    written = " ".join(annotation.text for annotation in drawing.layout.annotations)
    assert "△ 超期未办1件" in written and "应约" in written


def test_a_quarter_nobody_filed_has_no_data(small: Source) -> None:
    found = make_funnel(small, panel(), Selection("COUNTY", parse_span("2008Q1")))
    assert found.series == () and "未报送" in found.title
