"""The boards as declared: every panel says what it asks, refuses what it can't show, and has something to show."""

import json
from collections.abc import Iterator

import pytest

from base.periods import parse_quarter, parse_span
from stats.catalogue import Catalogue
from stats.catalogue.board_checks import check_boards
from stats.catalogue.boards import Board, Panel
from stats.figures import make_figure
from stats.figures.elements.figure_model import Selection, Source
from stats.warehouse import Warehouse

YEAR = parse_span("2010Q1..2010Q4")
LATER = parse_span("2011Q1..2011Q2")  # what began only in 2011


@pytest.fixture(scope="module")
def source(county: Warehouse, catalogue: Catalogue) -> Source:
    return Source(county, catalogue)


def declared(catalogue: Catalogue) -> Iterator[tuple[Board, Panel]]:
    """Yield the panels of the boards that stand in files; the usual board of a field is nobody's declaration."""
    for board in catalogue.boards.values():
        if board.order < 100:
            yield from ((board, panel) for panel in board.panels)


def test_every_panel_asks_a_question(catalogue: Catalogue) -> None:
    silent = [f"{board.code}.{panel.code}" for board, panel in declared(catalogue) if panel.question[-1:] != "？"]
    assert silent == []


def test_every_field_of_work_has_its_board(catalogue: Catalogue) -> None:
    covered = [code for board in catalogue.boards.values() for code in board.domains]
    assert sorted(covered) == sorted(catalogue.domains)


def test_every_panel_has_something_to_show(source: Source) -> None:
    empty = [
        f"{board.code}.{panel.code}"
        for board, panel in declared(source.catalogue)
        if not any(_shows(source, panel, Selection("COUNTY", span)) for span in (YEAR, LATER))
    ]
    assert empty == []


def _shows(source: Source, panel: Panel, view: Selection) -> bool:
    found = make_figure(source, panel, view)
    return bool(found.series and found.series[0].marks) if found.kind == "records" else found.known


@pytest.mark.parametrize(
    ("panel", "said"),
    [
        ({"kind": "change", "item": "collective_contracts"}, "不能分解"),
        ({"kind": "change", "item": "fees_paid"}, "不能分解"),
        ({"kind": "funnel", "form": "R17", "stages": ["offered", "met"], "limits": {"offered": 3}}, "不在各步"),
        ({"kind": "funnel", "form": "R17", "stages": ["offered", "workers"]}, "类型是 integer"),
        (
            {"kind": "records", "form": "R11", "name": "欠缴", "columns": ["due_year"], "sort": "due_year",
             "short": {"of": "due_year", "by": "union", "name": "欠"}},
            "类型是 unit",
        ),
    ],
)  # fmt: skip
def test_a_panel_that_cannot_be_made_is_refused(panel: dict[str, object], said: str, catalogue: Catalogue) -> None:
    board = Board.model_validate({"code": "b", "name": "甲", "domain": "fees", "panels": [{"code": "p", **panel}]})
    faults = list(check_boards([board], catalogue))
    assert len(faults) == 1 and said in faults[0]


def test_the_arrears_are_what_the_returns_lack(source: Source, county: Warehouse) -> None:
    panel = source.catalogue.boards["fees"].panel("arrears")
    assert panel is not None
    found = make_figure(source, panel, Selection("COUNTY", YEAR))
    with county.cursor() as cursor:
        rows = cursor.execute(
            """
            select d.unit, d.fields from raw.record d join core.active a on a.id = d."return"
            where d.form = 'R11' and a.period = $period""",
            {"period": parse_quarter("2010Q4")},
        ).fetchall()
    owed = {unit: fields["due_year"] - fields["paid_year"] for unit, fields in _parsed(rows)}
    owing = sorted((value for value in owed.values() if value > 0), reverse=True)
    assert found.title.startswith(f"2010年末，本年欠缴工会经费的单位{len(owing):,}家，本年欠缴合计")
    values = [mark.value for mark in next(series for series in found.series if series.name == "本年欠缴").marks]
    assert values and values == owing[: len(values)]
    named = next(series for series in found.series if series.name == "单位")
    assert all(owed[mark.key] == value for mark, value in zip(named.marks, values, strict=True))


def _parsed(rows: list[tuple[str, str]]) -> Iterator[tuple[str, dict[str, float]]]:
    return ((unit, json.loads(fields)) for unit, fields in rows)
